"""A corpus that is kept on disk gives the tables of one in memory, and no identifier is written anywhere."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pandas as pd
import pytest

pytest.importorskip("lark", reason="lark is not installed: make site")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")

from evidence.listening import demo, languages, said, sampling  # noqa: E402
from evidence.listening import report as module  # noqa: E402
from evidence.listening.large import parts  # noqa: E402
from evidence.listening.reading import folder as reading  # noqa: E402
from evidence.listening.reading.posts import Settings  # noqa: E402
from evidence.listening.synthetic import ORGANISATIONS, corpus  # noqa: E402
from evidence.toolkit.engines import duckdb_engine  # noqa: E402
from evidence.toolkit.faults import BadInput  # noqa: E402
from tests.listening.planted import betrayed, planted  # noqa: E402

SETTINGS = Settings(demo.KEY)
MAPPING = '[columns]\ntext = "Body"\ntime = "Posted"\nauthor = "User"\nidentifier = "Id"\nregion = "Where"\n'


def write_parquet(path, rows):
    """Write rows of Id, Body, Posted, User and Where."""
    table = pd.DataFrame(rows, columns=["Id", "Body", "Posted", "User", "Where"])
    path.with_name("mapping.toml").write_text(MAPPING + '[constants]\nplatform = "VK"\n', encoding="utf-8")
    texts = dict.fromkeys(("Id", "Body", "User", "Where"), object)
    relation = duckdb_engine().session.from_df(table.astype(texts))
    relation.write_parquet(str(path))


@pytest.fixture
def exports(tmp_path):
    """Return a folder of synthetic exports of every kind, Parquet with times among them."""
    folder = tmp_path / "exports"
    demo.write_demo(folder, 500, 150)
    (folder / "public/more").mkdir()
    rows = [
        (None if n % 5 == 0 else f"пост {n}" if n % 5 == 1 else f"post {n // 2}", post.text,
         post.time.astimezone(UTC), f"{post.author}Ж" if n % 2 else ORGANISATIONS[0], f" {post.region} ")
        for n, post in enumerate(corpus(300, 10, seed=4))
    ]  # fmt: skip
    write_parquet(folder / "public/more/posts-synthetic.parquet", rows)
    return folder


def made(folder, many, **options):
    """Return the tables of a report, by name."""
    to = folder.parent / f"report-{many}"
    module.make_report(folder, to, SETTINGS, many=many, **options)
    return {path.name: pd.read_csv(path) for path in sorted((to / "tables").iterdir())}


def by_letters_only(monkeypatch):
    """Leave out what a corpus on disk does without: the model of languages, and near texts."""
    monkeypatch.setattr(said, "available", lambda _: False)
    monkeypatch.setattr(reading, "with_near_texts", lambda posts: posts)


OTHERWISE = {"unit": "authors", "same": "text", "bots": "left out", "under": 0}
OTHERWISE |= {"person": "name", "plain_kazakh": "passed over"}


@pytest.mark.parametrize("options", [{}, OTHERWISE], ids=["as set", "otherwise"])
def test_tables_are_those_of_a_corpus_in_memory(exports, monkeypatch, options):
    by_letters_only(monkeypatch)
    small, large = made(exports, 10**9, **options), made(exports, 0, **options)
    assert list(small) == list(large) and len(small) > 20
    for name, table in small.items():
        pd.testing.assert_frame_equal(large[name], table, obj=name)
    assert len(small["quality.csv"]) > 3 and small["hashtags.csv"]["posts"].sum() > 0


def test_parquet_gives_the_posts_that_reading_row_by_row_gives(exports, tmp_path):
    path = exports / "public/more/posts-synthetic.parquet"
    settings = reading.with_organisations(SETTINGS, exports)
    fast, slow = tmp_path / "fast.parquet", tmp_path / "slow.parquet"
    faults, notes = parts.written_by_duckdb(path, "public", path.name, settings, fast)
    told = "text from “body”, time from “posted”, author from “user”, identifier from “id”, region from “where”"
    assert (faults, notes) == ([], [f"posts-synthetic.parquet: {told}"])
    parts.written_by_rows(path, "public", path.name, settings, slow)
    read = [duckdb_engine().session.read_parquet(str(one)).order("row").df() for one in (fast, slow)]
    pd.testing.assert_frame_equal(read[0][parts.COLUMNS], read[1][parts.COLUMNS], check_dtype=False)
    assert read[0]["is_organisation"].any() and not read[0]["is_organisation"].all()


def test_rows_with_faults_are_named_and_set_aside_only_when_asked(exports):
    now = datetime(2022, 5, 15, tzinfo=UTC)
    rows = [("1", "инклюзия", now, "a", ""), ("2", " ", now, "a", ""), ("3", "инклюзия", None, "a", "")]
    write_parquet(exports / "public/more/posts-synthetic.parquet", rows)
    with pytest.raises(BadInput) as caught:
        made(exports, 0)
    assert [(one.row, one.column) for one in caught.value.faults] == [(3, "posted")]
    assert not (exports.parent / "report-0").exists()
    tables = made(exports, 0, set_aside=True)
    assert tables["set_aside.csv"]["rows"].sum() == 1
    assert tables["left_out.csv"].query("file == 'more/posts-synthetic.parquet'")["rows"].tolist() == [1]


@pytest.mark.parametrize("about", ["topic", "barriers/teachers"])
def test_one_seed_draws_the_same_sample_from_disk_as_from_memory(exports, about):
    small, large = (sampling.drawn(exports, SETTINGS, about, each=25, many=many) for many in (10**9, 0))
    pd.testing.assert_frame_equal(large, small, check_dtype=False)
    assert len(small) > 40 and small["post"].is_unique and set(small["corpus"]) == {"public", "organisations"}
    other = sampling.drawn(exports, SETTINGS, about, each=25, seed=7, many=0)
    assert set(other["post"]) != set(large["post"])


def test_a_code_that_is_none_is_told_before_anything_is_read(tmp_path):
    with pytest.raises(BadInput, match="barriers/violence"):
        sampling.drawn(tmp_path / "nowhere", SETTINGS, "barriers/nothing")


def test_size_decides(exports):
    assert parts.is_large(exports, 300) and not parts.is_large(exports, 100_000)


def test_a_run_that_was_broken_off_goes_on_and_leaves_nothing(exports, monkeypatch):
    keep, written = exports.parent / "kept", []
    write = parts.written_by_rows

    def stops(path, *rest):
        written.append(path.name)
        if len(written) == 3:
            raise KeyboardInterrupt
        return write(path, *rest)

    monkeypatch.setattr(parts, "written_by_rows", stops)
    with pytest.raises(KeyboardInterrupt):
        made(exports, 0, keep=keep)
    assert len(list(keep.glob("*.json"))) >= 2
    assert sorted(path.name for path in exports.parent.iterdir()) == ["exports", "kept"]
    made(exports, 0, keep=keep)
    assert written[3] == written[2] and not set(written[:2]) & set(written[3:])
    assert not keep.exists()
    made(exports, 0)
    assert sorted(path.name for path in exports.parent.iterdir()) == ["exports", "report-0"]


def test_five_hundred_identifiers_are_in_no_file_that_is_left_or_kept(tmp_path, monkeypatch):
    identifiers = planted(500)
    folder, keep = tmp_path / "exports", tmp_path / "kept"
    (folder / "public").mkdir(parents=True)
    now = datetime(2022, 5, 15, tzinfo=UTC)
    rows = [(one.written, f"инклюзия {one.written} #дети", now, one.written, "") for one in identifiers]
    write_parquet(folder / "public/a.parquet", rows)
    seen = {}

    def looked_at(*_, **__):
        seen.update({path.name: path.read_bytes() for path in keep.iterdir()})
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "analysed", looked_at)
    with pytest.raises(KeyboardInterrupt):
        module.make_report(folder, tmp_path / "report", SETTINGS, many=0, keep=keep)
    assert {name.rpartition(".")[2] for name in seen} >= {"parquet", "json", "duckdb"}
    for content in seen.values():
        for one in identifiers:
            assert one.core.encode() not in content and one.written.encode() not in content, one.form
    part = next(path for path in keep.glob("*.parquet"))
    posts = duckdb_engine().session.read_parquet(str(part)).df()
    assert len(posts) == 500
    for value in posts[["post", "author", "text", "platform", "region"]].to_numpy().ravel():
        assert betrayed(value, identifiers) == [], value
    monkeypatch.undo()
    module.make_report(folder, tmp_path / "report", SETTINGS, many=0, keep=keep)
    for path in (tmp_path / "report").rglob("*.*"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert betrayed(line, identifiers) == [], line[:200]
    shutil.rmtree(keep, ignore_errors=True)


def test_letters_tell_the_languages_of_both(exports, monkeypatch):
    by_letters_only(monkeypatch)
    assert languages.language_of("Ұлымда аутизм бар", with_model=False) == "kk"
    assert made(exports, 0)["languages.csv"].equals(made(exports, 10**9)["languages.csv"])
