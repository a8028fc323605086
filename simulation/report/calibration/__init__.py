"""How a calibration and its back-test are shown: in the terminal, as tables and charts of a page.

`tables` has what both show, `charts` the forecast beside what came, `page` the page; start with `page`.
"""
