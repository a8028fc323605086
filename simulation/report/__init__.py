"""What people see: tables for a director, files for a spreadsheet or a notebook, charts for a proposal.

May use everything to its left; computes nothing that a notebook could not get from `analysis`. Start reading at
`tables.report` (the terminal), `files.write` (the folder of `--out`) and `charts.comparison_chart`.
"""
