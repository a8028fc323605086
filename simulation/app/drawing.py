"""The pages, as HTML: what the templates are given. Whatever moves is a fragment that stands in the page, too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from simulation.app import fields, firms, live, pictures, short
from simulation.app.blocks import rendered
from simulation.app.drafts import MOST_VARIANTS, Draft
from simulation.app.hiding import hidden
from simulation.app.jobs import FLIPS, LAST_YEAR, QUESTIONS, RECORDS, TAKEN, Jobs
from simulation.app.rows import column, differing, first_large, mark_row
from simulation.app.schedule import NOW
from simulation.app.settling import MOST_CHANNELS, MOST_STRUCTURES, WHOLE
from simulation.scenario import preset_files
from simulation.scenario.key_words import without_keys
from simulation.scenario.path_words import words_for
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, product_titles, role_titles, structure_titles
from simulation.texts import LANGUAGES, Amount, Percent, Texts, Verbatim, texts

PAGES = ("describe", "ask", "compare", "take")


class Pages:
    """Draws pages and fragments of them."""

    @property
    def records(self) -> bool:
        """Whether a department can be made of records here."""
        try:
            return find_spec("simulation.calibration.calibrate") is not None and not missing_extra()
        except ModuleNotFoundError:
            return False

    def start(self, language: str, wrong: Sequence[str]) -> str:
        """The page on which a department is begun."""
        t = texts(language)
        offered = [
            {"name": name, "title": t(f"app-firm-{_slug(name)}"), "about": t(f"app-firm-{_slug(name)}-about")}
            for name in firms.names()
        ]
        said = [explained(each, t) for each in wrong]
        return rendered("start.html", t, languages=LANGUAGES, firms=offered, records=self.records, wrong=said)

    def gone(self, language: str) -> str:
        """The page of a draft that is not there."""
        return rendered("gone.html", texts(language), languages=LANGUAGES)

    def page(self, name: str, draft: Draft, jobs: Jobs) -> str:
        """A page of a draft."""
        t = texts(draft.language)
        name = name if name in (*PAGES, RECORDS) else PAGES[0]
        name = RECORDS if draft.folder else name
        given: dict[str, Any] = {
            "draft": draft,
            "languages": LANGUAGES,
            "here": name,
            "pages": PAGES,
            "title": t.title(draft.scenario.provenance.title),
            "years": self.years(draft),
            "line": self.line(draft),
            "numbers": self.numbers(draft.scenario, draft.language),
            "bar": self.changes(draft),
            "wrong": self.whole(draft),
        }
        if name == "describe":
            given |= self._description(draft, t)
        if name == "ask":
            given |= {"jobs": self.jobs(draft, jobs), "inputs": _inputs(draft, t), "questions": _questions(draft)}
        if name == RECORDS:
            given |= {"jobs": self.jobs(draft, jobs), "title": t("app-page-records"), "pages": ()}
        if name == "compare":
            given |= {"most": MOST_VARIANTS, "beside": self.beside(draft)}
            given["suggested"] = t("app-variant-suggested", number=len(draft.variants) + 1)
        if name == "take":
            inputs = [(value.partition("=")[0], title) for value, title in _inputs(draft, t)]
            open_ = [(path, title) for path, title in inputs if not hidden(path)]
            sliders = {kind: (each, _chosen(draft, each)) for kind, each in (("page", inputs), ("copy", open_))}
            given |= {"jobs": self.jobs(draft, jobs), "sliders": sliders}
        return rendered(f"{name}.html", t, **given)

    def _description(self, draft: Draft, t: Texts) -> dict[str, Any]:
        scenario = draft.scenario
        found = fields.fields_of(scenario, _typed(draft))
        odd, rest = self._odd(scenario, found, t)
        drawn = {each.path: _field(each, draft, t, odd.get(each.path, "")) for each in found}
        sections = []
        for section in fields.SECTIONS:
            ours = [each for each in found if each.section == section and not each.counted]
            main, more = (
                _groups(scenario, [each for each in ours if each.main is shown], drawn, t) for shown in (True, False)
            )
            sections.append({"key": section, "groups": main, "more": more})
        return {
            "sections": sections,
            "structures": _structures(scenario, drawn, t),
            "presets": [(name, _preset_title(name, t)) for name in preset_files.names("structures")],
            "room": len(scenario.structures) < MOST_STRUCTURES,
            "room_for_channels": len(scenario.market.channels) < MOST_CHANNELS,
            "channels": channel_titles(scenario.market),
            "flips": self.flips(draft),
            "last_year": self.last_year(draft),
            "against": self.against(draft),
            "checks": rendered("checks.html", t, said=rest),
        }

    def _odd(
        self, scenario: Scenario, found: Sequence[fields.Field], t: Texts
    ) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """What `validate` says of a scenario: by the path of a field, and the rest with what it is about."""
        there = {each.path for each in found}
        beside: dict[str, str] = {}
        rest: list[tuple[str, str]] = []
        for each in live.warnings(scenario):
            said = explained(each.message, t)
            field = next((path for path in (each.path, f"{each.path}.headcount") if path in there), None)
            if field is not None:
                beside[field] = " ".join(filter(None, (beside.get(field, ""), said)))
            else:
                words = words_for(scenario, each.path)
                rest.append((first_large(t.again(words)) if words is not None else "", said))
        return beside, rest

    # --- fragments ----------------------------------------------------------------------------------------------------

    def numbers(self, scenario: Scenario, language: str) -> str:
        """The closed form of each structure."""
        t = texts(language)

        def money(value: float) -> str:
            return t.written(Amount(value, "money", scenario.currency))

        found = [
            {
                "title": t.title(each.title),
                "roles": [
                    {
                        "title": t.title(role.title),
                        "heads": role.heads,
                        "load": "∞" if math.isinf(role.load) else t.written(Percent(role.load)),
                        "wide": round(100 * min(role.load, 1.5) / 1.5, 1),
                        "tone": role.tone,
                    }
                    for role in each.roles
                ],
                "revenue": money(each.revenue),
                "profit": money(each.profit),
                "break_even": money(each.break_even) if math.isfinite(each.break_even) else t("app-never"),
                "plan": "" if math.isnan(each.plan) else t.written(Percent(each.plan)),
                "reached": each.plan >= 1,
                "payroll": money(each.payroll),
            }
            for each in live.expected(scenario)
        ]
        return rendered("numbers.html", t, structures=found)

    def years(self, draft: Draft) -> str:
        """The same years, as far as they are there, and the verdict."""
        t, look = texts(draft.language), draft.look
        stale = look is None or draft.look_of != draft.version
        if look is None:
            return rendered("years.html", t, look=None, stale=True, strips=(), said=(), rows=())
        rows = [
            {"title": t.title(title), "mean": t.written(Amount(look.means[name], look.unit, look.currency))}
            for name, title in look.titles.items()
        ]
        said = [t.again(each) for each in look.said]
        if look.act == "measure":
            said[2:] = [t("app-next-measure")]
        elif look.act == "yes":
            said[2:] = [t("app-next-best")]
        return rendered("years.html", t, look=look, stale=stale, strips=pictures.strips(look, t), said=said, rows=rows)

    def line(self, draft: Draft) -> str:
        """The verdict in a line, for who has scrolled away from it."""
        t, look = texts(draft.language), draft.look
        if look is None:
            return t("app-years-come")
        return t.again(look.said[0]) if look.said else t("app-alone")

    def changes(self, draft: Draft) -> str:
        """What was changed, and undo and redo."""
        t = texts(draft.language)
        said = [first_large(t.again(words)) for change in reversed(draft.in_force) for words in change.words]
        return rendered("changes.html", t, draft=draft, said=said)

    def beside(self, draft: Draft) -> str:
        """The variants of a draft side by side: what they bring, and the figures that differ."""
        t, look = texts(draft.language), draft.beside
        if look is not None and look.variants[0].name not in {each.name for each in draft.variants}:
            look = None
        named = {each.name: each.scenario for each in draft.variants}
        names = [each.name for each in look.variants] if look is not None else [*reversed(named), NOW]
        scenarios = {name: draft.scenario if name == NOW else named[name] for name in names if name in (NOW, *named)}
        return rendered(
            "beside.html",
            t,
            draft=draft,
            look=look,
            stale=draft.beside_of != draft.version,
            names=[name or t("app-variant-now") for name in scenarios],
            columns=[column(each, look, t) for each in look.variants if each.name in scenarios] if look else [],
            structures=list(dict.fromkeys(t.title(title) for each in look.variants for title in each.means))
            if look
            else [],
            differing=differing(list(scenarios.values()), t),
        )

    def against(self, draft: Draft) -> str:
        """The department as it is now against the variant that was saved last, in a line; '' without one."""
        t, look = texts(draft.language), draft.beside
        if look is None or draft.beside_of != draft.version or not draft.variants:
            return ""
        now = look.variants[-1]
        sure = "same" if now.same else "yes" if now.sure else "no"
        amount = t.written(Amount(abs(now.difference), look.unit, look.currency))
        sign = "−" if now.difference < 0 else "+"
        return t(
            "app-against-line", name=Verbatim(look.variants[0].name), amount=Verbatim(f"{sign}{amount}"), sure=sure
        )

    def short(self, language: str, form: Mapping[str, str], wrong: Mapping[str, str]) -> str:
        """The short form."""
        t = texts(language)
        groups = [
            {
                "name": name,
                "fields": [
                    {
                        "name": each,
                        "title": t(f"app-short-{each.replace('_', '-')}"),
                        "text": form.get(each, short.USUAL.get(each, "")),
                        "message": wrong.get(each, ""),
                        "of": each in short.PEOPLE,
                    }
                    for each in fields_
                ],
            }
            for name, fields_ in short.GROUPS.items()
        ]
        return rendered("short.html", t, languages=LANGUAGES, groups=groups, wrong=wrong, built=short.BUILT)

    def whole(self, draft: Draft) -> str:
        """What is wrong with no field in particular."""
        wrong = draft.wrong.get(WHOLE)
        return "" if wrong is None else explained(wrong.phrase, texts(draft.language))

    def jobs(self, draft: Draft, jobs: Jobs) -> str:
        """The question of a draft, how far it is, and what came out."""
        t = texts(draft.language)
        job = jobs.of(draft)
        left = job.left if job is not None else None
        said = explained(job.result, t) if job is not None and job.state == "failed" and job.result else ""
        return rendered(
            "jobs.html",
            t,
            draft=draft,
            job=job,
            what=t.again(job.what) if job is not None and job.what else "",
            left="" if left is None else _seconds(left, t),
            full=draft.id in jobs.full,
            failed=said,
            title=t(f"app-{'take' if job.kind in TAKEN else 'ask'}-{job.kind}") if job is not None else "",
            file=draft.taken.get(job.kind) if job is not None else None,
        )

    def flips(self, draft: Draft) -> str:
        """Where the answer flips, for the inputs that matter most."""
        t = texts(draft.language)
        version, found = draft.found.get(FLIPS, (0, None))
        marks = []
        if version == draft.version and found:
            marks = [mark_row(each, draft.scenario, t) for each in found]
        return rendered("flips.html", t, marks=marks, known=version == draft.version)

    def last_year(self, draft: Draft) -> str:
        """Whether last year comes out of the description."""
        t = texts(draft.language)
        version, found = draft.found.get(LAST_YEAR, (0, None))
        if draft.scenario.history is None:
            return ""
        known = version == draft.version and found is not None
        said = [explained(each, t) for each in found[1]] if known else []
        return rendered("last_year.html", t, known=known, fits=known and found[0], said=said)

    def part(self, kind: str, draft: Draft, jobs: Jobs) -> Any:
        """A fragment by its name."""
        if kind == "jobs":
            return self.jobs(draft, jobs)
        return self.flips(draft) if kind == FLIPS else self.last_year(draft)

    def answer(self, draft: Draft, other: bool) -> dict[str, Any]:
        """What a page has to put where after a change; all anew where it has other fields now."""
        if other:
            return {"reload": True, "version": draft.version}
        t = texts(draft.language)
        found = fields.fields_of(draft.scenario, _typed(draft))
        odd, rest = self._odd(draft.scenario, found, t)
        return {
            "version": draft.version,
            "parts": {
                "numbers": self.numbers(draft.scenario, draft.language),
                "changes": self.changes(draft),
                "years": self.years(draft),
                "against": self.against(draft),
                "wrong": self.whole(draft),
                "checks": rendered("checks.html", t, said=rest),
            },
            "fields": {each.path: _moving(_field(each, draft, t, odd.get(each.path, ""))) for each in found},
        }


def explained(said: str, t: Texts) -> str:
    """What a check or a reader says, in words of the page, which has no keys."""
    return without_keys(t.again(said), t)


def _moving(drawn: dict[str, Any]) -> dict[str, Any]:
    return {name: drawn[name] for name in ("text", "number", "message", "odd", "badge", "badge_text", "badge_title")}


def missing_extra() -> bool:
    """Whether a package that the fits need is not installed."""
    from simulation.calibration.sources import NEEDED

    return any(find_spec(name) is None for name in NEEDED)


def _slug(name: str) -> str:
    return name.replace("_", "-")


def _typed(draft: Draft) -> set[str]:
    return {path for change in draft.in_force for path in change.values}


def _preset_title(name: str, t: Texts) -> str:
    found = preset_files.preset("structures", name).value.get("title")
    return t.title(str(found.value)) if found is not None else name


def _field(each: fields.Field, draft: Draft, t: Texts, odd: str) -> dict[str, Any]:
    """A field as the template draws it; `odd`: what looks wrong with its value."""
    wrong = draft.wrong.get(each.path)
    low, high = (fields.written(each, t, end) for end in (each.low, each.high))
    return {
        "path": each.path,
        "id": each.path.replace(".", "-"),
        "title": first_large(t.again(each.title)),
        "text": wrong.typed if wrong is not None else fields.written(each, t),
        "number": f"{each.value:.12g}",
        "low": f"{each.low:.12g}",
        "high": f"{each.high:.12g}",
        "step": f"{each.step:.12g}",
        "low_text": low,
        "high_text": high,
        "ranged": each.ranged,
        "unit": fields.unit_of(each, draft.scenario.currency, t),
        "badge": each.badge,
        "badge_text": t(f"app-badge-{each.badge}"),
        "badge_title": each.source if each.source and each.source != t(fields.TYPED) else "",
        "help": t(each.help) if each.help else "",
        "message": explained(wrong.phrase, t) if wrong is not None else "",
        "odd": odd,
        "slides": each.high > each.low and not each.counted,
    }


def _groups(
    scenario: Scenario, found: Sequence[fields.Field], drawn: dict[str, dict[str, Any]], t: Texts
) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        groups.setdefault(each.group, []).append(drawn[each.path])
    return [{"title": _group_title(scenario, path, t), "path": path, "fields": each} for path, each in groups.items()]


def _group_title(scenario: Scenario, path: str, t: Texts) -> str:
    steps = path.split(".")
    if path.startswith("market.channels."):
        return first_large(t.title(channel_titles(scenario.market)[steps[2]]))
    if path.startswith("market.products."):
        return first_large(t.title(product_titles(scenario.market)[steps[2]]))
    if path.startswith("structures."):
        title = t.title(structure_titles(scenario)[steps[1]])
        if len(steps) < 4:
            return title
        return f"{t.title(role_titles(scenario.structures[steps[1]])[steps[3]])}, {title}"
    return ""


def _structures(scenario: Scenario, drawn: dict[str, dict[str, Any]], t: Texts) -> list[dict[str, Any]]:
    """The cards of the structures."""
    cards = []
    for name, title in structure_titles(scenario).items():
        structure = scenario.structures[name]
        roles = [
            drawn[path] | {"role": t.title(role_title)}
            for role, role_title in role_titles(structure).items()
            if (path := f"structures.{name}.roles.{role}.headcount") in drawn
        ]
        heads = sum(role.headcount for role in structure.roles.values())
        cards.append({"name": name, "title": t.title(title), "roles": roles, "heads": heads})
    return cards


def _inputs(draft: Draft, t: Texts) -> list[tuple[str, str]]:
    """Figures that may be moved from end to end: those that are shown first, then others with a range."""
    found = fields.fields_of(draft.scenario)
    kept = [
        each
        for each in sorted(found, key=lambda each: not each.main)
        if (each.ranged or each.main) and each.high > each.low and not each.counted
        if not each.path.startswith(("plan.", "experiment."))
    ]
    return [(f"{each.path}={each.low:g}:{each.high:g}", _long_title(draft.scenario, each, t)) for each in kept]


def _long_title(scenario: Scenario, each: fields.Field, t: Texts) -> str:
    words = words_for(scenario, each.path) if each.path.endswith(".pay.base") else None
    if words is not None:  # on the page the role alone is its title, under a heading that says pay
        return first_large(t.again(words))
    group = _group_title(scenario, each.group, t)
    title = first_large(t.again(each.title))
    return f"{title} ({group})" if group else title


def _chosen(draft: Draft, inputs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The two figures that a page lets move, where nobody has chosen: those that matter most, if that is known."""
    there = [path for path, _ in inputs]
    _, found = draft.found.get(FLIPS, (0, None))
    best = [each.path for each in found or () if each.path in there]
    order = [*best, *(path for path in there if path not in best), "", ""]
    return {"x": order[0], "y": order[1]}


def _questions(draft: Draft) -> list[str]:
    pair = len(draft.scenario.structures) > 1
    return [
        kind
        for kind in QUESTIONS
        if (kind != "check" or draft.scenario.history is not None) and (pair or kind in ("optimise", "check"))
    ]


def _seconds(seconds: float, t: Texts) -> str:
    if seconds < 90:
        return t("app-left-seconds", seconds=max(1, round(seconds)))
    return t("app-left-minutes", minutes=round(seconds / 60))
