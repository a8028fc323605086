"""Weak link: where one more person, or one more point of conversion, adds most profit.

Start reading at `answer`.
"""
