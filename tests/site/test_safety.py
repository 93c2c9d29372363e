"""What never reaches a page: markup out of data, links that a browser would run."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from evidence.site import safety

BAD = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\x00script:x",
]
BAD += ["data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "blob:x", "http://[bad"]
GOOD = [
    "",
    "#anchor",
    "page.html#a",
    "../page.html",
    "https://example.org/?a=b:c",
    "HTTP://example.org",
    "mailto:a@b.org",
]


# --- addresses


@pytest.mark.parametrize("uri", BAD)
def test_an_address_that_a_browser_would_run_is_no_link(uri):
    assert not safety.is_link(uri)


@pytest.mark.parametrize("uri", GOOD)
def test_pages_of_the_book_the_web_and_mail_can_be_linked(uri):
    assert safety.is_link(uri)


def test_a_link_that_runs_is_refused_with_its_line_and_leaves_its_words(small_book):
    page = "Page\n====\n\nSee `these words <javascript:alert(1)>`_ and `those <https://example.org>`_.\n"
    book = small_book({"page.rst": page}, source_suffix={".rst": "restructuredtext", ".md": "markdown"})
    assert "page.rst:4: WARNING: link to 'javascript:alert(1)': only http, https, mailto" in book.warnings
    assert "See these words and" in book.page("page") and "javascript:" not in book.page("page")
    assert 'href="https://example.org"' in book.page("page")


def test_a_link_of_the_bibliography_that_runs_is_refused_with_its_entry(small_book):
    entry = "@misc{some2020, title = {A work}, author = {Some, One}, year = {2020}, url = {javascript:alert(1)}}"
    book = small_book({"page.md": "# Page\n\n{cite}`some2020`\n\n```{bibliography}\n```\n"}, entry)
    assert "page.md: WARNING: link to 'javascript:alert(1)' in the entry some2020 of the bib" in book.warnings
    assert "A work" in book.page("page") and 'href="javascript:' not in book.page("page")


@pytest.mark.parametrize("setting", ["html_baseurl", "evidence_repository"])
def test_an_address_of_the_settings_that_is_none_of_the_web_is_refused_and_not_used(small_book, setting):
    book = small_book({}, **{setting: "javascript:alert(1)"})
    assert f"WARNING: _config.yml, {safety.ADDRESSES[setting]}: 'javascript:alert(1)'" in book.warnings
    assert safety.web_address(book.app, setting) == ""


def test_an_address_of_the_settings_is_used_without_the_slash_at_its_end():
    app = SimpleNamespace(config=SimpleNamespace(html_baseurl="https://example.org/book/"))
    assert safety.web_address(app, "html_baseurl") == "https://example.org/book"


# --- markup


def test_html_of_an_author_is_refused_with_its_line_and_left_out(small_book):
    page = "# Page\n\nSee <b>bold</b>.\n\n<script>alert(1)</script>\n\n```{raw} html\n<i>x</i>\n```\n"
    book = small_book({"page.md": page})
    for line, html in ((3, "<b>"), (5, "<script>alert(1)</script>"), (7, "<i>x</i>")):
        assert f"page.md:{line}: WARNING: '{html}' is HTML; write Markdown" in book.warnings
    assert not any(tag in book.page("page") for tag in ("<b>", "alert(1)", "<i>x"))
