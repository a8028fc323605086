"""Sweep and map: the structures at many points, in the same possible years, and who is better where.

Start reading at `sweep`; `winner_map` goes on where a cell is open. `designs` says how points lie, `border` where one
structure gets ahead, `resplit` gives each structure its best split in a cell.
"""
