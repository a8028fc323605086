"""The page for an owner: one HTML file that opens offline, prints, reads on a phone and needs no script.

Each module makes one part of the page out of a result: `opening` (verdict), `structures`, `why`, `months`, `risk`,
`control`, `inputs`. A part is made of `blocks` (paragraphs, tables, pictures), which the template `page.html` draws;
whatever comes from a scenario is escaped there. All words come from the catalogue `page.ftl`. Start with `write`.
"""
