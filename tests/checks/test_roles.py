"""A role, a register or a number in a title that names nothing is found in seconds, with its place."""

from __future__ import annotations

import pytest

from evidence import site
from evidence.checks import markdown, roles
from evidence.data import store

FAULTS = {  # text of a chapter: value and part of the rule
    "It fell to {fact}`register-out-2021`.": ("register-out-2021", "did you mean register-out-20"),
    "It fell by {calc}`register-non-retrun-2012`.": ("register-non-retrun-2012", "register-non-return-2012"),
    "It {finding}`says so <find-nothing>`.": ("says so <find-nothing>", "no finding has the id"),
    ":::{note}\n{body}`nobody`\n:::": ("nobody", "no body has the id"),
    "```{register} fcat\n```": ("fcat", "did you mean fact"),
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_role_or_register_that_names_nothing_is_named_with_its_line(monkeypatch, tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(roles, "readable", lambda: [page])
    (problem,) = roles.chapter_problems()
    value, rule = FAULTS[text]
    assert (problem.file, problem.value) == ("page.md", value)
    assert problem.row in (3, 4) and rule in problem.rule


def test_roles_of_sphinx_and_code_are_left_alone():
    text = "{doc}`nobody` `{fact}` and\n\n```python\n{fact}`no`\n```\n"
    assert [kind for _, kind, key in markdown.read(text).roles if roles.fault(kind, key)] == []


def test_a_number_in_a_title_that_does_not_exist_is_named_with_its_row(monkeypatch):
    row = store.rows("exhibits")["register-regions"]._replace(title="{calc}`no-such` of the fall is {fcat}`x`")
    monkeypatch.setattr(roles.store, "rows", lambda name, *data: {row.id: row} if name == "exhibits" else {})
    first, second = roles.sentence_problems()
    assert (first.file, first.row, first.column, first.value) == ("exhibits.csv", 2, "title", "no-such")
    assert "did you mean fact" in second.rule


def test_every_role_of_the_book_names_a_record():
    assert list(map(str, [*roles.chapter_problems(), *roles.sentence_problems()])) == []


class Registry:
    """Takes note of the directives that a part of the site adds, and of nothing else."""

    def __init__(self):
        self.directives: set[str] = set()

    def add_directive(self, name, *_):
        self.directives.add(name)

    def __getattr__(self, name):
        return lambda *_, **__: None


def test_the_directives_that_the_checks_know_are_those_of_the_site():
    registry = Registry()
    for part in (*site.RECORDS, site.figures, site.front, site.imprint, site.rooms, site.contents, *site.HANDBOOK):
        part.setup(registry)
    assert registry.directives == {*roles.named_by(), *roles.LISTS}
