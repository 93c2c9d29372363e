"""Questions people ask: on the front page in short, on their page by topic, in the search in three languages."""

from __future__ import annotations

import re

import pytest
from docutils.nodes import make_id

from evidence.data import store
from evidence.figures.cards import card, kind_names
from evidence.figures.sureness import levels_behind
from evidence.site.records import asked
from evidence.site.search import records, result

pytestmark = pytest.mark.usefixtures("on_one_page")

ROWS = list(store.rows("answers").values())
RECORDS = "".join(f"```{{register}} {kind}\n```\n" for kind in ("fact", "calc", "finding", "recommendation", "message"))


@pytest.fixture(scope="module")
def row():
    return next(
        row
        for row in ROWS
        if row.state == "unknown"
        and levels_behind(row)
        and row.heading
        and "{fact}" in row.answer
        and "{" not in row.short
    )


def pages_of(*rows) -> dict[str, str]:
    """Return stand-ins for the pages that answers lead to."""
    return {f"{row.page}.md": f"# {row.page}\n" for row in rows}


def test_the_front_shows_question_headline_answer_and_how_sure(small_book, row):
    pages = {"front.md": f"# Front\n\n```{{front-answers}} {row.id}\n```\n", "records.md": f"# Records\n\n{RECORDS}"}
    built = small_book(pages | pages_of(row))
    html = built.page("front")
    for name, text in (("question", row.question), ("short", asked.sentences.plain(row.short))):
        assert re.search(rf'<p class="{name}">{re.escape(text)}', html), name
    assert re.search(r'<p class="sure"><svg[^>]*>.*?</svg> <span class="state unknown">Not known</span>', html)
    assert re.search(r'class="record reference internal"|class="reference internal record"', html)
    assert f'href="{row.page}.html#{make_id(row.heading)}"' in html and "Read on" in html


def test_an_answer_that_opens_its_page_leads_to_its_top(small_book):
    row = next(row for row in ROWS if not row.heading)
    pages = {"front.md": f"# Front\n\n```{{front-answers}} {row.id}\n```\n", "records.md": f"# Records\n\n{RECORDS}"}
    assert f'href="{row.page}.html"' in small_book(pages | pages_of(row)).page("front")


def test_an_answer_that_does_not_exist_is_refused(small_book):
    built = small_book({"front.md": "# Front\n\n```{front-answers} no-such-question\n```\n"})
    assert "no question has the id 'no-such-question'" in built.warnings


def test_every_answer_stands_under_its_topic_with_a_heading_and_an_anchor(small_book):
    html = small_book({"answers.md": "# Questions\n\n```{questions}\n```\n"}).page("answers")
    heads = [re.sub(r"<[^>]+>.*", "", head) for head in re.findall(r"<h2>(.*?)</h2>", html)]
    topics = [name for code, name in store.labels("answers", "topic").items() if any(r.topic == code for r in ROWS)]
    assert heads == topics
    assert sorted(re.findall(r'id="answer-([a-z0-9-]+)"', html)) == sorted(row.id for row in ROWS)
    assert html.count("<details class=answer><summary><h3>") == len(ROWS)
    assert html.count('<span lang="kk">') >= len(ROWS) and html.count('<span lang="ru">') >= len(ROWS)


def test_an_answer_holds_all_that_its_records_say_folded(small_book):
    html = small_book({"answers.md": "# Questions\n\n```{questions}\n```\n", "records.md": f"# Records\n\n{RECORDS}"})
    parts = dict(
        re.findall(r'id="answer-([a-z0-9-]+)"(.*?)(?=<details class=answer>|</section>)', html.page("answers"), re.S)
    )
    for row in ROWS[::20]:
        named = [(kind, key) for kind, key in asked.records_of(row) if kind in ("fact", "finding")]
        fold = parts[row.id].partition("<summary>In more detail: ")[2].partition("</details>")[0]
        assert all(f'#{kind}-{key}"' in fold for kind, key in named), row.id
        assert not named or "<li>" in fold


def test_answers_weigh_more_than_every_other_kind_but_topics():
    weights = dict(result.weights())
    topic, own = weights.pop("topic"), weights.pop(kind_names()["answer"].lower())
    assert topic > own > max(weights.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_an_answer_is_found_by_its_question_in_russian_and_kazakh(row):
    found = records.record_of("answer", row.id, row.question, f"answers.html#answer-{row.id}")
    assert {(row.question_ru, "ru"), (row.question_kk, "kk")} <= set(found.spoken)
    assert "{" not in found.text


def test_a_card_of_an_answer_has_no_role_left_in_it():
    for row in ROWS:
        assert "{" not in "".join(dict(card("answer", row.id).pairs).values()), row.id
