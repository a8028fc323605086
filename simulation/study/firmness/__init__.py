"""How firm a verdict is: a fixed set of what-ifs, and which of them turn it.

Start reading at `answer`.
"""
