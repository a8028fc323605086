"""Transition: what it costs to get to a structure from today's people.

Start reading at `answer`.
"""
