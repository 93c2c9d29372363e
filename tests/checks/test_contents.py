"""Contents and settings that cannot be read say so, whatever their bytes are."""

import pytest

from evidence.checks import contents


@pytest.mark.parametrize(
    ("raw", "row", "rule"),
    [
        (b"format: jb-book\nroot: ind\xd5x\n", 2, "is not UTF-8"),
        (b"root: 2012-02-30\n", 1, "holds a value that cannot be read"),
        (b"root: [\n", 2, "is no YAML"),
        (b"? {a: 1}\n: 2\n", 1, "is no YAML"),
        (b"", None, "the file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch, raw, row, rule):
    (tmp_path / "_toc.yml").write_bytes(raw)
    monkeypatch.setattr(contents, "ROOT", tmp_path)
    _, said, found = contents.yaml_of("_toc.yml")
    assert said is None and (found[0].row, rule in found[0].rule) == (row, True)


@pytest.mark.parametrize(
    ("toc", "named"),
    [
        (None, []),
        ([], []),
        ({"parts": 3}, []),
        ({"root": "index", "parts": [{"chapters": [{"file": "a"}, None]}]}, ["index", "a"]),
        ({"chapters": [None, [[]], {"file": None}, {"glob": ""}]}, ["None"]),
    ],
)
def test_contents_of_any_form_list_what_they_name(toc, named):
    assert list(contents.listed(toc, {"index"})) == named
