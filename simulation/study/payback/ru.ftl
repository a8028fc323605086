# Когда что-то окупается.
payback-title = Когда это окупится
payback-of = «{ $structure }» против «{ $baseline }»: { $text }
payback-cumulated = накопленная разница
payback-months = месяцев от первого расхождения

payback-no-years = Ни один год не просчитан при обеих структурах, поэтому об окупаемости сказать нечего.
payback-never-differ = Структуры ни разу не отличаются ({ $measure }): ничего не тратится и ничего не возвращается.
payback-not = В среднем за { $horizon } мес. не окупается{ $early }; за { $horizon } мес. окупается { $share } лет (всего их { $years }).
payback-early = {" "}(самое раннее — через { $month } мес.)
payback-beyond = не в этих пределах
payback-in = В среднем окупается в месяце { $month } (интервал { $level }: от { $low } до { $high }); за { $horizon } мес. окупается { $share } лет (всего их { $years }).
month-cash = деньги
month-profit = прибыль
