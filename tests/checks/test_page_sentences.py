"""Sentences of pages are read as rows are: once a page has been read, each change of a sentence is named."""

import pytest

from evidence.authoring import rereading
from evidence.authoring.rereading import Wanted
from evidence.checks import page_sentences, readings
from evidence.checks.readings import digest

PAGE = "chapters/education/register"
FALL = (
    "By May 2012 it was {fact}`register-out-2012` of {fact}`register-registered-2012`: "
    "{calc}`register-non-return-2012`."
)
FEW = "Most regions registered a few dozen children, so a few returns change their share a great deal."
READ = {digest(text): {"": str(line), "sentence": text} for line, text in ((32, FALL), (58, FEW))}


@pytest.fixture
def page(monkeypatch):
    """The sentences of a page that one reader has read, to change; no other page has been read."""
    now = {key: dict(row) for key, row in READ.items()}
    kept = {f"{PAGE}#{key}": rereading.reading_of(PAGE, row, "first", None, {}) for key, row in now.items()}
    monkeypatch.setattr(page_sentences, "pages", lambda: [PAGE, "index"])
    pages, rows_of = {PAGE: now, "index": dict(now)}, readings.rows_of
    monkeypatch.setattr(readings, "sentences_of", pages.__getitem__)
    monkeypatch.setattr(readings, "rows_of", lambda name: pages[name] if name in pages else rows_of(name))
    monkeypatch.setattr(readings, "recorded", lambda: kept)
    return now


def told() -> list[str]:
    return list(map(str, readings.page_problems()))


def say(page: dict, old: str, new: str) -> None:
    """Put other words in the place of a sentence."""
    row = page.pop(digest(old))
    page[digest(new)] = row | {"sentence": new}


def test_a_page_that_was_read_and_one_that_nobody_has_read_are_in_order(page):
    assert told() == []
    assert readings.page_counts()[PAGE] == (2, 0, 2, 0, 0)
    assert readings.page_counts()["index"] == (2, 0, 0, 2, 0)
    assert "4 sentences of pages: 0 read twice, 2 once, 2 not yet; `evidence read PAGE`" in readings.said_of_pages(
        readings.total(readings.page_counts())
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FEW, FEW.replace("a great deal", "hardly")),
        (FALL, FALL.replace("register-out-2012", "register-out-2011")),
        (FALL, FALL.replace("2012 it", "2013 it")),
    ],
    ids=["turned round", "another fact", "another year"],
)
def test_a_sentence_with_other_words_than_were_read_is_named_with_its_line_and_what_to_do(page, old, new):
    say(page, old, new)
    line = READ[digest(old)][""]
    assert told() == [
        f"{PAGE}.md, line {line}: {new!r}: is not as it was when the page was read; `evidence read {PAGE}` shows it "
        "beside the rows it names, and records that it has been read"
    ]
    assert readings.page_counts()[PAGE] == (2, 0, 1, 0, 1)


def test_a_sentence_whose_fact_has_changed_is_named(page, monkeypatch):
    facts = {key: dict(row) for key, row in readings.rows_of("facts").items()}
    facts["register-out-2012"]["place"] = "almaty-city"
    rows_of = readings.rows_of
    monkeypatch.setattr(readings, "rows_of", lambda name: facts if name == "facts" else rows_of(name))
    (problem,) = told()
    assert f"{PAGE}.md, line 32" in problem and "rests on what has changed since it was read" in problem


def test_a_sentence_that_is_gone_is_named_and_one_that_moved_is_not(page):
    page[digest(FALL)][""] = "90"
    assert told() == []
    del page[digest(FEW)]
    (problem,) = told()
    assert problem.startswith(f"{PAGE}.md: 1 sentence(s) that were read here are gone")


def test_the_sentences_of_a_page_are_its_words_and_roles_and_no_code(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(
        "---\ndescription: What is\n  described.\n---\n\n# A head\n\nWords.\n{fact}`a`\n\n"
        "```{code-cell} ipython3\nx = 1\n```\n\n- A point\n",
        encoding="utf-8",
    )
    assert page_sentences.of_file(path) == [
        (2, "description: What is"),
        (3, "described."),
        (6, "# A head"),
        (8, "Words."),
        (9, "{fact}`a`"),
        (15, "- A point"),
    ]


@pytest.mark.parametrize("name", [PAGE, f"{PAGE}.md", "education/register", "education/register.md"])
def test_a_page_may_be_called_by_its_file(name):
    assert page_sentences.page_called(name) == PAGE


def test_a_table_is_no_page():
    assert page_sentences.page_called("facts") == "facts" and not page_sentences.is_page("facts")


def test_a_sentence_is_shown_as_readers_see_it_beside_the_rows_it_names(page):
    shown = rereading.shown((PAGE, digest(FALL)), {}, 160)
    assert f"{PAGE}.md, line 32: not read yet" in shown and "By May 2012 it was 188 of 894: 21.0%." in " ".join(
        line.partition(" | ")[0].strip() for line in shown.splitlines()
    )
    assert "facts#register-out-2012" in shown


def test_who_reads_new_rows_of_all_tables_reads_no_page_that_nobody_has_begun(page):
    say(page, FEW, "Other words.")

    def chosen(*states: str) -> list:
        return [key for key in rereading.chosen(Wanted("", (), states, "first"), {}) if key[0] in (PAGE, "index")]

    assert chosen("new") == [] and chosen("changed", "moved") == [(PAGE, digest("Other words."))]
    assert len(rereading.chosen(Wanted("index", (), (), "first"), {})) == 2


def test_reading_a_page_anew_forgets_what_it_said_before(page, monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    say(page, FEW, "Other words.")
    rereading.record([(PAGE, digest("Other words."))], "first", {}, tmp_path)
    written = (tmp_path / "data" / "readings.csv").read_text(encoding="utf-8")
    assert f"{PAGE}#{digest('Other words.')},first," in written and digest(FEW) not in written
