"""Every engine gives the same counts, and those of plain Python; nothing that hides an identifier passes unmasked."""

from __future__ import annotations

import random

import pandas as pd
import pytest

pytest.importorskip("lark", reason="lark is not installed: make site")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")

from evidence.listening import demo, synthetic  # noqa: E402
from evidence.listening.coding import Study, read_study  # noqa: E402
from evidence.listening.large import counting, finding, steps, texts  # noqa: E402
from evidence.listening.masking import folded, masked  # noqa: E402
from evidence.listening.persons import ANYWHERE, ON_A_PLATFORM, with_persons  # noqa: E402
from evidence.listening.queries.grammar import parsed, plain  # noqa: E402
from evidence.listening.queries.matching import TOKEN, tokens  # noqa: E402
from evidence.listening.queries.matching import found as found_in_python  # noqa: E402
from evidence.listening.queries.table import Query  # noqa: E402
from evidence.toolkit import engines  # noqa: E402
from tests.listening.forms import every_form  # noqa: E402
from tests.listening.planted import betrayed, planted  # noqa: E402

SURROUNDINGS = ("{}", "инклюзия {}", "{} рахмет", "Пишите ({}), спасибо. Рахмет", "Мектеп туралы\n{}\nдеді")
NAMES = ("pandas", "duckdb", "polars", "spark")


@pytest.fixture(scope="module", params=NAMES)
def engine(request):
    """Return an engine by name; one that is not installed is skipped, with what to install."""
    try:
        return engines.engine(request.param)
    except engines.Unavailable as reason:
        pytest.skip(f"{reason}, or run 'make engines'")


