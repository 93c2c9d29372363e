"""Who speaks: citations, reports of errors, dates; with an address and without one."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from evidence.data.schema import ROOT
from evidence.site import changed, head, imprint, public
from evidence.site.changed import Change

DAY = Change("2026-11-26")


def app_of(base: str = "", repository: str = "", pages=("index", "chapters/a")):
    """Return as much of a Sphinx application as the imprint asks for."""
    config = SimpleNamespace(
        author="The evidence synthesis team",
        copyright="2025",
        html_title="The book",
        html_baseurl=base,
        evidence_repository=repository,
        root_doc="index",
        version="1.2",
    )
    data = {"listed": {"chapters/a": {("fact", "x")}}, "lists": {}}
    domain = SimpleNamespace(data=data, document_of=lambda page: page)
    env = SimpleNamespace(
        found_docs=set(pages), doc2path=lambda name, base: f"{name}.md", get_domain=lambda name: domain
    )
    builder = SimpleNamespace(
        get_target_uri=lambda name: f"{name}.html", get_relative_uri=lambda here, there: f"{there}.html"
    )
    return SimpleNamespace(config=config, env=env, builder=builder, srcdir=".")


@pytest.fixture(autouse=True)
def dates(monkeypatch):
    """Let git say one day for everything."""
    monkeypatch.setattr(changed, "of_evidence", lambda folder: DAY)
    monkeypatch.setattr(changed, "of_page", lambda folder, file: Change("2026-10-01"))


def test_a_citation_has_author_year_title_version_and_date_and_the_address_if_there_is_one():
    cited = "The evidence synthesis team (2026). A page. In: The book, version 1.2 of 26 November 2026."
    assert imprint.citation(app_of(), "A page", "chapters/a") == cited
    published = imprint.citation(app_of("https://example.org/b/"), "A page", "chapters/a", "exhibit-x")
    assert published == f"{cited} https://example.org/b/chapters/a.html#exhibit-x"


def test_the_book_is_cited_once_not_in_itself():
    cited = imprint.citation(app_of("https://example.org"), "The book", "index")
    assert cited.endswith("(2026). The book, version 1.2 of 26 November 2026. https://example.org/")


def test_where_git_says_nothing_a_citation_has_the_year_of_the_copyright_and_no_date(monkeypatch):
    monkeypatch.setattr(changed, "of_evidence", lambda folder: None)
    monkeypatch.setattr(changed, "of_page", lambda folder, file: None)
    assert imprint.citation(app_of(), "A", "chapters/a") == (
        "The evidence synthesis team (2025). A. In: The book, version 1.2."
    )
    assert imprint.dates(app_of(), "chapters/a") == ""
    assert "dateModified" not in head.described(app_of(), "chapters/a", "A", "About")


def test_an_error_is_reported_with_the_page_or_record_filled_in():
    link = imprint.report_address(app_of(repository="https://example.org/r/"), "fact register-out-2012", "")
    parts = urlsplit(link)
    assert (parts.netloc, parts.path) == ("example.org", "/r/issues/new")
    assert parse_qs(parts.query)["title"] == ["Error: fact register-out-2012"]
    assert "In the book: fact register-out-2012" in parse_qs(parts.query)["body"][0]


def test_without_a_repository_a_sentence_says_whom_to_tell():
    assert imprint.report_address(app_of(), "page x") == ""
    assert imprint.report_html(app_of(), "chapters/a") == f"Found an error? {imprint.NOWHERE}"


def test_the_footer_says_who_speaks_as_of_when_how_to_cite_and_where_to_report():
    text = head.footer(app_of(repository="https://example.org/r"), "chapters/a", "A page")
    for words in (
        "is made by the evidence synthesis team",
        imprint.NOT_THEIRS,
        "Evidence last changed 26 November 2026; text of this page 1 October 2026.",
        "Version 1.2.",
        "issues/new?title=Error%3A%20page%20chapters/a",
        "The evidence synthesis team (2026). A page.",
        "add its id",
    ):
        assert words in text, words


def test_json_ld_has_author_date_and_version():
    data = head.described(app_of("https://example.org"), "chapters/a", "A", "About")
    assert (data["author"]["name"], data["dateModified"]) == ("The evidence synthesis team", "2026-10-01")
    assert (data["version"], data["url"]) == ("1.2", "https://example.org/chapters/a.html")


def test_the_citation_file_of_the_site_has_version_day_and_address_if_there_is_one():
    text = public.citation_file(app_of("https://example.org/b", "https://example.org/r"))
    assert 'version: "1.2"\ndate-released: 2026-11-26\nurl: "https://example.org/b/"\nrepository-code: ' in text
    assert "url:" not in public.citation_file(app_of())


def test_the_citation_file_names_the_author_of_the_book():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    author = next(line for line in (ROOT / "_config.yml").read_text("utf-8").split("\n") if line.startswith("author: "))
    assert f'- name: "{author.removeprefix("author: ")}"' in text


# --- what only a published book has


def test_the_map_of_the_site_has_every_page_with_its_day():
    text = public.sitemap(app_of("https://example.org/b"))
    assert "<loc>https://example.org/b/</loc><lastmod>2026-10-01</lastmod>" in text
    assert "<loc>https://example.org/b/chapters/a.html</loc>" in text
    assert public.robots(app_of("https://example.org/b")).endswith("Sitemap: https://example.org/b/sitemap.xml\n")


def test_a_book_without_address_names_none():
    assert "canonical" not in head.metadata(app_of(), "chapters/a", "A", "About")
    assert "og:image" not in head.metadata(app_of(), "chapters/a", "A", "About")


def test_a_book_with_address_has_a_picture_to_share():
    text = head.metadata(app_of("https://example.org/b"), "chapters/a", "A", "About")
    assert '<meta property="og:image" content="https://example.org/b/_static/social.png">' in text


def test_the_picture_has_the_title_in_lines_as_text():
    svg = public.picture_svg("A <book> with a title that is longer than a line")
    assert svg.count("font-weight") == 2 and "&lt;book&gt;" in svg
    assert public.lines_of("a b c", 3) == ["a b", "c"]


@pytest.mark.parametrize(("base", "root"), [("https://example.org/b/", "/b/"), ("https://example.org", "/"), ("", "")])
def test_links_of_the_page_for_lost_addresses_begin_at_the_root_of_the_host(base, root):
    app = app_of(base)
    assert public.from_root(app, '<a href="x.html">') == f'<a href="{root}x.html">'
    assert public.path_from_root(app, lambda name, resource: f"{name}.html")("x") == f"{root}x.html"
