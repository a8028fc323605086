# The best split: headcounts in words, what is ruled out, what was chosen and how sure it is.
people-of-role = { $count } × { $role }
people-hunter = { $count ->
    [one] 1 hunter
   *[other] { $count } hunters
 }
people-closer = { $count ->
    [one] 1 closer
   *[other] { $count } closers
 }
people-farmer = { $count ->
    [one] 1 farmer
   *[other] { $count } farmers
 }
people-closer-farmer = { $count ->
    [one] 1 closer-farmer
   *[other] { $count } closer-farmers
 }
people-universal-manager = { $count ->
    [one] 1 universal manager
   *[other] { $count } universal managers
 }
split-people = { $people }
split-with = { $split } ({ $options })
amount = { $amount }
ruled-nobody = nobody does the work of the role { $role }
ruled-overload = { $people } would have { $times } times the work that they have time for, whatever else changes
