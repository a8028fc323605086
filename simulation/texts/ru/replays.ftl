# Слова на рисунках сыгранных заново лет.
chart-response = Как быстро отвечают лидам: доля ответов за время
chart-response-axis = время с прихода лида (по часам)
chart-answered-axis = доля лидов
chart-no-leads = Ни один лид не пришёл сам.
chart-5-min = 5 мин
chart-15-min = 15 мин
chart-1-hour = 1 ч
chart-4-hours = 4 ч
chart-1-day = 1 день
chart-3-days = 3 дня
chart-1-week = неделя
chart-gantt = «{ $structure }»: кто что делал, возможный год { $year }
chart-more-people = (не показано людей: { $count })
chart-nobody-works = В этом месяце никто не работает.
chart-office-days = рабочие дни, { $month }
chart-work-prospect = поиск клиентов
chart-work-qualify = первый контакт
chart-work-sell = продажа
chart-work-serve = обслуживание
chart-work-papers = документы, оплаты
chart-work-inside = обучение, разбор
chart-diagram = «{ $structure }»: кто кому передаёт работу
chart-busy = занят { $share }
chart-flow = { $number } в месяц
    ждут { $queue }
