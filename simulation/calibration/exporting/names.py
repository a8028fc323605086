"""Invented names, telephones and addresses of exports: the one place that has them.

They are there on purpose, so that it can be tested that a reader keeps none of them. Each is the same for the same
number, and no two numbers have one.
"""

from __future__ import annotations

FIRST = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Инна", "Кирилл", "Лидия", "Максим")
STAFF = ("Авдеенко", "Барсукевич", "Вересай", "Громыхало", "Дубравич", "Ермилко", "Журавко")
"""Family names that do not change with the first name; seven and twelve have no divisor, so all pairs come."""
CUSTOMERS = ("Задорожко", "Ивлевич", "Кравчук", "Лопатко", "Мельничук")
COMPANIES = ("Ромашка", "Вымпел", "Северный путь", "Технопарк-Юг", "Лада и сыновья", "Меридиан", "Полюс", "Заря")


def person(number: int) -> str:
    """Name of somebody of the department; empty below zero."""
    return _name(STAFF, number)


def contact(number: int) -> str:
    """Name of whom a deal is made with; empty below zero."""
    return _name(CUSTOMERS, number)


def company(number: int) -> str:
    """Name of a customer's firm; empty below zero."""
    return f'ООО "{COMPANIES[number % len(COMPANIES)]} {number // len(COMPANIES) + 1}"' if number >= 0 else ""


def telephone(number: int) -> str:
    """Telephone of a customer; empty below zero."""
    return f"+7 (900) {number // 10000 % 1000:03d}-{number // 100 % 100:02d}-{number % 100:02d}" if number >= 0 else ""


def mail(number: int) -> str:
    """Mail address of a customer; empty below zero."""
    return f"zakaz{number}@customer.example" if number >= 0 else ""


def originals() -> tuple[str, ...]:
    """Pieces of text of which each invented name, telephone and address has one: none may be in what was read."""
    return (*STAFF, *CUSTOMERS, *COMPANIES, "+7 (900)", "@customer.example")


def _name(families: tuple[str, ...], number: int) -> str:
    if number < 0:
        return ""
    pairs = len(FIRST) * len(families)
    again = f" {number // pairs + 1}" if number >= pairs else ""
    return f"{FIRST[number % len(FIRST)]} {families[number % len(families)]}{again}"
