"""Ways into a scenario for who does not write YAML: the starter, and the short form of a dozen numbers.

``short_form`` asks and checks, ``short_form_text`` says it as a scenario file, ``from_short_form`` makes the scenario.
May use all that stands before it on the way of the data. Start reading at ``from_short_form``.
"""
