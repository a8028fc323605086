# Части других текстов.
list-last = { $items } и { $last }
from-to = от { $low } до { $high }
undefined = не определено
sure-over = больше { $share }
sure-under = меньше { $share }
sure-about = около { $share }
unit-thousands = тыс.
unit-millions = млн
unit-billions = млрд
unit-thousands-short = тыс.
unit-hours = ч
unit-minutes = мин
unit-days = дн.
