"""Settings and contents that say nothing else than they seem to: no misspelt key, and no guard switched off.

Jupyter Book and Sphinx ignore a key they do not know. One that is not here is therefore asked about; whoever needs
another adds it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence.checks.chapters import page_names
from evidence.checks.contents import SETTINGS, TOC, yaml_of
from evidence.checks.markup import markup_in
from evidence.checks.prose import quantities
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT

TOP = {"title", "author", "copyright", "only_build_toc_files", "exclude_patterns", "execute", "html"}
TOP |= {"bibtex_bibfiles", "parse", "latex", "sphinx"}
OF_SPHINX = {"extensions", "language", "html_theme", "html_theme_options", "html_show_sourcelink", "html_copy_source"}
OF_SPHINX |= {"html_use_index", "html_domain_indices", "html_permalinks_icon", "html_css_files", "html_js_files"}
OF_SPHINX |= {"use_multitoc_numbering", "numfig", "nb_merge_streams", "nb_number_source_lines", "suppress_warnings"}
OF_SPHINX |= {"bibtex_reference_style", "smartquotes_excludes", "nitpicky", "html_baseurl", "evidence_repository"}
OF_SPHINX |= {"evidence_menu", "evidence_description", "evidence_search", "evidence_timeout"}
KEYS = {  # what may stand below each key; below others anything
    "": TOP,
    "execute": {"execute_notebooks", "raise_on_error", "timeout", "exclude_patterns"},
    "html": {"baseurl", "favicon", "extra_footer", "home_page_in_navbar"},
    "parse": {"myst_enable_extensions"},
    "latex": {"use_jupyterbook_latex", "latex_engine", "latex_documents"},
    "sphinx": {"config", "extra_extensions", "local_extensions", "recursive_update"},
    "sphinx/config": OF_SPHINX,
}
GUARDS: dict[str, Any] = {  # settings without which a wrong page would be published
    "execute/raise_on_error": True,
    "execute/execute_notebooks": "force",
    "only_build_toc_files": True,
    "sphinx/config/suppress_warnings": ["myst.domains"],
    "sphinx/config/extensions": [
        *("myst_nb", "jupyter_book", "sphinx_external_toc", "sphinxcontrib.bibtex", "evidence.site"),
    ],
    "sphinx/config/html_theme": "evidence",
    "sphinx/config/language": "en",
    "sphinx/config/smartquotes_excludes": {"builders": []},
    "parse/myst_enable_extensions": ["colon_fence", "deflist", "attrs_inline", "smartquotes"],
    "bibtex_bibfiles": ["references.bib"],
    "execute/exclude_patterns": None,
}
WORDS = ("title", "author", "copyright", "extra_footer", "evidence_description", "html_permalinks_icon")
PLACES = ("baseurl", "html_baseurl", "evidence_repository")  # where the book and its code are published
ADDRESS = re.compile(r"https?://(?:[\w-]+\.)*[\w-]+(?::\d+)?(?:/[\w./~-]*)?")
OWN_FILES = ("html_js_files", "html_css_files")
TOC_FORMAT = "jb-book"
TEXT, TEXTS, SWITCH, NUMBER = "a text", "a list of texts", "true or false", "a number"
FORMS: dict[str, str] = {  # what a setting holds, wherever its key stands
    **dict.fromkeys(("title", "author", "copyright", "baseurl", "html_baseurl", "favicon", "extra_footer"), TEXT),
    **dict.fromkeys(("execute_notebooks", "latex_engine", "language", "html_theme", "html_permalinks_icon"), TEXT),
    **dict.fromkeys(("bibtex_reference_style", "evidence_repository", "evidence_description"), TEXT),
    **dict.fromkeys(("exclude_patterns", "bibtex_bibfiles", "myst_enable_extensions", "extensions"), TEXTS),
    **dict.fromkeys(("extra_extensions", "html_css_files", "html_js_files", "suppress_warnings"), TEXTS),
    **dict.fromkeys(("only_build_toc_files", "raise_on_error", "use_jupyterbook_latex", "recursive_update"), SWITCH),
    **dict.fromkeys(("html_show_sourcelink", "html_copy_source", "html_use_index", "html_domain_indices"), SWITCH),
    **dict.fromkeys(("use_multitoc_numbering", "numfig", "nb_merge_streams", "nb_number_source_lines"), SWITCH),
    **dict.fromkeys(("nitpicky", "evidence_search", "home_page_in_navbar"), SWITCH),
    **dict.fromkeys(("timeout", "evidence_timeout"), NUMBER),
}
OF_TOC = {"format", "root", "parts", "chapters", "sections", "caption", "file", "glob", "title", "numbered", "maxdepth"}


def _line_of(text: str, key: str) -> int | None:
    """Return the line on which a key first stands."""
    wanted = re.compile(rf"\s*(?:- )?{re.escape(key)}\s*:")
    return next((number for number, line in enumerate(text.split("\n"), start=1) if wanted.match(line)), None)


def _line_with(text: str, key: str, value: str) -> int | None:
    """Return the last line on which a key stands with a value, of those that hold it."""
    lines = enumerate(text.split("\n"), start=1)
    return max((at for at, line in lines if re.search(rf"\b{key}:", line) and value in line), default=None)


def unknown(settings: dict, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (key, rule) of every key that nothing reads."""
    for key, value in settings.items():
        here = f"{path}/{key}" if path else str(key)
        if path in KEYS and key not in KEYS[path]:
            known = KEYS[path]
            yield (
                str(key),
                f"nothing reads this setting{nearest(str(key), known)}; if it is new, add it to KEYS in {__name__}",
            )
        elif isinstance(value, dict) and here in KEYS:
            yield from unknown(value, here)


