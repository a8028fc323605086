"""Whether a scenario makes sense as a whole: loading, and checks across keys.

``loader`` reads a file or replaces values of a scenario, and is the one who needs both the schema and these checks;
``references`` finds names that do not exist and work that nobody does; ``checks`` and its companions by subject warn of
what is allowed and unlikely. May use ``scenario`` and the closed form (``expected``). Start reading at ``loader.load``.
"""
