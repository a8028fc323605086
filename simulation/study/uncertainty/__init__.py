"""Uncertainty: how sure a choice is when the inputs are uncertain too, and what to measure first.

Start reading at `answer`; `nested` divides the doubt between chance and ignorance, `worth` says what an input is worth.
"""
