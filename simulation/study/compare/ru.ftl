comparison-title = Сравнение
# Каждая структура в её лучшем виде.
progress-at-best = лучшее против лучшего
progress-worth = { $title }: чего стоит каждое изменение
policy-order-clients = сначала клиенты
policy-order-deals = сначала сделки
policy-order-papers = сначала бумаги
policy-due-none = без сроков
policy-due-presets = у работы есть сроки
policy-newest-first-newest = сначала самый новый лид
policy-newest-first-oldest = сначала самый старый лид
policy-ownership-personal = каждый ведёт своих лидов и клиентов
policy-ownership-team = лиды и клиенты общие
policy-cover-colleagues = коллеги подменяют того, кого нет
policy-new-work-assigned = новые лиды раздаются по очереди
policy-new-work-shared = новый лид берёт тот, кто свободен
policy-protected-none = часы для поиска клиентов не выделены
policy-protected-mornings = два часа каждое утро — только поиск клиентов
policy-most-open-none = число открытых лидов на руках не ограничено
policy-most-open-20 = на руках не больше 20 открытых лидов
policy-most-open-40 = на руках не больше 40 открытых лидов
policy-overflow-none = никто не помогает другим ролям
policy-overflow-help = продавцы помогают отвечать, когда ждут три новых лида
at-best-already = «{ $structure }» и так в своём лучшем виде.
at-best-behind = «{ $structure }», как нарисована, отстаёт от своего лучшего на { $gain }: { $changes }.
at-best-more = И ещё { $count ->
    [one] { $count } изменение
    [few] { $count } изменения
   *[other] { $count } изменений
 }.
at-best-change = { $what } ({ $worth })
at-best-parts = Изменение стоит того, что теряется без него одного, поэтому части могут не складываться в целое.
at-best-drawn = Как нарисовано
at-best-time = поиск лучшего вида каждой структуры займёт около { $seconds } с; `--search none` пропустит его
at-best-too-long = поиск лучшего вида каждой структуры занял бы около { $minutes } мин. и пропущен; `--search quick` выполнит его
at-best-verdict = Вывод, каждая в лучшем виде
at-best-row-drawn = как нарисовано
at-best-behind-title = Что каждая структура теряет как нарисована
# Насколько твёрд ответ.
progress-what-ifs = проверка «а если»
firmness-all = «{ $ahead }» остаётся впереди во всех проверках «а если» (их { $count }).
firmness-turns = «{ $ahead }» остаётся впереди в { $holds } из { $count } проверок «а если»; ответ меняется, если { $what_ifs }.
firmness-more = И ещё в { $count }.
firmness-turn = { $what } ({ $worth } в другую сторону)
firmness-first = Сначала измерьте: { $inputs }.
firmness-moves = { $name } (в пределах своей вилки сдвигает разницу на { $worth })
firmness-choice = в структуре «{ $structure }» { $policy }
firmness-input = { $name } — { $value }
firmness-horizon = смотреть на { $months } мес. вперёд
firmness-end-value = считать и ценность клиентов и воронки на конец
firmness-no-end-value = не считать ценность клиентов и воронки на конец
at-best-next = Чтобы структура «{ $structure }» стала лучшей, измените: { $changes }.
