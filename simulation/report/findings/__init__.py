"""How findings of `simulation.study` are shown: in the terminal, as charts, as files, and as parts of the page.

One module a kind, with a ``Showing``. Start reading at `showing`, then `adding` and `write`.
"""
