"""What the user writes: the schema of a scenario, its reading from YAML, units, laws, presets, checks.

Nothing here knows SimPy, draws a random number or writes a file. The way of a scenario through this folder:
``source`` reads text and what it extends into a tree of nodes (``yamltext``, ``nodes``), ``preset_files`` and
``figures`` fill in presets and take ranges and sources aside, ``loader`` checks the tree against the pydantic
models that begin in ``scenario`` and the names in it against one another (``references``), ``problems`` says
what is wrong and where. ``slots`` is the schema seen along a path, ``places`` every key with the facts that
are declared at it; ``describe``, ``reference`` and ``editor_schema`` are made with them. Units live in
``quantities`` and ``distributions``; ``workload`` and ``checks`` tell in closed form what a scenario means. Start
reading at ``loader.load`` and at ``Scenario``.
"""
