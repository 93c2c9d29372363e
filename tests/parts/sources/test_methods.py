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
