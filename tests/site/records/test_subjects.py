"""The page of a subject: known with its mark and pages, asked of whom, open and disputed; nothing of its own."""

from __future__ import annotations

import html
import re

import pytest

from evidence.data import store
from evidence.figures import subjects
from evidence.figures.cards import card
from evidence.figures.sureness import judgement
from evidence.site.records.subject_lines import addressees, asked, full_title
from evidence.site.records.subject_words import NAMES, short_forms, spelled_out
from evidence.site.records.subjects import LONG, grouped, subject_digest, sureness, surest_first, who_is_asked
from tests.site.conftest import build_small_book

MOST_WORDS = 150  # of the four answers on a page, headings and pages of documents counted in
HEADING = re.compile(r"<h2>(?:Open questions|More)")


def words_of(text: str) -> str:
    """Return the words of HTML in a line, with straight quotes."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text)).translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"\s+", " ", plain)


def html_words(text: str) -> str:
    """Return the words of HTML as they stand, lines and all."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


@pytest.fixture
def page(small_book):
    """Return a function that gives the page of a subject in a small book."""
    return lambda key: small_book({"page.md": f"# Page\n\n```{{subject}} {key}\n```\n"}).page("page")


@pytest.mark.parametrize("subject", ["bullying", "child-labour", "crisis-centres"])
def test_a_page_says_all_that_is_on_the_subject(page, subject):
    html = page(subject)
    words = words_of(html)
    for kind, key in [*sum(subjects.known(subject), []), *sum(subjects.calls(subject), [])]:
        statement = card(kind, key).head.partition(". ")[2] if kind in subjects.CALLS else card(kind, key).head
        assert statement.rstrip(".").translate(str.maketrans("’‘“”", "''\"\"")) in words, (kind, key)
    documents = words_of(html[html.index("<h2>Documents") :].partition("<h2>Words on this page")[0])
    silent = documents.split("Says nothing on this topic.")[:-1]
    assert len(silent) == len(subjects.silent(subject))
    for source, text in zip(subjects.silent(subject), silent):
        assert store.names("sources")[source] in text


def test_a_finding_of_one_document_is_not_called_a_synthesis(page):
    words = words_of(page("child-labour"))
    assert "Not rated: a single document says so" in words


@pytest.mark.parametrize(("subject", "asks"), [("coordination", True), ("bullying", False)])
def test_a_page_opens_with_a_short_answer_and_asks_first_where_the_title_does_not(page, subject, asks):
    answer, html = store.row("answers", store.row("subjects", subject).answer), page(subject)
    [lead] = re.findall(r'<p class="lead">(.*?)</p>', html)
    assert words_of(lead).strip().startswith(answer.question if asks else answer.short[:20])
    assert html.index('class="lead-sure"') < html.index("<h2>What is known")
    assert answer.how_sure.rstrip(".") in words_of(html)


def test_what_no_document_answers_is_said_above_what_is_known(page):
    html = page("bullying")
    said = words_of(html[html.index('class="not-said"') : html.index("<h2>What is known")])
    assert "How common is bullying at school? No share is given; our copy lost one." in said


def test_a_page_is_another_when_how_sure_the_answer_that_opens_it_is_changes(monkeypatch):
    before = subject_digest("coordination")
    monkeypatch.setattr("evidence.site.records.subjects.in_words", lambda answer: "Very low confidence")
    assert subject_digest("coordination") != before


def test_what_has_a_level_stands_before_figures_and_single_findings():
    first, _ = subjects.known("school-psychologists")
    assert [judgement(store.row("review_findings", key)) for _, key in surest_first(first)] == [
        "Low confidence",
        "Not rated: ministry count, press figures",
    ]


def test_whom_a_call_asks_says_whether_that_is_our_reading():
    assert asked("recommendation", "vac-r05").startswith("Parliament")
    inferred = next(row for row in store.rows("recommendations").values() if row.addressee_basis == "inferred")
    assert asked("recommendation", inferred.id).endswith("(our reading)")
    nobody = next(row for row in store.rows("recommendations").values() if row.addressee_basis == "none")
    assert asked("recommendation", nobody.id) == "Without saying who"


def test_a_call_on_many_names_the_first_and_counts_the_others():
    row = store.row("recommendations", "vac-r11")
    assert len(addressees("recommendation", row)) == 4
    assert asked("recommendation", row.id).endswith(" and two others")


