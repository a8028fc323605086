"""Small writers of exports as each system makes them, for a handful of deals that every test knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

STAGES = ("Первичный контакт", "Переговоры", "Согласование")
PEOPLE = ("Анна Сергеева", "Пётр Кузнецов", "Ольга Ким")
COMPANIES = ("ООО Ромашка", "ЗАО Лютик", "ИП Соколова Мария", "АО Василёк")
PHONE, MAIL = "+7 916 555-12-34", "buyer@romashka.example"
CHANNELS = ("Сайт", "Реклама", "Рекомендация")
START = datetime(2026, 1, 12, 10, 0, 0)


@dataclass(frozen=True)
class Deal:
    """A deal as it really was."""

    number: int
    created: datetime
    entered: tuple[datetime, ...]
    closed: datetime | None
    status: str
    amount: float
    owner: str
    company: str
    channel: str

    @property
    def stage(self) -> str:
        """The stage that it was in last."""
        return STAGES[len(self.entered) - 1]


def deals(count: int = 24) -> list[Deal]:
    """Deals that are won, lost and open, with one, two or three stages."""
    made = []
    for number in range(count):
        created = START + timedelta(days=number, minutes=7 * number)
        passed = 1 + number % 3
        entered = tuple(created + timedelta(days=2 * step, hours=step) for step in range(passed))
        status = ("won", "lost", "open")[number % 4 if number % 4 < 3 else 0]
        closed = None if status == "open" else entered[-1] + timedelta(days=3, hours=1)
        amount = 1000.5 * (number + 1)
        owner, company = PEOPLE[number % 3], COMPANIES[number % 4]
        made.append(Deal(number + 1, created, entered, closed, status, amount, owner, company, CHANNELS[number % 3]))
    return made


def text(rows: Sequence[Mapping[str, object] | Sequence[object]], delimiter: str = ",", quoted: bool = False) -> str:
    """Rows as CSV: of mappings the keys are the headings; of lists the first row is."""
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\r\n"
    )
    for number, row in enumerate(rows):
        if isinstance(row, Mapping):
            if number == 0:
                writer.writerow(row.keys())
            writer.writerow(row.values())
        else:
            writer.writerow(row)
    return out.getvalue()


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Writes a file and gives its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def russian(moment: datetime | None, clock: bool = True) -> str:
    """A moment as Russian systems write it."""
    if moment is None:
        return ""
    return moment.strftime("%d.%m.%Y %H:%M:%S" if clock else "%d.%m.%Y")


def iso(moment: datetime | None) -> str:
    """A moment as 2026-03-31 14:05:00."""
    return "" if moment is None else moment.isoformat(" ", "seconds")


def money(amount: float) -> str:
    """An amount as Russian systems write it, with a no-break space and a comma."""
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")


def amocrm(made: Sequence[Deal]) -> str:
    """Deals as amoCRM exports them; names of columns repeat, one has a space at its end."""
    header = [
        "ID", "Название сделки", "Бюджет ", "Ответственный", "Дата создания сделки", "Кем создана сделка",
        "Дата редактирования", "Кем редактирована", "Дата закрытия", "Теги", "Примечание", "Примечание 2",
        "Этап сделки",
        "Воронка", "Полное имя контакта", "Компания контакта", "Ответственный за контакт", "Компания",
        "Рабочий телефон",
        "Рабочий email", "Источник", "Источник",
    ]  # fmt: skip
    ends = {"won": "Успешно реализовано", "lost": "Закрыто и не реализовано"}
    rows: list[Sequence[object]] = [header]
    for deal in made:
        rows.append([
            deal.number, f"Поставка для {deal.company}", int(deal.amount) if deal.amount % 1 == 0 else deal.amount,
            deal.owner, russian(deal.created), deal.owner, russian(deal.closed or deal.created), deal.owner,
            russian(deal.closed) or "не закрыта", "", f"перезвонить {PHONE}\nдо вечера", "", ends.get(deal.status,
            deal.stage),
            "Продажи", "Мария Соколова", "", deal.owner, deal.company, PHONE, MAIL, deal.channel, "",
        ])  # fmt: skip
    return text(rows, quoted=True)


def bitrix_html(made: Sequence[Deal]) -> str:
    """Deals as Bitrix24 exports them for Excel: an HTML table, one row a product,
    a date without a clock among others."""
    header = [
        "ID", "Воронка", "Стадия сделки", "Название сделки", "Тип", "Источник", "Ответственный", "Компания",
        "Контакт", "Сумма",
        "Валюта", "Вероятность", "Дата начала", "Предполагаемая дата закрытия", "Повторная сделка", "Дата создания",
        "Дата изменения", "Кем создана", "Товар", "Цена", "Количество",
    ]  # fmt: skip
    ends = {"won": "Сделка успешна", "lost": "Сделка провалена"}
    out = ['<meta http-equiv="Content-type" content="text/html;charset=UTF-8" /><table border="1"><thead><tr>']
    out += [f"<th>{name}</th>" for name in header] + ["</tr></thead><tbody>"]
    for deal in made:
        for product in range(1 + deal.number % 2):
            cells = [
                deal.number, "Общая", ends.get(deal.status, deal.stage), f"Поставка &quot;{deal.company}&quot;",
                "Продажа",
                deal.channel, deal.owner, deal.company, "Мария Соколова", money(deal.amount), "Российский рубль", "50",
                russian(deal.created, False), russian(deal.closed or deal.created + timedelta(days=60), False),
                "Y" if deal.number % 2 else "N", russian(deal.created), russian(deal.closed or deal.created),
                deal.owner,
                f"Насос {product}", money(100 + 50 * product), "2",
            ]  # fmt: skip
            out.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n")
    return "".join(out) + "</tbody></table>"


def hubspot(made: Sequence[Deal]) -> str:
    """Deals as HubSpot exports them, with the columns of stages; open ones close at the end of a month."""
    ends = {"won": "Closed Won", "lost": "Closed Lost"}
    rows = []
    for deal in made:
        row: dict[str, object] = {
            "Record ID": deal.number,
            "Deal Name": f"Deal with {deal.company}",
            "Pipeline": "Sales Pipeline",
            "Deal Stage": ends.get(deal.status, deal.stage),
            "Amount": deal.amount,
            "Close Date": (deal.closed or datetime(2026, 12, 31)).strftime("%Y-%m-%d %H:%M"),
            "Create Date": deal.created.strftime("%Y-%m-%d %H:%M"),
            "Deal owner": deal.owner,
            "Deal Type": "existingbusiness" if deal.number % 2 else "newbusiness",
            "Closed Lost Reason": "price" if deal.status == "lost" else "",
            "Original Traffic Source": deal.channel,
            "Associated Company": deal.company,
        }
        for place, stage in enumerate(STAGES):
            when = deal.entered[place].strftime("%Y-%m-%d %H:%M") if place < len(deal.entered) else ""
            row[f'Date entered "{stage} (Sales Pipeline)"'] = when
        for status, name in ends.items():
            when = deal.closed.strftime("%Y-%m-%d %H:%M") if deal.closed and deal.status == status else ""
            row[f'Date entered "{name} (Sales Pipeline)"'] = when
        rows.append(row)
    return text(rows, quoted=True)


def pipedrive(made: Sequence[Deal], translated: bool = False) -> str:
    """Deals as Pipedrive exports them, in English or in Czech."""
    rows = []
    for deal in made:
        won = iso(deal.closed) if deal.status == "won" else ""
        lost = iso(deal.closed) if deal.status == "lost" else ""
        rows.append({
            "Deal - ID": deal.number, "Deal - Title": f"Deal with {deal.company}", "Deal - Value": deal.amount,
            "Deal - Currency of value": "RUB", "Deal - Stage": deal.stage, "Deal - Pipeline": "Main",
            "Deal - Status": {"won": "Won", "lost": "Lost", "open": "Open"}[deal.status], "Deal - Owner": deal.owner,
            "Deal - Organization": deal.company, "Deal - Deal created": iso(deal.created),
            "Deal - Last stage change": iso(deal.entered[-1]), "Deal - Won time": won, "Deal - Lost time": lost,
            "Deal - Deal closed on": won or lost, "Deal - Lost reason": "price" if lost else "",
            "Deal - Source channel": deal.channel, "Person - Name": "Мария Соколова", "Person - Phone": PHONE,
        })  # fmt: skip
    if not translated:
        return text(rows)
    czech = {
        "Title": "Název", "Value": "Hodnota", "Currency of value": "Měna", "Stage": "Fáze", "Status": "Stav",
        "Owner": "Vlastník", "Organization": "Organizace", "Deal created": "Obchod vytvořen", "Won time": "Čas výhry",
        "Last stage change": "Poslední změna fáze", "Lost time": "Čas prohry", "Deal closed on": "Obchod uzavřen dne",
        "Lost reason": "Důvod prohry", "Source channel": "Zdroj",
    }  # fmt: skip
    words = {"Won": "Vyhráno", "Lost": "Prohráno", "Open": "Otevřeno"}
    turned = []
    for row in rows:
        named = {}
        for header, value in row.items():
            prefix, name = header.split(" - ")
            value = words[str(value)] if name == "Status" else value
            named[f"{'Obchod' if prefix == 'Deal' else 'Osoba'} - {czech.get(name, name)}"] = value
        turned.append(named)
    return text(turned)


def salesforce(made: Sequence[Deal]) -> str:
    """The history of opportunities as a report of Salesforce, with rows that change an amount only."""
    rows: list[Sequence[object]] = [
        ["Opportunity ID", "Opportunity Name", "From Stage", "To Stage", "Last Modified", "Amount", "Close Date",
        "Stage",
         "Created Date"]
    ]  # fmt: skip
    ends = {"won": "Closed Won", "lost": "Closed Lost"}
    for deal in made:
        steps = [(STAGES[place], moment) for place, moment in enumerate(deal.entered)]
        if deal.closed:
            steps.append((ends[deal.status], deal.closed))
        before = ""
        for stage, moment in steps:
            common = [deal.amount, "12/31/2026", steps[-1][0], deal.created.strftime("%m/%d/%Y, %I:%M %p")]
            stamp = moment.strftime("%m/%d/%Y, %I:%M %p")
            rows.append([f"006{deal.number:05}", f"Deal {deal.company}", before, stage, stamp, *common])
            later = (moment + timedelta(minutes=5)).strftime("%m/%d/%Y, %I:%M %p")
            rows.append([f"006{deal.number:05}", f"Deal {deal.company}", stage, stage, later, *common])
            before = stage
    return text(rows)


def history(made: Sequence[Deal]) -> str:
    """The neutral table of stage entries."""
    rows = []
    for deal in made:
        steps = [(STAGES[place], moment) for place, moment in enumerate(deal.entered)]
        if deal.closed:
            steps.append((deal.status, deal.closed))
        for stage, moment in steps:
            rows.append({
                "deal": deal.number, "stage": stage, "entered": iso(moment), "amount": deal.amount, "owner": deal.owner,
                "source": deal.channel,
            })  # fmt: skip
    return text(rows)


def neutral(made: Sequence[Deal]) -> str:
    """The neutral table: status and two dates."""
    return text([{"status": d.status, "created": iso(d.created), "closed": iso(d.closed)} for d in made])
