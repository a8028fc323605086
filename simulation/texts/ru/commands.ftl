error = ошибка: { $what }
warning = предупреждение: { $what }
interrupted = прервано
interrupted-nothing = прервано: ничего не записано
interrupted-years = прервано: показано лет: { $years } из { $wanted }
interrupted-replications = прервано: показано возможных лет: { $done } из { $wanted }
interrupted-none = прервано: из { $wanted } возможных лет не показан ни один
file-output = вывод
years-failed = не удалось лет: { $failed } из { $wanted }; почему, скажет `run --structure`
too-many-runs = это { $runs } прогонов (точек { $points }, структур { $structures }, возможных лет { $years }); допустимо: до { $most }; меньше станет, если уменьшить { $fewer } или --replications
too-many-runs-at-most = это до { $runs } прогонов (точек { $points }, структур { $structures }, возможных лет до { $years }); допустимо: до { $most }; меньше станет, если уменьшить { $fewer } или --replications
fewer-points = число точек
fewer-cells = число клеток
fewer-inputs = число --input, --points
every-failed = не удался ни один возможный год, результата нет
every-failed-first = не удался ни один возможный год; номер { $number }, { $structure }: { $error }
runs-done = прогонов: { $runs } за { $seconds } с, ещё { $reused } взято из хранилища
runs-simulated = сыграно прогонов: { $runs }, взято из хранилища: { $reused }
runs-over-inputs = прогонов по диапазонам входных данных: { $runs } за { $seconds } с, ещё { $reused } взято из хранилища
runs-failed = не удалось прогонов: { $failed }; их годы не учтены
replications-done = возможных лет: { $years }, структур: { $structures }, за { $seconds } с
replications-done-store = возможных лет: { $years }, структур: { $structures }, за { $seconds } с, из хранилища взято прогонов: { $found } из { $runs }
replication-failed = возможный год { $number } не удался со структурой { $structure }: { $error }
replication-error = возможный год { $number }, { $structure }: { $error }
replay-it = {"  "}повторить его: { $command }
more-failed = не удалось ещё возможных лет: { $more }
out-no-folder = --out: { $folder } — не папка
backend-all-at-once = он отдаёт результаты только все сразу; loky и threading отдают по одному
backend-unusable = { $given }: { $backend } нельзя использовать: { $why }
floor-unknown = { $variable }: нет движка { $name }
floor-not-here = { $variable }: { $name } недоступен: { $why }
floor-never-built = скомпилированный движок здесь не собран; его соберёт `pip install -e .` в папке программы
floor-build-failed = скомпилированный движок не собрался при установке программы ({ $why })
floor-outdated = скомпилированный движок собран из других исходных текстов; `pip install -e .` в папке программы соберёт его заново
floor-objects-only = { $why }; без него годы играются во много раз дольше, а результаты те же
wrote = записано: { $files }
wrote-to = записано: { $files } в { $folder }
wrote-starter = записано: { $file }; дальше: validate { $file }, потом compare { $file }
wrote-numbers = записано: { $file }; дальше: check { $file }, потом compare { $file }
no-plan = в сценарии нет плана; допустимо: блок `plan` с целью или --target СУММА
precision-of-alone = --precision-of нужен --precision, например --precision 2%
store-contradiction = --store и --no-store противоречат друг другу
store-none = { $why }; сыгранные годы не сохраняются
store-or-none = { $why } (или запустите с --no-store)
cluster-contradiction = --cluster и --backend противоречат друг другу
cluster-lost-rest = --cluster: { $why }; законченное лежит в хранилище, если оно есть
events-no-folder = --events нужна папка, куда писать: --out DIR
charts-no-folder = --charts нужна папка, куда писать: --out DIR
prune-missing = { $option } говорит, что выбросить; добавьте --prune
store-pruned = выброшено прогонов: { $number }
store-freed = , освобождено { $size }
store-off = { $variable } = { $off }: сыгранные годы не сохраняются; хранилище называет --store FILE
store-not-yet = хранилища ещё нет; первое моделирование создаст { $path }
store-holds = { $path }: { $size }, прогонов: { $number }
store-what-a-run-is = Прогон — один возможный год с одной структурой; варианты отличаются хотя бы одним значением сценария.
store-old = Из них другой версией программы сделано: { $number }; --prune их выбросит.
store-older = старые ({ $versions })
store-more = ещё { $more }
store-scenario = сценарий
store-structure = структура
store-runs = прогонов
store-variants = вариантов
store-size = размер
store-newest = последний
store-floor = движок
older-than-dates = --older-than: { $time } — дольше, чем есть даты
question = вопрос { $number } из { $all }: { $kind }
samples-alone = --samples годится только с --uncertain
uncertain-one-file = --uncertain перебирает входные данные одного сценария; укажите один файл
progress-replications = возможные годы
progress-ahead = { $what } (впереди: { $leader })
valid = { $file }: ошибок нет
valid-but = { $file }: ошибок нет, { $warnings } { $warnings ->
    [one] предупреждение
    [few] предупреждения
   *[many] предупреждений
 }
nothing-under = { $file }: под путём { $path } ничего нет
nothing-differs = отличий нет
show-path = путь
show-value = значение
show-unit = единица
show-from = откуда
numbers-alone = ответы и --closed-form идут вместе с --numbers: new FILE --numbers [ANSWERS]
file-exists = { $file }: файл уже есть и остаётся как есть
no-folder = { $file }: нет папки { $folder }
matching = подгоняю смоделированные годы к вашим числам, это займёт около полуминуты
matching-round = {"  "}круг { $done } из { $total }
ask-begin = Ваш прошлый год, по всему отделу. Enter берёт то, что стоит в скобках.
ask-contradiction = Это не сходится: { $what }.
ask-no-currency = { $typed } — не валюта; три буквы, например RUB, EUR, USD
ask-amounts = { $amounts } { $amounts ->
    [one] сумма
    [few] суммы
   *[many] сумм
 } — это ни один итог, ни двенадцать месяцев; разделяйте знаком ;
ask-no-channel = { $typed } — не канал и его лиды, например site = 120
ask-channel-twice = канал { $name } указан дважды
show-elapsed-time = календарное время
show-working-time = рабочее время
show-share = доля
show-per-month = в месяц
show-per-year = в год
show-share-a-year = доля в год
show-log-odds = логарифм шансов
show-default = по умолчанию
show-override = задано сверху
