"""What somebody wrote: text, numbers with units, laws, figures with range and source, and what was wrong with it.

Knows no market and no people. ``yamltext`` and ``source`` read text, and what it extends, into a ``tree`` of nodes that
know their line; ``figures`` takes ranges and sources aside,
``validating`` makes it a block of a schema; ``quantities``, ``distributions``, ``laws`` and ``spelling`` read values;
``schema`` is a schema seen along a path, ``base`` how its keys are declared; ``problems`` and ``errors``
say what is wrong and where. Start reading at ``tree`` and ``base.key``.
"""
