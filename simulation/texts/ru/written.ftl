law-one = распределение — это один закон со своими параметрами
law-unknown = { $law } — не распределение
law-needs = { $law }: нужны параметры { $needs }
law-no-parameter = у { $law } нет параметра { $name }
law-needs-one = { $law }: нужен параметр { $name }
not-a-list-of-values = { $value } — не список значений
law-weights = весов { $weights }, а значений { $values }, или все веса равны 0
allowed-list-of-values = список хотя бы из одного значения
allowed-weights = по одному весу на значение, ни одного меньше 0 и хотя бы один больше
not-a-text = { $word } — не текст
allowed-text = текст
range-not-two = диапазон { $ends } — не два значения
range-kinds = диапазон { $ends } и значение { $value } — не числа одного рода
range-order = у диапазона { $ends } нижний край выше верхнего
range-without-value = диапазон { $ends } не содержит значения { $value }
law-takes = распределение '{ $law }' принимает: { $parameters }
law-mean-no-number = среднее — не число
law-finite = распределению '{ $law }' нужны конечные значения; «никогда» (never) пишут без закона
law-negative-mean = у распределения '{ $law }' не может быть отрицательного среднего
law-cv = cv (стандартное отклонение к среднему) должно быть от 0 до 100
law-shape = shape должен быть от 0,1 до 100
law-low-above-high = low больше, чем high
law-mode = mode не лежит между low и high
no-entry = в этом списке нет элемента { $index }
allowed-index = номер от 0 до { $last }
by-preset = { $message } (из заготовки { $preset })
key-missing-meaning = нет ключа `{ $key }` ({ $meaning })
key-missing = нет ключа `{ $key }`
not-allowed-here = здесь не допускается { $value }
nothing-after-colon = после двоеточия ничего не стоит
out-of-range = { $value } вне допустимых границ
another-form = у { $value } не та форма
not-a-date = { $value } — не дата
text-too-long = текст длиннее { $largest } МБ
not-a-file-name = { $plain } — не имя файла
allowed-file-name = имя одного файла
allowed-table = имя файла CSV или Parquet
allowed-table-of-rows = имя файла CSV или Parquet: у каждого столбца имя, каждая строка таблицы на своей строке и с тем же числом ячеек
extends-circle = extends идёт по кругу: { $circle }
extends-chain = больше { $longest_chain } файлов дополняют друг друга
file-is-folder = это папка, а не файл
file-not-regular = это не обычный файл
file-missing = такого файла нет
table-cells = в строке { $line } ячеек { $cells }, а столбцов { $columns }
table-broken-line = перед строкой { $line } запись занимает несколько строк
table-column-twice = столбец { $name } есть дважды
table-column-unnamed = у столбца нет имени
table-column-unknown = столбец с таким именем не читается: { $name }
table-column-missing = нет столбца { $name }
table-no-pyarrow = Parquet читает пакет pyarrow, а он не установлен: установите его (дополнение `parquet`) или запишите таблицу как CSV
file-forbidden = файл нельзя прочесть (нет прав)
file-unreadable = файл не читается: { $error }
file-too-large = файл больше { $largest } МБ; сценарий — это несколько сотен строк
file-binary = это двоичный файл, а не текст в UTF-8
file-not-utf8 = файл — не текст в UTF-8 (строка { $line })
yaml-empty = файл пуст; сценарий начинается с `version: 1`
yaml-no-mapping = сценарий — это ключи и значения, например `version: 1`
yaml-character = в файле есть знак, которого YAML не допускает
yaml-deep = вложенность в файле глубже { $deepest } уровней
yaml-invalid = это не правильный YAML: { $what }
yaml-many = в файле больше { $most_nodes } значений
yaml-many-expanded = в файле больше { $most_nodes } значений, если раскрыть псевдонимы
yaml-alias-circle = псевдоним ссылается на блок, в котором стоит сам
yaml-tag = тег { $shown } не допускается; пишите простые значения
yaml-key-twice = ключ `{ $key }` стоит в одном блоке дважды, впервые в строке { $first }
yaml-merge = `<<` принимает набор ключей, например `<<: *anchor`
yaml-key-no-word = ключ должен быть словом, а не списком или набором ключей
yaml-key-empty = перед двоеточием нет ключа
said-allowed = ; допустимо: { $allowed }
said-examples = ; например { $examples }
said-nearest = ; возможно, имелось в виду { $name }?
not-a-number = { $value } — не число
not-a-number-comma = { $value } можно прочесть по-разному (тысячи пишите как 25 000, дробь как 25.5)
yaml-not-a-date = { $value } — не дата; пишите так: 2026-05-04
yaml-key-dot = в ключе { $key } есть точка, а она разделяет части пути
yaml-key-dot-only-set = в ключе { $key } есть точка, а она разделяет части пути; такие ключи принимает только `set`
unknown-key = неизвестный ключ `{ $key }`
unknown-key-comma = неизвестный ключ `{ $key }` (внутри скобок запятая завершает значение; пишите 35 000)
empty-text = текст пуст
too-few-or-many = слишком мало или слишком много значений
too-few-or-many-given = слишком мало или слишком много значений (дано { $given })
no-mapping-here = набор ключей здесь не допускается
no-list-here = список здесь не допускается
read-no-unit = у { $value } нет единицы измерения
read-unknown-unit = у { $value } неизвестная единица { $name }
read-not-a-duration = { $value } — не длительность
read-not-work = { $value } — не объём работы
read-working-time = { $value } — рабочее время, а этот ключ принимает календарное
read-calendar-day = { $value } — календарное время, а этот ключ принимает рабочее (пишите «рабочий день»)
read-calendar-time = { $value } — календарное время, а этот ключ принимает рабочее (пишите «рабочих часов» или «рабочих дней»)
read-negative = { $value } — отрицательное значение
read-too-long = { $value } — слишком долго
read-other-currency = { $value } — это { $written }, а сценарий считает в { $own }
read-outside-share = { $value } вне пределов 0..1
read-not-a-rate = { $value } — не частота
read-not-whole = { $value } — не целое число
read-to-nothing = { $value } — падение до нуля
read-too-much = { $value } — слишком много
read-not-positive = { $value } не больше нуля
allowed-for-example = { $allowed }, например { $examples }
allowed-range = два значения, нижнее и верхнее, например [0.05, 0.40]
allowed-range-each = два значения, нижнее и верхнее, например [0.05, 0.40]; каждое — { $each }
allowed-elapsed = календарное время в мин, ч, днях, неделях, месяцах или годах, либо «никогда»
allowed-elapsed-positive = календарное время в мин, ч, днях, неделях, месяцах или годах, либо «никогда», не меньше нуля
allowed-working = рабочее время в мин, рабочих часах или рабочих днях
allowed-working-positive = рабочее время в мин, рабочих часах или рабочих днях, не меньше нуля
allowed-due = рабочее время в мин, рабочих часах или рабочих днях, либо «никогда»
allowed-share = 0..1 или 0 %..100 %
allowed-share-between = доля от 0 до 1 или от 0 % до 100 %
allowed-money = сумма, можно с тыс., млн или млрд
allowed-money-read = сумма в валюте сценария: число, можно с тыс., млн или млрд, с названием валюты или без него
allowed-amount = сумма не меньше нуля, можно с тыс., млн или млрд
allowed-amount-read = сумма денег не меньше нуля
allowed-per-month = частота не меньше нуля, в месяц или со своим периодом
allowed-per-year = частота не меньше нуля, в год или со своим периодом
allowed-rate-month = частота не меньше нуля: число (в месяц) или число с периодом: в день, в неделю, в месяц, в квартал, в год
allowed-rate-year = частота не меньше нуля: число (в год) или число с периодом: в день, в неделю, в месяц, в квартал, в год
allowed-count = целое число не меньше нуля
allowed-number = число
allowed-positive = число больше нуля
allowed-nonnegative = число не меньше нуля
allowed-proficiency = число не меньше нуля или проценты
allowed-proficiency-read = умение от 0 (1 или 100 % — опытный человек); при 0 такой работы не берут, а дни совсем без работы — это `people.onboarding.training_days`
allowed-growth = рост в год, больше -100 %
allowed-growth-read = рост в год: больше -100 % (иначе ничего не останется) и не больше 1000
allowed-log-odds = число (0 ничего не меняет)
allowed-truth = true, false
allowed-whole = целое число
allowed-date = дата, например 2026-05-04
allowed-date-or = дата, например 2026-05-04, либо { $other }
allowed-distribution = либо распределение, например {"{"}lognormal: {"{"}mean: …, cv: 0.7{"}"}{"}"}
allowed-rows-or-file = список или {"{"}file: ИМЯ{"}"}
allowed-mapping = набор ключей со значениями
allowed-names = имена со значениями
allowed-names-of = имена со значениями; имена: { $names }
allowed-or-null = либо null
allowed-list = список
allowed-list-of = список, { $values }
allowed-each = { $listed }, каждое: { $inner }
limit-above = больше { $limit }
limit-least = не меньше { $limit }
limit-below = меньше { $limit }
limit-most = не больше { $limit }
span-year = { $amount } { $amount ->
    [one] год
    [few] года
    [many] лет
   *[other] года
}
span-month = { $amount } { $amount ->
    [one] месяц
    [few] месяца
    [many] месяцев
   *[other] месяца
}
span-day = { $amount } { $amount ->
    [one] день
    [few] дня
    [many] дней
   *[other] дня
}
span-h = { $amount } ч
span-min = { $amount } мин
span-working-hour = { $amount } { $amount ->
    [one] рабочий час
    [few] рабочих часа
    [many] рабочих часов
   *[other] рабочего часа
}
span-working-min = { $amount } рабочих мин
lengths = { $values } { $values ->
    [one] значение
    [few] значения
   *[many] значений
 }
