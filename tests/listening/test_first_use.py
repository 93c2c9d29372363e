"""A folder as somebody new to the toolkit has it: tables of other tools, spreadsheets, gaps and deleted posts."""

from __future__ import annotations

import datetime
import json

import pandas as pd
import pytest

pytest.importorskip("ijson", reason="ijson is not installed: make site")
pytest.importorskip("lark", reason="lark is not installed: make site")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")

from evidence.listening import analyses, coding, commands, gender, languages, places, results, sensitivity, validation
from evidence.listening.large import parts
from evidence.listening.masking import masked
from evidence.listening.page import html_page
from evidence.listening.queries.table import Query, read_queries
from evidence.listening.reading.dates import read_time
from evidence.listening.reading.folder import read_file, read_folder
from evidence.listening.reading.heads import ACCEPTED, columns_of
from evidence.listening.reading.platforms import platform_name
from evidence.listening.reading.posts import NO_WORDS, Settings, protected
from evidence.listening.reading.text import plain_head
from evidence.listening.report import make_report
from evidence.listening.said import InMemory
from evidence.toolkit.engines import duckdb_engine
from evidence.toolkit.faults import BadInput

SETTINGS = Settings(bytes(range(32)))
RUSSIAN = "Дата;Время;Автор;Текст;Источник;Ссылка;Регион;Тональность"
KAZAKH = "Күні;Авторы;Мәтін;Желі;Қала"
ENGLISH = "created_at;username;message;network;city"


@pytest.fixture
def folder(tmp_path):
    for name in ("public", "organisations"):
        (tmp_path / name).mkdir()
    return tmp_path


def rows(number, text="Инклюзивное образование {}"):
    """Return lines under the Russian heads."""
    return [
        f"15.05.2022;9:{n % 60:02};a{n};{text.format(n)};vk.com;https://vk.com/wall{n};Алматы;0" for n in range(number)
    ]


def workbook(path, sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "kz1048", "utf-16"])
def test_russian_heads_are_known_in_every_encoding(folder, encoding):
    (folder / "public/выгрузка.csv").write_bytes("\r\n".join([RUSSIAN, *rows(2)]).encode(encoding))
    corpus = read_folder(folder, SETTINGS)
    assert corpus.posts["text"].tolist() == ["Инклюзивное образование 0", "Инклюзивное образование 1"]
    assert corpus.posts["time"].iloc[1].isoformat() == "2022-05-15T03:01:00+00:00"
    assert set(corpus.posts["platform"]) == {"VK"} and set(corpus.posts["region"]) == {"Алматы"}
    assert any("text from “текст”" in note and "columns not read: тональность" in note for note in corpus.notes)


@pytest.mark.parametrize("heads", [KAZAKH, ENGLISH])
def test_kazakh_and_english_heads_are_known(folder, heads):
    (folder / "public/a.csv").write_text(f"{heads}\n2022-05-15;b;Мектеп;Instagram;Алматы\n", encoding="utf-8")
    (post,) = read_folder(folder, SETTINGS).posts.to_dict("records")
    assert (post["text"], post["platform"], post["region"]) == ("Мектеп", "Instagram", "Алматы")
    assert post["author"].startswith("person-")


@pytest.mark.parametrize(
    "text, moment",
    [
        ("15.05.2022 9:30", "2022-05-15T03:30"),
        ("15.05.22 09:30", "2022-05-15T03:30"),
        ("15.05.2022, 09:30", "2022-05-15T03:30"),
        ("15.05.2022 в 09:30", "2022-05-15T03:30"),
        ("2022-05-15 9:30", "2022-05-15T03:30"),
        ("03.04.2022", "2022-04-02T18:00"),
        ("15 мая 2022 г., 10:30", "2022-05-15T04:30"),
        ("1 марта 2022 в 9:05", "2022-03-01T03:05"),
        ("15 сент. 2022 10:30", "2022-09-15T04:30"),
        ("15 мамыр 2022, 10:30", "2022-05-15T04:30"),
        ("2022 жылғы 15 маусым", "2022-06-14T18:00"),
        ("2 March 2022 at 10:30 PM", "2022-03-02T16:30"),
    ],
)
def test_times_are_read_as_people_and_spreadsheets_write_them(text, moment):
    assert read_time(text, "", SETTINGS).isoformat().startswith(moment)


