# Когда что-то окупается.
payback-title = Когда это окупится
payback-of = «{ $structure }» против «{ $baseline }»: { $text }
payback-unknown = Ни один год не просчитан для обеих структур, поэтому об окупаемости сказать нечего.
payback-same = Структуры ни в одном месяце не расходятся в деньгах: ничего не потрачено и ничего не вернётся.
payback-share = окупается за { $horizon } мес. в { $share } лет из { $years }
payback-early = { " " }(самое раннее — через { $month } мес.)
payback-never = В среднем за { $horizon } мес. не окупается{ $early }; { $share }.
payback-beyond = за пределами срока
payback-month = В среднем окупается на { $month }-й месяц (интервал { $level }: от { $low } до { $high }); { $share }.
payback-cumulated = накопленная разница
payback-months = месяцев от первого расхождения
