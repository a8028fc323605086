# When something pays back.
payback-title = When it pays back
payback-of = { $structure } against { $baseline }: { $text }
payback-cumulated = cumulated difference
payback-months = months from the first difference

payback-no-years = No year was simulated under both structures, so nothing can be said of a pay-back.
payback-never-differ = The two structures never differ in { $measure }: nothing is spent and nothing comes back.
payback-not = On average it does not pay back within { $horizon } months{ $early }; { $share } of { $years } years pay back within { $horizon } months.
payback-early = {" "}(at the earliest after { $month })
payback-beyond = not within the horizon
payback-in = On average it pays back in month { $month } ({ $level } interval: { $low } to { $high }); { $share } of { $years } years pay back within { $horizon } months.
month-cash = cash
month-profit = profit
