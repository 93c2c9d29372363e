"""The domain: where records live, where they are used, which pages are outdated."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from evidence.site.records import domain as module
from evidence.site.records.domain import EvidenceDomain, outdated, outdated_lists, rewritten


@pytest.fixture
def env():
    env = SimpleNamespace(domaindata={}, found_docs={"a", "b", "facts"})
    env.domain = EvidenceDomain(env)
    env.get_domain = lambda name: env.domain
    return env


def test_the_first_use_of_a_record_on_a_page_has_a_plain_anchor_and_later_ones_a_number(env):
    assert env.domain.use("fact", "x", "a") == "use-fact-x"
    assert env.domain.use("fact", "x", "a") == "use-fact-x-2"
    assert env.domain.use("fact", "x", "a") == "use-fact-x-3"
    assert env.domain.use("calc", "x", "a") == "use-calc-x"
    assert env.domain.use("fact", "x", "b") == "use-fact-x"


def test_users_of_a_record_are_pages_with_the_anchor_of_its_first_use(env):
    for docname in ("b", "a", "a"):
        env.domain.use("fact", "x", docname)
    assert env.domain.users() == {("fact", "x"): {"a": "use-fact-x", "b": "use-fact-x"}}
    assert list(env.domain.users()["fact", "x"]) == ["a", "b"]


def test_a_record_is_found_where_it_was_noted(env):
    env.domain.note("fact", "x", "facts", "fact-x", "Title")
    assert env.domain.data["objects"]["fact", "x"] == ("facts", "fact-x", "Title")
    assert list(env.domain.get_objects()) == [("x", "Title", "fact", "facts", "fact-x", 1)]


def test_pages_of_documents_are_no_results_of_a_search_by_name(env):
    env.domain.note("page", "doc:22", "facts", "page-22", "Document, p. 22")
    assert [found[-1] for found in env.domain.get_objects()] == [-1]


def test_a_page_that_is_read_anew_leaves_nothing_behind(env):
    for docname in ("a", "b"):
        env.domain.note("fact", docname, docname, "anchor", "Title")
        env.domain.use("fact", "x", docname)
        env.domain.rest_on(docname, "digest", ("table", "facts"))
        env.domain.rest_on_list(docname, "digest", ("register", "fact"), ["facts"])
        env.domain.show_uses(docname, "fact", "x")
        env.domain.show_exhibit(docname, "x", {})
        env.domain.stand(docname, f"{docname}-2", ["anchor"])
        env.domain.show_exhibit(docname, "x", {})
    env.domain.clear_doc("a")
    assert set(env.domain.data["objects"]) == {("fact", "b")}
    assert all(set(env.domain.data[part]) == {"b"} for part in module.BY_PAGE)


def test_what_another_process_read_is_merged_for_its_pages_only(env):
    other = {
        "objects": {("fact", "x"): ("b", "fact-x", "X"), ("fact", "y"): ("c", "fact-y", "Y")},
        "listed": {"b": {("fact", "x")}, "c": {("fact", "y")}},
        "uses": {"b": [("fact", "z", "use-fact-z")], "c": []},
        "digests": {"b": {("table", "facts"): "1"}, "c": {}},
        "lists": {"b": {("register", "fact"): ("1", {})}, "c": {}},
        "shown": {"b": {("fact", "x")}, "c": set()},
    }
    env.domain.note("fact", "w", "a", "fact-w", "W")
    env.domain.merge_domaindata(["b"], other)
    assert set(env.domain.data["objects"]) == {("fact", "w"), ("fact", "x")}
    assert set(env.domain.data["listed"]) == {"a", "b"}
    assert env.domain.data["uses"] == {"b": [("fact", "z", "use-fact-z")]}
    assert all(set(env.domain.data[part]) == {"b"} for part in ("digests", "lists", "shown"))


# --- outdated pages


def test_a_page_is_outdated_when_a_digest_it_rests_on_has_changed(env, monkeypatch):
    now = {("table", "facts"): "new", ("fact", "x"): "same"}
    monkeypatch.setattr(module, "current_digest", now.__getitem__)
    env.domain.rest_on("a", "old", ("table", "facts"))
    env.domain.rest_on("b", "same", ("fact", "x"))
    env.domain.rest_on("gone", "old", ("table", "facts"))
    assert outdated(None, env, set(), set(), set()) == ["a"]


def test_the_digest_of_a_card_follows_what_the_card_shows(monkeypatch):
    before = module.card_digest("fact", "register-out-2012")
    assert len(before) == 64 and before == module.card_digest("fact", "register-out-2012")
    changed = module.card("fact", "register-out-2012")._replace(text="189")
    monkeypatch.setattr(module, "card", lambda kind, key: changed)
    assert module.card_digest("fact", "register-out-2012") != before


def test_a_record_that_is_gone_has_no_digest():
    assert module.card_digest("fact", "no-such-fact") == ""


@pytest.mark.parametrize("key", [("table", "no-such-table"), ("no-such-kind", "x")])
def test_a_page_that_rests_on_what_left_the_definition_is_outdated(env, key):
    env.domain.rest_on("a", "old", key)
    assert outdated(None, env, set(), set(), set()) == ["a"]


def test_the_digest_of_a_table_is_that_of_its_file(monkeypatch, tmp_path):
    before = module.table_digest("facts")
    monkeypatch.setattr(module, "DATA", tmp_path)
    assert module.table_digest("facts") == ""
    (tmp_path / "facts.csv").write_text("other")
    assert module.table_digest("facts") not in ("", before)


def test_pages_that_show_uses_are_written_anew_when_these_change_and_not_else(env):
    for docname, key in (("facts", "x"), ("b", "y")):
        env.domain.note("fact", key, docname, f"fact-{key}", key)
        env.domain.show_uses(docname, "fact", key)
    assert rewritten(None, env) == []  # a first build writes every page
    assert rewritten(None, env) == []
    env.domain.use("fact", "x", "a")
    assert rewritten(None, env) == ["facts"]
    assert rewritten(None, env) == []
    env.domain.clear_doc("a")
    assert rewritten(None, env) == ["facts"]


def test_every_page_with_records_is_written_anew_when_one_stands_elsewhere_but_not_for_another_title(env):
    for docname, key in (("facts", "x"), ("b", "y")):
        env.domain.note("fact", key, docname, f"fact-{key}", key)
    assert rewritten(None, env) == []
    env.domain.note("fact", "x", "facts", "fact-x", "Another title")
    assert rewritten(None, env) == []
    env.domain.note("fact", "x", "a", "fact-x", "Another title")
    assert rewritten(None, env) == ["a", "b"]


# --- generated lists


@pytest.fixture
def tables(monkeypatch) -> dict[str, str]:
    """Return the digests of tables, to change."""
    found = {"facts": "1", "places": "1"}
    monkeypatch.setattr(module, "table_digest", found.get)
    return found


def test_a_list_is_made_again_to_be_compared_only_when_its_tables_have_changed(env, tables):
    asked = []

    def digest(kind):
        asked.append(kind)
        return "same"

    env.domain.rest_on_list("a", "same", ("register", "fact"), ["facts"])
    assert outdated_lists(env, "register", digest) == [] and asked == []
    tables["places"] = "2"
    assert outdated_lists(env, "register", digest) == [] and asked == []
    tables["facts"] = "2"
    assert outdated_lists(env, "register", digest) == [] and asked == ["fact"]
    assert outdated_lists(env, "register", digest) == [] and asked == ["fact"], "what was compared is noted"


def test_a_page_is_outdated_when_its_list_is_another(env, tables):
    env.domain.rest_on_list("a", "old", ("register", "fact"), ["facts"])
    env.domain.rest_on_list("b", "old", ("answers", "fact"), ["facts"])
    env.domain.rest_on_list("gone", "old", ("register", "fact"), ["facts"])
    tables["facts"] = "2"
    for _ in range(2):
        assert outdated_lists(env, "register", lambda kind: "new") == ["a"]


def test_a_page_is_outdated_when_what_its_list_is_made_of_is_gone(env, tables):
    env.domain.rest_on_list("a", "old", ("register", "fact"), ["facts"])
    del tables["facts"]
    assert outdated_lists(env, "register", lambda kind: {}[kind]) == ["a"]


def test_a_record_on_two_pages_is_refused(small_book):
    register = "```{register} risk-point\n```\n"
    book = small_book({"one.md": f"# One\n\n{register}", "two.md": f"# Two\n\n{register}"})
    assert "two.md: WARNING: risk-point 'rp-3-exclusion' is already on page one" in book.warnings


def test_a_record_on_one_page_is_not_refused(small_book):
    assert small_book({"one.md": "# One\n\n```{register} risk-point\n```\n"}).warnings == ""
