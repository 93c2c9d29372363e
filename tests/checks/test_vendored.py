"""A file of others that changes, comes or goes is named."""

import hashlib

import pytest

from evidence.checks import vendored

FILE = "tests/vendor/a.js"


@pytest.fixture
def copy(tmp_path):
    """A repository with one file of others and its line."""
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"one")
    (tmp_path / vendored.LIST).parent.mkdir(parents=True)
    digest = hashlib.sha256(b"one").hexdigest()
    (tmp_path / vendored.LIST).write_text(f"{digest}  {FILE}\n", encoding="utf-8")
    return tmp_path


def told(folder) -> list[tuple[str, str]]:
    return [(problem.file, problem.rule.partition(";")[0]) for problem in vendored.problems(folder)]


def test_files_that_are_as_they_were_are_right(copy):
    assert told(copy) == []


def test_a_changed_byte_is_named(copy):
    (copy / FILE).write_bytes(b"onf")
    assert told(copy) == [(FILE, f"is not the file of {vendored.LIST}, line 1")]


def test_a_file_that_is_gone_is_named(copy):
    (copy / FILE).unlink()
    assert told(copy) == [(vendored.LIST, "is not there")]


def test_a_file_that_has_come_is_named(copy):
    (copy / "tests/vendor/b.js").write_bytes(b"two")
    assert told(copy) == [("tests/vendor/b.js", f"has no line in {vendored.LIST}")]


def test_a_list_that_is_gone_or_is_none_is_named(copy):
    (copy / vendored.LIST).write_text("a.js one\n", encoding="utf-8")
    assert (vendored.LIST, "is no line of a list: a SHA-256, two spaces, the path of a file from the root") in told(
        copy
    )
    (copy / vendored.LIST).unlink()
    assert told(copy) == [(vendored.LIST, "is missing")]


def test_a_copy_without_a_whole_folder_is_right(copy):
    (copy / FILE).unlink()
    (copy / "tests/vendor").rmdir()
    assert told(copy) == []


def test_the_files_of_others_in_the_book_are_those_listed():
    assert list(map(str, vendored.problems())) == []
