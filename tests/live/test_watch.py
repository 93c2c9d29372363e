"""The watcher sees what makes the book, however it is saved, and nothing else."""

from __future__ import annotations

import os

import pytest

from evidence.live.watch import changed, is_kept, snapshot


@pytest.fixture
def folder(tmp_path):
    for name in ("index.md", "chapters/a/b.md", "data/facts.csv", "evidence/parts/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    return tmp_path


def replaced(path):
    """Save as many editors do: a new file takes the place of the old one."""
    other = path.with_name(".new.md")
    other.write_text("two")
    os.utime(other, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("name", ["index.md", "chapters/a/b.md", "data/facts.csv", "evidence/parts/a.py"])
@pytest.mark.parametrize("act", [lambda path: path.write_text("three"), lambda path: path.unlink(), replaced])
def test_a_file_that_is_saved_replaced_or_gone_is_seen(folder, name, act):
    before = snapshot(folder)
    act(folder / name)
    assert changed(before, snapshot(folder)) == [name]


@pytest.mark.parametrize("name", ["chapters/new.md", "_toc.yml", "evidence/site/theme/style/new.css"])
def test_a_new_file_is_seen(folder, name):
    before = snapshot(folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("new")
    assert changed(before, snapshot(folder)) == [name]


@pytest.mark.parametrize(
    "name", ["chapters/a/.b.md.swp", "chapters/.#b.md", "data/facts.csv~", "evidence/__pycache__/a.py", "_build/x.md"]
)
def test_what_editors_and_builds_leave_is_not(folder, name):
    before = snapshot(folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("new")
    assert changed(before, snapshot(folder)) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("evidence/figures/formulas.py", True),
        ("data/fields.toml", True),
        ("requirements.txt", True),
        ("evidence/parts/education/register.py", False),
        ("evidence/site/theme/style/base.css", False),
        ("data/facts.csv", False),
        ("chapters/education/register.md", False),
    ],
)
def test_only_what_the_worker_has_in_memory_needs_a_new_one(name, kept):
    assert is_kept(name) == kept
