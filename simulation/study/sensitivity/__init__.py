"""Sensitivity: what the difference between two structures hangs on.

Start reading at `answer`, which has three methods: `tornado`, `morris` and `sobol`.
"""
