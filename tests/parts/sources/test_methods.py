"""The table of agreement between the extractions."""

import pytest

from evidence.data import store
from evidence.parts.sources import methods


def test_every_comparison_is_listed_once_under_the_name_of_its_document():
    table, rows = methods.agreement(), store.load("extraction_agreement")
    names = {"": "Several"} | dict(zip(store.load("sources")["id"], store.load("sources")["short_name"]))
    assert table["Compared"].tolist() == rows["measure"].tolist()
    assert table["Document"].tolist() == rows["source"].map(names).tolist()


def test_the_share_is_what_is_equal_of_what_is_compared():
    table = methods.agreement()
    facts = table[(table["Document"] == "Out-of-school study (2013)") & (table["n"] == 279)].iloc[0]
    assert facts[["Compared", "Equal"]].tolist() == ["Rows in either extraction that both have", 257]
    assert facts["Equal, %"] == pytest.approx(92.1147)
    assert table["Equal, %"].between(0, 100).all()


def test_kappa_is_given_for_codes():
    table = methods.agreement().set_index(["Document", "n", "Equal"])
    assert table.loc[("Out-of-school study (2013)", 257, 227), "Kappa"] == 0.835


THIRD = list(store.rows("message_readings").values())
LABELS = {"no": "No more than its rows", "slightly": "Slightly more", "clearly": "Clearly more"}


def test_the_third_reading_on_the_page_counts_the_verdicts_kept_as_data():
    table = methods.third_reading().set_index("Said of messages")
    for code, label in LABELS.items():
        here = [row.reader for row in THIRD if row.says_more == code]
        assert table.loc[label].tolist() == [here.count("third"), here.count("fourth"), len(here)]
    assert table.loc[list(LABELS.values()), "Messages"].sum() == len(THIRD)


def test_every_message_said_to_say_more_has_one_main_fault_and_what_was_done():
    table = methods.third_reading().set_index("Said of messages")
    faults = table[table.index.str.startswith(methods.MORE)]
    assert faults["Messages"].sum() == table.loc[["Slightly more", "Clearly more"], "Messages"].sum()
    for row in THIRD:
        assert {bool(row.fault), bool(row.mended)} == {row.says_more != "no"}, row.message


def test_the_row_of_agreement_is_the_count_of_the_third_reading():
    row = store.row("extraction_agreement", "several-messages-third-support")
    assert (row.n_compared, row.n_equal) == (len(THIRD), sum(read.says_more == "no" for read in THIRD))


def test_the_words_above_the_third_reading_fit_its_counts():
    said = [row.says_more for row in THIRD]
    assert said.count("no") / len(said) < 0.75, "many said more"
    assert said.count("slightly") > said.count("clearly"), "most of them slightly"
    assert sum(row.mended == "kept" for row in THIRD) == 1, "one was kept"
