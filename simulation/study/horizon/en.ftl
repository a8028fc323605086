# Whether another horizon would change the winner.
horizon-title = Whether a longer or shorter run would change the winner
horizon-same = Within { $months } months neither a shorter run nor the last months nor what is there at the end name another winner.
horizon-table = { $measure }: added up by the end of each month, on average
horizon-month = month