def corpus(count: int = 400) -> pd.DataFrame:
    """Return synthetic posts in no order, with identifiers in texts."""
    made, chance = synthetic.corpus(count, count // 4, seed=9), random.Random(3)
    rows = [
        (number, post.corpus, post.platform, post.author, f"{post.time:%Y-%m}", post.region,
         f"{post.text} {one.written}" if number % 3 and post.copy_of is None else post.text)
        for number, (post, one) in enumerate(zip(made, planted(len(made))))
    ]  # fmt: skip
    chance.shuffle(rows)
    return pd.DataFrame(rows, columns=list(steps.COLUMNS))


def query(text: str, language: str, code: str) -> Query:
    return Query(code, code, language, text, plain(parsed(text)))


HARD = [
    query('"инклюзивное образование" OR "инклюзивный класс"', "ru", "a/phrase"),
    query("школа NEAR/3 (корпус OR здание)", "ru", "a/near"),
    query("(мальчик OR сын) AND NOT девочка", "ru", "a/not"),
    query("аутизм AND (ребёнок OR бала) AND NOT центр", "ru", "a/both"),
    query("тьютор* OR #аутизм", "kk", "a/prefix"),
    query("(арнайы NEAR/2 мектеп) OR ұл", "kk", "a/either"),
]


def test_queries_find_what_plain_python_finds(engine):
    posts = corpus()
    queries = [*steps.queries_of(read_study()), *HARD]
    words = engine.checkpoint(texts.words(engine, engine.frame(posts)), "words")
    result = engine.collect(finding.found(engine, words, queries))
    expected = found_in_python(posts["text"].tolist(), queries).assign(
        post=lambda hits: posts["post"].to_numpy()[hits["text"]]
    )
    columns = ["post", "code", "language", "mentions"]
    assert rows(result[columns]) == rows(expected[columns])
    found = set(expected["code"])
    assert {one.code for one in HARD} <= found, "a query that finds nothing tests nothing"


def rows(table: pd.DataFrame) -> list[tuple]:
    """Return the rows of a table in order, as Python's values."""
    return sorted(tuple(value if isinstance(value, str) else int(value) for value in row) for row in table.values)


def counts(engine) -> dict[str, list[tuple]]:
    given = steps.counted(engine, engine.frame(corpus()), read_study(), demo.KEY, frozenset(synthetic.ORGANISATIONS))
    return {name: rows(table[sorted(table.columns)]) for name, table in given.items()}


@pytest.fixture(scope="module")
def expected() -> dict[str, list[tuple]]:
    """Return the counts of DuckDB, with which every engine is compared."""
    return counts(engines.engine("duckdb"))


def test_every_engine_gives_the_same_counts(engine, expected):
    result = counts(engine)
    assert list(result) == list(expected)
    for name in expected:
        assert result[name] == expected[name], name
    assert all(expected.values()), "a table without rows tests nothing"


def test_a_name_on_two_platforms_is_two_authors_unless_chosen_otherwise(engine):
    table = pd.DataFrame(
        {"author": ["a", "a", "b", "", "", "org", "org"], "platform": ["X", "VK", "X", *["X", "VK"] * 2]}
    )
    for person, authors in ((ON_A_PLATFORM, ["", "a VK", "a X", "b X", "org"]), (ANYWHERE, ["", "a", "b", "org"])):
        made = engine.collect(texts.with_persons(engine.frame(table), ["org"], person))
        assert sorted(set(made["author"])) == authors
        plain = with_persons(table.assign(is_organisation=table["author"] == "org"), person)
        assert sorted(set(plain["author"])) == authors


def test_words_are_those_of_the_pipeline_in_memory(engine):
    posts = corpus(100)
    posts["text"] = [masked(text) for text in posts["text"]]
    result = engine.collect(texts.words(engine, engine.frame(posts))).sort_values(["post", "place"])
    from evidence.listening.letters import one_script

    ours = {post: [one_script(word.lower()) for word in part["found"]] for post, part in result.groupby("post")}
    assert ours == {row.post: tokens(row.text) for row in posts.itertuples() if tokens(row.text)}


def test_no_text_that_masking_changes_is_passed_over(engine):
    """The filter of texts that may hold an identifier errs towards too many: every planted form, wherever it is."""
    chance, identifiers = random.Random(5), planted(500)
    given = [post.text for post in synthetic.corpus(300, 100)]
    identifiers += every_form()
    written = [how for one in identifiers for how in (one.written, one.written.upper(), one.written.title())]
    given += [where.format(how) for how in written for where in SURROUNDINGS]
    assert len(identifiers) > 1000
    letters = "аб вг зО0137 .,@:/_-abtgинст\u00a0\u2013０七🙂&%<()"
    given += ["".join(chance.choice(letters) for _ in range(chance.randrange(3, 40))) for _ in range(2000)]
    frame = pd.DataFrame({"text": sorted(set(given))})
    looked_at = set(engine.collect(texts.suspicious(engine.frame(frame)))["text"])
    passed = [text for text in frame["text"] if text not in looked_at]
    assert [text for text in passed if masked(text) != folded(text) or tokens(text) != tokens(masked(text))] == []
    assert len(passed) > 100, "a filter that looks at everything saves nothing"


def test_five_hundred_identifiers_are_gone_before_anything_is_counted(engine):
    identifiers = planted(500)
    posts = pd.DataFrame(
        [
            (n, "public", "News", one.written, "2022-01", "", f"инклюзия {one.written}")
            for n, one in enumerate(identifiers)
        ],
        columns=list(steps.COLUMNS),
    )
    result = engine.collect(texts.protected(engine, engine.frame(posts), demo.KEY))
    assert len(result) == 500
    for row in result.itertuples():
        assert betrayed(row.text, identifiers) == [] and betrayed(row.author, identifiers) == [], row.text


def test_an_account_that_repeats_itself_is_flagged(engine):
    posts = corpus()
    bot = pd.DataFrame(
        [(10_000 + n, "public", "VK", "shouter", "2022-02", "", "аутизм") for n in range(6)],
        columns=list(steps.COLUMNS),
    )
    frame = engine.frame(pd.concat([posts, bot], ignore_index=True))
    flagged = engine.collect(counting.bots(frame, 6)).set_index("author")
    assert flagged.loc["shouter", "copies"] == 6
    rest = engine.collect(counting.without_authors(frame, counting.bots(frame, 6)))
    assert "shouter" not in set(rest["author"]) and len(rest) >= len(posts) - 20


def test_the_pattern_of_words_is_that_of_the_pipeline():
    assert engines.pattern_of_python(texts.WORDS) == TOKEN.pattern


def test_a_study_without_a_hit_gives_empty_tables(engine):
    posts = corpus(20)
    study = Study({"queries": [query("слон", "ru", "elephants")], "gender": []}, [], ())
    result = steps.counted(engine, engine.frame(posts), study, demo.KEY)
    assert len(result["volume"]) == 0 and list(result["codes"].columns)