def _has_form(value: Any, form: str) -> bool:
    """Return whether a value has one of the forms of :data:`FORMS`."""
    if form == TEXTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if form == NUMBER:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, str if form == TEXT else bool)


def misshapen(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (key, rule) of every setting that holds something of another form."""
    for key, value in settings.items():
        if key in FORMS and not _has_form(value, FORMS[key]):
            yield str(key), f"has to be {FORMS[key]}"
        elif isinstance(value, dict) and key not in FORMS:
            yield from misshapen(value)


def _value(settings: dict, path: str) -> Any:
    """Return a setting by its path, None if it is not there."""
    found: Any = settings
    for key in path.split("/"):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def loosened(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (key, rule) of the guards that settings switch off."""
    for path, wanted in GUARDS.items():
        if _value(settings, path) != wanted:
            shown = str(wanted).lower() if isinstance(wanted, bool) else wanted
            yield path.rpartition("/")[2], f"has to be {shown}: without it a page with a fault would be published"


def _settings_of(settings: dict) -> Iterator[tuple[str, Any]]:
    """Yield (key, value) of every setting, wherever it stands."""
    for key, value in settings.items():
        yield str(key), value
        if isinstance(value, dict):
            yield from _settings_of(value)


def unsafe(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (key, rule) of words that hold markup, addresses that are none, and files of other hosts."""
    for key, value in _settings_of(settings):
        if key in WORDS and isinstance(value, str) and (tag := markup_in(value)):
            yield key, f"holds markup ({tag}); it is shown on every page, so write words only"
        if key in WORDS and value == "":
            yield key, "is empty; say it, or take the key out"
        if key in PLACES and value and not ADDRESS.fullmatch(str(value)):
            yield key, "is no address; it is empty, or begins with https:// and a host"
        if key in OWN_FILES and any("//" in str(item) for item in value or ()):
            yield key, "names a file of another host, and the book asks no other host for anything"


def hidden(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (key, rule) of pages that settings keep out, and of links of the header that lead to none."""
    pages = page_names()
    for pattern in settings.get("exclude_patterns") or ():
        if out := [page for page in pages if Path(f"{page}.md").match(str(pattern)) or page.startswith(f"{pattern}/")]:
            yield "exclude_patterns", f"{pattern} keeps {out[0]} out of the book; take the page out, or the pattern"
    for name, value in (_value(settings, "sphinx/config/evidence_menu") or {}).items():
        for target in str(value).split():
            page = target.partition("#")[0]
            near = "" if page in pages else nearest(page, pages)
            if near or ":" in page:
                yield str(name), f"leads to {page}, which is no page{near}"


def wrong_titles(contents: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (key, value, rule) of names in the menu that are empty, hold markup or a typed number, or stand twice."""
    for siblings in _lists(contents):
        seen: set[str] = set()
        for part in siblings:
            for key in part.keys() & {"title", "caption"}:
                text = str(part[key] or "")
                if rule := _title_fault(text, seen):
                    yield key, text, rule
                seen.add(text)


def _title_fault(text: str, seen: set[str]) -> str | None:
    """Return what is wrong with a name in the menu; ``seen`` are those beside it."""
    if not text.strip():
        return "is empty; the menu would show nothing"
    if tag := markup_in(text):
        return f"holds markup ({tag}); the menu shows words only"
    if typed := quantities(text):
        return f"has a quantity typed by hand ({typed[0][1]}); a name in the menu has none"
    return "stands beside itself in the menu; two entries need two names" if text in seen else None


def _lists(contents: Any) -> Iterator[list[dict]]:
    """Yield every list of entries of the contents: those that stand side by side in the menu."""
    if isinstance(contents, list):
        yield [item for item in contents if isinstance(item, dict)]
    for item in contents.values() if isinstance(contents, dict) else contents if isinstance(contents, list) else ():
        yield from _lists(item)


def unknown_in_contents(part: Any) -> Iterator[str]:
    """Yield the keys of contents that nothing reads."""
    if isinstance(part, list):
        for item in part:
            yield from unknown_in_contents(item)
    elif isinstance(part, dict):
        yield from (str(key) for key in part if key not in OF_TOC)
        for item in part.values():
            yield from unknown_in_contents(item)


def problems() -> list[Problem]:
    """Return misspelt keys of settings and contents, values of another form, and guards that are switched off."""
    text, settings, _ = yaml_of(SETTINGS)
    found: list[Problem] = []
    if not (ROOT / SETTINGS).is_file():
        found.append(Problem(SETTINGS, None, None, None, "is missing: it holds the settings of the book; put it back"))
    if isinstance(settings, dict):
        parts = (unknown, misshapen, loosened, unsafe, hidden)
        for key, rule in (fault for part in parts for fault in part(settings)):
            found.append(Problem(SETTINGS, _line_of(text, key), None, key, rule))
    text, contents, _ = yaml_of(TOC)
    for key in unknown_in_contents(contents):
        rule = f"is no key of contents{nearest(key, OF_TOC) or '; there are ' + ', '.join(sorted(OF_TOC))}"
        found.append(Problem(TOC, _line_of(text, key), None, key, rule))
    if isinstance(contents, dict):
        if contents.get("format") != TOC_FORMAT:
            rule = f"has to be {TOC_FORMAT}"
            found.append(Problem(TOC, _line_of(text, "format"), None, str(contents.get("format")), rule))
        for key, value, rule in wrong_titles(contents):
            found.append(Problem(TOC, _line_with(text, key, value), None, value, rule))
    return found
