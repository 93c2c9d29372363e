"""Russian and Kazakh words of the tables and the attendance report: in letters of their language, and respectful."""

from __future__ import annotations

import re
import tomllib

import pytest

from evidence.attendance.language import WORDS
from evidence.attendance.reading.words import words as accepted
from evidence.checks.characters import MIXED
from evidence.data import store

KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
NAMES_IN_KAZAKH = {"область Жетісу", "Күнделік"}  # written so in Russian too
# A person is not named by a condition, a status or a mark. The spellings people still type stand in "forms".
DISRESPECTFUL = re.compile(
    r"инвалид(?!н)|мүгедек(?!ті)|ограниченн\w+ возможност|мүмкіндігі шектеулі|аутист|двоечник|нелегал(?!ьн)"
    r"|гастарбайтер|келімсек|бродяжк|попрошайк|дебил|умственно отстал",
    re.IGNORECASE,
)
TITLES = {  # of a treaty, and the term that a document asks to replace
    "Конвенция о правах инвалидов",
    "Конвенция о правах инвалидов, КПИ",
    "Мүгедектердің құқықтары туралы конвенция",
    "ограниченные возможности",
    "вместо «ограниченные возможности»",
}


def spoken() -> list[tuple[str, str, str]]:
    """Return (where, language, text) of every text in Russian or Kazakh; items of a list one by one."""
    found = []
    for table, resource in store.schema().items():
        languages = {name: field["lang"] for name, field in store.fields_of(resource).items() if "lang" in field}
        for row in store.read(resource).rows if languages else ():
            for column, language in languages.items():
                found += [(f"{table}#{row['id']}, {column}", language, text) for text in store.items(row[column])]
    for one in tomllib.loads(WORDS.read_text(encoding="utf-8"))["text"]:
        found += [(one["en"], language, one[language]) for language in ("ru", "kk")]
    return found


@pytest.fixture(scope="module")
def texts():
    found = spoken()
    assert {language for _, language, _ in found} == {"ru", "kk"} and len(found) > 5000
    return found


def test_russian_has_no_letter_of_kazakh(texts):
    found = [(where, text) for where, language, text in texts if language == "ru" and KAZAKH_LETTERS.search(text)]
    assert [one for one in found if one[1] not in NAMES_IN_KAZAKH] == []


def test_no_person_is_called_by_a_word_that_hurts(texts):
    found = [(where, text) for where, _, text in texts if DISRESPECTFUL.search(text)]
    assert [one for one in found if one[1] not in TITLES] == []


def test_no_word_of_the_attendance_toolkit_mixes_two_scripts(texts):
    names = [name for group in accepted().values() for some in group.values() for name in names_of(some)]
    assert len(names) > 300
    assert [text for text in [*names, *(text for _, _, text in texts)] if MIXED.search(text)] == []


def names_of(group: dict | list) -> list[str]:
    """Return the names of a group, whatever lies between."""
    return group if isinstance(group, list) else [name for part in group.values() for name in names_of(part)]


def test_no_way_to_say_a_thing_stands_twice_in_a_cell():
    found = []
    for table, resource in store.schema().items():
        columns = [name for name, field in store.fields_of(resource).items() if "lang" in field]
        for row in store.read(resource).rows if columns else ():
            for column in columns:
                items = store.items(row[column])
                found += [(table, row["id"], item) for item in items if items.count(item) > 1]
    assert found == []