def test_calls_on_the_same_addressee_share_a_line(page):
    html = page("migrant-children")
    calls = html[html.index("<h2>Who is asked") : html.index("<h2>Open questions")]
    assert words_of(calls).count("Government ( our reading )") == 1
    assert all(
        store.row("recommendations", key).statement.rstrip(".") in words_of(calls) for key in ("oosc-r04", "oosc-r03-d")
    )


def test_where_no_document_asks_anything_by_name_that_is_said_and_what_is_near_stands_apart(page):
    words = words_of(page("crisis-centres"))
    before, _, after = words.partition("No document asks for anything on crisis centres by name. Nearby:")
    assert "Commissions on minors" in after and "Commissions on minors" not in before
    assert "No document asks for anything on helplines by name" in words_of(page("helplines"))


def test_a_long_list_of_open_questions_is_grouped_by_topic():
    others = subjects.unsettled("data-systems", "gap")[1]
    assert len(others) > LONG
    [fold] = grouped("data-systems", "More open questions", "gap", others)
    inside = [(one["summary"].rpartition(": ")[0], len(one[0])) for one in fold]
    assert sum(count for _, count in inside) == len(others)
    assert ("Helplines", 1) in inside
    short = subjects.unsettled("gender", "gap")[1]
    assert grouped("gender", "More open questions", "gap", short)[0]["summary"] == f"More open questions: {len(short)}"


def test_open_questions_are_more_only_below_one_that_stands_open(page):
    first, others = subjects.unsettled("pre-school", "gap")
    assert not first and others
    words = words_of(page("pre-school"))
    assert f"Open questions: {len(others)}" in page("pre-school") and "More open questions" not in words


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return a book with the page of every subject, and of every document."""
    shown = {f"{key}.md": f"# Page\n\n```{{subject}} {key}\n```\n" for key in store.rows("subjects")}
    documents = {f"chapters/sources/{key}.md": f"# {key}\n" for key in store.rows("sources")}
    return build_small_book(tmp_path_factory.mktemp("subjects"), shown | documents)


@pytest.mark.parametrize("subject", store.rows("subjects"))
def test_the_four_answers_are_read_in_under_a_minute(pages, subject):
    html = pages.page(subject)
    opening = html[html.index("</h1>") : HEADING.search(html).start()]
    ends = re.sub(
        r"</(?:p|h2|li)>", "\n", re.sub(r'<svg.*?</svg>|<a class="headerlink".*?</a>', "", opening, flags=re.DOTALL)
    )
    words = re.findall(r"[^ \n]*\w[^ \n]*", html_words(ends))
    assert 40 < len(words) <= MOST_WORDS, " ".join(words)


@pytest.mark.parametrize("subject", store.rows("subjects"))
def test_each_short_form_on_a_page_is_spelled_out_once(pages, subject):
    html = pages.page(subject)
    body, _, words = html[html.index("</h1>") :].partition("<h2>Words on this page")
    terms = {words_of(term) for term in re.findall(r"<dt[^>]*>(.*?)</dt>", words, flags=re.DOTALL)}
    forms = set(short_forms(html_words(body.split("</section>\n</section>")[0])))
    assert forms - {term.strip() for term in terms} == set()


def test_short_forms_are_told_from_names_and_have_a_meaning():
    assert short_forms("UNICEF asks PMPCs, the EMIS and NGOs; COVID-19") == ["EMIS", "NGO", "PMPC"]
    assert spelled_out()["PMPC"] == "Psychological, Medical and Pedagogical Commission"
    assert not NAMES & set(spelled_out()) - {"UNICEF"}


def test_a_document_is_a_link_that_says_its_title_and_publisher(pages):
    [hint] = set(re.findall(r'href="chapters/sources/covidgender2021\.html" title="([^"]*)"', pages.page("gender")))
    assert hint == full_title("covidgender2021")
    assert "pilot study" in hint and "Nazarbayev University" in hint


@pytest.mark.parametrize("term", ["our-reading", "proposed"])
def test_a_word_in_brackets_leads_to_what_it_means(pages, term):
    html = pages.page("coordination")
    assert f'href="#word-{term}"' in html and f'id="word-{term}"' in html


def test_the_search_shows_the_surest_first_and_each_addressee_once():
    assert sureness("school-psychologists") == "Low confidence"
    assert sureness("bullying") == "Moderate to low confidence"
    names = who_is_asked("migrant-children").split(", ")
    assert len(names) == len(set(names))


def test_an_unknown_subject_is_refused(small_book):
    book = small_book({"page.md": "# Page\n\n```{subject} bulying\n```\n"})
    assert "did you mean bullying" in book.warnings
