"""The policy of pages lets nothing in but what the book brings, and the browser keeps to it."""

from __future__ import annotations

import re

import pytest

from evidence.site import assets, policy
from tests.conftest import site_pages
from tests.site.test_every_page import WATCH
from tests.site.waiting import HANGS_S

META = re.compile(r'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
SCRIPT = re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/))[^>]*>(.*?)</script>", re.DOTALL)
OWN_STYLE = re.compile(r"<[a-z][^<>]* (?:style|on[a-z]+)=|<style\b", re.IGNORECASE)
META_OF_OTHERS = '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="img-src *">'
MARK = "document.documentElement.dataset.planted = 'ran'"
HOST = "http://127.0.0.2:9"
PLANTED = {  # what stands on the page, and how the browser names what it refuses
    "a script": (f"<script>{MARK}</script>", "script-src-elem inline"),
    "a script of another host": (f"<script src='{HOST}/x.js'></script>", f"script-src-elem {HOST}"),
    "a script as an address": (f'<script src="data:text/javascript,{MARK}"></script>', "script-src-elem data"),
    "a script as an attribute": (f'<img src="none.svg" alt="" onerror="{MARK}">', "script-src-attr inline"),
    "a script as a frame": (f'<iframe src="javascript:parent.{MARK}" title="x"></iframe>', "script-src-elem inline"),
    "a style as an attribute": ('<p style="color: red">words</p>', "style-src-attr inline"),
    "a style": ("<style>p { color: red }</style>", "style-src-elem inline"),
    "an image of another host": (f'<img src="{HOST}/x.png" alt="">', f"img-src {HOST}"),
    "a frame of another host": (f'<iframe src="{HOST}/" title="words"></iframe>', f"frame-src {HOST}"),
    "an object": (f'<object data="{HOST}/"></object>', f"object-src {HOST}"),
    "another base": (f'<base href="{HOST}/">', f"base-uri {HOST}"),
    "a film": (f'<video src="{HOST}/x.mp4"></video>', f"media-src {HOST}"),
}
DONE = {  # what a script that runs does, and how the browser names what it refuses
    "evaluates text": (f"try {{ eval({MARK!r}) }} catch {{}}", "script-src eval"),
    "asks another host": (f"fetch('{HOST}/').catch(() => 0)", f"connect-src {HOST}"),
    "goes to a script": (f"location.href = {'javascript:' + MARK!r}", "script-src-elem inline"),
    "starts a worker": (
        "try { new Worker(URL.createObjectURL(new Blob(['1']))) } catch {}",
        "worker-src blob",
    ),
    "sends a form": (
        f"const form = document.createElement('form'); form.action = '{HOST}/'; document.documentElement.append(form);"
        "addEventListener('load', () => setTimeout(() => form.submit()))",  # sent before, it can take the visit's place
        f"form-action {HOST}",
    ),
}


def test_the_policy_allows_no_text_as_script_or_style_and_no_host():
    said = policy.directives()
    assert said["default-src"] == said["base-uri"] == said["object-src"] == said["frame-src"] == "'none'"
    sources = {source for value in said.values() for source in value.split()}
    assert sources == {"'none'", "'self'", policy.hash_source(assets.first_script())}


def keeps_to_the_policy(text: str) -> bool:
    """Return whether a page begins with the policy and has no script or style of its own that it refuses."""
    allowed = set(policy.directives()["script-src"].split())
    begins = META.findall(text) == [policy.policy()] and text.index("<meta http-equiv") < 200
    return (
        begins and {policy.hash_source(one) for one in SCRIPT.findall(text)} <= allowed and not OWN_STYLE.search(text)
    )


def test_pages_begin_with_the_policy_and_have_nothing_that_it_refuses(site):
    pages = [page for page in site_pages() if not keeps_to_the_policy((site / page).read_text(encoding="utf-8"))]
    assert pages == []


@pytest.mark.parametrize(
    "planted", ["<script>1</script>", '<p style="color: red">', "<style>p {}</style>", META_OF_OTHERS]
)
def test_what_the_policy_refuses_is_found_on_a_page(planted):
    right = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy.policy()}">'
    assert keeps_to_the_policy(right) and not keeps_to_the_policy(right + planted)


@pytest.fixture
def tab(browser):
    tab = browser.new_page()
    tab.add_init_script(WATCH)
    yield tab
    tab.close()


def opened(tab, folder, words: str, said: str = "") -> None:
    """Open a page of a folder that has the policy of the book, or another."""
    page = folder / "page.html"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{said or policy.policy()}">'
    page.write_text(f"<!doctype html><html><head>{meta}</head><body>{words}</body></html>", encoding="utf-8")
    tab.goto(page.as_uri())


def is_refused(tab, what: str) -> bool:
    """Return whether the browser refuses and reports something, and nothing has run."""
    for _ in range(10 * HANGS_S):
        if any(line.startswith(what) for line in tab.evaluate("window.refused")):
            return tab.evaluate("document.documentElement.dataset.planted") is None
        tab.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_on_a_page_is_refused_and_reported(tab, tmp_path, what):
    words, named = PLANTED[what]
    opened(tab, tmp_path, words)
    assert is_refused(tab, named), tab.evaluate("window.refused")


@pytest.mark.parametrize("what", DONE)
def test_what_a_script_must_not_do_is_refused_and_reported(tab, tmp_path, what):
    script, named = DONE[what]
    opened(tab, tmp_path, f"<script>{script}</script>", policy.policy({"script-src": policy.hash_source(script)}))
    assert is_refused(tab, named), tab.evaluate("window.refused")


def test_a_page_may_ask_its_own_host(tab, address):
    tab.goto(address + "index.html")
    assert tab.evaluate("fetch('robots.txt').then((answer) => answer.status)") in (200, 404)
    assert tab.evaluate("window.refused") == []


def test_without_the_policy_what_is_planted_would_run(tab, tmp_path):
    opened(tab, tmp_path, PLANTED["a script"][0], "img-src 'self'")
    assert tab.evaluate("document.documentElement.dataset.planted") == "ran"


def test_the_scheme_that_was_chosen_holds_before_a_page_is_shown(tab, tmp_path):
    tab.add_init_script("localStorage.setItem('theme', 'dark')")  # by the page itself: processes share it late
    opened(tab, tmp_path, f"<script>{assets.first_script()}</script>")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.evaluate("window.refused") == []
