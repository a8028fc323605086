# Когда что-то окупается.
payback-title = Когда это окупится
payback-of = «{ $structure }» против «{ $baseline }»: { $text }
payback-cumulated = накопленная разница
payback-months = месяцев от первого расхождения
