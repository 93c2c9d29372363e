"""What the search finds for the words people type, asked of the engine in the browser with the index of the site.

``queries.csv`` was written before the search was tuned, with the records or pages that answer; its last 243 rows are
asked of places of the texts that were drawn by lot. Nobody has tuned the search on ``queries_held_back.csv``. An answer
is ``kind:id``, ``row:table#id``, ``page:`` and a path, or ``selection:`` and whoever is asked; ``*`` is any text.
"""

from __future__ import annotations

import csv
import functools
import gzip
import http.server
import threading
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from evidence.data import store
from evidence.site import assets
from evidence.site.search import shelves, stems, thesaurus, words
from tests.conftest import SITE
from tests.site.waiting import wait_until

pytestmark = pytest.mark.whole

HERE = Path(__file__).parent
LEAST = 0.9  # of the queries of a language have an answer among the first three
LEAST_HELD_BACK = 0.85
RARELY = 0.03  # of queries that have an answer: said to have no result with most of their words
ENGINE = ("text", "stems", "shelves", "readings", "query", "engine")
# So many times as long as the page of the search alone takes the first result at most: machines differ in seconds.
TIMES = {"slow processor": 2.6, "slow network": 1.8}
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}


def queries(file: str) -> list[dict]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return [row | {"answers": row["answers"].split(";")} for row in csv.DictReader(lines)]


QUERIES, HELD_BACK = queries("queries.csv"), queries("queries_held_back.csv")


def answers(pattern: str, url: str) -> bool:
    """Return whether an address is one that a pattern of the tables means."""
    path, _, anchor = url.partition("#")
    kind, _, key = pattern.partition(":")
    if kind == "selection":
        return path.endswith(f"?addressee={key}")
    if kind == "page":
        return fnmatchcase(path, f"chapters/{key}.html")
    return fnmatchcase(anchor, f"{kind}-{key}".replace("_", "-").replace("#", "-"))


@pytest.fixture(scope="module")
def engine(browser, site):
    """Return a page with the engine, its index and the functions of its modules as globals."""
    page = browser.new_page()
    for piece in ("first", "rest", *shelves.PIECES):
        page.evaluate((site / f"search/{piece}.js").read_text(encoding="utf-8"))
    names = "answerTo, openIndex, stemsOf, isNear, askedFor, scored"
    page.evaluate(f"() => {{ {assets.modules('search', ENGINE)}; Object.assign(window, {{ {names} }}); }}")
    page.evaluate("""() => {
        const [first, ...pieces] = evidenceShelves;
        window.index = openIndex([first, Object.assign({}, ...pieces)]);
    }""")
    yield page
    page.close()


@pytest.fixture(scope="module")
def ask(engine):
    """Return a function that gives [address, title] of the first results of a query."""
    code = """([query, limit]) => answerTo(query, index, { limit }).records.map(({ url, title }) => [url, title])"""
    return lambda query, limit=3: engine.evaluate(code, [query, limit])


def missed(rows: list[dict], ask) -> list[str]:
    """Return the queries without an answer among the first three results."""
    return [
        row["query"]
        for row in rows
        if not any(answers(pattern, url) for url, _ in ask(row["query"]) for pattern in row["answers"])
    ]


def test_the_table_has_what_officials_teachers_journalists_and_parents_type():
    count = {language: sum(row["language"] == language for row in QUERIES) for language in stems.LANGUAGES}
    assert count["en"] >= 80 and count["ru"] >= 40 and count["kk"] >= 30
    assert not {row["query"] for row in QUERIES} & {row["query"] for row in HELD_BACK}
    assert len(HELD_BACK) >= 40


def test_every_query_has_an_answer_that_is_in_the_index(engine):
    code = """() => index.shelves.flatMap((shelf) => [...Array(shelf.size).keys()].map((n) => shelf.recordOf(n).url))"""
    urls = engine.evaluate(code)
    assert len(urls) == len(set(urls)) > 5000
    lost = [
        row["query"]
        for row in QUERIES + HELD_BACK
        if not any(answers(pattern, url) for pattern in row["answers"] for url in urls)
    ]
    assert not lost


@pytest.mark.parametrize("language", stems.LANGUAGES)
def test_the_first_three_results_answer(language, ask):
    rows = [row for row in QUERIES if row["language"] == language]
    assert len(missed(rows, ask)) <= (1 - LEAST) * len(rows), missed(rows, ask)


def test_the_first_three_results_answer_what_nobody_tuned_on(ask):
    assert len(missed(HELD_BACK, ask)) <= (1 - LEAST_HELD_BACK) * len(HELD_BACK), missed(HELD_BACK, ask)


def test_no_query_that_has_an_answer_returns_nothing(ask):
    assert not [row["query"] for row in QUERIES + HELD_BACK if not ask(row["query"], 1)]


