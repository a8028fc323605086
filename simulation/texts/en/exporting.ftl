no-export-crm = there is no layout { $name }
no-faults = there is no fault { $name }
option-export-crm = Write what a CRM would have exported of one structure (the first named) in one possible year (--replay, else 0), in this layout, or in all; the truth stands in a folder of its own. Nothing else is made.
option-faults = What goes wrong in that CRM: duplicates, re-entered, overwritten, closed-first, renamed, lost-month (can be given several times).
export-no-folder = --export-crm writes files; say where to with --out DIR
faults-no-export = --faults needs --export-crm LAYOUT
