"""Tables of the chapter on the listening toolkit: from the toolkit itself, and labelled synthetic."""

import pytest

from evidence.data import store
from evidence.data.bibliography import entries
from evidence.listening import report
from evidence.parts.methods import listening


def test_what_comes_out_is_what_a_report_writes():
    written = set(listening.analysed()) | {"set_aside", "topics", "topic_numbers"}  # the last two only with the extra
    assert written == set(listening.outputs()["Table"]) == set(report.ABOUT)


def test_posts_read_are_called_synthetic():
    table = listening.read()
    assert [head for head in table if head.startswith("Synthetic")] == ["Synthetic rows", "Synthetic posts"]
    assert table["Synthetic posts"].tolist() == [2040, 600]  # two per cent more by the bot


def test_every_task_is_answered_for_every_tool():
    rows = store.load("listening_tools")
    tools = list(store.labels("listening_tools", "tool"))
    assert all(sorted(given) == sorted(tools) for _, given in rows.groupby("task")["tool"])
    table = listening.tools()
    assert len(table) == rows["task"].nunique() and not table.isna().any(axis=None)


def test_what_is_known_of_a_tool_says_where_it_was_read():
    for row in store.load("listening_tools").itertuples():
        assert bool(row.basis) == (row.answer != "unknown"), row.id
        assert not row.basis or row.basis == "this book" or row.basis in entries(), row.id


def test_runs_are_of_synthetic_posts_and_say_on_which_machine():
    table = listening.runs()
    assert len(table) == len(store.load("listening_runs")) and table["Synthetic posts"].is_monotonic_increasing
    assert (table["CPU, s"] > 0).all() and table["Machine"].str.contains("load").all()


def test_the_factor_compares_runs_of_one_day_and_size_only():
    table = listening.runs()
    ours = table[table["Plain pandas, times the CPU"].notna()]
    assert len(ours) and ours["What ran"].nunique() == 1
    for row in ours.to_dict("records"):
        same = table[(table["Synthetic posts"] == row["Synthetic posts"]) & (table["Day"] == row["Day"])]
        plain = same.loc[same["What ran"].str.contains("pandas"), "CPU, s"]
        assert len(plain) == 1
        assert row["Plain pandas, times the CPU"] == pytest.approx(plain.iloc[0] / row["CPU, s"], abs=0.05)
