"""Best split: how many of each role, for each structure, then the best compared with the best.

Start reading at `answer`; `candidates` lists the splits, `screening` rules out what cannot work, `selection` finds the
best of the others.
"""
