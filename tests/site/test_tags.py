"""Tags and texts of finished HTML: nothing is lost, and they are those that a parser of HTML finds."""

from __future__ import annotations

from html.parser import HTMLParser

from evidence.site.tags import NO_TEXT, Tag, follow, joined, pieces, text_of
from tests.conftest import SITE, site_pages


class Read(HTMLParser):
    """Collects what the parser of the standard library finds: (name, opens, closes) of each tag, and the text."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tag not in ("br", "col", "hr", "img", "input", "link", "meta"), False))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, False, False))

    def handle_endtag(self, tag):
        self.tags.append((tag, False, True))

    def handle_data(self, data):
        if not self.tags or self.tags[-1][0] not in NO_TEXT or self.tags[-1][2]:
            self.text += data

    def handle_entityref(self, name):
        self.text += f"&{name};"

    def handle_charref(self, name):
        self.text += f"&#{name};"


def read(html: str) -> Read:
    """Return HTML as the parser reads it."""
    parser = Read()
    parser.feed(html)
    parser.close()
    return parser


def outside(tags: list[tuple]) -> list[tuple]:
    """Return tags without those of elements whose text is none of the page, which count as one."""
    found, inside = [], ""
    for name, opens, closes in tags:
        if inside:
            inside = "" if closes and name == inside else inside
        elif opens and name in NO_TEXT:
            inside = name
            found.append((name, False, False))
        else:
            found.append((name, opens, closes))
    return found


def is_read_as_by_a_parser(html: str) -> bool:
    """Return whether the tags and texts of HTML are those that the parser finds, and none is lost."""
    texts, tags = pieces(html, NO_TEXT)
    parsed = read(html)
    is_same = [tag[1:] for tag in tags if tag.name] == outside(parsed.tags)
    return is_same and "".join(texts).split() == parsed.text.split() and joined(texts, tags) == html


def test_tags_and_texts_of_a_page_of_each_folder_are_those_that_a_parser_finds(site):
    one_of_each = {page.rpartition("/")[0]: page for page in site_pages()}
    wrong = [page for page in one_of_each.values() if not is_read_as_by_a_parser((SITE / page).read_text("utf-8"))]
    assert len(one_of_each) > 1 and wrong == []


def test_html_that_is_read_otherwise_is_seen():
    assert not is_read_as_by_a_parser('<a title="5 > 4">x</a>')


def test_an_element_is_taken_whole_and_a_comment_is_no_element():
    html = 'a<!-- <b> --><br><script>if (a < b) "<b>"</script><i x="y">c</i>'
    texts, tags = pieces(html, ["script"])
    assert texts == ["a", "", "", "", "c", ""]
    assert tags == [
        Tag("<!-- <b> -->"),
        Tag("<br>", "br"),
        Tag('<script>if (a < b) "<b>"</script>', "script"),
        Tag('<i x="y">', "i", opens=True),
        Tag("</i>", "i", closes=True),
    ]


def test_the_text_of_html_is_what_stands_between_its_tags():
    assert text_of("<h2>A &amp; <b>b</b><!-- c --></h2>") == "A &amp; b"


def test_a_tag_that_closes_nothing_is_passed_over_and_one_closes_what_is_open_inside():
    around: list[Tag] = []
    for tag in pieces("<p><b><i></u></b>")[1]:
        follow(tag, around)
    assert [tag.name for tag in around] == ["p"]
