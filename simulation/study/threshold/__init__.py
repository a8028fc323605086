"""Threshold: the value at which the better of two structures changes, with an interval.

Start reading at `answer`; `roots` says how the value is found.
"""
