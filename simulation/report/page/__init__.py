"""The page for an owner: one HTML file that opens offline, prints, reads on a phone and needs no script.

`parts` makes them out of a result. A part is made of `blocks` (paragraphs, tables, pictures), which the
template `page.html` draws; whatever comes from a scenario is escaped there. All words come from the catalogue
`page.ftl`. Start with `write`.
"""
