"""One command makes a report, and nothing of a person is in it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from html.parser import HTMLParser

import pandas as pd
import pytest

from evidence.listening import commands
from evidence.listening.results import PARAMETERS
from evidence.listening.rulebook import RULEBOOK
from evidence.listening.rules import BASES
from tests.listening.planted import betrayed, planted
from tests.listening.test_reading import NEW, message, new_row, table, telegram

pytest.importorskip("lark", reason="lark is not installed: make listening")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make listening")


@pytest.fixture
def exports(tmp_path):
    """Return a folder of a few synthetic exports, and a key beside it."""
    from evidence.listening.demo import write_demo

    folder = tmp_path / "exports"
    write_demo(folder, 300, 100)
    commands.run(["key", str(tmp_path / "team.key")])
    return folder


def report(folder, *options):
    to = folder.parent / "report"
    key = folder.parent / "team.key"
    return commands.run(["report", str(folder), "--key", str(key), "--to", str(to), *options]), to


def test_a_report_is_a_page_tables_and_a_package(exports, capsys):
    code, to = report(exports)
    assert code == 0 and "0 set aside" in capsys.readouterr().out
    package = json.loads((to / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        heads = [field["name"] for field in resource["schema"]["fields"]]
        assert pd.read_csv(to / resource["path"], nrows=1).columns.tolist() == heads, resource["name"]
    page = (to / "index.html").read_text(encoding="utf-8")
    assert "Synthetic data." in page and "Tone is not computed" in page
    barriers = pd.read_csv(to / "tables/barriers.csv").query("corpus == 'public'").dropna(subset="share_pct")
    most = barriers.loc[barriers["posts"].idxmax()]
    lead = page[: page.index("What this cannot say")]
    assert f"“{most['title']}”: {most['posts']:.0f} of {most['of']:.0f} ({most['share_pct']:.1f}" in lead
    links = set(re.findall(r"(?:src|href)=['\"]([^'\"]*)", page))
    assert links == {"dashboard.html", "#doubts"} and not re.search(r"https?:|@import|url\(", page)
    HTMLParser().feed(page)
    for rule in RULEBOOK:
        assert rule.title in page


def test_the_same_exports_give_the_same_tables_and_another_key_too(exports):
    (exports / "labels.csv").unlink()  # they name posts, and names depend on the key
    _, to = report(exports)
    first = {path.name: path.read_bytes() for path in (to / "tables").iterdir()}
    (exports.parent / "team.key").unlink()
    commands.run(["key", str(exports.parent / "team.key")])
    _, to = report(exports)
    assert {path.name: path.read_bytes() for path in (to / "tables").iterdir()} == first


EVERY_PART = ("Дата", "Время", "Текст", "Автор", "Источник", "Город", "Страна", "Ссылка", "Тип", "Примечание")


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def test_five_hundred_identifiers_are_in_no_output_log_or_temporary_file(tmp_path, monkeypatch, capsys):
    """Planted in texts, authors, forwards, places and broken rows; looked for in all that is left behind."""
    identifiers = planted(500)
    folder, temporary = tmp_path / "exports", tmp_path / "temporary"
    for path in (folder / "public", folder / "organisations", temporary):
        path.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    rows = [
        new_row(
            number, f"инклюзивное образование {one.written.replace(chr(34), '')} #дети{number % 3}", who=one.written
        )
        for number, one in enumerate(identifiers)
    ]
    rows += [new_row(number, "инклюзия", day=one.written) for number, one in enumerate(identifiers, start=1000)]
    rows += [["x", one.written] for one in identifiers]
    (folder / "public/meltwater.csv").write_text(table(NEW, rows), encoding="utf-8")
    chat = [
        message(number, ["инклюзия ", one.written], from_id=one.written, forwarded_from=one.core)
        for number, one in enumerate(identifiers)
    ]
    chat += [message(number, one.written, date_unixtime="x") for number, one in enumerate(identifiers, start=1000)]
    group = telegram(*chat, kind="public_supergroup", name="group")
    (folder / "organisations/result.json").write_text(json.dumps(group, ensure_ascii=False), encoding="utf-8")
    every = [dict(zip(EVERY_PART, ["15.05.2022", *[one.written] * (len(EVERY_PART) - 1)])) for one in identifiers]
    (folder / "public/list.json").write_text(json.dumps(every, ensure_ascii=False), encoding="utf-8")
    lines = [";".join(EVERY_PART), *(";".join(["15.05.2022", *map(quoted, list(one.values())[1:])]) for one in every)]
    (folder / "public/table.csv").write_text("\n".join(lines), encoding="utf-8")
    commands.run(["key", str(tmp_path / "team.key")])
    refused = report(folder)[0]
    from evidence.listening import report as module

    def broken_off(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "analysed", broken_off)
        with pytest.raises(KeyboardInterrupt):
            report(folder, "--set-aside", "--under", "0", "--keep", str(tmp_path / "kept"))
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == 4 and not any(path.stat().st_mode & 0o077 for path in kept)
    for path in kept:
        posts = json.loads(path.read_text(encoding="utf-8"))["posts"]
        assert betrayed("\n".join(str(post) for post in posts), identifiers) == []
    code, to = report(folder, "--set-aside", "--under", "0", "--keep", str(tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()
    said = "".join(capsys.readouterr())
    assert (refused, code) == (1, 0)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
    assert to / "index.html" in left
    for one in (said, *(path.read_text(encoding="utf-8") for path in left)):
        for line in one.splitlines():
            assert betrayed(line, identifiers) == [], line[:200]


def test_a_sample_holds_masked_texts_and_is_only_its_owners(exports, capsys):
    sheet = exports.parent / "sheet.csv"
    options = ["sample", str(exports), "--key", str(exports.parent / "team.key"), "--sheet", str(sheet), "--each", "20"]
    assert commands.run(options) == 0
    drawn = pd.read_csv(sheet)
    assert len(drawn) == 60  # the organisations have no post that is not found
    assert sheet.stat().st_mode & 0o077 == 0
    assert not drawn["text"].str.contains("example.com|8 7", regex=True).any()
    assert commands.run(options) == 1 and "already" in capsys.readouterr().err


def test_small_cells_are_not_shown(exports):
    public = exports / "public"
    shutil.rmtree(public)
    public.mkdir()
    rows = [new_row(number, "инклюзия для мальчиков", who=f"a{number}") for number in range(30)]
    rows += [new_row(100 + number, "инклюзия и пандус #редкое", who="b") for number in range(3)]
    (public / "a.csv").write_text(table(NEW, rows), encoding="utf-8")
    _, to = report(exports)
    barriers = pd.read_csv(to / "tables/barriers.csv").set_index(["corpus", "code"])
    assert pd.isna(barriers.loc[("public", "access"), "posts"]) and barriers.loc[("public", "violence"), "posts"] == 0
    assert "редкое" not in (to / "tables/hashtags.csv").read_text(encoding="utf-8")
    assert "пандус" not in set(pd.read_csv(to / "tables/key_words.csv").query("public > 0")["word"])


def test_a_corpus_of_a_few_posts_gives_no_count_away(exports):
    shutil.rmtree(exports / "public")
    (exports / "public").mkdir()
    rows = [new_row(number, "инклюзия для мальчиков", who="a") for number in range(3)]
    (exports / "public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    _, to = report(exports)
    for path in (to / "tables").iterdir():
        read = pd.read_csv(path)
        if "corpus" not in read or path.stem in ("read", "trend"):  # posts read, months
            continue
        numbers = read[read["corpus"] == "public"].select_dtypes("number").stack()
        assert not numbers.isin([1, 2, 3]).any(), path.stem
    shown = (to / "index.html").read_text(encoding="utf-8")
    assert "How many of the posts of the public are on the topic is not shown" in shown


def test_no_five_words_of_a_post_are_quoted(exports):
    from evidence.listening.demo import corpus

    _, to = report(exports, "--under", "0")
    said = "\n".join(path.read_text(encoding="utf-8") for path in to.rglob("*") if path.is_file())
    said = " ".join(re.findall(r"\w+", said.lower()))
    for post in corpus(300, 100):
        words = re.findall(r"\w+", post.text.lower())
        for start in range(len(words) - 4):
            assert " ".join(words[start : start + 5]) not in said


def test_a_folder_without_a_post_on_the_topic_still_makes_a_report(exports):
    shutil.rmtree(exports / "organisations")
    rows = [new_row(1, "погода")]
    for path in (exports / "public").iterdir():
        path.unlink()
    (exports / "public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    code, to = report(exports)
    assert code == 0 and len(pd.read_csv(to / "tables/volume.csv")) == 0


@pytest.mark.parametrize("option", ["--from-month=2022-1", "--to-month=May"])
def test_a_month_that_is_none_is_told(exports, option, capsys):
    assert report(exports, option)[0] == 1 and "write 2022-01" in capsys.readouterr().err


def test_every_rule_reads_and_every_parameter_stands_in_one():
    named = {parameter.name for rule in RULEBOOK for parameter in rule.parameters}
    assert {parameter.name for parameter in PARAMETERS} <= named
    for rule in RULEBOOK:
        assert rule.basis in BASES and "{" not in rule.text() and rule.where
        assert all(parameter.basis in BASES and parameter.where for parameter in rule.parameters)


def test_a_folder_that_is_no_report_is_left_alone(exports, capsys):
    to = exports.parent / "report"
    to.mkdir()
    (to / "thesis.txt").write_text("mine", encoding="utf-8")
    assert report(exports)[0] == 1 and "not a report" in capsys.readouterr().err
    assert [path.name for path in to.iterdir()] == ["thesis.txt"]


def test_a_run_that_was_broken_off_goes_on_where_it_was(exports, monkeypatch):
    from evidence.listening.reading import folder as module

    read, opened = module.read_file, []

    def stops(path, settings):
        opened.append(path.name)
        if len(opened) == 3:
            raise KeyboardInterrupt
        return read(path, settings)

    _, whole = report(exports)
    tables = {path.name: path.read_bytes() for path in (whole / "tables").iterdir()}
    keep = exports.parent / "kept"
    monkeypatch.setattr(module, "read_file", stops)
    with pytest.raises(KeyboardInterrupt):
        report(exports, "--keep", str(keep))
    assert len(list(keep.iterdir())) == 2
    broken = opened[2]
    assert report(exports, "--keep", str(keep))[0] == 0
    assert opened[3] == broken and not set(opened[:2]) & set(opened[3:])
    assert {path.name: path.read_bytes() for path in (whole / "tables").iterdir()} == tables
    assert not keep.exists()


def test_what_was_kept_counts_for_the_same_file_key_and_settings_only(exports):
    from evidence.listening.reading.kept import name_of
    from evidence.listening.reading.posts import Settings

    path = next((exports / "public").glob("*.csv"))
    names = {name_of(path, corpus, file, Settings(bytes([key] * 32), zone=zone))
             for corpus in ("public", "organisations") for file in ("a.csv", "b/a.csv")
             for key in (1, 2) for zone in ("Asia/Almaty", "UTC")}  # fmt: skip
    assert len(names) == 16
    path.write_bytes(path.read_bytes() + b"\n")
    assert name_of(path, "public", "a.csv", Settings(bytes([1] * 32))) not in names


def test_the_dashboard_holds_the_published_tables_and_asks_no_other_host(exports):
    _, to = report(exports)
    page = (to / "dashboard.html").read_text(encoding="utf-8")
    shown = set(re.findall('data-table="([^"]+)"', page))
    written = {path.stem for path in (to / "tables").glob("*.csv") if len(pd.read_csv(path))}
    assert shown == written and "http" not in re.sub("http-equiv", "", page)
    assert "Synthetic data" in page


def test_nothing_is_left_of_a_report_that_fails(exports, monkeypatch):
    from evidence.toolkit import reports as module

    def fail(*_, **__):
        raise RuntimeError("stopped")

    monkeypatch.setattr(module.json, "dumps", fail)
    with pytest.raises(RuntimeError, match="stopped"):
        report(exports)
    assert sorted(path.name for path in exports.parent.iterdir()) == ["exports", "team.key"]


def test_a_key_inside_the_exports_and_a_wrong_zone_are_refused(exports, capsys):
    key = exports.parent / "team.key"
    shutil.copy(key, exports / "team.key")
    assert commands.run(["report", str(exports), "--key", str(exports / "team.key")]) == 1
    assert "keep the key apart" in capsys.readouterr().err
    assert report(exports, "--zone", "Asia/Nowhere")[0] == 1 and "not a zone" in capsys.readouterr().err


def test_a_wrong_book_of_the_user_stops_the_report(exports, capsys):
    (exports / "barriers.csv").write_text("code,title,language,query\na,A,ru,школа дети\n", encoding="utf-8")
    assert report(exports)[0] == 1
    assert "barriers.csv, row 2, query: 'школа дети' character 7: two words" in capsys.readouterr().err


def test_lint_tells_what_is_doubtful_and_rules_tell_who_set_what(tmp_path, capsys):
    path = tmp_path / "q.csv"
    path.write_text("code,title,language,query\na,A,kk,ұл*\n", encoding="utf-8")
    assert commands.run(["lint", str(path)]) == 0 and "fewer than 4" in capsys.readouterr().out
    assert commands.run(["rules"]) == 0
    said = capsys.readouterr().out
    assert "(ours: " in said and "A Tale of Two Studies" in said


def test_the_sensitivity_table_moves_one_choice_at_a_time(synthetic):
    moves = synthetic.results.tables["sensitivity"]
    posts = moves[moves["headline"] == "Posts on the topic"].set_index(["choice", "value"])
    assert posts.loc[("Copies", "nothing"), "change"] > 0 > posts.loc[("Copies", "text"), "change"]
    assert ("Reposts", "left out") not in posts.index  # none is marked
    assert any(words.startswith("Reposts: ") for words in synthetic.results.untold)
    boys = moves[moves["headline"].str.startswith("Boys")].set_index(["choice", "value"])
    assert boys.loc[("Both boys and girls", "in each"), "change"] < -3
    assert (moves["change"].round(9) == (moves["otherwise"] - moves["as_chosen"]).round(9)).all()
