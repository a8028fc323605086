"""Horizon: whether a longer or shorter run, or what is there at its end, would change the winner.

Start reading at `answer`; `analysis.horizon` says what would change the winner.
"""
