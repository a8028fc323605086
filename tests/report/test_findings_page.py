"""The page of studies: the first finding is the answer, few words stand before the appendix, none of them English."""

import pytest

from simulation.report.page.front import SECTIONS
from simulation.report.page.write import findings_page
from simulation.study.kind import Finding
from tests.report.test_page import MOST_WORDS, NAMES, Reader, latin, squeezed
from tests.report.test_sweep_charts import made as swept
from tests.report.test_threshold_charts import made as turning
from tests.unit.study.test_whole_runs import answered

KINDS = ("line", "map", "threshold", "weak_link", "transition", "payback", "horizon", "check", "compare")
OWN = {"Formulas"}
"""What the scenarios of these tests call themselves."""


def finding(kind: str) -> Finding:
    """A finding of a kind."""
    match kind:
        case "line" | "map":
            return swept(kind)
        case "threshold":
            return turning("one")
    return answered(kind)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_has_a_page_with_its_answer_first(kind: str) -> None:
    found = finding(kind)
    english, russian = (Reader(findings_page([found], language)) for language in ("en", "ru"))
    for page in (english, russian):
        assert page.sections == ["answer", "appendix", "glossary"]
        assert 20 < len(page.front.split()) <= MOST_WORDS
        assert '<template class="scenario"' in page.html
    assert latin(russian.html) - NAMES - OWN == set()


def test_findings_beyond_the_sections_stand_in_the_appendix() -> None:
    found = swept("line")
    page = Reader(findings_page([found] * (SECTIONS + 3), "en"))
    assert len(page.sections) == SECTIONS + 3
    assert len(page.front.split()) <= MOST_WORDS
    folded = [each["id"] for _, each in page.tags if each.get("class") == "inside"]
    assert len([name for name in folded if "sweep" in (name or "")]) == SECTIONS + 3
    for sentence in found.sentences:
        assert squeezed(sentence).replace("`", "") in squeezed(" ".join(page.texts.values()))
