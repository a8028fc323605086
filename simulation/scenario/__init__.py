"""The schema of a scenario, and only that: what an owner may say of market, people, structures and money.

All facts of a key stand at the key (``written.base.key``): meaning, unit, default, source, may it change during a run,
plausible range, what it drives, which value makes its mechanism neutral; its title stands in the catalogues under the
key's name. ``places`` reads them, ``reference`` and ``editor_schema`` show them; ``calendar``, ``office_hours`` and
``timeline`` say when what holds; ``preset_files`` and ``presets`` hold what has a name. Keys of mechanisms are
declared in ``mechanisms`` and have their place here. May use ``written`` and ``mechanisms``. Start reading at
``scenario.Scenario``.
"""
