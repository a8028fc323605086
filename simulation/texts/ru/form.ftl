xlsx-firm = Фирма
xlsx-market = Рынок
xlsx-people = Люди
xlsx-structures = Структуры
xlsx-money = План и бюджет
xlsx-later = Изменения и таблицы
xlsx-label = что
xlsx-value = значение
xlsx-unit = единица
xlsx-check = проверьте
xlsx-default = если пусто
xlsx-allowed = допустимо
xlsx-low = от
xlsx-high = до
xlsx-source = откуда известно
xlsx-note = примечание
xlsx-yes = да
xlsx-no = нет
xlsx-none = не задано
xlsx-choices = Одно из этих значений:
xlsx-preset = заготовка, на которой построено
xlsx-whole = сценарий в целом
xlsx-of-law = { $above }: { $parameter } ({ $law })
xlsx-new-channel = ещё один канал
xlsx-new-stage = ещё один этап продажи
xlsx-new-structure = ещё одна структура
xlsx-new-one = новый
xlsx-check-empty = нужно, но пусто
xlsx-check-outside = вне допустимого
xlsx-check-turned = «от» больше, чем «до»
xlsx-check-sheet = Проверка
xlsx-check-sheet-name = лист
xlsx-check-count = ячеек, на которые стоит взглянуть
xlsx-how =
    Меняйте жёлтые ячейки, остальные оставьте как есть.
    Свёрнутые строки (плюс слева) — то, что можно задать дополнительно, со значением по умолчанию.
    Пустая ячейка значит «по умолчанию». У времени пишут единицу (30 мин, 2 рабочих дня), у доли — знак процента.
    «от» и «до» — насколько величина может быть другой; расчёт можно провести по всему диапазону.
    Скрытый столбец key говорит, куда относится значение; чтобы добавить строку, скопируйте другую и поменяйте ключ.
workbook-broken = это не книга, которую можно прочитать (.xlsx или .ods)
workbook-too-large = в распакованном виде книга больше { $largest } МБ
workbook-no-form = ни один лист книги не содержит формы сценария; её пишут `new --xlsx FILE` и `convert FILE.yaml FILE.xlsx`
workbook-no-key = { $key } в столбце key — не место в сценарии
workbook-not-read = ячейку не удаётся прочитать
workbook-twice = `{ $key }` стоит в двух строках
workbook-no-heads = вторая, скрытая строка листа удалена, а без неё его не прочитать; верните её из новой формы
workbook-no-column = скрытый столбец { $column } удалён, а без него лист не прочитать; верните его из новой формы
workbook-row-without-key = у значения { $value } нет ключа в скрытом столбце key, и оно ничего бы не изменило; скопируйте другую строку и поменяйте ключ, а свои заметки пишите на отдельном листе
