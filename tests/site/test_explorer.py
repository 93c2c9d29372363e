"""The explorer below an exhibit in Chromium: served and from a folder, by keyboard, with its state in the address."""

from __future__ import annotations

import pytest

from evidence.parts.methods import attendance_thresholds as thresholds

pytestmark = pytest.mark.whole

PAGE = "chapters/methods/attendance-thresholds.html"


def children(measure: str, days: int) -> int:
    """Return the synthetic children found, as the table of the page has them."""
    return int(thresholds.by_days().set_index("From").loc[f"{days} days", measure])


def counts(tab) -> dict[str, int]:
    rows = tab.locator(".explore table").first.locator("tbody tr").all()
    return {row.locator("th").text_content(): int(row.locator("td").text_content()) for row in rows}


def test_a_choice_counts_what_the_rules_find_and_stays_in_the_address(tab, start):
    tab.goto(start + PAGE)
    status = tab.locator(".explore [role=status]")
    status.wait_for()
    in_all = {days: children("Unexcused days in all", days) for days in (10, 11)}
    assert status.text_content() == f"The first rule finds {in_all[10]}, the second {in_all[11]}."
    assert counts(tab)["the first only"] == in_all[10] - in_all[11] and counts(tab)["the second only"] == 0
    assert sum(counts(tab).values()) == 2400
    tab.get_by_role("group", name="Second rule").get_by_label("Count").select_option("Unexcused days in a row")
    in_a_row = children("Unexcused days in a row", 11)
    assert status.text_content() == f"The first rule finds {in_all[10]}, the second {in_a_row}."
    other = tab.context.new_page()
    other.goto(tab.url)
    other.locator(".explore [role=status]").wait_for()
    assert other.locator(".explore [role=status]").text_content() == status.text_content()
    other.close()


def test_an_address_that_names_no_rule_is_taken_as_none(tab, start):
    tab.goto(start + PAGE + "?one=99-99&other=x&data=nothing")
    tab.locator(".explore [role=status]").wait_for()
    assert counts(tab)["both rules"] == children("Unexcused days in all", 11)


def test_children_that_move_are_listed_and_labelled_synthetic(tab, start):
    tab.goto(start + PAGE)
    moving = tab.locator(".explore table").nth(1)
    assert moving.locator("tbody th").first.text_content().startswith("Synthetic child ")
    assert "the first 12 of" in moving.locator("caption").text_content()


def test_it_works_by_keyboard(tab, start):
    tab.goto(start + PAGE)
    days = tab.get_by_role("group", name="First rule").get_by_label("from")
    days.focus()
    days.press("ArrowUp")
    assert (
        tab.locator(".explore [role=status]")
        .text_content()
        .startswith(f"The first rule finds {children('Unexcused days in all', 8)},")
    )
