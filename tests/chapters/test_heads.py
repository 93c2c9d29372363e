"""What someone with one minute reads of a chapter says the answer, how sure it is, and nothing that stops them."""

from __future__ import annotations

import re

import pytest
import yaml

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.schema import ROOT
from evidence.figures.sentences import plain
from evidence.figures.sureness import levels_behind

LEADS = [row for row in store.rows("answers").values() if row.leads]
MESSAGES = list(store.rows("synthesis").values())
MOST_WORDS = 25  # of an answer that opens a page
MOST_CITED = 2  # documents cited before the messages of a page

# Words that readers of chapters stopped at, by what to say instead.
UNEXPLAINED = {
    "our program, or the program": r"\btoolkits?\b",
    "people interviewed": r"\b[Ii]nformants?\b",
    "who is asked, or who is meant": r"\b[Aa]ddressees?\b",
    "our reading, or sorted by us": r"\b(?:we|as|our|reader) cod(?:ed|ing)\b|\bcodebook\b",
    "say which children are counted": r"\bbases? (?:differ|unclear|(?:is|are|was) (?:unclear|not))|\bdifferent bases\b",
    "enrolled, or a school’s list": r"\bon (?:a|the|no) roll\b|\bschool rolls\b",
    "we counted": r"\bas we count\b",
    "requests": r"\b(?:[Tt]he|[Mm]ost|[Ss]ingle|[Oo]ur|[Ee]very) calls?\b|\b[Cc]alls (?:as given|of (?:the|several))\b",
    "the page, not a number of the register": r"\b\d+ \([a-z]\)|\blesson \d",
}
# Turns that they read twice, in answers, messages and titles.
STUMBLES = {
    "subject before verb": r"[,;] (?:says?|finds?|reports?) (?!so\b|that\b|it\b)\w+",
    "end on what matters, not on a loose “without”": r", without [\w ]+\.$",
    "a sentence has a verb: say what is not": r"\b(?:not|both)\.$",
    "a question asks plainly": r"\b(?:come about|hold together|talk to each other|say together)\b|\bis to \w+ by\b",
}
HEADS = {  # of each table, the columns that stand in the head of a page
    "answers": ["question", "short", "answer", "how_sure"],
    "synthesis": ["statement", "detail", "data_label", "data_quality"],
    "exhibits": ["title", "unit", "base", "note", "calculated"],
}
YES_OR_NO = re.compile(r"^(?:Is|Are|Do|Does|Did|Can|Has|Have|Was|Were)\b")
ANSWERS_IT = (
    "Yes",
    "No",
    "Partly",
    "Only in part",
    "It depends",
    "Many do",
    "Not always",
    "Nearly always",
    "We cannot say",
)
ASIDE = re.compile(r"```.*?```|<[^>]*>`|\{\w+\}`[^`<]*`", re.DOTALL)  # of a page: code, ids, numbers
DOUBTS = re.compile(r"our reading|our own reading|inferred|untested|not tested|nobody has tested")


def found_in(text: str, patterns: dict[str, str]) -> list[str]:
    """Return what stands in a text that is better said otherwise, each with what to say instead."""
    return [f"{hit[0]}: {instead}" for instead, pattern in patterns.items() if (hit := re.search(pattern, text))]


def opening(text: str) -> str:
    """Return what a page says between its title and its messages, without its head."""
    return text.split("```{key-messages}")[0].partition("\n# ")[2].partition("\n")[2]


def title_of(page: str) -> str:
    """Return the title of a page, given by its path without .md."""
    return next(text for _, level, text in markdown.of_page(ROOT / f"{page}.md").headings if level == 1)


def menu_titles() -> dict[str, str]:
    """Return the short names of pages in the menu, by page."""
    found, parts = {}, list(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"])
    while parts:
        entry = parts.pop()
        parts += [*entry.get("chapters", ()), *entry.get("sections", ())]
        if "title" in entry:
            found[entry["file"]] = entry["title"]
    return found


@pytest.mark.parametrize("table", HEADS)
def test_no_word_in_a_head_is_left_unexplained(table):
    words = {
        key: " ".join(plain(getattr(row, name)) for name in HEADS[table]) for key, row in store.rows(table).items()
    }
    found = {key: found_in(text, UNEXPLAINED) for key, text in words.items()}
    assert {key: hits for key, hits in found.items() if hits} == {}


@pytest.mark.parametrize("path", readable(), ids=named)
def test_nor_on_a_page(path):
    assert found_in(re.sub(ASIDE, "", path.read_text(encoding="utf-8")), UNEXPLAINED) == []


@pytest.mark.parametrize("row", LEADS, ids=lambda row: row.page)
def test_an_answer_that_opens_a_page_is_one_short_sentence_that_runs_straight(row):
    said = plain(row.answer)
    assert len(said.split()) <= MOST_WORDS
    assert found_in(said, STUMBLES) == []
    assert not said[0].isdigit(), "begin with who or what, not with a figure"


@pytest.mark.parametrize("row", MESSAGES, ids=lambda row: row.id)
def test_a_message_runs_straight(row):
    assert found_in(plain(row.statement), STUMBLES) == []


@pytest.mark.parametrize("page", sorted({row.page for row in LEADS}))
def test_a_title_asks_plainly(page):
    assert found_in(title_of(page), STUMBLES) == []


@pytest.mark.parametrize("row", [row for row in LEADS if YES_OR_NO.match(title_of(row.page))], ids=lambda row: row.page)
def test_a_title_that_asks_for_yes_or_no_is_answered_so(row):
    assert plain(row.answer).startswith(ANSWERS_IT)


@pytest.mark.parametrize("row", LEADS, ids=lambda row: row.page)
def test_high_confidence_is_not_followed_by_reasons_for_less(row):
    if levels_behind(row)[:1] == ["high"]:
        assert not DOUBTS.search(row.how_sure)


@pytest.mark.parametrize("row", LEADS, ids=lambda row: row.page)
def test_how_sure_gives_a_reason(row):
    assert len(plain(row.how_sure).split()) >= 5


@pytest.mark.parametrize("path", [path for path in readable() if "{key-messages}" in path.read_text()], ids=named)
def test_a_long_list_of_documents_waits_for_the_messages(path):
    lists = re.findall(r"\{cite:p\}`([^`{]*)", opening(path.read_text(encoding="utf-8")))
    assert max((cited.count(",") + 1 for cited in lists), default=0) <= MOST_CITED


def test_the_menu_names_pages_and_sets_no_riddles():
    found = {
        page: found_in(title, UNEXPLAINED | {"what the page is on": r"\?$|\b(?:it|your choices|talk)\b"})
        for page, title in menu_titles().items()
    }
    assert {page: hits for page, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    ("planted", "patterns"),
    [
        ("The toolkit counts them.", UNEXPLAINED),
        ("Some informants say so.", UNEXPLAINED),
        ("Most calls name nobody.", UNEXPLAINED),
        ("Literature, bases differ", UNEXPLAINED),
        ("Children on the roll stay away.", UNEXPLAINED),
        ("Study, 4 (f)", UNEXPLAINED),
        ("Sectors work apart, say documents on violence.", STUMBLES),
        ("It asks for regular reporting, without dates.", STUMBLES),
        ("By the one it has dropped out, by the other not.", STUMBLES),
        ("Do the theories hold together?", STUMBLES),
    ],
)
def test_a_planted_stumble_is_found(planted, patterns):
    assert len(found_in(planted, patterns)) == 1
