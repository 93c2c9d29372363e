"""What only a published book has: addresses of its pages, for engines and for those who share them.

All of it needs the address of the book (``baseurl`` in ``_config.yml``). Without one there is no canonical address, no
map of the site and no picture to share, because each would name a wrong place.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.util import logging

from evidence.data.schema import ROOT
from evidence.exhibits.vega import engine
from evidence.site import imprint
from evidence.site.assets import THEME
from evidence.site.engine.forks import fork
from evidence.site.safety import web_address

LOGGER = logging.getLogger(__name__)
CITATION = "CITATION.cff"  # how programs of references read the citation of the book
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
PICTURE = "_static/social.png"
LOST = "404"  # the page for addresses that lead nowhere
PICTURE_SIZE = (1200, 630)  # layout: pixels that networks show of a page
FACES = "'Source Sans 3', 'Liberation Sans', sans-serif"  # of charts, whichever the engine has
LINE_LENGTH = 26  # layout: characters of a line of the title in the picture


def sitemap(app) -> str:
    """Return the map of the site: the address of every page, with the day its text was last changed."""
    lines = []
    for name in sorted(app.env.found_docs):
        change = imprint.page_change(app, name)
        day = f"<lastmod>{change.day}</lastmod>" if change and not change.is_open else ""
        lines.append(f"<url><loc>{escape(imprint.address(app, name))}</loc>{day}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(lines)}</urlset>\n"


def robots(app) -> str:
    """Return what crawlers may read: everything; the map of the site is named where there is one."""
    return f"User-agent: *\nAllow: /\nSitemap: {web_address(app, 'html_baseurl')}/{SITEMAP}\n"


def lines_of(text: str, length: int = LINE_LENGTH) -> list[str]:
    """Return a text in lines of at most so many characters, longer words whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= length:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def picture_svg(title: str) -> str:
    """Return the picture that is shown where the book is shared: its mark (that of the theme) and its title."""
    mark = (THEME / "static" / "icon.svg").read_text(encoding="utf-8")
    mark = re.sub(r"<svg\b", '<svg x="80" y="80" width="120" height="120"', re.sub(r"<\?xml.*?\?>", "", mark), count=1)
    words = "".join(
        f'<text x="80" y="{330 + 84 * number}" font-size="72" font-weight="bold">{escape(line)}</text>'
        for number, line in enumerate(lines_of(title))
    )
    width, height = PICTURE_SIZE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/><rect y="{height - 18}" width="{width}" height="18" '
        f'fill="#0b6e7a"/>{mark}<g fill="#16212e" font-family="{FACES}">{words}'
        f'<text x="80" y="570" font-size="32">{escape(imprint.NOT_THEIRS)}</text></g></svg>'
    )


def write(path: Path, content: bytes) -> None:
    """Write a file unless it is there as it has to be."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def citation_file(app) -> str:
    """Return ``CITATION.cff`` of the repository with what only a build knows: version, day and address; "" if none."""
    if not (ROOT / CITATION).is_file():
        return ""
    lines = [f'version: "{app.config.version}"']
    change = imprint.evidence_change(app)
    lines += [f"date-released: {change.day}"] if change and not change.is_open else []
    base, repository = web_address(app, "html_baseurl"), web_address(app, "evidence_repository")
    lines += [f'url: "{base}/"'] if base else []
    lines += [f'repository-code: "{repository}"'] if repository else []
    return (ROOT / CITATION).read_text(encoding="utf-8").rstrip() + "\n" + "\n".join(lines) + "\n"


def draw(svg: str, path: Path) -> None:
    """Draw a picture as PNG into a file; in a process of its own, because the engine starts threads."""
    write(path, engine().svg_to_png(svg, scale=1))


def write_public(app, exception) -> None:
    """Write the citation file, and what a published book has; take that away without address (``build-finished``)."""
    if exception or app.builder.name != "html":
        return
    site = Path(app.outdir)
    if cited := citation_file(app):
        write(site / CITATION, cited.encode())
    if not web_address(app, "html_baseurl"):
        for name in (SITEMAP, ROBOTS, PICTURE):
            (site / name).unlink(missing_ok=True)
        return
    write(site / SITEMAP, sitemap(app).encode())
    write(site / ROBOTS, robots(app).encode())
    drawing = fork(draw, picture_svg(str(app.config.html_title)), site / PICTURE)
    drawing.join()
    if drawing.exitcode:
        LOGGER.warning("the picture for those who share the book could not be drawn")


def root(app) -> str:
    """Return where the book lies on its host, ``/`` or ``/book/``; "" where it has no address."""
    base = web_address(app, "html_baseurl")
    return urlsplit(base).path.rstrip("/") + "/" if base else ""


def from_root(app, html: str) -> str:
    """Return HTML whose links begin at the root of the host: the page 404 stands at every address."""
    return html.replace('href="', f'href="{root(app)}')


def path_from_root(app, pathto):
    """Return the function by which templates of the page 404 make links, so that they begin at the root of the host."""
    return lambda name, resource=False: root(app) + pathto(name, resource).removeprefix("./")


def setup(app) -> None:
    """Add the page for addresses that lead nowhere, and what is written last."""
    app.connect("html-collect-pages", lambda app: [("404", {"title": "Page not found"}, "404.html")])
    app.connect("build-finished", write_public)
