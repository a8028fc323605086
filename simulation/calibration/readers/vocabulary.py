"""What columns may mean in each kind of table, and by which headings the systems know them (RECORDS.md, section 1).

A heading is compared as `words.alike` makes it: small letters, ё = е. Exact names come first, then a name whose words
all stand in the heading, the longest first. Names are in English and Russian; those of deals also as Pipedrive
translates them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Holds = Literal["time", "amount", "number", "words", "person", "customer", "key", "yes-no", "private", "text"]
"""What stands in a column: words are kept as they are, people, customers and keys become numbers, private and text are
never kept."""

PRIVATE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": (
            "название сделки", "название лида", "deal name", "title", "opportunity name", "название", "lead name",
            "наименование", "name", "subject", "тема", "deal title", "nazev", "titel", "titulo", "titre", "lead title",
            "nazev obchodu", "заголовок", "обращение",
        ),
        "contact": (
            "контакт", "contact", "полное имя контакта", "имя контакта", "contact person", "фамилия", "имя", "отчество",
            "first name", "last name", "contact name", "full name", "фио", "primary contact", "associated contact",
            "kontaktni osoba", "контактное лицо", "основной контакт", "фио контакта", "primary associated contact",
            "associated contact with primary contact",
        ),
        "phone": (
            "телефон", "phone", "рабочий телефон", "мобильный телефон", "phone number", "mobile", "рабочий прямой телефон",
            "домашний телефон", "другой телефон", "факс", "fax", "tel", "мобильный", "номер телефона", "whatsapp",
        ),
        "mail": (
            "email", "e-mail", "mail", "рабочий email", "личный email", "другой email", "почта", "электронная почта",
            "e-mail рабочий", "рабочий e-mail",
        ),
        "address": ("адрес", "address", "street", "город", "city", "индекс", "postal code", "web", "сайт компании", "website"),
        "note": (
            "примечание", "note", "notes", "комментарий", "comment", "comments", "описание", "description", "теги", "tags",
            "теги сделки", "заметки", "дополнительно", "next step", "label", "кем создана сделка", "кем редактирована",
            "кем создана", "кем изменена", "created by", "modified by", "ответственный за контакт", "last modified by",
            "кем создан", "кем изменен", "создатель", "inn", "инн", "должность",
        ),
    }
)  # fmt: skip
"""Columns that are recognised in order never to be kept."""

_DEALS: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "id": ("key", (
        "id", "id сделки", "record id", "deal id", "opportunity id", "deal", "сделка", "номер сделки", "opportunity",
        "№", "номер", "case", "case id", "lead id", "id лида", "hs object id",
    )),
    "created": ("time", (
        "created", "дата создания сделки", "дата создания", "create date", "created date", "deal created", "creation date",
        "date created", "created at", "created on", "создана", "создан", "сделка создана", "engage date", "date opened",
        "дата обращения", "дата заявки", "дата поступления", "obchod vytvoren", "vytvoreno", "erstellt am", "дата лида",
        "deal erstellt", "affaire creee", "trato creado", "negocio criado", "opened", "дата открытия", "add time", "дата",
        "время создания", "сделка добавлена", "дата добавления", "lead created", "start", "начало",
    )),
    "closed": ("time", (
        "closed", "дата закрытия сделки", "дата закрытия", "close date", "closed date", "date closed", "closed at",
        "deal closed on", "закрыта", "закрыт", "сделка закрыта", "closing date", "closed on", "дата завершения",
        "obchod uzavren dne", "uzavreno", "geschlossen am", "дата оплаты", "дата продажи", "finished", "end", "дата сделки",
        "дата фактического закрытия", "actual close date", "фактическая дата закрытия", "close time", "конец",
    )),
    "won_time": ("time", ("won time", "время выигрыша", "дата выигрыша", "cas vyhry", "date won", "gewonnen am", "won on",
        "выиграно", "время победы", "won date", "дата успешного закрытия")),
    "lost_time": ("time", ("lost time", "время проигрыша", "дата проигрыша", "cas prohry", "date lost", "verloren am",
        "lost on", "lost date", "время потери", "дата отказа")),
    "expected": ("time", (
        "предполагаемая дата закрытия", "expected close date", "ожидаемая дата закрытия", "дата начала", "start date",
        "planned close date", "ocekavane datum uzavreni", "плановая дата закрытия",
    )),
    "moved": ("time", (
        "last stage change", "дата последнего изменения этапа", "дата изменения стадии", "последнее изменение этапа",
        "posledni zmena faze", "дата перехода на стадию", "stage entered", "date entered current stage",
        "дата смены стадии", "last stage change date",
    )),
    "modified": ("time", (
        "дата редактирования", "дата изменения", "last modified date", "last modified", "update time", "дата обновления",
        "modified", "last activity date", "updated", "изменена", "posledni zmena", "last activity",
    )),
    "status": ("words", (
        "status", "статус", "состояние", "deal status", "результат", "outcome", "result", "stav", "исход", "estado",
        "статус сделки", "итог", "statut", "deal result", "opportunity status",
    )),
    "stage": ("words", (
        "stage", "deal stage", "этап сделки", "стадия сделки", "этап", "стадия", "faze", "stage name", "phase", "etapa",
        "fase", "etape", "стадия лида", "этап воронки", "текущий этап", "sales stage", "current stage", "lead status",
        "статус лида",
    )),
    "pipeline": ("words", (
        "pipeline", "воронка", "направление", "воронка продаж", "funnel", "deal pipeline", "sales pipeline", "sales process",
        "record type",
    )),
    "channel": ("words", (
        "channel", "source", "источник", "lead source", "original traffic source", "канал", "original source", "utm source",
        "источник сделки", "источник лида", "источник заявки", "рекламный канал", "zdroj", "канал продаж", "deal source",
        "quelle", "origem", "source channel", "canal", "откуда узнали", "канал привлечения", "источник обращения",
        "источник трафика", "sales channel",
    )),
    "owner": ("person", (
        "owner", "ответственный", "deal owner", "opportunity owner", "manager", "менеджер", "sales agent", "sales rep",
        "продавец", "vlastnik", "assigned to", "ответственный менеджер", "seller", "сотрудник", "owner name", "besitzer",
        "ответственный за сделку", "proprietaire", "propietario", "responsible", "salesperson", "rep", "agent", "lead owner",
    )),
    "amount": ("amount", (
        "amount", "бюджет", "сумма", "value", "budget", "close value", "revenue", "возможная сумма", "сумма сделки",
        "deal value", "hodnota", "стоимость", "выручка", "opportunity", "amount in company currency", "ценность", "wert",
        "valor", "valeur", "deal amount", "price total", "total", "бюджет сделки",
    )),
    "currency": ("words", ("currency", "валюта", "currency of value", "mena", "wahrung", "moneda", "devise", "moeda",
        "amount currency", "deal currency code", "валюта сделки", "currency iso code")),
    "customer": ("customer", (
        "customer", "company", "компания", "клиент", "organization", "account", "account name", "associated company",
        "организация", "заказчик", "покупатель", "контрагент", "client", "компания контакта", "organizace", "customer name",
        "company name", "primary associated company", "название компании", "organisation", "покупатель имя",
    )),
    "customer_id": ("customer", ("customer id", "id клиента", "company id", "id компании", "account id", "client id",
        "associated company id", "id контакта", "contact id", "код клиента", "organization id", "associated company ids",
        "код контрагента")),
    "repeat": ("yes-no", ("repeat", "повторная сделка", "deal type", "повторная", "type", "тип сделки", "is repeat",
        "repeat deal", "returning", "повторный клиент", "тип", "повторное обращение")),
    "product": ("words", ("product", "товар", "продукт", "услуга", "product name", "produkt", "producto", "produit",
        "название товара", "service", "products", "товары", "категория товара", "product line")),
    "price": ("amount", ("price", "цена", "unit price", "cena", "preis")),
    "quantity": ("number", ("quantity", "количество", "qty", "кол-во", "mnozstvi", "menge", "product quantity")),
    "reason": ("words", (
        "reason", "closed lost reason", "lost reason", "причина отказа", "причина проигрыша", "loss reason", "причина",
        "duvod prohry", "причина закрытия", "причина потери", "lose reason", "verlustgrund", "причина провала",
    )),
}  # fmt: skip

_HISTORY: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "deal": (
        "key",
        (
            "deal",
            "deal id",
            "opportunity id",
            "id сделки",
            "сделка",
            "id",
            "case",
            "lead id",
            "record id",
            "номер сделки",
            "case id",
            "opportunity",
        ),
    ),
    "stage": (
        "words",
        (
            "stage",
            "to stage",
            "этап",
            "стадия",
            "новая стадия",
            "новый этап",
            "to",
            "new value",
            "new stage",
            "status",
            "статус",
            "этап сделки",
            "стадия сделки",
            "after",
            "стало",
            "значение после",
        ),
    ),
    "from": (
        "words",
        (
            "from stage",
            "from",
            "прежняя стадия",
            "старая стадия",
            "old value",
            "old stage",
            "previous stage",
            "прежний этап",
            "предыдущий этап",
            "было",
            "before",
            "значение до",
            "предыдущая стадия",
        ),
    ),
    "entered": (
        "time",
        (
            "entered",
            "last modified",
            "дата входа",
            "дата перехода",
            "entered at",
            "date entered",
            "changed at",
            "edit date",
            "дата изменения",
            "дата изменения стадии",
            "дата",
            "moved",
            "timestamp",
            "time",
            "date",
            "entered on",
            "вошла",
            "дата и время",
            "время",
            "дата начала",
            "entry date",
            "start",
            "дата события",
            "last modified date",
            "changed",
        ),
    ),
    "present": ("words", ("current stage", "текущий этап", "текущая стадия")),
    "created": ("time", ("created date", "created", "дата создания", "дата создания сделки", "create date")),
    "closed": ("time", ("closed", "дата закрытия", "closed date", "close time")),
    "expected": ("time", ("close date", "предполагаемая дата закрытия", "expected close date")),
    "status": ("words", ("deal status", "outcome", "исход", "статус сделки")),
    "pipeline": _DEALS["pipeline"],
    "channel": _DEALS["channel"],
    "owner": ("person", (*_DEALS["owner"][1], "last modified by", "edited by", "changed by", "кто изменил")),
    "amount": _DEALS["amount"],
    "currency": _DEALS["currency"],
    "customer": _DEALS["customer"],
    "product": _DEALS["product"],
    "reason": _DEALS["reason"],
}

_ACTIVITIES: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "case": (
        "key",
        (
            "case:concept:name",
            "case",
            "case id",
            "deal",
            "id сделки",
            "deal id",
            "сделка",
            "лид",
            "lead",
            "caseid",
            "case concept name",
            "id лида",
            "lead id",
        ),
    ),
    "activity": (
        "words",
        (
            "concept:name",
            "activity",
            "действие",
            "дело",
            "task",
            "event",
            "activity type",
            "тип дела",
            "тип действия",
            "вид работы",
            "concept name",
            "операция",
            "type",
            "тип",
            "activity name",
            "работа",
            "событие",
        ),
    ),
    "completed": (
        "time",
        (
            "time:timestamp",
            "completed",
            "end",
            "timestamp",
            "complete timestamp",
            "дата завершения",
            "окончание",
            "end time",
            "time timestamp",
            "end timestamp",
            "finished",
            "завершено",
            "конец",
            "complete",
            "completed at",
            "end date",
            "дата",
            "time",
            "date",
            "время",
        ),
    ),
    "started": (
        "time",
        (
            "start timestamp",
            "started",
            "start",
            "start time",
            "начало",
            "дата начала",
            "started at",
            "start:timestamp",
            "begin",
            "начато",
            "time:start",
            "start date",
        ),
    ),
    "person": (
        "person",
        (
            "org:resource",
            "resource",
            "person",
            "employee",
            "сотрудник",
            "менеджер",
            "исполнитель",
            "owner",
            "ответственный",
            "user",
            "org resource",
            "manager",
            "assigned to",
            "кто",
        ),
    ),
    "transition": ("words", ("lifecycle:transition", "lifecycle", "lifecycle transition", "transition")),
}

_ORDERS: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "order": (
        "key",
        (
            "order",
            "order id",
            "invoice",
            "invoice no",
            "invoiceno",
            "номер заказа",
            "заказ",
            "id заказа",
            "счет",
            "номер счета",
            "order no",
            "номер",
            "№",
            "документ",
            "номер документа",
            "id",
            "order number",
        ),
    ),
    "customer": (
        "customer",
        (
            *_DEALS["customer"][1],
            "customer id",
            "id клиента",
            "код клиента",
            "client id",
            "customerid",
            "customer no",
            "buyer",
            "id покупателя",
            "email",
            "customer number",
        ),
    ),
    "customer_id": (
        "customer",
        ("customer id", "id клиента", "код клиента", "client id", "customerid", "account id", "код контрагента"),
    ),
    "placed": (
        "time",
        (
            "placed",
            "order date",
            "invoice date",
            "дата заказа",
            "дата",
            "date",
            "time",
            "placed at",
            "дата счета",
            "ordered",
            "дата отгрузки",
            "invoicedate",
            "дата документа",
            "дата продажи",
            "дата оплаты",
            "created",
            "created at",
            "дата создания",
            "purchase date",
            "transaction date",
            "заказан",
        ),
    ),
    "amount": (
        "amount",
        (
            *_DEALS["amount"][1],
            "сумма заказа",
            "итого",
            "order total",
            "total",
            "order amount",
            "sum",
            "стоимость заказа",
            "оборот",
            "invoice amount",
        ),
    ),
    "price": _DEALS["price"],
    "quantity": _DEALS["quantity"],
    "currency": _DEALS["currency"],
    "status": ("words", ("status", "статус", "состояние", "order status", "статус заказа")),
}

_STAFF: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "person": (
        "person",
        (
            "person",
            "employee",
            "сотрудник",
            "фио",
            "name",
            "имя",
            "менеджер",
            "manager",
            "full name",
            "работник",
            "фамилия имя отчество",
            "фамилия",
            "продавец",
            "seller",
            "employee name",
            "ф и о",
            "ф.и.о",
            "ф. и. о",
            "табельный номер",
            "employee id",
        ),
    ),
    "role": (
        "words",
        ("role", "роль", "должность", "position", "job title", "title", "job", "job role", "специальность"),
    ),
    "hired": (
        "time",
        (
            "hired",
            "дата приема",
            "дата найма",
            "hire date",
            "start date",
            "принят",
            "start",
            "дата начала работы",
            "дата приема на работу",
            "joined",
            "hired on",
            "дата трудоустройства",
            "дата выхода",
            "начало",
            "работает с",
            "employment start",
            "дата начала",
            "date hired",
        ),
    ),
    "left": (
        "time",
        (
            "left",
            "дата увольнения",
            "termination date",
            "уволен",
            "end date",
            "end",
            "left on",
            "leave date",
            "дата ухода",
            "конец",
            "уволена",
            "окончание",
            "employment end",
            "дата окончания",
            "date left",
            "terminated",
        ),
    ),
}

_CALLS: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "person": (
        "person",
        (
            "person",
            "manager",
            "менеджер",
            "сотрудник",
            "employee",
            "operator",
            "оператор",
            "фио",
            "seller",
            "owner",
            "ответственный",
            "agent",
            "продавец",
            "user",
            "name",
            "имя",
        ),
    ),
    "day": ("time", ("day", "date", "дата", "день", "call date", "дата звонка", "дата звонков")),
    "calls": (
        "number",
        (
            "calls",
            "звонки",
            "звонков",
            "call count",
            "количество звонков",
            "число звонков",
            "dials",
            "attempts",
            "исходящие",
            "всего звонков",
            "попыток",
            "набрано",
            "исходящих звонков",
            "total calls",
            "outgoing calls",
        ),
    ),
    "reached": (
        "number",
        (
            "reached",
            "дозвоны",
            "дозвонов",
            "answered",
            "connected",
            "дозвонились",
            "отвечено",
            "connects",
            "состоявшиеся",
            "успешных звонков",
            "разговоров",
            "conversations",
        ),
    ),
    "leads": (
        "number",
        (
            "leads",
            "лиды",
            "лидов",
            "leads found",
            "найдено лидов",
            "заявки",
            "заявок",
            "meetings",
            "встречи",
            "found",
            "назначено встреч",
        ),
    ),
}

_LEADS: dict[str, tuple[Holds, tuple[str, ...]]] = {
    "id": ("key", ("id", "id лида", "lead id", "lead", "лид", "record id", "номер лида", "номер")),
    "created": _DEALS["created"],
    "closed": ("time", (*_DEALS["closed"][1], "дата завершения лида", "converted date", "дата конвертации")),
    "status": _DEALS["status"],
    "stage": _DEALS["stage"],
    "channel": _DEALS["channel"],
    "owner": _DEALS["owner"],
    "amount": _DEALS["amount"],
    "currency": _DEALS["currency"],
    "modified": _DEALS["modified"],
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A kind of table.

    Attributes:
        name: 'deals', 'history', 'activities', 'orders', 'staff', 'calls', 'leads'.
        meanings: what a column may mean, what it then holds, and its names.
        needs: groups of meanings; one of each group has to be there.
        marks: meanings that tell this kind from others, with what each weighs.
    """

    name: str
    meanings: Mapping[str, tuple[Holds, tuple[str, ...]]]
    needs: tuple[tuple[str, ...], ...]
    marks: Mapping[str, float]

    def holds(self, meaning: str) -> Holds:
        """What stands in a column of this meaning."""
        if meaning.startswith(ENTERED):
            return "time"
        if meaning in PRIVATE or meaning == IGNORED:
            return "private"
        return self.meanings[meaning][0]