lengths-between = от { $least } до { $most } значений
lengths-least = не меньше { $least } { $least ->
    [one] значения
    [few] значений
   *[many] значений
 }
lengths-most = не больше { $most } { $most ->
    [one] значения
    [few] значений
   *[many] значений
 }
place-preset = заготовка { $name }
sent-names-file = здесь назван другой файл, а из присланного файла другие не открываются: соберите всё в один (`show --yaml`)
title-30-min = 30 мин
title-4-h = 4 ч
title-2-days = 2 дня
title-3-months = 3 месяца
title-4-working-hours = 4 рабочих часа
title-2-working-days = 2 рабочих дня
title-300-k = 300 тыс.
title-1-5-mln = 1,5 млн
title-60-a-month = 60 в месяц
title-720-a-year = 720 в год
allowed-or-null-form = либо «не задано»
allowed-distribution-form = либо распределение, например «логнормальное: среднее …; коэффициент вариации 0,7»
allowed-list-form = список через точку с запятой
cell-empty = не заполнено: { $meaning }
cell-empty-plain = не заполнено
cell-beside = здесь этого не указывают; оставьте ячейку пустой
span-week = { $amount } { $amount ->
    [one] неделя
    [few] недели
    [many] недель
   *[other] недели
}
span-quarter = { $amount } { $amount ->
    [one] квартал
    [few] квартала
    [many] кварталов
   *[other] квартала
}
span-working-day = { $amount } { $amount ->
    [one] рабочий день
    [few] рабочих дня
    [many] рабочих дней
   *[other] рабочего дня
}
title-0-5 = 0,5
title-0-35 = 0,35
law-words-part = { $part } — не параметр распределения «{ $law }»
law-words-lack = распределению «{ $law }» нужны ещё параметры
path-labelled = { $path } («{ $label }»)
no-attribute = у { $kind } нет { $name }
no-attribute-near = у { $kind } нет { $name }; возможно, имелось в виду { $near }?
frozen-scenario = сценарий не меняется: сделайте другой, `{ $example }`
frozen-result = { $name } в { $kind } не меняется: сделайте другой сценарий, scenario.replace(…), и просчитайте его