@pytest.mark.parametrize("query", ["буллинг", "травля", "мектептегі зорлық", "school bullying", "bulying"])
def test_the_same_is_found_whatever_it_is_called(query, ask):
    found = {url for url, _ in ask(query)}
    assert "chapters/subjects/bullying.html" in found
    assert found <= {url for url, _ in ask("bullying", 8)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ребенок", "ребёнок"),
        ("children's rights", "children’s rights"),
        ("1,756 children", "1756 children"),
        ("21 500", "21,500"),
        ("КАРАГАНДА", "караганда"),
        ("СOVID", "covid"),
    ],
)
def test_how_a_word_is_written_makes_no_difference(one, other, ask):
    assert ask(one) == ask(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (",ekkbyu", "буллинг"),  # the keyboard stood on English
        ("игдднштп", "bullying"),
        ("pjhks0", "зорлық"),  # Kazakh letters where others have digits
        ("nasilie", "насилие"),
        ("mektep psihology", "мектеп психологы"),
        ("detskiy sad", "детский сад"),
        ("программа бестерек", "Besterek programme"),
        ("балаақша", "балабақша"),
        ("corporalpunishment", "corporal punishment"),
    ],
)
def test_what_was_typed_otherwise_is_understood(one, other, ask):
    assert any(found in ask(other, 8) for found in ask(one))


def test_a_concept_of_the_thesaurus_finds_something(engine):
    numbers = shelves.numbered_concepts()
    names = {f"place-{row.place}" if row.place else row.id for row in store.rows("thesaurus").values()}
    found = set(engine.evaluate("index.shelves.flatMap(({ terms }) => [...terms.keys()]).filter((t) => t[0] === '#')"))
    assert not [name for name in sorted(names) if f"#{numbers[name]}" not in found]


def test_words_that_people_add_to_any_question_are_concepts():
    assert set(thesaurus.ADDED) <= set(shelves.numbered_concepts())


def is_found(row, name: str, ask) -> bool:
    return f"{row.id}.html" in {url.rpartition("/")[2] for url, _ in ask(name)}


@pytest.mark.parametrize("row", store.rows("subjects").values(), ids=lambda row: row.id)
def test_a_subject_is_found_by_its_name(row, ask):
    assert is_found(row, row.name, ask)


def test_subjects_are_found_by_their_first_names_in_russian_and_kazakh(ask):
    names = [
        (row, store.items(cell)[0]) for row in store.rows("subjects").values() for cell in (row.name_ru, row.name_kk)
    ]
    missing = [name for row, name in names if not is_found(row, name, ask)]
    assert len(missing) <= (1 - LEAST) * len(names), missing


def test_every_word_of_the_lexicon_translates_one_of_the_book(engine):
    stems = {stem for english in thesaurus.lexicon() for stem in english}
    missing = "stems => stems.filter((stem) => !index.shelves.some(({ terms }) => terms.has(stem)))"
    assert engine.evaluate(missing, sorted(stems)) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("портфолио для детей сезонных мигрантов", "recommendation-oosc-r04-l"),  # answers are near, and lack the word
        ("үйде принтер бар ма", "row-covidgender2021-infrastructure-printer"),
    ],
)
def test_a_rare_word_brings_what_stands_in_english_only(query, found, ask):
    assert any(f"#{found}" in url for url, _ in ask(query))


@pytest.mark.parametrize(("one", "other"), [("детях", "ребенк"), ("children", "child")])
def test_a_word_counts_by_all_that_it_stands_for(engine, one, other):
    """A form that hardly any record has is no rarer than what it means."""
    code = "(word) => scored(askedFor(word + ' zzz', index, false), index.shelves)[0].rare"
    assert engine.evaluate(code, one) < 2 and other in stems.stems_of(one)


def test_a_compound_is_found_however_it_is_joined(ask):
    assert ask("drop-out") == ask("drop out")
    assert ask("dropout")[0] in ask("drop-out")


def test_words_that_match_nothing_do_not_empty_the_page(ask):
    assert ask("zzzzqqq measles xyzzy")[0] == ask("measles")[0]
    assert ask("zzzzqqq") == []


@pytest.mark.parametrize(
    ("query", "subject"),
    [
        ("dyslexia", "dyslexia"),
        ("road accidents with children", "road accidents"),
        ("дети с дислексией", "dyslexia (дислексия)"),
        ("ДТП", "road accidents (ДТП)"),
        ("балалар туберкулезі", "tuberculosis (туберкулез)"),
        ("балабақша кезегі", "waiting lists for kindergarten (балабақша кезегі)"),
    ],
)
def test_the_search_says_that_no_document_treats_a_subject(engine, query, subject):
    assert engine.evaluate("query => answerTo(query, index).untreated", query) == [subject]


def test_no_query_that_has_an_answer_is_said_to_have_none(engine):
    asked = [row["query"] for row in QUERIES + HELD_BACK]
    said = "queries => queries.filter((query) => answerTo(query, index).untreated.length)"
    assert engine.evaluate(said, asked) == []


