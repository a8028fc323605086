tenure-early = { $early } times as many early leavers as with a constant hazard do not go with { $per_year } leavers a year: { $rounded_up } to { $floor } times are possible
