cluster-no-dask = Dask не установлен; pip install 'sales-department-simulator[cluster]'
cluster-lost = { $address }: кластер потерян: { $error }
cluster-no-answer = { $address }: кластер не отвечает: { $reason }
cluster-stranger = { $address }: там слушает не планировщик Dask
cluster-no-scheduler = { $address }: планировщик Dask не отвечает: { $error }
cluster-no-worker = { $address }: у кластера нет работников
cluster-cannot-load = { $address }: работник не может загрузить эту программу: { $error }
study-no-scenario = рядом с этим файлом нет сценария { $scenario }
nothing-asked = ни о чём не спрошено
allowed-questions = одно или несколько из: { $questions }
heads-few = { $people } { $people ->
     [one] человек не может занять
     [few] человека не могут занять
    *[many] человек не могут занять
 } { $filled } { $filled ->
     [one] роль
     [few] роли
    *[many] ролей
 }
input-no-range = у { $name } нет диапазона; дайте его в сценарии ({"{"}value: …, range: [low, high]{"}"}) или { $name }=low:high
both-set = { $owners } и { $name } задают { $path }; меняйте одно из них
one-value = у { $text } одно значение; допустимо: PATH=low:high
no-input = не названо ни одного входного значения
nothing-after = { $error }; дальше ничего не спрашивали
no-replication = для сравнения нужен хотя бы один возможный год, а не { $years }
no-number = { $name } — не число, и менять его нельзя
no-value = у { $name } в сценарии нет значения, и менять нечего; сначала запишите его там
specialisation-below = specialisation: { $strength } меньше 0; допустимо: от 0 (никто не учится)
range-points = { $text }: { $parts } — не число точек; допустимо: от 2 до { $most_points }
indifference-needed = { $name } в первые годы равно 0, так что скажите, какая разница имеет значение: indifference
split-none-works = ни один вариант { $name } не может работать: { $reason }
progress-left = { $title }: осталось вариантов { $left } из { $kept }
progress-fresh = { $title }: новые годы
progress-best = сравниваются лучшие
progress-sizes = { $title }: лучшие каждого размера
heads-and-payroll = heads и payroll противоречат друг другу
allowed-one-of-them = одно из двух
options-clash = варианты { $name } не сочетаются: { $error }
split-too-dear = ни один вариант { $name } не стоит в год не больше { $asked }; самый дешёвый стоит { $cheapest }
split-no-payroll = ни у одного варианта { $name } нет фонда оплаты как у { $baseline } ({ $base } в год, в пределах 3 %); скажите, о скольких людях речь (--heads) или сколько они могут стоить (--payroll)
limit-never-sure = { $text }: план выполняется больше чем в 0 % и меньше чем в 100 % лет, но никогда наверняка
heads-and-payroll-both = столько-то людей и такой-то фонд оплаты противоречат друг другу; допустимо: одно из двух
heads-none = { $heads } человек не распределить; допустимо: от 1
payroll-nobody = фонда оплаты { $payroll } не хватит никому; допустимо: деньги больше 0
level-none = уровня { $level } не бывает; допустимо: больше 0 и меньше 1
cap-none = предела в { $replications } возможных лет не бывает; допустимо: от 2 до { $fresh_from }
fresh-none = { $fresh } новых лет ничего не сравнят; допустимо: от 2
indifference-none = зоны безразличия { $zone } не бывает; допустимо: больше 0
select-nothing = выбирать не из чего
select-indifference = зона безразличия больше 0, а не { $indifference }
level-between = уровень больше 0 и меньше 1, а не { $level }
select-first = до первого взгляда нужно хотя бы 2 возможных года и 1 между двумя, а не { $first } и { $step }
select-cap = предел в { $most } возможных лет меньше, чем { $first } до первого взгляда
select-tolerance = допуск ограничения больше 0, а не { $tolerance }
progress-explain = { $first } против { $second }, механизмов: { $players }
explain-no-value = ни один год не дал значения { $name } при всех настройках
nothing-varied = ничего не меняется
allowed-ranges = PATH=low:high:points, один или несколько
points-of-grid = --points годится для --design lhs или sobol; у сетки точки из её диапазонов (PATH=a:b:n)
precision-of-share = точности для { $plan_met } запросить нельзя; допустимо: другой показатель
same-axes = --x и --y оба меняют { $name }
varied-twice = { $twice } меняется дважды
no-design = нет плана { $name }
grid-points = у сетки точки из её диапазонов (PATH=low:high:points); число точек — для lhs и sobol
design-few = в плане не меньше 2 точек, а не { $count }
design-many = получается { $count } точек; допустимо: до { $most_points }
precision-of-share-or = точности для { $plan_met } запросить нельзя; допустимо: другой показатель или число возможных лет
top-few = входных данных наверху { $top } — слишком мало; допустимо: от 1
top-of-morris = morris меняет все входные данные; top годится для tornado и sobol
tornado-points = у tornado нет точек: каждое значение берётся на обоих краях диапазона
sobol-power = { $base } точек для sobol — не степень двойки; допустимо: 16, 32, 64, …
no-method = нет метода { $name }
no-search = нет поиска { $name }
no-lang = нет языка { $name }
no-chart = нет графика { $name }
no-backend = нет способа параллельного счёта { $name }
point-no-value = в одной из точек внутри диапазонов ни в одном году нет значения показателя
years-no-value = меньше чем в двух годах показатель имеет значение с обеими структурами
threshold-no-range = у { $text } нет диапазона; дайте его здесь ({ $text }=low:high) или в сценарии ({"{"}value: …, range: [low, high]{"}"})
threshold-ends-equal = { $name }: у диапазона два разных края, например { $name }=low:high
threshold-few = порогу нужно не меньше { $least } возможных лет, а не { $replications }
threshold-precision = точность — доля диапазона, больше 0 и меньше 1, а не { $share }
precision-out = { $precision } вне границ
roots-need = для поиска корней нужны low < high, не меньше 3 возможных лет и 2 значений
progress-way = путь туда
every-year-failed-today = не удался ни один год, который начинается с людьми { $baseline }
begun-today = у прогона, который начинается с { $begin }, путь от сегодняшних людей уже в числах
allowed-mature = сценарий с `begin: mature`
samples-few = { $samples } точек — слишком мало; допустимо: от { $fewest }
years-each = { $years_each } год в каждой точке нельзя поделить между случаем и незнанием; нужно 2 или больше
points-no-value = только в { $sum } из { $samples } точек есть значение { $decides } в каждом году
progress-weak-link = слабое звено
every-year-failed-at = не удался ни один год с { $path } = { $value }
needs-two = для сравнения нужны две структуры; здесь только { $names }
just-two = здесь сравниваются две структуры, а не { $cases }; назовите две из { $names }
not-compared = { $asked } не среди сравниваемых структур
measure-needs-plan = { $name } нужен план, а в сценарии его нет
no-scenario = сравнивать нечего: нет ни одного сценария
two-structures = { $name } может значить две структуры; дайте сценариям имена без двоеточий
history-no-year = нет смоделированного года, с которым сверить историю: { $first }
history-none = нет прошлого года, с которым сверить модель
allowed-history = блок `history`, например {"{"}revenue: 28 mln, deals: 120{"}"}; его пишет `new --numbers`
replications-none = нужен хотя бы один возможный год, а не { $total }
replication-whole = повторы нумеруются с 0, и номера { $replication } нет
seed-whole = seed — целое число от 0 до 2**63 - 1, а не { $seed }
no-scenario-at = нет сценария при { $point }: { $what }
no-variable = в сценарии нет { $name }; допустимо: путь к числу через точку (их перечисляет `show`) или одно из { $dials }
no-path = в сценарии нет { $name }
range-no-values = { $text } не называет значений; допустимо: PATH=low:high:points, например hand_off.lead.loss=5%:40%:8, или PATH=a,b,c
range-parts = у { $text } частей { $parts }; допустимо: PATH=low:high:points, например hand_off.lead.loss=5%:40%:8, или PATH=a,b,c
range-ends = { $text }: нижний край должен быть меньше верхнего; допустимо: PATH=low:high:points, например hand_off.lead.loss=5%:40%:8, или PATH=a,b,c
cluster-no-address = { $address } — не кластер; допустимо: tcp://HOST:PORT планировщика Dask или local:WORKERS
cluster-silent = нет ответа
cluster-other-part = { $address }: это часть Dask ({ $found }); назовите планировщик
other-model = у работника другая версия этой программы, Python или numpy либо другая машина
no-limit = { $text } — не ограничение; допустимо: показатель, один из знаков >=, <=, >, < и предел, например plan_met>=80% или payroll<=6mln
select-undefined = в слишком многих годах показатель не определён или год не удался
allowed-range-share = доля диапазона, например 5%, больше 0 и меньше 100%
few-tornado-years = { $wanted } возможных лет для tornado — слишком мало; допустимо: от { $least }
few-morris-points = { $wanted } точек для morris — слишком мало; допустимо: от { $least }
few-morris-years = { $wanted } возможных лет для morris — слишком мало; допустимо: от { $least }
few-sobol-points = { $wanted } точек для sobol — слишком мало; допустимо: от { $least }
few-sobol-years = { $wanted } возможных лет для sobol — слишком мало; допустимо: от { $least }
split-no-heads = у { $name } нет варианта на { $heads } { $heads ->
    [one] человека
    [few] человека
   *[many] человек
 }; нужно занять ролей: { $roles }
split-no-heads-within = у { $name } нет варианта на { $heads } { $heads ->
    [one] человека
    [few] человека
   *[many] человек
 } в диапазонах `search`; нужно занять ролей: { $roles }
splits-many = вариантов { $splits } и больше, а перебирается не больше { $most }; допустимо: меньше --heads или уже диапазоны ролей в `search`
splits-many-payroll = вариантов { $splits } и больше, а перебирается не больше { $most }; допустимо: меньше --payroll или уже диапазоны ролей в `search`
question-none = вопрос — это ровно одно из { $names }; здесь нет ни одного
question-several = вопрос — это ровно одно из { $names }; здесь { $found }
history-none-finished = ни один не досчитан
allowed-precision = доля среднего, например 2%, или сумма, например 50k, больше 0
no-measure = нет показателя { $name }
progress-compare = сравнение
progress-payback = окупаемость
progress-horizon = срок
progress-pilot = первый взгляд
precision-not-positive = { $text } не больше 0
key-StudyFile-version = версия формата исследований
key-StudyFile-scenario = файл сценария
key-StudyFile-questions = вопросы
