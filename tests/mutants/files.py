"""Faults of the other files: the definition of the tables, settings, contents, bibliography and chapters."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.mutants.book import ROOT, TRIES, Mutant, in_text

SCHEMA, SETTINGS, TOC, BIBLIOGRAPHY = "data/fields.toml", "_config.yml", "_toc.yml", "references.bib"
Edit = Callable[[random.Random, str], str]
Kind = Callable[[str, random.Random], Mutant | None]
KEYS_OF_COLUMNS = (
    "required|references|categories|pattern|minimum|list|about|type|card|label|inverse|only|sentence|quotes"
)


def chapters() -> list[str]:
    """Return the pages of the book."""
    return ["index.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "chapters").rglob("*.md"))]


def edited(words: str, files: tuple[str, ...], edit: Edit) -> Kind:
    """Return the kind that edits one of some files; without files, one of the pages."""

    def kind_of(kind: str, dice: random.Random) -> Mutant | None:
        for _ in range(TRIES):
            file = dice.choice(files or chapters())
            text = (ROOT / file).read_text(encoding="utf-8")
            after = edit(dice, text)
            if after != text:
                return in_text(kind, file, text.encode(), after.encode("utf-8", "surrogatepass"))
        return None

    kind_of.__doc__ = words
    return kind_of


def at_random(pattern: str, put: str | Callable[[random.Random, re.Match], str], flags: int = re.MULTILINE) -> Edit:
    """Return the edit that puts something in the place of one match of a pattern."""
    compiled = re.compile(pattern, flags)

    def edit(dice: random.Random, text: str) -> str:
        found = list(compiled.finditer(text))
        if not found:
            return text
        match = dice.choice(found)
        new = match.expand(put) if isinstance(put, str) else put(dice, match)
        return text[: match.start()] + new + text[match.end() :]

    return edit


def letter_lost(group: int = 1) -> Callable[[random.Random, re.Match], str]:
    """Return what takes a letter out of a group of a match."""

    def put(dice: random.Random, match: re.Match) -> str:
        word, start = match[group], match.start(group) - match.start()
        at = dice.randrange(len(word))
        return match[0][:start] + word[:at] + word[at + 1 :] + match[0][start + len(word) :]

    return put


def one_of(*texts: str) -> Callable[[random.Random, re.Match], str]:
    """Return what puts one of some texts in the place of a match; ``\\1`` stands for its first group."""
    return lambda dice, match: match.expand(dice.choice(texts))


def key_doubled(dice: random.Random, text: str) -> str:
    """Return a bibliography with an entry again, its key in another case."""
    entry = dice.choice(re.findall(r"(?ms)^@\w+\{.*?^\}\n", text))
    return text + re.sub(r"\{([^,]+),", lambda key: "{" + key[1].upper() + ",", entry, count=1)


QUANTITIES = ("12.5%", "347", "1,200 children", "p. 34 700", "three quarters", "1350")
SENTENCE = r"^(?=[A-Z][a-z]+ )([^`{}\n|]{40,}[.])$"  # a line of prose without a role
CELL = r"(?ms)^```\{code-cell\}.*?\n((?:.(?!```))*?)\n```$"

KINDS: dict[str, Kind] = {
    # the definition
    "schema-key": edited(
        "a property of a column is misspelt",
        (SCHEMA,),
        at_random(rf"\b({KEYS_OF_COLUMNS}) = ", letter_lost()),
    ),
    "schema-table-key": edited(
        "a property of a table is misspelt",
        (SCHEMA,),
        at_random(r"^(title|about|reports|judges|longest|spans|codes|record|relates|links) = ", letter_lost()),
    ),
    "schema-part": edited(
        "a part of the definition is misspelt", (SCHEMA,), at_random(r"^\[(\w+)[.\]]", letter_lost())
    ),
    "schema-required": edited("a column need not be filled", (SCHEMA,), at_random(r", required = true", "")),
    "schema-reference": edited(
        "a column refers to no table", (SCHEMA,), at_random(r", references = \"[^\"]+\"(, inverse = \"[^\"]+\")?", "")
    ),
    "schema-other-reference": edited(
        "a column refers to another table",
        (SCHEMA,),
        at_random(r"references = \"\w+\.id\"", 'references = "places.id"'),
    ),
    "schema-codes": edited(
        "a column takes any code",
        (SCHEMA,),
        at_random(r", categories = (?:\"\w+\"|\[[^\]]*\])(, only = \[[^\]]*\])?", ""),
    ),
    "schema-code": edited("a code is gone", (SCHEMA,), at_random(r"^[a-z][a-z_-]+ = \"[^\"]+\"\n", "")),
    "schema-code-more": edited(
        "a vocabulary has a code more", (SCHEMA,), at_random(r"^\[categories\.\w+\]\n", '\\g<0>whatever = "whatever"\n')
    ),
    "schema-pattern": edited("a column takes any text", (SCHEMA,), at_random(r"pattern = '[^']+'", "pattern = '.*'")),
    "schema-limit": edited("a column has no least value", (SCHEMA,), at_random(r", (?:minimum|minLength) = \d+", "")),
    "schema-backtracks": edited(
        "a pattern tries for ever",
        (SCHEMA,),
        at_random(
            r"pattern = '[^']+'",
            one_of("pattern = '([a-z0-9-]+)*!'", "pattern = '(.*)*#'", "pattern = '(a|[a-z-])+$1'"),
        ),
    ),
    "schema-broken-pattern": edited(
        "a pattern is none",
        (SCHEMA,),
        at_random(r"pattern = '[^']+'", one_of("pattern = '[a-z'", "pattern = '('", "pattern = 3")),
    ),
    "schema-type": edited(
        "a property has a value of another type",
        (SCHEMA,),
        at_random(
            r"(required|list|reports|references|type|title|about|minimum) = (?:true|\"[^\"]*\"|\d+)",
            one_of(r"\1 = []", r"\1 = {}", r"\1 = 2012-01-01", r"\1 = nan", r"\1 = 3.5", r'\1 = ""', r"\1 = [[1]]"),
        ),
    ),
    "schema-null": edited(
        "the definition is empty or something else",
        (SCHEMA,),
        lambda dice, text: dice.choice(
            [
                "\n",
                "tables = 3\n",
                "[tables]\nfacts = 1\n",
                "null\n",
                '{"a": null}\n',
                "[[tables]]\n",
                "[tables.facts]\ntitle = 'F'\nabout = 'F'\ncolumns = 'x'\n",
            ]
        ),
    ),
    "schema-table-lost": edited(
        "a table is not described", (SCHEMA,), at_random(r"(?s)^\[tables\.\w+\]\n.*?(?=^\[tables)", "")
    ),
    # settings
    "settings-key": edited("a setting is misspelt", (SETTINGS,), at_random(r"^\s*(\w{4,}):", letter_lost())),
    "settings-guard": edited(
        "a guard is switched off",
        (SETTINGS,),
        at_random(
            r"(raise_on_error|only_build_toc_files): true|(execute_notebooks): \S+|suppress_warnings: \S+",
            lambda dice, match: f"{match[0].partition(':')[0]}: {dice.choice(['false', 'off', 'null', '[myst]'])}",
        ),
    ),
    "settings-type": edited(
        "a setting is of another type",
        (SETTINGS,),
        at_random(
            r"^(\s*\w+): (\S.*)$",
            one_of(r"\1: [1, {a: null}]", r"\1: 2012-02-30", r"\1: !!python/object:os.system x", r"\1: *x"),
        ),
    ),
    "settings-words": edited(
        "a setting that pages show is markup, a script or empty",
        (SETTINGS,),
        at_random(
            r"^( *)(title|author|baseurl|evidence_repository): .*$",
            one_of(r"\1\2: <b>x</b>", r"\1\2: 'javascript:alert(1)<i>'"),
        ),
    ),
    "settings-twice": edited(
        "a setting stands twice", (SETTINGS,), at_random(r"^(title|author|copyright): .*\n", "\\g<0>\\g<0>")
    ),
    "tool-guard": edited(
        "a test, a rule of style or a command is passed over",
        ("pyproject.toml", "jupytext.toml"),
        at_random(
            r"^(testpaths|addopts|select|ignore|extend-exclude|formats|cell_metadata_filter|evidence) = .*$",
            one_of('\\1 = "none"', '\\1 = ["all"]', "\\1 = "),
        ),
    ),
    # contents
    "contents-name": edited(
        "a name in the menu is empty, markup or a number",
        (TOC,),
        at_random(r"^( +)title: .*$", one_of(r"\1title: ''", r"\1title: <b>x</b>", r"\1title: 57 maps")),
    ),
    "contents-file": edited("an entry of the contents is misspelt", (TOC,), at_random(r"file: (\S+)$", letter_lost())),
    "contents-key": edited(
        "a key of the contents is misspelt",
        (TOC,),
        at_random(r"\b(file|title|caption|chapters|sections|parts|format|root):", letter_lost()),
    ),
    "contents-lost": edited(
        "an entry of the contents is gone",
        (TOC,),
        at_random(r"^ +- file: \S+\n( +title: .*\n)?(?! +(?:sections|title))", ""),
    ),
    "contents-twice": edited(
        "a page stands in the contents twice", (TOC,), at_random(r"^( +)- file: \S+\n", r"\g<0>\g<0>")
    ),
    "contents-address": edited(
        "an entry of the contents is another site",
        (TOC,),
        at_random(
            r"- file: \S+$",
            one_of("- url: https://example.org", "- url: javascript:alert(1)", "- file: null", "- file: [a]", "- 3"),
        ),
    ),
    # bibliography
    "bibliography-case": edited("two keys differ by case", (BIBLIOGRAPHY,), key_doubled),
    "bibliography-scheme": edited(
        "an address of the bibliography is a script",
        (BIBLIOGRAPHY,),
        at_random(
            r"url = \{[^}]+\}",
            one_of("url = {javascript:alert(1)}", "url = {htp://example.org}", "url = {data:text/html,x}"),
        ),
    ),
    "bibliography-year": edited(
        "a year of the bibliography is none",
        (BIBLIOGRAPHY,),
        at_random(
            r"year = \{\d+\}", one_of("year = {20l3}", "year = {n.d.}", "year = {20133}", "year = {1213}", "year = {}")
        ),
    ),
    "bibliography-field": edited(
        "a field of the bibliography is misspelt, emptied or doubled",
        (BIBLIOGRAPHY,),
        at_random(r"^  (author|title|note) = ", one_of("  autor = ", "  titel = ", "  note = {},\n  titles = ")),
    ),
    "bibliography-type": edited(
        "a type of the bibliography is misspelt", (BIBLIOGRAPHY,), at_random(r"^@(\w+)\{", letter_lost())
    ),
    "bibliography-key-year": edited(
        "a year of the bibliography is not that of the key",
        (BIBLIOGRAPHY,),
        at_random(r"(?<=-20)([01]\d),\n((?:  (?!year).*\n)*)  year = \{\d+\}", r"\1,\n\2  year = {1931}"),
    ),
    "bibliography-markup": edited(
        "a title of the bibliography holds markup or a command",
        (BIBLIOGRAPHY,),
        at_random(
            r"  title = \{", one_of("  title = {<script>x</script> ", "  title = {\\\\input{x} ", '  title = {x"> ')
        ),
    ),
    "bibliography-address": edited(
        "an address of the bibliography ends in something else",
        (BIBLIOGRAPHY,),
        at_random(
            r"url = \{([^}]+)\}",
            one_of(r"url = {\1 and more}", r'url = {\1" onclick="x}', r"url = {https://unicef.org@example.org/x}"),
        ),
    ),
    "bibliography-brace": edited("an entry is not closed", (BIBLIOGRAPHY,), at_random(r"^\}\n\n", "\n")),
    "bibliography-key": edited(
        "the key of a cited work is misspelt", (BIBLIOGRAPHY,), at_random(r"^@\w+\{(\w+),", letter_lost())
    ),
    "bibliography-conflict": edited(
        "marks of a merge stand in the bibliography",
        (BIBLIOGRAPHY,),
        at_random(r"^  year = .*\n", "<<<<<<< HEAD\n\\g<0>=======\n\\g<0>>>>>>>> branch\n"),
    ),
    # chapters
    "prose-digits": edited(
        "a quantity is typed in prose",
        (),
        at_random(
            SENTENCE,
            lambda dice, match: f"{match[1]}\nIn all {dice.choice(QUANTITIES)} of them.",
        ),
    ),
    "cell-digits": edited(
        "a quantity is typed in a cell",
        (),
        at_random(
            r"\"([A-Z][a-z]+ [a-z ]{6,})\"(?=[,)])",
            lambda dice, match: dice.choice([f'"{match[1]} 83.5%"', f'f"{match[1]} {{83.5}}%"', f'"347 {match[1]}"']),
        ),
    ),
    "heading-digits": edited("a quantity is typed in a heading", (), at_random(r"^## (.*)$", r"## \1 by 34.7%")),
    "figure-silent": edited(
        "a figure has no alternative",
        (),
        at_random(
            SENTENCE,
            one_of(
                "\\1\n\n![](../../references.bib)",
                "\\1\n\n```{figure} ../../references.bib\n```",
                '\\1\n\n<img src="x.png">',
            ),
        ),
    ),
    "role-name": edited("a role is misspelt", (), at_random(r"\{([a-z:-]+)\}`", letter_lost())),
    "role-id": edited(
        "a role names a record that does not exist",
        (),
        at_random(r"\{(?:fact|calc|finding)\}`(?:[^`<]*<)?([a-z0-9-]+)>?`", letter_lost()),
    ),
    "directive-name": edited("a directive is misspelt", (), at_random(r"^`{3,}\{([a-z-]+)\}", letter_lost())),
    "block-open": edited("a block is not closed", (), at_random(r"^```$\n", "")),
    "head-yaml": edited(
        "the head of a page is no YAML",
        (),
        at_random(
            r"\Adescription: |^description: ",
            one_of("description: a: ", "description: [", "descripton: ", "\tdescription: "),
        ),
    ),
    "cell-name": edited("a name in a cell is misspelt", (), at_random(r"\b(charts\.\w+|exhibit)\(", letter_lost())),
    "cell-syntax": edited("a cell is no Python", (), at_random(r"^exhibit\((.*)$", r"exhibit(\1(")),
    "cell-tag": edited(
        "a cell has a tag that hides it or lets it fail",
        (),
        at_random(
            r"^:tags: \[hide-input\]$",
            one_of(":tags: [hide-inptu]", ":tags: [raises-exception]", ":tags: [remove-cell]", ":tag: [hide-input]"),
        ),
    ),
    "cell-reaches": edited(
        "a cell reads or writes beside the data",
        (),
        at_random(
            r"^(exhibit\(.*)$",
            one_of(
                "import random\n\\1",
                "open('data/facts.csv', 'a')\n\\1",
                "from os import environ\n\\1",
                "\\1\nprint(57)",
            ),
        ),
    ),
    "heading-more": edited(
        "a heading holds more than words",
        (),
        at_random(
            r"^(## )(?=[A-Z])",
            one_of("\\1{fact}`register-out-2012` ", "\\1$x$ ", "\\1[Here](index.md) ", "\\1&lt;b&gt; ", "##\n\n\\1"),
        ),
    ),
    "head-twice": edited(
        "a key of a head stands twice", (), at_random(r"^(description: .*)$", "description: Another one.\n\\1")
    ),
    "prose-number-words": edited(
        "a quantity is typed in other words or signs",
        (),
        at_random(
            SENTENCE,
            one_of(
                *("\\1\nHundreds of them.", "\\1\nIt tripled.", "\\1\nNearly 1950 children.", "\\1\n½ of them."),
                *("\\1\nSee p. 347.", "\\1\n`57` children.", "\\1\nIn 2099 it fell.", "\\1\nFigure 90% of them."),
            ),
        ),
    ),
    "picture-elsewhere": edited(
        "a picture is of another host", (), at_random(SENTENCE, "\\1\n\n![A map](https://example.org/pixel.png)")
    ),
    "page-hidden": edited(
        "a character nobody sees stands on a page",
        (),
        at_random(r"(?<=[a-z])(?=[a-z]{3} )", one_of("\u200b", "\u202e", "\u00ad", "\x07", "\u00a0")),
    ),
    "page-look-alike": edited(
        "a letter of another script stands on a page", (), at_random(r"(?<=[a-z])[ao](?=[a-z]{2} )", one_of("а", "о"))
    ),
    "page-placeholder": edited(
        "a page is still to be written", (), at_random(SENTENCE, one_of("TODO", "\\1 TODO check", "lorem ipsum"))
    ),
    "page-conflict": edited(
        "marks of a merge stand on a page", (), at_random(SENTENCE, "<<<<<<< HEAD\n\\1\n=======\n\\1\n>>>>>>> branch")
    ),
    "link-scheme": edited(
        "a link is a script",
        (),
        at_random(
            SENTENCE,
            one_of(
                "[here](javascript:alert(1)) \\1",
                "[here](data:text/html,x) \\1",
                '<a href="javascript:alert(1)">x</a> \\1',
                "[here](nowhere.md) \\1",
            ),
        ),
    ),
    "page-html": edited("a script stands on a page", (), at_random(SENTENCE, "\\1\n\n<script>alert(1)</script>")),
}
