"""Each structure at its best: which split and which rules of work a director would choose, and what they are worth.

Start reading at `answer`; `ways` lists what may be tried.
"""