ENTERED = "entered:"
"""Begins the meaning of a column that says when a deal entered a stage; the stage stands behind it."""
IGNORED = "ignored"
"""Meaning of a column that is not read."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        layout.name: layout
        for layout in (
            Layout(
                "deals",
                _DEALS,
                (("status", "stage"), ("created",)),
                {"created": 1, "closed": 1, "status": 1, "stage": 1, "pipeline": 1, "amount": 0.5, "won_time": 1},
            ),
            Layout("history", _HISTORY, (("deal",), ("stage",), ("entered",)), {"deal": 0.5, "entered": 1, "from": 3}),
            Layout(
                "activities",
                _ACTIVITIES,
                (("activity",), ("completed", "started"), ("case", "person")),
                {"activity": 1.5, "started": 1, "transition": 2, "case": 0.5},
            ),
            Layout("orders", _ORDERS, (("customer", "customer_id"), ("placed",)), {"placed": 1, "order": 1.0}),
            Layout("staff", _STAFF, (("person",), ("hired",)), {"hired": 2, "left": 1.5, "role": 0.5}),
            Layout("calls", _CALLS, (("person",), ("day",), ("calls",)), {"calls": 2, "reached": 1, "leads": 0.5}),
            Layout(
                "leads",
                _LEADS,
                (("status", "stage"), ("created",)),
                {"created": 1, "closed": 1, "status": 1, "stage": 1},
            ),
        )
    }
)
"""The kinds of table, by name."""

SYSTEMS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "bitrix24-leads": (
            "leads",
            (("название лида", "id лида", "lead name"), ("стадия", "статус лида", "статус", "status")),
        ),
        "amocrm": ("deals", (("этап сделки",), ("дата создания сделки", "дата создания"))),
        "bitrix24": ("deals", (("стадия сделки",), ("дата создания", "ответственный", "сумма"))),
        "salesforce": ("history", (("opportunity id", "opportunity name"), ("from stage",), ("to stage",))),
        "hubspot": ("deals", (("record id", "id записи"), ("deal stage", "стадия сделки", "этап сделки", "dealstage"))),
        "pipedrive": ("deals", ()),
        "xes": ("activities", (("concept:name",), ("time:timestamp",))),
    }
)
"""Headings by which a system is known, each group by one of its names, and the kind of its table. Pipedrive is known by
its prefix."""
DAY_FIRST = frozenset({"amocrm", "bitrix24", "bitrix24-leads"})
"""Systems that write the day first, always."""
