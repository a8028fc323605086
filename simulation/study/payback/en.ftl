# When something pays back.
payback-title = When it pays back
payback-of = { $structure } against { $baseline }: { $text }
payback-cumulated = cumulated difference
payback-months = months from the first difference
