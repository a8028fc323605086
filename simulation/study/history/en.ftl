# The firm's own last year against simulated ones.
history-title = Your own last year against simulated ones
