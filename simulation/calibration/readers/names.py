"""By which headings the systems know what columns mean, as texts: meaning (what it holds): names.

Names are in English and Russian;
    those of deals also as Pipedrive translates them. The first names are the usual ones.
"""

from __future__ import annotations

PRIVATE = """
title: название сделки; название лида; deal name; title; opportunity name; название; lead name; наименование;
    name; subject; тема; deal title; nazev; titel; titulo; titre; lead title; nazev obchodu; заголовок; обращение
contact: контакт; contact; полное имя контакта; имя контакта; contact person; фамилия; имя; отчество; first name;
    last name; contact name; full name; фио; primary contact; associated contact; kontaktni osoba; контактное
    лицо; основной контакт; фио контакта; primary associated contact; associated contact with primary contact
phone: телефон; phone; рабочий телефон; мобильный телефон; phone number; mobile; рабочий прямой телефон; домашний
    телефон; другой телефон; факс; fax; tel; мобильный; номер телефона; whatsapp
mail: email; e-mail; mail; рабочий email; личный email; другой email; почта; электронная почта; e-mail рабочий;
    рабочий e-mail
address: адрес; address; street; город; city; индекс; postal code; web; сайт компании; website
note: примечание; note; notes; комментарий; comment; comments; описание; description; теги; tags; теги сделки;
    заметки; дополнительно; next step; label; кем создана сделка; кем редактирована; кем создана; кем изменена;
    created by; modified by; ответственный за контакт; last modified by; кем создан; кем изменен; создатель; inn;
    инн; должность
"""
DEALS = """
id (key): id; id записи; lead number; id сделки; record id; deal id; opportunity id; deal; сделка; номер сделки;
    opportunity; №; номер; case; case id; lead id; id лида; hs object id
created (time): created; дата создания сделки; дата создания; create date; created date; deal created; creation
    date; date created; created at; created on; создана; создан; сделка создана; engage date; date opened; дата
    обращения; дата заявки; дата поступления; obchod vytvoren; vytvoreno; erstellt am; дата лида; deal erstellt;
    affaire creee; trato creado; negocio criado; opened; дата открытия; add time; дата; время создания; сделка
    добавлена; дата добавления; lead created; start; начало; дата начала; start date
closed (time): closed; дата закрытия сделки; дата закрытия; close date; closed date; date closed; closed at; deal
    closed on; закрыта; закрыт; сделка закрыта; closing date; closed on; дата завершения; obchod uzavren dne;
    uzavreno; geschlossen am; дата оплаты; дата продажи; finished; end; дата сделки; дата фактического закрытия;
    actual close date; фактическая дата закрытия; close time; конец
won_time (time): won time; время выигрыша; дата выигрыша; cas vyhry; date won; gewonnen am; won on; выиграно; время
    победы; won date; дата успешного закрытия
lost_time (time): lost time; время проигрыша; дата проигрыша; cas prohry; date lost; verloren am; lost on; lost
    date; время потери; дата отказа
expected (time): предполагаемая дата закрытия; expected close date; ожидаемая дата закрытия; planned close date;
    ocekavane datum uzavreni; плановая дата закрытия
moved (time): last stage change; дата последнего изменения этапа; дата изменения стадии; последнее изменение этапа;
    posledni zmena faze; дата перехода на стадию; stage entered; date entered current stage; дата смены стадии; last
    stage change date
modified (time): дата редактирования; дата изменения; last modified date; last modified; update time; дата
    обновления; modified; last activity date; updated; изменена; posledni zmena; last activity
status (words): status; статус; состояние; deal status; результат; outcome; result; stav; исход; estado; статус
    сделки; итог; statut; deal result; opportunity status
stage (words): stage; pipeline stage; lead stage; deal stage name; deal stage; этап сделки; стадия сделки; этап;
    стадия; faze; stage name; phase; etapa; fase; etape; стадия лида; этап воронки; текущий этап; sales stage;
    current stage; lead status; статус лида
pipeline (words): pipeline; воронка; направление; воронка продаж; funnel; deal pipeline; sales pipeline; sales
    process; record type
channel (words): channel; source; источник; lead source; original traffic source; канал; original source; utm
    source; источник сделки; источник лида; источник заявки; рекламный канал; zdroj; канал продаж; deal source;
    quelle; origem; source channel; canal; откуда узнали; канал привлечения; источник обращения; источник трафика;
    sales channel
owner (person): owner; владелец сделки; владелец; responsible user; ответственный пользователь; ответственный; deal
    owner; opportunity owner; manager; менеджер; sales agent; sales rep; продавец; vlastnik; assigned to;
    ответственный менеджер; seller; сотрудник; owner name; besitzer; ответственный за сделку; proprietaire;
    propietario; responsible; salesperson; rep; agent; lead owner
amount (amount): amount; sale; бюджет, ₽; бюджет, руб; сумма, руб; сумма, ₽; бюджет; сумма; value; budget; close
    value; revenue; возможная сумма; сумма сделки; deal value; hodnota; стоимость; выручка; opportunity; amount in
    company currency; ценность; wert; valor; valeur; deal amount; price total; total; бюджет сделки
currency (words): currency; валюта; currency of value; mena; wahrung; moneda; devise; moeda; amount currency; deal
    currency code; валюта сделки; currency iso code
customer (customer): customer; company; компания; клиент; organization; account; account name; associated company;
    организация; заказчик; покупатель; контрагент; client; компания контакта; organizace; customer name; company
    name; primary associated company; название компании; organisation; покупатель имя
customer_id (customer): customer id; id клиента; company id; id компании; account id; client id; associated company
    id; id контакта; contact id; код клиента; organization id; associated company ids; код контрагента
repeat (yes-no): repeat; повторная сделка; deal type; повторная; type; тип сделки; is repeat; repeat deal;
    returning; повторный клиент; тип; повторное обращение
product (words): product; товар; продукт; услуга; product name; produkt; producto; produit; название товара;
    service; products; товары; категория товара; product line
price (amount): price; цена; unit price; cena; preis
quantity (number): quantity; количество; qty; кол-во; mnozstvi; menge; product quantity
reason (words): reason; причина закрытия проигранной сделки; loss reasons; причина отказа клиента; closed lost
    reason; lost reason; причина отказа; причина проигрыша; loss reason; причина; duvod prohry; причина закрытия;
    причина потери; lose reason; verlustgrund; причина провала
"""
HISTORY = """
deal (key): deal; deal id; case:concept:name; opportunity id; id сделки; сделка; id; case; lead id; record id;
    номер сделки; case id;
    opportunity
stage (words): to stage; concept:name; stage name; stage entered; stage title; stage; этап; стадия; новая стадия;
    новый этап; to;
    new value; new stage; status; статус;
    этап сделки; стадия сделки; after; стало; значение после
from (words): from stage; from; прежняя стадия; старая стадия; old value; old stage; previous stage; прежний этап;
    предыдущий этап; было; before; значение до; предыдущая стадия
entered (time): entered; time:timestamp; date create; дата события; stage entry date; last modified; дата входа;
    дата перехода;
    entered at; date entered; changed at; edit
    date; дата изменения; дата изменения стадии; дата; moved; timestamp; time; date; entered on; вошла; дата и
    время; время; дата начала; entry date; start; дата события; last modified date; changed
present (words): current stage; текущий этап; текущая стадия
created (time): created date; created; дата создания; дата создания сделки; create date
closed (time): closed; дата закрытия; closed date; close time
expected (time): close date; предполагаемая дата закрытия; expected close date
status (words): deal status; outcome; исход; статус сделки
pipeline (words): pipeline; воронка; направление; воронка продаж; funnel; deal pipeline; sales pipeline; sales
    process; record type
channel (words): channel; source; источник; lead source; original traffic source; канал; original source; utm
    source; источник сделки; источник лида; источник заявки; рекламный канал; zdroj; канал продаж; deal source;
    quelle; origem; source channel; canal; откуда узнали; канал привлечения; источник обращения; источник трафика;
    sales channel
owner (person): org:resource; owner; ответственный; deal owner; opportunity owner; manager; менеджер; sales agent;
    sales rep;
    продавец; vlastnik; assigned to; ответственный менеджер; seller; сотрудник; owner name; besitzer;
    ответственный за сделку; proprietaire; propietario; responsible; salesperson; rep; agent; lead owner; last
    modified by; edited by; changed by; кто изменил
amount (amount): amount; бюджет; сумма; value; budget; close value; revenue; возможная сумма; сумма сделки; deal
    value; hodnota; стоимость; выручка; opportunity; amount in company currency; ценность; wert; valor; valeur;
    deal amount; price total; total; бюджет сделки
currency (words): currency; валюта; currency of value; mena; wahrung; moneda; devise; moeda; amount currency; deal
    currency code; валюта сделки; currency iso code
customer (customer): customer; company; компания; клиент; organization; account; account name; associated company;
    организация; заказчик; покупатель; контрагент; client; компания контакта; organizace; customer name; company
    name; primary associated company; название компании; organisation; покупатель имя
product (words): product; товар; продукт; услуга; product name; produkt; producto; produit; название товара;
    service; products; товары; категория товара; product line
reason (words): reason; closed lost reason; lost reason; причина отказа; причина проигрыша; loss reason; причина;
    duvod prohry; причина закрытия; причина потери; lose reason; verlustgrund; причина провала
"""
ACTIVITIES = """
case (key): case:concept:name; case; case id; deal; id сделки; deal id; сделка; лид; lead; caseid; case concept
    name; id лида; lead id
activity (words): concept:name; activity; действие; дело; task; event; activity type; тип дела; тип действия; вид
    работы; concept name; операция; type; тип; activity name; работа; событие
completed (time): time:timestamp; completed; end; timestamp; complete timestamp; дата завершения; окончание; end
    time; time timestamp; end timestamp; finished; завершено; конец; complete; completed at; end date; дата; time;
    date; время
started (time): start timestamp; started; start; start time; начало; дата начала; started at; start:timestamp;
    begin; начато; time:start; start date
person (person): org:resource; resource; person; employee; сотрудник; менеджер; исполнитель; owner; ответственный;
    user; org resource; manager; assigned to; кто
transition (words): lifecycle:transition; lifecycle; lifecycle transition; transition
"""
ORDERS = """
order (key): order; order id; invoice; invoice no; invoiceno; номер заказа; заказ; id заказа; счет; номер счета;
    order no; номер; №; документ; номер документа; id; order number
customer (customer): customer; company; компания; клиент; organization; account; account name; associated company;
    организация; заказчик; покупатель; контрагент; client; компания контакта; organizace; customer name; company
    name; primary associated company; название компании; organisation; покупатель имя; customer id; id клиента;
    код клиента; client id; customerid; customer no; buyer; id покупателя; email; customer number
customer_id (customer): customer id; id клиента; код клиента; client id; customerid; account id; код контрагента
placed (time): placed; order date; invoice date; дата заказа; дата; date; time; placed at; дата счета; ordered;
    дата отгрузки; invoicedate; дата документа; дата продажи; дата оплаты; created; created at; дата создания;
    purchase date; transaction date; заказан
amount (amount): amount; бюджет; сумма; value; budget; close value; revenue; возможная сумма; сумма сделки; deal
    value; hodnota; стоимость; выручка; opportunity; amount in company currency; ценность; wert; valor; valeur;
    deal amount; price total; total; бюджет сделки; сумма заказа; итого; order total; order amount; sum; стоимость
    заказа; оборот; invoice amount
price (amount): price; цена; unit price; cena; preis
quantity (number): quantity; количество; qty; кол-во; mnozstvi; menge; product quantity
currency (words): currency; валюта; currency of value; mena; wahrung; moneda; devise; moeda; amount currency; deal
    currency code; валюта сделки; currency iso code
status (words): status; статус; состояние; order status; статус заказа
"""
STAFF = """
person (person): person; employee; сотрудник; фио; name; имя; менеджер; manager; full name; работник; фамилия имя
    отчество; фамилия; продавец; seller; employee name; ф и о; ф.и.о; ф. и. о; табельный номер; employee id
role (words): role; роль; должность; position; job title; title; job; job role; специальность
hired (time): hired; дата приема; дата найма; hire date; start date; принят; start; дата начала работы; дата
    приема на работу; joined; hired on; дата трудоустройства; дата выхода; начало; работает с; employment start;
    дата начала; date hired
left (time): left; дата увольнения; termination date; уволен; end date; end; left on; leave date; дата ухода;
    конец; уволена; окончание; employment end; дата окончания; date left; terminated
"""
CALLS = """
person (person): person; manager; менеджер; сотрудник; employee; operator; оператор; фио; seller; owner;
    ответственный; agent; продавец; user; name; имя
day (time): day; date; дата; день; call date; дата звонка; дата звонков
calls (number): calls; звонки; звонков; call count; количество звонков; число звонков; dials; attempts; исходящие;
    всего звонков; попыток; набрано; исходящих звонков; total calls; outgoing calls
reached (number): reached; дозвоны; дозвонов; answered; connected; дозвонились; отвечено; connects; состоявшиеся;
    успешных звонков; разговоров; conversations
leads (number): leads; лиды; лидов; leads found; найдено лидов; заявки; заявок; meetings; встречи; found;
    назначено встреч
"""
LEADS = """
id (key): id; id лида; lead id; lead; лид; record id; номер лида; номер
created (time): created; дата создания сделки; дата создания; create date; created date; deal created; creation
    date; date created; created at; created on; создана; создан; сделка создана; engage date; date opened; дата
    обращения; дата заявки; дата поступления; obchod vytvoren; vytvoreno; erstellt am; дата лида; deal erstellt;
    affaire creee; trato creado; negocio criado; opened; дата открытия; add time; дата; время создания; сделка
    добавлена; дата добавления; lead created; start; начало
closed (time): closed; дата закрытия сделки; дата закрытия; close date; closed date; date closed; closed at; deal
    closed on; закрыта; закрыт; сделка закрыта; closing date; closed on; дата завершения; obchod uzavren dne;
    uzavreno; geschlossen am; дата оплаты; дата продажи; finished; end; дата сделки; дата фактического закрытия;
    actual close date; фактическая дата закрытия; close time; конец; дата завершения лида; converted date; дата
    конвертации
status (words): status; статус; состояние; deal status; результат; outcome; result; stav; исход; estado; статус
    сделки; итог; statut; deal result; opportunity status
stage (words): stage; deal stage; этап сделки; стадия сделки; этап; стадия; faze; stage name; phase; etapa; fase;
    etape; стадия лида; этап воронки; текущий этап; sales stage; current stage; lead status; статус лида
channel (words): channel; source; источник; lead source; original traffic source; канал; original source; utm
    source; источник сделки; источник лида; источник заявки; рекламный канал; zdroj; канал продаж; deal source;
    quelle; origem; source channel; canal; откуда узнали; канал привлечения; источник обращения; источник трафика;
    sales channel
owner (person): owner; ответственный; deal owner; opportunity owner; manager; менеджер; sales agent; sales rep;
    продавец; vlastnik; assigned to; ответственный менеджер; seller; сотрудник; owner name; besitzer;
    ответственный за сделку; proprietaire; propietario; responsible; salesperson; rep; agent; lead owner
amount (amount): amount; бюджет; сумма; value; budget; close value; revenue; возможная сумма; сумма сделки; deal
    value; hodnota; стоимость; выручка; opportunity; amount in company currency; ценность; wert; valor; valeur;
    deal amount; price total; total; бюджет сделки
currency (words): currency; валюта; currency of value; mena; wahrung; moneda; devise; moeda; amount currency; deal
    currency code; валюта сделки; currency iso code
modified (time): дата редактирования; дата изменения; last modified date; last modified; update time; дата
    обновления; modified; last activity date; updated; изменена; posledni zmena; last activity
"""
