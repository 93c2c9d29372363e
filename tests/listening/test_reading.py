"""Exports are read as they are, and every row that cannot be used is named."""

from __future__ import annotations

import io
import json

import pytest

pytest.importorskip("ijson", reason="ijson is not installed: make listening")

from evidence.listening.reading import meltwater
from evidence.listening.reading.dates import read_time
from evidence.listening.reading.folder import organisations_of, read_folder
from evidence.listening.reading.leaving_out import LeavingOut, without
from evidence.listening.reading.meltwater import joined
from evidence.listening.reading.posts import NO_WORDS, Settings
from evidence.listening.reading.telegram import Mended
from evidence.listening.reading.text import decoded
from evidence.toolkit.faults import BadInput
from tests.listening.planted import betrayed, planted

SETTINGS = Settings(bytes(range(32)))
OLD = ["Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Country", "State", "Reach"]
NEW = ["Date", "Time", "Document ID", "URL", "Source Type", "Author Handle", "Title", "Opening Text", "Hit Sentence"]
NEW += ["Country", "Region", "Content Type"]


def old_row(day="15-May-2022 03:45PM", url="https://news.kz/1", text="Инклюзия в школе", **other):
    return [day, other.get("head", ""), url, text, other.get("hit", ""), "news.kz", other.get("who", "aigul"),
            other.get("country", "Kazakhstan"), "Almaty", "10"]  # fmt: skip


def new_row(number, text="Инклюзия", day="2022-05-15", time="10:30:00", **other):
    return [day, time, f"doc{number}", "", "instagram", other.get("who", "aigul"), "", text, "",
            other.get("country", "Kazakhstan"), "Almaty", other.get("kind", "post")]  # fmt: skip


def table(heads, rows, mark=","):
    quoted = [[f'"{cell}"' if set(cell) & set(f'{mark}"\n') else cell for cell in row] for row in (heads, *rows)]
    return "\n".join(mark.join(row) for row in quoted) + "\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("public", "organisations"):
        (tmp_path / name).mkdir()
    return tmp_path


def telegram(*messages, kind="public_channel", name="unicefkaz"):
    return {"name": name, "type": kind, "id": 7, "messages": list(messages)}


def message(number, text="Инклюзивное образование", **other):
    return {"id": number, "type": "message", "date": "2022-05-15T23:59:00", "date_unixtime": "1652600000",
            "from": "Айгуль Ж", "from_id": "user5512345", "text": text} | other  # fmt: skip


def test_the_old_generation_is_read_in_utf16_with_tabs_and_junk_above(folder):
    content = "Exported by the platform\n\n" + table(OLD, [old_row(), old_row(url="https://news.kz/2")], "\t")
    (folder / "public/a.csv").write_bytes(content.encode("utf-16"))
    corpus = read_folder(folder, SETTINGS)
    assert len(corpus.posts) == 2
    first = corpus.posts.iloc[0]
    assert first.time.isoformat() == "2022-05-15T09:45:00+00:00"  # 15:45 in Almaty, then six hours ahead
    assert (first.month, first.platform, first.region, first.row) == ("2022-05", "News", "Almaty", 4)
    assert any("UTF-16" in note for note in corpus.notes) and any("2 line(s) above" in note for note in corpus.notes)


def test_a_mark_glued_to_the_first_head_and_the_new_generation(folder):
    (folder / "public/a.csv").write_text("ï»¿" + table(NEW, [new_row(1)]), encoding="utf-8")
    posts = read_folder(folder, SETTINGS).posts
    assert posts["platform"].tolist() == ["Instagram"] and posts["author"].iloc[0].startswith("person-")


def test_text_is_whichever_column_is_filled():
    assert joined(["", "", "Только здесь"]) == "Только здесь"
    assert joined(["Заголовок", "Начало текста и дальше", "Начало текста"]) == "Заголовок\nНачало текста и дальше"
    assert joined(["", "Начало", "... Начало и конец ..."]) == "... Начало и конец ..."


