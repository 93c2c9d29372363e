"""When evidence and pages were last changed: what git says, and nothing where it cannot."""

from __future__ import annotations

import subprocess

import pytest

from evidence.site import changed
from evidence.site.changed import Change

AUTHOR = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")


def git(folder, *arguments, day="2024-03-01"):
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", "-C", str(folder), *AUTHOR, *arguments], check=True, capture_output=True, env=when)


@pytest.fixture
def checkout(tmp_path):
    """Return a checkout with a page and a table, the page committed later than the table."""
    changed.changes.cache_clear()
    git(tmp_path, "init", "--quiet")
    for file, day in (("data/facts.csv", "2024-03-01"), ("chapters/a.md", "2024-05-31"), ("README.md", "2025-01-01")):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(file)
        git(tmp_path, "add", file)
        git(tmp_path, "commit", "--quiet", "-m", file, day=day)
    return tmp_path


def test_a_page_was_changed_when_its_file_was_and_the_evidence_with_its_last_file(checkout):
    assert changed.of_page(checkout, "chapters/a.md") == Change("2024-05-31")
    assert changed.changes(checkout)["data/facts.csv"] == Change("2024-03-01")
    assert changed.of_evidence(checkout) == Change("2024-05-31")  # the README is no evidence


def test_a_file_that_differs_from_its_commit_was_changed_since(checkout):
    (checkout / "data/facts.csv").write_text("another")
    changed.changes.cache_clear()
    assert changed.changes(checkout)["data/facts.csv"] == Change("2024-03-01", is_open=True)
    assert changed.of_evidence(checkout) == Change("2024-05-31", is_open=True)
    assert changed.of_page(checkout, "chapters/a.md") == Change("2024-05-31")


def test_outside_a_checkout_nothing_is_said(tmp_path):
    changed.changes.cache_clear()
    assert changed.changes(tmp_path) == {} and changed.of_evidence(tmp_path) is None


def test_of_a_history_cut_short_nothing_is_said(checkout, tmp_path_factory):
    copy = tmp_path_factory.mktemp("shallow") / "copy"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{checkout}", str(copy)], check=True)
    changed.changes.cache_clear()
    assert changed.of_evidence(copy) is None


def test_of_a_folder_inside_another_repository_nothing_is_said(checkout):
    changed.changes.cache_clear()
    assert changed.changes(checkout / "data") == {}


def test_a_file_never_committed_has_no_date(checkout):
    (checkout / "chapters/new.md").write_text("new")
    changed.changes.cache_clear()
    assert changed.of_page(checkout, "chapters/new.md") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("2024-03-01"), "1 March 2024"),
        (Change("2024-05-31", True), "since 31 May 2024 (not published yet)"),
    ],
)
def test_a_change_reads_as_a_day(change, words):
    assert changed.in_words(change) == words
