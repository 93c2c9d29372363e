"""Serves the built pages to this machine only, each with the panel, and tells them by events what is going on."""

from __future__ import annotations

import errno
import json
from datetime import datetime
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from evidence.live.state import State

HOST = "127.0.0.1"
NAMES = {HOST, "localhost"}  # by which a browser may ask: a page of another site must not read drafts
PANEL = Path(__file__).with_name("panel.js")
OWN = "/-live/"
SEARCH, SEARCH_PLACE = "search", '<div id="search-results">'  # the page of the search, and where it shows results
BEAT_S = 15  # speed: a line is sent so often, to notice who is gone
TRIED = 20  # speed: ports that are tried after the one asked for

MISSING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not built: {page}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 1rem auto; padding: 0 1rem; }}</style>
</head>
<body>
<main>
<h1>Not built: {page}</h1>
<p>This page comes by itself as soon as it is built.</p>
{problems}
<p><a href="/index.html">The front page</a></p>
</main>
</body>
</html>
"""


def page_at(path: str) -> str:
    """Return the page that an address asks for, "" if it asks for none."""
    path = unquote(urlsplit(path).path)
    if path.endswith("/"):
        path += "index.html"
    return path.strip("/").removesuffix(".html") if path.endswith(".html") else ""


def with_panel(html: str, page: str, version: str) -> str:
    """Return a page with the script of the panel, which asks this server what is going on: the policy lets it."""
    script = f'<script src="{OWN}panel.js" data-page="{escape(page)}" data-version="{version}"></script>\n'
    before, end, after = html.rpartition("</body>")
    return f"{before}{script}{end}{after}" if end else html + script


def with_age_of_search(html: str, site: Path) -> str:
    """Return the page of the search with a line on how old its index is: that takes too long to make at each save."""
    index = site / "search" / "first.js"
    if index.is_file():
        made = datetime.fromtimestamp(index.stat().st_mtime).strftime("%d %B, %H:%M")
        said = f"as <code>make site</code> built it on {made}; it does not find what was written since"
    else:
        said = "once <code>make site</code> has run: no index has been made yet"
    return html.replace(
        SEARCH_PLACE, f'<p role="note">While you write, the search shows the book {said}.</p>{SEARCH_PLACE}'
    )


def missing(page: str, state: State) -> str:
    """Return what stands for a page that was never built, or is gone: what is wrong with it."""
    view = state.view(page)
    lines = [note["text"] for note in view["here"] or view["book"]]
    problems = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return MISSING.format(page=escape(page), problems=f"<ul>{problems}</ul>" if problems else "")


class Handler(SimpleHTTPRequestHandler):
    """Answers for the site, its pages that are not there, and the panel."""

    def __init__(self, *arguments, state: State, **options):
        self.state = state
        super().__init__(*arguments, directory=str(state.site), **options)

    def log_message(self, *_):
        """Say nothing: the terminal is for what is wrong."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        """Answer; who is gone meanwhile is no fault."""
        try:
            if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in NAMES:
                self.send_error(HTTPStatus.FORBIDDEN, f"ask for http://{HOST}")
            elif self.path.startswith(f"{OWN}events"):
                self._events(parse_qs(urlsplit(self.path).query).get("page", [""])[0])
            elif self.path.startswith(f"{OWN}panel.js"):
                self._send(PANEL.read_bytes(), "text/javascript")
            elif page := page_at(self.path):
                self._page(page)
            else:
                super().do_GET()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _page(self, page: str) -> None:
        """Send a page, or what stands for it; of what is outside the site nothing is sent."""
        is_inside = self.state.file_of(page).resolve().is_relative_to(self.state.site.resolve())
        version = self.state.version(page) if is_inside else ""
        status = HTTPStatus.OK if version else HTTPStatus.NOT_FOUND
        html = self.state.file_of(page).read_text(encoding="utf-8") if version else missing(page, self.state)
        if page == SEARCH:
            html = with_age_of_search(html, self.state.site)
        self._send(with_panel(html, page, version).encode(), "text/html", status)

    def _events(self, page: str) -> None:
        """Send what a page is told, now and whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        number, told = -1, ""
        while True:
            now = self.state.wait(number, BEAT_S)
            view = json.dumps(self.state.view(page)) if now != number else told
            self.wfile.write(b": still here\n\n" if view == told else f"data: {view}\n\n".encode())
            self.wfile.flush()
            number, told = now, view


class Server(ThreadingHTTPServer):
    """Ends without waiting for pages that listen; says nothing of those that are gone."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address) -> None:
        """Say nothing: a browser that goes away is no fault."""


def serve(state: State, port: int) -> Server:
    """Return a server on a port, or on the next one that is free; raises OSError if none is."""
    handler = partial(Handler, state=state)
    for one in range(port, port + TRIED if port else 1):
        try:
            return Server((HOST, one), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"the ports {port} to {port + TRIED - 1} are taken; choose another with --port")
