"""Characters that nobody sees, letters that look like others, and what was left behind are named."""

import pytest

from evidence.checks import characters
from evidence.data.rules import records

HIDDEN = {
    "a zero-width space": ("chil\u200bdren", "U+200B", "nobody sees"),
    "a mark of direction": ("children \u202e2012", "U+202E", "nobody sees"),
    "a soft hyphen": ("chil\u00addren", "U+00AD", "nobody sees"),
    "a control character": ("chil\x0bdren", "U+000B", "nobody sees"),
    "a tab": ("chil\tdren", "U+0009", "nobody sees"),
    "a line separator": ("chil\u2028dren", "U+2028", "nobody sees"),
    "a space that does not break": ("12\u00a0children", "U+00A0", "write a space"),
    "digits of another script": ("1\u0663 children", "U+0663", "write 0 to 9"),
    "text in the wrong encoding": ("AlmatyвЂ™s and cafÃ©", "Ã©", "wrong encoding"),
    "a character that was lost": ("Almat� city", "�", "wrong encoding"),
    "wide letters": ("ＫＺ children", "ＫＺ", "write KZ"),
    "a joined letter": ("of\ufb01ce", "\ufb01", "write fi"),
    "a Cyrillic letter in a Latin word": ("sсhool", "sсhool", "two scripts"),
    "a Latin letter in a Cyrillic word": ("шкoла", "шкoла", "two scripts"),
    "a Greek letter in a Latin word": ("cοunt", "cοunt", "two scripts"),
    "a Cyrillic word that looks Latin": ("children of а region", "а", "looks like Latin"),
    "accents of their own": ("cafe\u0301 children", "cafe\u0301", "NFC"),
}
PLAIN = [
    "children’s “rights” – 12%, 3 km², ≥ 5 …",
    "школа-интернат, дети и подростки",
    "мектептер мен балалар",
    "Қазақстан Республикасы (РК), Republic",
    "методичка_на_англ_FINAL_o",
    "El Niño, café, Nuñez",
]


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_is_named_with_what_to_do(name):
    text, value, rule = HIDDEN[name]
    found = characters.fault(text)
    assert found is not None and value in found[0] and rule in found[1]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_of_three_languages_is_plain(text):
    assert characters.fault(text) is None


@pytest.mark.parametrize(
    "text",
    ["TODO", "tbd", "n/a", "NaN", "null", "None", "???", "xxx", "-", "Say why (TODO).", "Lorem ipsum"]
    + ["To do", "N.A.", "n / a", "TBC", "ditto", "see above", "XX", "asdf", "No data", "to be added", "TODO:", "_"],
)
def test_a_placeholder_is_seen(text):
    assert characters.placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "–",
        "%",
        "See above all the law.",
        "Nothing is known.",
        "No answer was given",
        "none of the schools",
        "Todo el mundo",
    ],
)
def test_words_of_a_sentence_are_no_placeholder(text):
    assert characters.placeholder(text) is None and characters.spreadsheet_fault(text) is None


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("#REF!", "#REF!", "a formula fails"),
        ("Ministry of #NAME? and others", "#NAME?", "a formula fails"),
        ("=1+1", "=1+1", "begins as a formula does"),
        ('=HYPERLINK("http://x","y")', "=HYPERLINK", "begins as a formula does"),
        ("@SUM(A1)", "@SUM(A1)", "begins as a formula does"),
        ("+cmd|' /C calc'!A0", "+cmd", "begins as a formula does"),
        ("-SUM(A1)", "-SUM(A1)", "begins as a formula does"),
        ("Keeps  the data", "Keeps  the", "side by side"),
    ],
)
def test_what_a_spreadsheet_left_or_would_reckon_is_named(text, value, rule):
    found = characters.spreadsheet_fault(text)
    assert found is not None and found[0].startswith(value) and rule in found[1]


@pytest.mark.parametrize("text", ["+5%", "-12%", "–5", "- a list", "over 40", "+8 points"])
def test_a_figure_with_a_sign_is_no_formula(text):
    assert characters.spreadsheet_fault(text) is None


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "=======", ">>>>>>> other", "||||||| base"])
def test_a_mark_of_a_conflict_is_named_in_pages_and_in_tables(line, monkeypatch):
    monkeypatch.setattr(characters, "_lines", lambda: iter([("index.md", 7, line)]))
    assert "mark of a merge conflict" in characters.line_problems()[0].rule
    _, problems = records(f"id,name\n{line}\n", "bodies.csv", ["id", "name"])
    assert [(problem.row, "mark of a merge conflict" in problem.rule) for problem in problems] == [(2, True)]


def test_a_line_below_a_heading_is_no_mark():
    assert not characters.CONFLICT.match("======== ") and not characters.CONFLICT.match("=" * 9)


def test_a_cell_is_named_with_its_row_and_column(monkeypatch):
    kept = characters.store.read

    def read(resource):
        table = kept(resource)
        if resource["name"] != "bodies":
            return table
        rows = [dict(row) for row in table.rows]
        rows[3]["role"], rows[5]["role"] = "Minis\u200btry", "TBD"
        return table._replace(rows=rows)

    monkeypatch.setattr(characters.store, "read", read)
    assert [problem[:3] for problem in characters.cell_problems()] == [
        ("bodies.csv", 5, "role"),
        ("bodies.csv", 7, "role"),
    ]


def test_the_book_holds_nothing_that_nobody_sees():
    assert list(map(str, [*characters.cell_problems(), *characters.line_problems()])) == []
