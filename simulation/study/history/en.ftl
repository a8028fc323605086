# The firm's own last year against simulated ones.
history-title = Your own last year against simulated ones
history-number-column = number of a year
history-yours = yours
history-simulated = simulated
history-range = nine of ten years
history-inside-column = fits
history-yes = yes
history-no = no
