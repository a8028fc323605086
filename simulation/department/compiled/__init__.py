"""The parts of a department on the compiled floor: they hand on to the kernel what lives ask. Start at `parts`."""
