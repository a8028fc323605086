# Страница: сначала ответ, затем пять разделов, затем приложение.
answer-drawn-alone = Сравнено как нарисовано: лучшее деление людей и порядок работы не искали, а они могут перевернуть ответ (их ищет `--search quick`).
answer-drawn-same = Как нарисовано, «{ $best }» тоже впереди структуры «{ $rival }»: на { $difference }.
answer-drawn-turned = Как нарисовано — наоборот: «{ $rival }» впереди структуры «{ $best }» на { $difference }.
answer-drawn-open = Как нарисовано, «{ $best }» и «{ $rival }» различаются в среднем на { $difference }, что может быть случайностью.
answer-drawn-unknown = Как нарисовано, структуру «{ $best }» сравнить нельзя.
answer-next-measure = Дальше: измерьте то, от чего ответ зависит сильнее всего, а до тех пор оставьте структуру «{ $baseline }».
page-answer = Ответ
page-measure-unknown = Что измерить сначала, здесь не искали: `compare --search quick` назовёт это.
page-same-years = Одни и те же годы: каждая точка — один возможный год
page-alt-same-years = Рисунок: насколько «{ $best }» лучше или хуже, чем «{ $rival }», в каждом из одних и тех же возможных лет.
page-alone-brings = «{ $structure }» приносит в среднем за год { $mean } ({ $measure }); один год из десяти — ниже { $low }, один из десяти — выше { $high }.
page-alone-brings-few = «{ $structure }» приносит в среднем за год { $mean } ({ $measure }); худший из лет приносит { $low }, лучший — { $high }.
page-alone-brings-one = «{ $structure }» приносит { $mean } ({ $measure }) в единственном сыгранном году.
page-alone-plan = План выполнен в { $share } лет.
page-alone-next = Чтобы узнать, зарабатывала бы другая структура больше, опишите её и выполните `compare`.
page-firm = Насколько твёрд ответ
page-what-if = А если
page-what-if-difference = «{ $best }» минус «{ $rival }»
page-what-if-note = Ниже нуля впереди «{ $rival }». Годы везде одни и те же (их { $years }).
page-no-firm = Проверок «а если» не было: выполните `compare --search quick`.
page-all-what-ifs = Все проверки «а если»
page-costs = Что структуры теряют как нарисованы
page-way-none = «{ $structure }» уже есть: ролей никто не меняет. Путь к другой структуре, для сравнения:
page-way = Путь туда
page-good-bad = Насколько хорошим и плохим бывает год
page-appendix = Приложение
page-appendix-lead = Всё остальное свёрнуто: откройте то, что хотите увидеть.
page-appendix-best = Где не сказано иного, числа и рисунки показывают каждую структуру в её лучшем виде.
page-more = В приложении:
page-statistics = Статистика за ответом
page-as-drawn = Структуры как нарисованы
page-about = Что говорит о себе сценарий
page-glossary = Словарь
page-scenario-inside = Сценарий лежит в этом файле: программа открывает саму страницу (`python run.py compare report.html`).
page-other-findings = Другие находки
page-left-for-appendix = { $count ->
    [one] ещё { $count } — в приложении
    [few] ещё { $count } — в приложении
   *[other] ещё { $count } — в приложении
 }
page-scrolls = Таблица, её можно сдвигать вбок: { $title }
chart-same-years = «{ $one }» минус «{ $other }»: точка — один возможный год
chart-better-years = «{ $structure }» лучше:
    { $count } из { $years } лет
page-without-scenario = в этой странице нет сценария; программа открывает страницы, которые записала сама
page-with-scenarios = в этой странице сценариев: { $count }; откройте один из них: { $names }
page-measure-two-files = Что измерить сначала, при структурах из двух файлов не ищут: `sensitivity` назовёт это для одного файла.
page-firm-two-files = Проверки «а если» задают структурам одного файла, а эти две — из двух файлов. Опишите обе в одном файле, чтобы задать их.
