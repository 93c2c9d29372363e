"""Settings and contents that say nothing else than they seem to: no misspelt key, and no guard switched off.

Jupyter Book and Sphinx ignore a key they do not know. One that is not here is therefore asked about; whoever needs
another adds it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evidence.checks.contents import SETTINGS, TOC, yaml_of
from evidence.data.rules import Problem, nearest

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
}
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
    found = []
    if isinstance(settings, dict):
        for key, rule in [*unknown(settings), *misshapen(settings), *loosened(settings)]:
            found.append(Problem(SETTINGS, _line_of(text, key), None, key, rule))
    text, contents, _ = yaml_of(TOC)
    for key in unknown_in_contents(contents):
        rule = f"is no key of contents{nearest(key, OF_TOC) or '; there are ' + ', '.join(sorted(OF_TOC))}"
        found.append(Problem(TOC, _line_of(text, key), None, key, rule))
    return found
