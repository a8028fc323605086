"""The language of remarks, mistakes, prompts and help: that of --lang, else of the locale."""

from pathlib import Path

import pytest

from simulation.cli.console import language_asked
from simulation.cli.program import COMMANDS
from simulation.sense.loader import load
from simulation.texts import LANGUAGES
from tests.cli.conftest import Run, Write


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {"LANG": "ru_RU.UTF-8"}, "ru"),
        ([], {"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "ru_RU", "LANG": "de_DE.UTF-8"}, "ru"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["compare", "a.yaml", "--lang", "ru"], {"LANG": "C"}, "ru"),
        (["compare", "--lang=en", "a.yaml"], {"LANG": "ru_RU"}, "en"),
        (["compare", "--", "--lang", "ru"], {"LANG": "C"}, "en"),
        (["compare", "--lang"], {"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_heard_before_the_command_line_is_parsed(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_asked(arguments, environment) == language


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_in_each_language(run: Run, command: str) -> None:
    english, russian = (run(command, "--help", "--lang", language) for language in LANGUAGES)
    assert english.exit_code == russian.exit_code == 0
    assert "Usage:" in english.stdout and "Show this message and exit." in english.stdout
    assert "Использование:" in russian.stdout and "Показать эту справку и выйти." in russian.stdout
    for said in (english.stdout, russian.stdout):
        assert not [word for word in said.split() if word.startswith(("option-", "argument-", "shown-", "command-"))]


def test_the_program_helps_in_russian(run: Run) -> None:
    said = run("--lang", "ru", "--help").stdout
    assert "Моделирует отдел продаж" in said and "Сравнить структуры одного сценария" in said and "Команды:" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "--lang", "ru"), "Не указан аргумент"),
        (("compare", "a.yaml", "--levl", "0.9", "--lang", "ru"), "Нет параметра --levl (возможно: --help, --level)"),
        (("compare", "a.yaml", "--level", "2", "--lang", "ru"), "Недопустимое значение для '--level'"),
        (("compare", "a.yaml", "--seed", "x", "--lang", "ru"), "нужно целое число"),
        (("--lang", "ru", "compar"), "Нет команды 'compar'"),
        (("compare", "a.yaml", "--structure", "--lang=ru"), "a.yaml: такого файла нет"),
    ],
)
def test_a_wrong_command_line_is_told_in_russian(run: Run, write: Write, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.stderr, done.stderr


def test_mistakes_and_warnings_of_a_scenario_are_told_in_russian(run: Run, write: Write) -> None:
    file = write(("leads_per_month: 100", "leads_per_month: -1"), ("headcount: 3", "headcont: 3"))
    done = run("validate", file, "--lang", "ru")
    assert done.exit_code == 2
    assert "ошибка: small.yaml:6: market.channels.site.leads_per_month: -1 — не частота; допустимо:" in done.stderr
    assert "неизвестный ключ `headcont`" in done.stderr and "возможно, имелось в виду 'headcount'?" in done.stderr
    assert run("validate", write(), "--lang", "ru").stdout.startswith("small.yaml: ошибок нет")


def test_the_language_of_the_program_is_that_of_its_commands(run: Run, write: Write) -> None:
    done = run("--lang", "ru", "compare", write(), "--no-store")
    assert done.exit_code == 0 and "возможных лет: 4, структур: 2" in done.stderr and "Вывод:" in done.stdout


def test_a_new_scenario_has_comments_and_texts_in_russian_and_is_the_same_otherwise(run: Run, write: Write) -> None:
    write()
    for language in LANGUAGES:
        assert run("new", f"{language}.yaml", "--lang", language).exit_code == 0
    assert "# Сценарий для начала" in Path("ru.yaml").read_text(encoding="utf-8")
    russian, english = load("ru.yaml"), load("en.yaml")
    assert russian.locale == "ru" and russian.title != english.title
    assert russian.replace({"title": english.title, "locale": english.locale}) == english
    done = run("store", "--store", "none.sqlite", "--lang", "ru")
    assert done.exit_code == 2 and "здесь нет хранилища" in done.stderr