def test_points_put_the_day_first_whatever_is_said(folder):
    (folder / "public/a.csv").write_text("date;text\n03.04.2022;Екі\n", encoding="utf-8")
    corpus = read_folder(folder, Settings(SETTINGS.key, day_first=False))
    assert corpus.posts["month"].tolist() == ["2022-04"] and not any("such as 05/06" in note for note in corpus.notes)


def test_a_time_of_day_that_is_none_costs_no_post(folder):
    (folder / "public/a.csv").write_text("Дата;Время;Текст\n15.05.2022;утром;Школа\n", encoding="utf-8")
    corpus = read_folder(folder, SETTINGS)
    assert corpus.posts["day"].tolist() == ["2022-05-15"] and corpus.faults == []
    assert any("1 time(s) of day in “время” were no time; the day counts" in note for note in corpus.notes)


def test_a_workbook_is_read_as_a_table_is(folder):
    day = datetime.datetime(2022, 5, 15, 9, 30)
    lines = [["Мониторинг"], [None, None], ["№", "Дата публикации", "Текст", "Площадка"], [1, day, "Школа", "TikTok"]]
    lines += [[2, "16.05.2022", "Сад", "x"], [None, None, None, None]]
    workbook(folder / "public/a.xlsx", {"Итоги": [["Всего", 2]], "Посты": lines, "Ещё": [["a"], ["b"]]})
    corpus = read_folder(folder, SETTINGS)
    assert list(zip(corpus.posts["text"], corpus.posts["row"])) == [("Школа", 4), ("Сад", 5)]
    assert corpus.posts["day"].tolist() == ["2022-05-15", "2022-05-16"]
    assert corpus.posts["platform"].tolist() == ["TikTok", "X"]
    assert any("sheet Посты is read; not read: Итоги, Ещё" in note for note in corpus.notes)
    (folder / "public/a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(BadInput, match="a.xlsx: is not a workbook"):
        read_folder(folder, SETTINGS)


def test_an_export_of_the_platform_may_be_a_workbook(folder):
    heads = ["Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Country"]
    workbook(
        folder / "public/a.xlsx", {"A": [heads, ["15-May-2022 03:45PM", "", "u1", "Школа", "", "vk.com", "a", ""]]}
    )
    corpus = read_folder(folder, SETTINGS)
    assert corpus.posts["text"].tolist() == ["Школа"] and any("Meltwater, old" in note for note in corpus.notes)


def test_a_list_in_json_and_objects_in_objects_are_read(folder):
    posts = [{"text": "Школа", "created_at": "2022-05-15T10:00:00Z", "user": {"username": "a"}, "tags": ["b"]}, 7]
    (folder / "public/a.json").write_text(json.dumps(posts), encoding="utf-8")
    (folder / "public/mapping.toml").write_text('[columns]\nauthor = "user.username"\n', encoding="utf-8")
    corpus = read_folder(folder, SETTINGS, set_aside=True)
    assert corpus.posts["author"].str.startswith("person-").tolist() == [True]
    assert [(one.row, one.rule) for one in corpus.faults] == [(2, "is not an object with names and values")]
    (folder / "public/b.json").write_text('{"posts": []}', encoding="utf-8")
    with pytest.raises(BadInput, match="b.json: holds no message of Telegram"):
        read_folder(folder, SETTINGS, set_aside=True)


def test_a_mapping_helps_the_file_that_needs_it_and_harms_no_other(folder):
    (folder / "public/mapping.toml").write_text('[columns]\ntext = "Nachricht"\n', encoding="utf-8")
    (folder / "public/a.csv").write_text("date,Nachricht\n2022-05-15,Бір\n", encoding="utf-8")
    (folder / "public/b.csv").write_text("date,text\n2022-05-15,Екі\n", encoding="utf-8")
    assert read_folder(folder, SETTINGS).posts["text"].tolist() == ["Бір", "Екі"]


def test_unknown_heads_are_answered_with_the_names_that_are_known_and_no_row(folder):
    (folder / "public/a.csv").write_text("Дата;Nachricht\n15.05.2022;тайное 87012345678\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_folder(folder, SETTINGS)
    (fault,) = caught.value.faults
    assert fault.column == "text" and "one of: text, " in fault.rule and "мәтін" in fault.rule
    assert "its columns: дата, nachricht" in fault.rule and '[columns] and, below it, text = "its name"' in fault.rule
    assert "тайное" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.xls", "a.zip", "messages.html", "a.docx"])
def test_posts_of_a_kind_that_is_not_read_are_never_passed_over(folder, name):
    (folder / "public/b.csv").write_text("date,text\n2022-05-15,Екі\n", encoding="utf-8")
    (folder / "public" / name).write_bytes(b"x")
    with pytest.raises(BadInput, match=f"{name}: is of a kind that is not read"):
        read_folder(folder, SETTINGS, set_aside=True)


def test_files_outside_the_two_corpora_are_named(folder):
    (folder / "posts.csv").write_text("date,text\n2022-05-15,Екі\n", encoding="utf-8")
    (folder / "queries.csv").write_text("code,title,language,query\na,A,ru,школа\n", encoding="utf-8")
    with pytest.raises(BadInput, match="these lie outside: posts.csv"):
        read_folder(folder, SETTINGS)
    (folder / "public/b.csv").write_text("date,text\n2022-05-15,Екі\n", encoding="utf-8")
    notes = read_folder(folder, SETTINGS).notes
    assert [note for note in notes if "not read; exports lie in" in note] == [
        "posts.csv: not read; exports lie in public/ or organisations/"
    ]


@pytest.mark.parametrize(
    "content, rule",
    [
        (b"", "a.csv: is empty"),
        ("Дата;Текст\n".encode(), "has no post that can be counted"),
        ("Дата;Текст\nвчера;Школа\n".encode(), "row 2, дата: is not a time"),
        ("Дата;Текст\n05/13/2022;Школа\n".encode(), "say --month-first"),
        ("просто текст\n".encode(), "no column is named as one of"),
        (bytes(range(128, 256)) * 9, "--encoding"),
    ],
)
def test_a_file_that_gives_no_post_is_answered_in_words(folder, content, rule, capsys):
    (folder / "public/a.csv").write_bytes(content)
    assert commands.run(["key", str(folder / "team.key")]) == 0
    where = ["--key", str(folder / "team.key"), "--to", str(folder / "out")]
    (folder / "exports").mkdir()
    (folder / "public").rename(folder / "exports/public")
    assert commands.run(["report", str(folder / "exports"), *where, "--set-aside"]) == 1
    assert rule in capsys.readouterr().err and not (folder / "out").exists()
    assert commands.run(["report", str(folder / "nowhere"), *where]) == 1
    assert "nowhere: is not there" in capsys.readouterr().err


def test_the_names_of_columns_are_printed_and_each_is_of_use(capsys):
    assert commands.run(["names"]) == 0
    said = capsys.readouterr().out
    for part, names in ACCEPTED.items():
        assert f"{part}: " in said
        for name in names:
            assert name == plain_head(name) and name in said
            assert columns_of([name, "text", "date"], {}).get(part) or part in ("time", "clock", "text"), name
    assert columns_of(["date", "time", "text"], {}) == {"text": "text", "time": "date", "clock": "time"}
    assert columns_of(["time", "text"], {}) == {"text": "text", "time": "time"}


def test_deleted_and_empty_posts_are_counted_apart_and_stop_nothing(folder):
    gone = ["", "[deleted]", "[удалено]", "Публикация удалена", "Пост жойылды".removeprefix("Пост ")]
    lines = [f"2022-05-15;{text}" for text in (*gone, "Удалено три поста, почему?", "👏👏")]
    (folder / "public/a.csv").write_text("\n".join(["date;text", *lines]), encoding="utf-8")
    message = {"id": 1, "type": "message", "date_unixtime": "1652600000", "text": "", "photo": "a.jpg"}
    chat = {"name": "c", "type": "public_channel", "id": 7, "messages": [message]}
    (folder / "organisations/b.json").write_text(json.dumps(chat), encoding="utf-8")
    corpus = read_folder(folder, SETTINGS)
    assert corpus.posts["text"].tolist() == ["Удалено три поста, почему?", "👏👏"] and corpus.faults == []
    assert corpus.wordless.to_dict("records") == [
        {"file": "a.csv", "rule": NO_WORDS, "rows": 5},
        {"file": "b.json", "rule": NO_WORDS, "rows": 1},
    ]
    (folder / "public/a.csv").write_text("date;text;body\n2022-05-15;;Школа\n", encoding="utf-8")
    with pytest.raises(BadInput, match="a.csv, text: is empty in every row; is it the right column"):
        read_folder(folder, SETTINGS)


def test_copies_without_an_identifier_are_told_and_rows_that_are_numbered_are_no_copies(folder):
    (folder / "public/a.csv").write_text("date;text;author\n" + "2022-05-15;Школа;a\n" * 2, encoding="utf-8")
    (folder / "public/b.csv").write_text("date;text;author\n2022-05-15;Школа;a\n2022-05-15;Школа;b\n", encoding="utf-8")
    assert len(read_folder(folder, SETTINGS).posts) == 2
    for name, text in (("a", "Бір"), ("b", "Екі")):
        (folder / f"public/{name}.csv").write_text(f"id;date;text\n1;2022-05-15;{text}\n", encoding="utf-8")
    assert len(read_folder(folder, SETTINGS).posts) == 2
    for name in "ab":
        (folder / f"public/{name}.csv").write_text("date;text\n2022-05-15;Школа\n", encoding="utf-8")
    corpus = read_folder(folder, SETTINGS)
    assert len(corpus.posts) == 2 and any("no row was taken for a copy" in note for note in corpus.notes)


@pytest.mark.parametrize(
    "written, name",
    [
        ("vk.com", "VK"), ("https://m.vk.com/wall1", "VK"), ("ВКонтакте", "VK"), ("instagram", "Instagram"),
        ("X", "X"), ("tengrinews.kz", "News"), ("zakon.kz", "Websites"), ("post.media.kz", "Websites"),
        ("book.ru", "Websites"), ("netflix.com", "Websites"), ("Threads", "Threads"), ("Мой мир", "My World"),
        ("Подслушано, Айгуль С.", "Other platforms"),
        ("", "unknown"), ("t.me/kanal", "Telegram"), ("Одноклассники", "Odnoklassniki"),
    ],
)  # fmt: skip
def test_a_platform_has_one_name_whatever_it_is_called(written, name):
    assert platform_name(written) == name


def test_a_mapping_may_name_a_platform_and_a_column_may_not(folder):
    (folder / "public/mapping.toml").write_text('[constants]\nplatform = "Кандас"\n', encoding="utf-8")
    (folder / "public/a.csv").write_text(
        "date;text;source\n2022-05-15;Бір;\n2022-05-16;Екі;Айгуль С.\n", encoding="utf-8"
    )
    assert read_folder(folder, SETTINGS).posts["platform"].tolist() == ["Кандас", "Other platforms"]


def test_a_mask_takes_nothing_of_the_next_word():
    assert masked("звоните 8 701 123 45 67 вчера") == "звоните ⟨phone⟩ вчера"
    assert masked("тел 8 7О1 123 45 б7 завтра") == "тел ⟨phone⟩ завтра"
    assert masked("8 701 123 45 67ждите") == "⟨phone⟩ждите"


def frames(folder, settings=SETTINGS):
    """Return the parts of every Parquet file of the public, as SQL and as Python read it."""
    for path in sorted((folder / "public").glob("*.parquet")):
        fast, slow = folder / "fast.parquet", folder / "slow.parquet"
        faults = parts.written_by_duckdb(path, "public", path.name, settings, fast)
        assert faults == parts.written_by_rows(path, "public", path.name, settings, slow)
        yield tuple(
            duckdb_engine().session.read_parquet(str(one)).df().sort_values("row", ignore_index=True)
            for one in (fast, slow)
        )


@pytest.mark.parametrize(
    "heads", ['"date", "text", "author", "source"', '"date", "text", "id", "source"', '"date", "text"']
)
def test_parquet_with_known_heads_is_read_alike_by_sql_and_by_python(folder, heads):
    values = "(TIMESTAMP '2022-05-15 10:30:00', {}, {}, {})"
    texts = ["'Школа'", "'Школа'", "'[удалено]'", "' '", "'Сад 8 701 234 56 78'", "NULL"]
    table = ", ".join(values.format(text, f"'{n // 2}'", "'vk.com'") for n, text in enumerate(texts))
    third = '"id"' if "id" in heads else '"author"'
    made = f'SELECT {heads} FROM (VALUES {table}) t("date", "text", {third}, "source")'
    duckdb_engine().session.execute(f"COPY ({made}) TO '{folder / 'public/a.parquet'}'")
    assert parts.is_for_duckdb(folder / "public/a.parquet")
    for fast, slow in frames(folder):
        pd.testing.assert_frame_equal(fast[parts.COLUMNS], slow[parts.COLUMNS], check_dtype=False)
        assert len(fast) == 3 and fast["post"].nunique() == (3 if heads == '"date", "text"' else 2)


@pytest.fixture
def unnamed(folder):
    """Return a folder of posts of which none says who wrote it, from which country, or whether it is a repost."""
    text = "Инклюзивное образование #инклюзия, мальчик"
    lines = [f"{n % 28 + 1:02}.05.2022;https://a.example/{n};{text} {n}" for n in range(40)]
    (folder / "public/a.csv").write_text("\n".join(["Дата;Ссылка;Текст", *lines]), encoding="utf-8")
    return folder


def test_what_posts_do_not_say_is_not_counted(unnamed):
    corpus = read_folder(unnamed, SETTINGS)
    made = results.analysed(corpus, coding.read_study())
    assert made.tables["read"]["authors"].isna().all() and made.tables["barriers"]["authors"].isna().all()
    assert "authors" not in set(made.tables["gender_choices"]["unit"])
    assert set(made.tables["sensitivity"]["choice"]).isdisjoint({"Reposts", "Unit", "Posts without a country"})
    assert len(made.untold) == 5 and any("no export names authors" in words for words in made.untold)
    with pytest.raises(BadInput, match="no post of the files has an author"):
        results.analysed(corpus, coding.read_study(), unit="authors")


def test_a_headline_without_a_post_is_no_headline(unnamed):
    corpus = read_folder(unnamed, SETTINGS)
    table = results.analysed(corpus, coding.read_study()).tables["sensitivity"]
    assert not table["headline"].str.contains("programme").any() and table["headline"].str.contains("platform").any()


def test_posts_without_an_author_have_no_author_in_common():
    posts = pd.DataFrame(
        {"corpus": "public", "post": list("abc"), "author": ["", "", "person-1"], "same_text": list("abc"),
         "text": ["Школа #школа"] * 3, "hashtag": "#школа"}
    )  # fmt: skip
    hits = pd.DataFrame(
        {"same_text": list("abc"), "book": "barriers", "code": "access", "language": "ru", "mentions": 1}
    )
    study = coding.Study({"barriers": [Query("access", "Access", "ru", "", None)]}, [], ())
    assert analyses.code_shares(posts, coding.Coding(study, hits), "barriers")["authors"].tolist() == [1]
    assert analyses.hashtags(posts)["authors"].tolist() == [1]
    said = InMemory.__new__(InMemory)
    assert set(said.word_counts(posts)["authors"]) == {1}
    told = posts.assign(country="", is_repost=False, is_organisation=False, platform="X")
    assert sensitivity.tells(told) == {"bots", "unit"}
    assert sensitivity.tells(told.assign(author="a", platform=["X", "VK", "X"])) == {"bots", "unit", "person"}
    assert set(gender.every_choice(posts.assign(author=""), hits)["unit"]) == {"posts", "mentions"}


def test_without_a_model_no_language_is_named_that_letters_do_not_tell():
    posts = pd.DataFrame({"corpus": ["public"] * 2})
    table = languages.languages(posts, pd.Series(["en", "ru"]), with_model=False)
    assert "English" not in set(table["language"]) and "Russian" not in set(table["language"])


def test_tables_that_a_spreadsheet_saved_are_read(tmp_path):
    lines = ["code;title;language;query", "bus;Автобус;ru;автобус OR маршрут"]
    (tmp_path / "queries.csv").write_bytes("\r\n".join(lines).encode("cp1251"))
    assert [query.title for query in read_queries(tmp_path / "queries.csv")[0]] == ["Автобус"]
    (tmp_path / "places.csv").write_text(
        'region;names;base\nАлматы;"алматы; алма-ата";2 161 695\n', encoding="utf-8-sig"
    )
    assert places.read_places(tmp_path / "places.csv")["алма-ата"] == ("Алматы", 2161695.0)
    (tmp_path / "labels.csv").write_text(
        "post;coder;label\np1;a;да\npost;coder;label\np2;a;жоқ\n", encoding="utf-8-sig"
    )
    assert validation.read_labels(tmp_path / "labels.csv")["label"].tolist() == [1, 0]


def test_the_page_says_first_what_was_found_by_whose_queries_and_that_nothing_left(unnamed, tmp_path, capsys):
    key, to = tmp_path / "team.key", tmp_path / "out"
    assert commands.run(["key", str(key.with_name("other.key"))]) == 0
    key = key.with_name("other.key")
    inside = unnamed / "exports"
    inside.mkdir()
    (unnamed / "public").rename(inside / "public")
    assert commands.run(["report", str(inside), "--key", str(key), "--to", str(to)]) == 0
    assert "nothing was sent anywhere" in capsys.readouterr().out
    page = (to / "index.html").read_text(encoding="utf-8")
    first = page[page.index("<h1>") :][:1200]
    assert "Of 40 posts of the public, 40 are on the topic (100.0\u00a0%)." in first
    assert "the toolkit’s own draft" in first and "Nobody has checked yet" in first and "sent anywhere" in first
    assert "−0.0<" not in page and "Not tried. Reposts" in page
    moves = page[page.index("Posts on the topic: under other choices") :]
    assert ".0<" not in moves[: moves.index("</table>")], "posts are whole"


def test_the_first_sentence_says_what_is_not_shown(unnamed):
    made = results.analysed(read_folder(unnamed, SETTINGS), coding.read_study())
    tables = made.tables | {"set_aside": pd.DataFrame()}
    tables["read"] = tables["read"].assign(on_topic=pd.array([None], dtype="Int64"))
    facts = {
        "title": "T", "made": "2024-01-01", "files": [], "notes": [], "doubts": [], "silent": [], "untold": [],
        "hidden": 1, "under": 5, "parameters": made.parameters, "own": ("queries",), "has_model": False,
        "is_synthetic": False,
    }  # fmt: skip
    tables |= {"quality": pd.DataFrame({"corpus": ["public"], "measure": "recall_pct"}), "agreement": pd.DataFrame()}
    page = html_page(tables, facts)
    assert "evenly divided count for neither" in page and "No model was used" in page
    assert "How many of the posts of the public are on the topic is not shown" in page
    assert "queries.csv of the folder" in page


def test_files_of_one_name_in_two_folders_are_two(folder):
    for place, word in (("2022", "Бір"), ("2023", "Екі")):
        (folder / "public" / place).mkdir()
        (folder / f"public/{place}/a.csv").write_text(f"date;text\n2022-05-15;{word}\n;x\n2022-05-15;\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        read_folder(folder, SETTINGS)
    assert [(one.file, one.row) for one in caught.value.faults] == [("2022/a.csv", 3), ("2023/a.csv", 3)]
    corpus = read_folder(folder, SETTINGS, set_aside=True)
    assert corpus.posts["text"].tolist() == ["Бір", "Екі"] and corpus.left_out.empty
    assert corpus.wordless["file"].tolist() == ["2022/a.csv", "2023/a.csv"]
    assert corpus.files == ["public/2022/a.csv", "public/2023/a.csv"]
    assert any(note.startswith("2023/a.csv: text from") for note in corpus.notes)


def test_identities_of_two_readers_are_one(folder):
    (folder / "public/a.csv").write_text("date;text;author\n2022-05-15;Школа;a\n", encoding="utf-8")
    (folder / "public/b.jsonl").write_text('{"date": "2022-05-15", "text": "Школа", "author": "a"}', encoding="utf-8")
    posts = [protected(read_file(folder / f"public/{name}", SETTINGS)[0][0], "public", name, SETTINGS).post
             for name in ("a.csv", "b.jsonl")]  # fmt: skip
    assert posts[0] == posts[1]


@pytest.mark.parametrize("many", [0, 10**9], ids=["on disk", "in memory"])
def test_files_of_one_name_in_both_corpora_are_told_apart(folder, tmp_path, many):
    for corpus, word in (("public", "Бір инклюзия"), ("organisations", "Екі инклюзия")):
        rows = f"date;text;id\n2022-05-15;{word};1\n2022-05-16;{word};1\n;x;2\n2022-05-15;;3\n"
        (folder / f"{corpus}/result.csv").write_text(rows, encoding="utf-8")
    (folder / "public/alone.csv").write_text("date;text\n2022-05-15;\n2022-05-15;Үш\n", encoding="utf-8")
    (folder / "public/mapping.toml").write_text('[columns]\nidentifier = "id"\n', encoding="utf-8")
    (folder / "organisations/mapping.toml").write_text('[columns]\nidentifier = "id"\n', encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        make_report(folder, tmp_path / "out", SETTINGS, many=many)
    assert [one.file for one in caught.value.faults] == ["public/result.csv", "organisations/result.csv"]
    make_report(folder, tmp_path / "out", SETTINGS, many=many, under=0, set_aside=True)
    left_out = pd.read_csv(tmp_path / "out/tables/left_out.csv")
    names = ["alone.csv", "organisations/result.csv", "public/result.csv"]
    assert sorted(set(left_out["file"])) == names
    assert left_out.groupby("file")["rows"].sum().to_dict() == dict(zip(names, (1, 2, 2)))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_platform_that_no_column_names_is_told_by_links(folder, kind):
    links = ["https://vk.com/wall1_2", "www.Instagram.com/p/x", "t.me/chat/1", "https://gov.kz/a", "12/5", "17"]
    names = ["VK", "Instagram", "Telegram", "Websites", "unknown", "unknown"]
    table = pd.DataFrame({"date": pd.Timestamp("2022-05-15"), "text": [f"Мектеп {n}" for n in range(6)], "url": links})
    path = folder / f"public/a.{kind}"
    if kind == "csv":
        table.to_csv(path, index=False)
    else:
        duckdb_engine().session.from_df(table.astype({"text": object, "url": object})).write_parquet(str(path))
    posts = read_folder(folder, SETTINGS)
    assert posts.posts["platform"].tolist() == names
    assert any("names no platform, so links in “url” tell it" in note for note in posts.notes)
    work = folder / "work"
    part = parts.parts_of(folder, SETTINGS, work).paths[0]
    told = duckdb_engine().session.read_parquet(str(part)).df().sort_values("row")
    assert told["platform"].tolist() == names
    assert sorted(told["post"]) == sorted(posts.posts["post"])


def test_the_page_says_first_what_its_counts_cannot_be_trusted_for(folder, tmp_path):
    """Spoilt letters and rows set aside change every count, and stood below all of them."""
    rows = "".join(f"2022-05-{day:02};Инклюзия туралы с?йлестік {day}\n" for day in range(1, 9))
    (folder / "public/a.csv").write_text(f"date;text\n{rows}yesterday;инклюзия\n", encoding="utf-8")
    make_report(folder, tmp_path / "out", SETTINGS, set_aside=True)
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    start = page[: page.index("What this cannot say")]
    assert "8 text(s) of 8 have a question mark in place of a letter" in start and "1 row set aside" in start
    assert "href='#doubts'" in start and page.count("id='doubts'") == 1
    assert "100.0\u00a0%" in start and "100.0 %" not in start
    assert "Most posts mention neither" not in page  # said of any posts, whatever they mention
