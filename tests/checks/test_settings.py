"""A misspelt setting and a guard switched off are named."""

import pytest
import yaml

from evidence.checks import settings
from evidence.data.schema import ROOT

GIVEN = yaml.safe_load((ROOT / settings.SETTINGS).read_text(encoding="utf-8"))


def changed(path: str, value) -> dict:
    """Return the settings of the book with one more or another value."""
    given = yaml.safe_load(yaml.safe_dump(GIVEN))
    *parts, last = path.split("/")
    place = given
    for part in parts:
        place = place[part]
    place[last] = value
    return given


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("exectue", "execute"),
        ("execute/raise_on_eror", "raise_on_error"),
        ("html/basurl", "baseurl"),
        ("sphinx/config/evidence_repositry", "evidence_repository"),
        ("sphinx/config/langauge", "language"),
        ("sphinx/confg", "config"),
    ],
)
def test_a_misspelt_setting_is_named_with_the_nearest(path, meant):
    key, rule = next(iter(settings.unknown(changed(path, "x"))))
    assert key == path.rpartition("/")[2] and f"did you mean {meant}" in rule


@pytest.mark.parametrize(
    ("path", "value", "form"),
    [
        ("title", 2026, "a text"),
        ("bibtex_bibfiles", [1, {"a": None}], "a list of texts"),
        ("exclude_patterns", ".venv", "a list of texts"),
        ("sphinx/config/evidence_repository", [1, {"a": None}], "a text"),
        ("sphinx/config/html_use_index", "no", "true or false"),
        ("sphinx/config/evidence_timeout", True, "a number"),
    ],
)
def test_a_setting_of_another_form_is_named_with_its_form(path, value, form):
    assert list(settings.misshapen(changed(path, value))) == [(path.rpartition("/")[2], f"has to be {form}")]


def test_every_setting_of_the_book_that_may_stand_anywhere_has_a_form_or_holds_others():
    named = set().union(*settings.KEYS.values()) - set(settings.KEYS)
    holding = {"config", "html_theme_options", "smartquotes_excludes", "evidence_menu", "latex_documents"}
    holding |= {"execute", "html", "parse", "latex", "sphinx", "local_extensions"}
    assert named - holding == set(settings.FORMS)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("execute/raise_on_error", False),
        ("execute/execute_notebooks", "off"),
        ("only_build_toc_files", False),
        ("sphinx/config/suppress_warnings", ["myst.domains", "myst.xref_missing"]),
        ("sphinx/config/extensions", ["myst_nb", "jupyter_book"]),
        ("sphinx/config/html_theme", "alabaster"),
        ("sphinx/config/language", "ru"),
        ("parse/myst_enable_extensions", ["substitution"]),
        ("bibtex_bibfiles", []),
        ("execute/exclude_patterns", ["chapters/education/*"]),
    ],
)
def test_a_guard_that_is_switched_off_is_named(path, value):
    assert [key for key, _ in settings.loosened(changed(path, value))] == [path.rpartition("/")[2]]


def test_a_guard_that_is_gone_is_named():
    given = yaml.safe_load(yaml.safe_dump(GIVEN))
    del given["execute"]
    assert [key for key, _ in settings.loosened(given)] == ["raise_on_error", "execute_notebooks"]


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("title", "<script>x</script>", "holds markup (<script>)"),
        ("html/extra_footer", "<b>x</b>", "holds markup (<b>)"),
        ("sphinx/config/evidence_description", "", "is empty"),
        ("html/baseurl", "javascript:alert(1)", "is no address"),
        ("html/baseurl", "example.org", "is no address"),
        ("sphinx/config/evidence_repository", 'https://a.org/"onclick="x', "is no address"),
        ("sphinx/config/html_js_files", ["https://a.org/x.js"], "another host"),
    ],
)
def test_words_addresses_and_files_that_would_run_or_ask_another_host_are_named(path, value, rule):
    ((key, said),) = settings.unsafe(changed(path, value))
    assert key == path.rpartition("/")[2] and rule in said


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("exclude_patterns", ["chapters/education/*"], "keeps chapters/education/enrolment out"),
        ("exclude_patterns", ["chapters"], "out of the book"),
        ("sphinx/config/evidence_menu/Map", "chapters/synthesis/evidence-mop", "did you mean chapters/synthesis/evid"),
        ("sphinx/config/evidence_menu/Topics", "javascript:alert(1)", "which is no page"),
    ],
)
def test_a_page_kept_out_and_a_link_of_the_header_to_none_are_named(path, value, rule):
    assert [rule in said for _, said in settings.hidden(changed(path, value))] == [True]


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (["", "B"], "is empty"),
        (["<b>A</b>", "B"], "holds markup"),
        (["57 maps", "B"], "typed by hand (57)"),
        (["A", "A"], "stands beside itself"),
    ],
)
def test_a_name_in_the_menu_that_shows_nothing_or_too_much_is_named(names, rule):
    contents = {"parts": [{"chapters": [{"file": name, "title": name} for name in names]}, {"caption": "B"}]}
    assert [rule in said for _, _, said in settings.wrong_titles(contents)] == [True]


def test_a_misspelt_key_of_the_contents_is_named():
    contents = {"format": "jb-book", "root": "index", "parts": [{"caption": "A", "chapters": [{"fil": "a"}]}]}
    assert list(settings.unknown_in_contents(contents)) == ["fil"]


def test_settings_and_contents_of_the_book_are_read_to_the_last_key():
    assert list(map(str, settings.problems())) == []


def test_a_problem_names_the_line(monkeypatch):
    read = ("title: A\nexectue:\n", {"title": "A", "exectue": None}, [])
    monkeypatch.setattr(settings, "yaml_of", lambda name: read)
    monkeypatch.setattr(settings, "GUARDS", {})
    assert (settings.problems()[0].file, settings.problems()[0].row) == ("_config.yml", 2)
