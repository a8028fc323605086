transition-title = What it costs to get there
transition-progress = the way to { $structure }