def test_all_faults_are_named_at_once_and_a_report_goes_on_only_when_asked(folder):
    rows = [new_row(1), new_row(2, day="32.13.2022"), new_row(3, time="25:00"), new_row("4")[:-1]]
    (folder / "public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_folder(folder, SETTINGS)
    assert [(one.row, one.column) for one in caught.value.faults] == [(5, ""), (3, "date"), (4, "date")]
    corpus = read_folder(folder, SETTINGS, set_aside=True)
    assert len(corpus.posts) == 1 and len(corpus.faults) == 3


@pytest.mark.parametrize("text, encoding", [("Мектеп әр балаға", "kz1048"), ("Школа для всех", "cp1251")])
def test_old_russian_and_kazakh_files_are_read_and_told(folder, text, encoding):
    (folder / "public/a.csv").write_bytes(table(NEW, [new_row(1, text=text)]).encode(encoding))
    (folder / "public/b.csv").write_text(table(NEW, [new_row(2, text="Ғылым")]), encoding="utf-8")
    corpus = read_folder(folder, SETTINGS)
    assert corpus.posts["text"].tolist() == [text, "Ғылым"]
    assert any("a.csv: read as KZ1048" in note for note in corpus.notes)
    posts = read_folder(folder, Settings(SETTINGS.key, encoding=encoding)).posts
    assert posts["text"].tolist() == [text, "Ғылым"], "what is UTF-8 stays UTF-8"


@pytest.mark.parametrize("encoding", ["cp866", "koi8-r", "mac-cyrillic", "iso8859-5"])
def test_an_encoding_that_reads_as_other_letters_is_asked_for(folder, encoding):
    content = table(NEW, [new_row(1, text="Школа открыта для всех детей города")]).encode(encoding)
    (folder / "public/a.csv").write_bytes(content)
    with pytest.raises(BadInput, match="--encoding"):
        read_folder(folder, SETTINGS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_told_from_its_bytes(encoding):
    assert decoded("date\ttext әрбір".encode(encoding), "a.csv")[0].removeprefix("\ufeff") == "date\ttext әрбір"


def test_other_countries_copies_and_reposts_are_counted_and_not_lost(folder):
    rows = [new_row(1), new_row(1), new_row(2, country="Russia"), new_row(3, country=""), new_row(4, kind="repost")]
    (folder / "public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    corpus = read_folder(folder, SETTINGS)
    assert len(corpus.posts) == 3
    assert dict(zip(corpus.left_out["rule"], corpus.left_out["rows"])) == {
        "country is not Kazakhstan": 1,
        "the same identifier as an earlier row": 1,
    }
    everything = read_folder(folder, SETTINGS, chosen=LeavingOut(same="nothing")).posts
    assert len(without(everything, LeavingOut(no_country="left out", same="nothing"))[0]) == 3
    assert len(without(everything, LeavingOut(same="text"))[0]) == 1
    assert len(without(everything, LeavingOut(same="nothing", reposts="left out"))[0]) == 3


def test_a_file_as_long_as_the_platform_writes_them_is_told(folder, monkeypatch):
    (folder / "public/a.csv").write_text(table(NEW, [new_row(1), new_row(2)]), encoding="utf-8")
    assert not any("missing" in note for note in read_folder(folder, SETTINGS).notes)
    monkeypatch.setattr(meltwater, "MOST_ROWS", 2)
    assert any("2 rows" in note and "missing" in note for note in read_folder(folder, SETTINGS).notes)


def test_telegram_is_read_by_unix_time_from_text_in_parts(folder):
    parts = ["Пишите ", {"type": "phone", "text": "701-12"}, {"type": "text_link", "text": " тут", "href": "x"}]
    channel = telegram(message(1, parts), message(2, forwarded_from="Айгуль Ж", text="Айгуль Ж пишет"))
    channel["messages"].append({"id": 3, "type": "service", "date_unixtime": "1", "text": ""})
    (folder / "organisations/result.json").write_text(json.dumps(channel, ensure_ascii=False), encoding="utf-8")
    (folder / "organisations.csv").write_text("handle\nunicefkaz\n", encoding="utf-8")
    posts = read_folder(folder, SETTINGS).posts
    assert posts["text"].tolist() == ["Пишите ⟨phone⟩ тут", "⟨mention⟩ пишет"]
    assert posts["author"].tolist() == ["unicefkaz"] * 2 and posts["is_organisation"].all()
    assert posts["time"].iloc[0].isoformat() == "2022-05-15T07:33:20+00:00"
    assert posts["is_repost"].tolist() == [False, True]


def test_of_an_account_only_public_chats_are_read(folder):
    secret = {"list": [{"first_name": "Тайна", "phone_number": "+77011234567", "type": "public_channel"}]}
    private = telegram(message(1, "личное"), kind="personal_chat", name="Друг")
    account = {"about": "x", "personal_information": {"phone_number": "+77019999999"}, "contacts": secret,
               "sessions": secret, "chats": {"list": [private, telegram(message(2))]}}  # fmt: skip
    (folder / "organisations/result.json").write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    corpus = read_folder(folder, SETTINGS)
    assert corpus.posts["text"].tolist() == ["Инклюзивное образование"]
    assert "1 message(s) of chats that are not public" in " ".join(corpus.notes)
    assert "Тайна" not in repr(corpus) and "личное" not in repr(corpus)


@pytest.mark.parametrize("before", range(65530, 65540))
def test_control_characters_are_mended_wherever_a_chunk_ends(before):
    content = b'"' + b"a" * before + rb"\x0B\\x0C\\\x1f\"" + b'end"'
    stream = Mended(io.BytesIO(content))
    got = b"".join(iter(lambda: stream.read(1000), b""))
    assert got == b'"' + b"a" * before + rb"\u000B\\x0C\\\u001f\"" + b'end"' and stream.mended == 2
    assert json.loads(got).endswith('\x0b\\x0C\\\x1f"end')


def test_a_broken_json_names_the_message_and_shows_nothing_of_it(folder):
    whole = json.dumps(telegram(message(1), message(2, "тайное слово")), ensure_ascii=False)
    (folder / "public/result.json").write_text(whole[: whole.index("слово")], encoding="utf-8")
    with pytest.raises(BadInput, match="row 2: is not JSON") as caught:
        read_folder(folder, SETTINGS)
    assert "тайное" not in str(caught.value)


def test_other_tables_are_read_by_a_mapping(folder):
    mapping = '[columns]\ntext = "Body"\ntime = "Posted"\nauthor = "User"\n[constants]\nplatform = "VK"\n'
    (folder / "public/mapping.toml").write_text(mapping, encoding="utf-8")
    (folder / "public/a.csv").write_text("Posted;Body;User\n15.05.2022 10:30;Текст;a\n", encoding="utf-8")
    lines = ['{"Body": "Екі", "Posted": 1652600000, "User": "b"}', "nonsense", '{"Body": "", "Posted": "2022-05-15"}']
    (folder / "public/b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    corpus = read_folder(folder, SETTINGS, set_aside=True)
    assert corpus.posts["text"].tolist() == ["Текст", "Екі"] and set(corpus.posts["platform"]) == {"VK"}
    assert [(one.row, one.rule) for one in corpus.faults] == [(2, "is not JSON; is the line cut off?")]
    assert corpus.wordless.to_dict("records") == [{"file": "b.jsonl", "rule": NO_WORDS, "rows": 1}]


def test_parquet_is_read_by_a_mapping_with_its_own_times_and_numbers(folder):
    import duckdb

    mapping = '[columns]\ntext = "Body"\ntime = "Posted"\nauthor = "User"\n'
    (folder / "public/mapping.toml").write_text(mapping, encoding="utf-8")
    rows = """SELECT * FROM (VALUES ('Екі 8 701 234 56 78', TIMESTAMPTZ '2022-05-15 10:30:00+00', 'b'),
        ('Үш', NULL, 'c'), (NULL, TIMESTAMPTZ '2022-05-16 00:00:00+00', 'd')) t("Body", "Posted", "User")"""
    duckdb.connect().execute(f"COPY ({rows}) TO '{folder / 'public/a.parquet'}'")
    corpus = read_folder(folder, SETTINGS, set_aside=True)
    assert corpus.posts["text"].tolist() == ["Екі ⟨phone⟩"] and corpus.posts["day"].tolist() == ["2022-05-15"]
    assert [(one.row, one.column) for one in corpus.faults] == [(2, "posted")] and len(corpus.wordless) == 1
    (folder / "public/b.parquet").write_bytes(b"nothing of the kind")
    with pytest.raises(BadInput, match="b.parquet: cannot be read as Parquet"):
        read_folder(folder, SETTINGS, set_aside=True)
    (folder / "public/b.parquet").unlink()
    (folder / "public/mapping.toml").write_text('[columns]\ntext = "Body"\ntime = "When"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="'when' is not a column of the file"):
        read_folder(folder, SETTINGS)


@pytest.mark.parametrize(
    "line, rule", [('author = "a"', "no column is named as one of: text, "), ('colour = "a"', "is no part of a post")]
)
def test_a_wrong_mapping_is_answered_in_words(folder, line, rule):
    (folder / "public/mapping.toml").write_text(f'[columns]\ntime = "t"\n{line}\n', encoding="utf-8")
    (folder / "public/a.csv").write_text("t,a\n2022-01-01,b\n", encoding="utf-8")
    with pytest.raises(BadInput, match=rule):
        read_folder(folder, SETTINGS)


def test_a_folder_without_exports_says_where_they_go(tmp_path):
    with pytest.raises(BadInput, match="public/ or organisations/"):
        read_folder(tmp_path, SETTINGS)
    assert organisations_of(tmp_path) == frozenset()


@pytest.mark.parametrize(
    "text, moment",
    [
        ("15-May-2022 03:45PM", "2022-05-15T09:45"),
        ("05/06/2022 10:00", "2022-06-05T04:00"),
        ("2022-05-15T10:00:00Z", "2022-05-15T10:00"),
        ("2024-05-15 10:00:00", "2024-05-15T05:00"),
    ],
)
def test_times_are_read_in_the_zone_that_is_given(text, moment):
    assert read_time(text, "", SETTINGS).isoformat().startswith(moment)


def test_a_very_long_text_and_one_in_lines_are_read_with_what_follows(folder):
    rows = [new_row(1, "слово " * 40_000), new_row(2, "две\nстроки"), new_row(3, day="x"), new_row(4)]
    (folder / "public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    corpus = read_folder(folder, SETTINGS, set_aside=True)
    assert corpus.posts["row"].tolist() == [2, 4, 6] and [one.row for one in corpus.faults] == [5]


@pytest.mark.parametrize("first, month", [(True, "2022-06"), (False, "2022-05")])
def test_a_time_that_reads_in_two_ways_is_told(folder, first, month):
    (folder / "public/a.csv").write_text(table(NEW, [new_row(1, day="05/06/2022")]), encoding="utf-8")
    corpus = read_folder(folder, Settings(SETTINGS.key, day_first=first))
    assert corpus.posts["month"].tolist() == [month]
    assert any("1 time(s) such as 05/06/2022" in note for note in corpus.notes)


def test_no_identifier_passes_the_readers(folder):
    identifiers = planted(500)
    rows = [new_row(number, one.written.replace('"', ""), who=one.core) for number, one in enumerate(identifiers)]
    (folder / "public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    chat = telegram(*[message(n, one.written, from_id=one.core) for n, one in enumerate(identifiers)],
                    kind="public_supergroup", name="group")  # fmt: skip
    (folder / "public/b.json").write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")
    posts = read_folder(folder, SETTINGS).posts
    assert len(posts) == 1000
    for column in ("post", "author", "text", "platform", "region"):
        for value in posts[column]:
            assert betrayed(value, identifiers) == [], column
