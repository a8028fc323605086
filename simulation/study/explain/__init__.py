"""Explain: the difference between two structures divided among the mechanisms of the model.

Start reading at `answer`; `shapley` divides, `mechanisms` are the players, `finding` is what comes out.
"""
