# Что не удалось или было прервано после записи чисел.
left-out = Не вошло: { $what }. Причина: { $why }
left-out-disk = система ответила «{ $said }»
left-out-error = ошибка «{ $said }»
left-out-interrupted = прервано
left-out-chart = график { $name }
left-out-charts = графики { $name }
left-out-part = раздел «{ $part }»
left-out-table = таблица { $name }
left-out-finding = исследование { $kind }
left-out-verdict = вывод
left-out-weak-link = слабое звено структуры «{ $structure }»
left-out-way = переход от сегодняшних людей к структуре «{ $structure }»
left-out-uncertain = диапазоны входных данных
left-out-drawn = страница, графики и книга
left-out-at-best = каждая структура в лучшем виде
