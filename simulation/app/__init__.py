"""The owner's page: a local server that lets an owner describe a department, move its figures and see what follows.

The server holds no simulation; a process beside it does. It draws with the report's charts and words and asks studies
by their one list. Start with `server`.
"""
