"""Derived tables of the chapter on systems: against the coded rows."""

from evidence.data import store
from evidence.parts.synthesis import systems
from tests.parts.cells import ids


def test_the_inventory_has_every_system_of_the_country_once():
    home = [key for key, row in store.rows("systems").items() if row.scope == "kazakhstan"]
    assert sorted(ids(systems.inventory()["System"])) == sorted(home)


def test_holders_add_up_to_the_systems_and_one_with_several_subjects_counts_under_each():
    table = systems.owners_and_content()
    assert table["All"].sum() == len(systems.inventory())
    assert (table.drop(columns=["Holder", "All"]).sum(axis="columns") >= table["All"]).all()


def test_the_title_of_the_holders_holds():
    table = systems.owners_and_content().set_index("Holder")["All"]
    assert table.idxmax() == "no holder named"


def test_links_are_of_the_country_and_names_that_may_be_one_are_apart():
    rows = store.load("system_links")
    shown = systems.links()
    kinds = set(shown["Link"])
    assert "may be the same as" not in kinds
    assert len(systems.maybe_same()) == (rows["kind"] == "maybe-same").sum()
    assert list(dict.fromkeys(shown["State"])) == systems.KINDS


def test_the_title_of_the_links_holds():
    shown = systems.links().query("`Other system`.str.startswith('Data on crimes against children')")
    states = shown.groupby("State")["System"].apply(list)
    assert len(states["linked"]) == 1 and "police and courts" in states["linked"][0]
    said = " ".join(states["not linked"]).lower()
    assert all(word in said for word in ("health workers", "schools", "helpline"))


def test_systems_to_come_lead_to_their_thread_or_say_why_not():
    table = systems.to_come()
    last = max(row.year for row in store.rows("sources").values())
    for system, later in zip(ids(table["System"]), table["Reported later"]):
        row = store.row("systems", system)
        if isinstance(later, dict):
            assert store.row("threads", later["to"].partition(":")[2]).system == system
        else:
            assert later == systems.NO_LATER and store.row("sources", row.source).year == last


def test_the_title_of_systems_to_come_holds():
    """Few have a date, and fewer are reported later as there or in part."""
    table = systems.to_come()
    dated = (table["By when"] != systems.UNSAID).sum()
    verdicts = [cell["text"] for cell in table["Reported later"] if isinstance(cell, dict)]
    reported = sum(verdict in ("reported adopted", "reported in part") for verdict in verdicts)
    assert reported < dated < len(table) / 2
