"""Every “How sure” gives a level with its reason or says that it is not rated, and one screen gives one level."""

from __future__ import annotations

import re

import pytest

from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.dates import years
from evidence.data.review_findings import parts_of
from evidence.data.schema import kinds
from evidence.figures import subjects
from evidence.figures.sentences import plain
from evidence.figures.sureness import dated, in_words, judgement, levels_behind
from evidence.site.records import sureness
from evidence.site.records.asked import records_of
from tests.chapters.test_heads import opening

ANSWERS = store.rows("answers")
SUBJECTS = {row.id: ANSWERS[row.answer] for row in store.rows("subjects").values() if row.answer}
OPENINGS = {row.id: row for row in [*(row for row in ANSWERS.values() if row.leads), *SUBJECTS.values()]}
JUDGED = [*store.rows("synthesis").values(), *store.rows("review_findings").values()]
LEVEL = r"(?:High|Moderate|Low|Very low)(?: to (?:low|very low|moderate))? confidence"
MOST_WORDS = 15  # of a reason
LINE = re.compile(rf"(?:{LEVEL}[\w, ]*|Not rated:) (?:· )?(?P<why>.+?) · as of (?P<when>.+)")
ON_THE_SCREEN = ("review-finding", "message")
APART = {  # subjects whose answer shares evidence with a review finding below it, and says something else
    "complaints",  # a duty by law, not who keeps it
    "residential-institutions",  # how many children, not why they are placed
    "school-psychologists",  # counts beside duties
}


@pytest.fixture
def line(monkeypatch):
    """Return a function that gives the line under an answer, without its links."""
    monkeypatch.setattr(sureness, "linked", lambda env, kind, key, words: sureness.nodes.Text(words))
    return lambda row: "".join(node.astext() for node in sureness.sureness(None, row, shows_messages=True))


@pytest.mark.parametrize("row", OPENINGS.values(), ids=OPENINGS)
def test_a_line_under_an_answer_gives_a_level_or_says_that_it_is_not_rated_with_the_reason(line, row):
    said = LINE.fullmatch(line(row))
    assert said and 2 <= len(said["why"].split()) <= MOST_WORDS, line(row)
    assert ": " not in said["why"] or levels_behind(row), "one colon is enough"


@pytest.mark.parametrize(
    "planted", ["Several documents, each on its own subject · as of 2021", "Low confidence · as of 2021"]
)
def test_a_line_without_a_level_or_a_reason_is_found(planted):
    assert not LINE.fullmatch(planted)


@pytest.mark.parametrize("row", JUDGED, ids=lambda row: row.id)
def test_so_does_the_line_under_a_message_or_a_review_finding(row):
    assert re.fullmatch(rf"{LEVEL}|Not rated: .{{6,}}", judgement(row))


def shown_below(subject: str) -> dict[str, str]:
    """Return the level of each judgement that stands first on the page of a subject, by its id; those that have one."""
    first, _ = subjects.known(subject)
    rows = [store.row(kinds()[kind], key) for kind, key in first if kind in ON_THE_SCREEN]
    return {row.id: row.confidence for row in rows if row.confidence}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_one_screen_gives_one_thing_one_level(subject):
    """The answer on top has a level that stands below it too, and none only where it says something else."""
    row, below = SUBJECTS[subject], shown_below(subject)
    [*levels] = levels_behind(row)
    if levels:
        assert not below or levels[0] in below.values(), (in_words(row), below)
    else:
        same = parts_of(records_of(row))[:1]
        assert not (same and same[0] in below) or subject in APART, (same, "names the same evidence and has a level")


@pytest.mark.parametrize("path", [path for path in readable() if "{key-messages}" in path.read_text()], ids=named)
def test_an_opening_has_no_other_year_than_its_answer(path):
    text = path.read_text(encoding="utf-8")
    page = named(path).removesuffix(".md")
    [*leads] = (row for row in ANSWERS.values() if row.leads and row.page == page)
    said = [year for when in re.findall(r"as of ([\w -]*\d{4})", plain_opening(text)) for year in years(when)]
    assert all(set(said) <= set(years(dated(row))) for row in leads), said


def plain_opening(text: str) -> str:
    """Return what stands between the title and the messages of a page, numbers filled in, without citations."""
    return plain(re.sub(r"\{cite:p\}`[^`]*`", "", opening(text)))