@pytest.mark.parametrize("query", ["swimming lessons", "купить диван недорого", "football results yesterday"])
def test_results_without_most_of_what_is_asked_are_said_to_be_weak(engine, query):
    assert engine.evaluate("query => answerTo(query, index).isWeak", query)


def test_results_of_queries_that_have_an_answer_are_rarely_said_to_be_weak(engine):
    asked = [row["query"] for row in QUERIES + HELD_BACK]
    weak = engine.evaluate("queries => queries.filter((query) => answerTo(query, index).isWeak)", asked)
    assert len(weak) <= RARELY * len(asked), weak


@pytest.mark.parametrize("added", ["kazakhstan", "statistics", "2023", "how many", "қазақстан", "статистика", "қанша"])
def test_words_that_people_add_to_any_question_do_not_hide_its_answer(ask, added):
    assert {url for url, _ in ask("measles")} & {url for url, _ in ask(f"measles {added}")}


def test_numbers_one_after_the_other_may_be_several(ask):
    assert ask("79 738 377")


def test_a_word_still_being_typed_is_taken_for_those_it_begins(engine):
    code = "(isOpen) => answerTo('measl', index, { isOpen }).records[0]?.url"
    assert engine.evaluate(code, True).endswith("#answer-situation-measles")


def test_a_kind_leaves_its_records_and_the_counts_of_all(engine):
    code = "(kind) => { const { total, kinds, records } = answerTo('police', index, { kind, limit: 9999 });"
    code += " return { total, kinds, found: records.map(({ kind }) => kind) }; }"
    whole, facts = engine.evaluate(code, ""), engine.evaluate(code, "fact")
    assert set(facts["found"]) == {"fact"} and facts["kinds"] == whole["kinds"]
    assert facts["total"] == len(facts["found"]) == dict(map(tuple, whole["kinds"]))["fact"]


def test_no_two_results_have_one_address(ask):
    found = [url for url, _ in ask("children", 500)]
    assert len(found) == len(set(found))


def test_the_browser_has_the_stems_of_the_build(engine):
    text = [
        " ".join(map(str, row)) for name in ("answers", "glossary", "thesaurus") for row in store.rows(name).values()
    ]
    some = sorted({word for line in text for word in words.words_of(line)})
    assert len(some) > 3000
    found = engine.evaluate("words => words.map(stemsOf)", some)
    assert found == [list(stems.stems_of(word)) for word in some]


@pytest.mark.parametrize(
    ("one", "other", "most", "near"),
    [("bulying", "bullying", 1, True), ("recieve", "receive", 1, True), ("poor", "door", 0, False)],
)
def test_a_misspelt_word_is_near(engine, one, other, most, near):
    assert engine.evaluate("([one, other, most]) => isNear(one, other, most)", [one, other, most]) is near


# --- weight and time to the first result


@functools.cache
def packed_file(path: Path) -> bytes:
    """Return a file as a server has it ready: packed once, not for each reader."""
    return gzip.compress(path.read_bytes())


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serves files as servers do: packed with gzip, over a connection that stays open."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        is_packed = path.suffix in (".html", ".js", ".css", ".svg")
        body = packed_file(path) if is_packed else path.read_bytes()
        self.send_response(200)
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)


@pytest.fixture(scope="module")
def packed(site) -> str:
    """Return the address of a server of the site that packs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packing, directory=str(SITE)))
    server.handle_error = lambda *_: None  # a browser that goes away
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


SEEN = """new MutationObserver(() => {
  if (!window.seen && document.querySelector("#search-results li")) window.seen = performance.now();
}).observe(document, { childList: true, subtree: true });"""


def slowed(browser, slow: str):
    """Return a new page of a browser on a slow processor or a slow network."""
    page = browser.new_context().new_page()
    session = page.context.new_cdp_session(page)
    if slow == "slow processor":
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    else:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    return page


def milliseconds_of_the_page(browser, address: str, slow: str) -> float:
    page = slowed(browser, slow)
    page.goto(f"{address}search.html")
    taken = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    page.context.close()
    return taken


def milliseconds_to_the_first_result(browser, address: str, slow: str) -> float:
    page = slowed(browser, slow)
    page.add_init_script(SEEN)
    page.goto(f"{address}search.html?q=буллинг в школе", wait_until="commit")
    wait_until(page, "window.seen", 20)
    taken = page.evaluate("window.seen")
    page.context.close()
    return taken


@pytest.mark.parametrize("slow", TIMES)
def test_the_first_result_is_there_soon_after_the_page(browser, packed, slow):
    """The best of some, of both: other work on the machine slows a browser, and nothing speeds it up."""
    pages, results = [], []
    while len(pages) < 5 and (not pages or min(results) > TIMES[slow] * min(pages)):
        pages.append(milliseconds_of_the_page(browser, packed, slow))
        results.append(milliseconds_to_the_first_result(browser, packed, slow))
    assert min(results) <= TIMES[slow] * min(pages), (pages, results)
