comparison-title = The comparison
