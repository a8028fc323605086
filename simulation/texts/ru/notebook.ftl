notebook-structure = Структура
notebook-people = Кто продаёт и ведёт клиентов
notebook-channel = Канал
notebook-leads = Лидов в месяц
notebook-found = сколько найдут
