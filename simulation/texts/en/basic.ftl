# Parts of other texts.
list-last = { $items } and { $last }
from-to = { $low } to { $high }
undefined = undefined
sure-over = over { $share }
sure-under = under { $share }
sure-about = about { $share }
unit-thousands = thousand
unit-millions = mln
unit-billions = bln
unit-thousands-short = k
unit-hours = h
unit-minutes = min
unit-days = days
