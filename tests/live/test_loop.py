"""The loop survives whatever an author saves, says what is wrong and where, and is well again when it is mended."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Book
from tests.live.conftest import Live, problems_in
from tests.site.small_book import ABOUT, COUNTS, HEAD, PRACTICES, cell

MODULE = "evidence/parts/education/counting.py"
# name: (file, what is put at its end or, as bytes, instead of it; the page that shows it, what is said; {2} is the
# second line of what was put there)
FAULTS = {
    "an unknown fact": (f"{ABOUT}.md", "\n{fact}`register-out-2021`\n", ABOUT, r"line {2}: .*register-out-2021"),
    "a cell that is no Python": (f"{PRACTICES}.md", "\n" + cell("x = = 1"), PRACTICES, r"line {5}: .*is no Python"),
    "a chapter that kills itself": (
        f"{PRACTICES}.md",
        "\n" + cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        PRACTICES,
        r"line {3}: .*SIGKILL",
    ),
    "a cell without an end": (
        f"{PRACTICES}.md",
        "\n" + cell("import time\nwhile True:\n    time.sleep(1)"),
        PRACTICES,
        r"line {3}: .*did not finish in 10 s",
    ),
    "a module of a part that is no Python": (
        MODULE,
        b'"""Counts."""\n\n\ndef count(:\n    return 1\n',
        "",
        MODULE + r", line 4: is no Python",
    ),
    "a definition that is no TOML": ("data/fields.toml", "\n[tables\n", "", r"fields\.toml.*line \d+"),
    "a table of garbage": ("data/places.csv", b"\x00\xff\xfe garbage \x80\n", "", r"places\.csv"),
    "contents that are no YAML": ("_toc.yml", "\n  - file: [\n", "", r"_toc\.yml, line \d+"),
    "settings that are no YAML": ("_config.yml", "\nhtml: [\n", "", r"_config\.yml, line \d+"),
    "a bibliography with an open entry": (
        "references.bib",
        "\n@book{open,\n  title = {No end\n",
        "",
        r"references\.bib",
    ),
    "a module that the process keeps and that is no Python": (
        "evidence/figures/formulas.py",
        "\ndef share(:\n",
        "",
        r"evidence/figures/formulas\.py, line \d+: is no Python",
    ),
    "a formula that is not imported": (
        "evidence/figures/formulas.py",
        "\nHALF = halve(1)\n",
        "",
        r"evidence/figures/formulas\.py, line \d+: NameError: name 'halve'",
    ),
}


def test_a_saved_sentence_is_on_the_page_and_only_that_page_changes(live):
    other = live.told(COUNTS)["version"]
    before = live.told(ABOUT)["version"]
    page = live.book.path(f"{ABOUT}.md")
    page.write_text(page.read_text() + "\nSaved just now.\n")
    live.wait(ABOUT, lambda told: told["phase"] == "built" and told["version"] != before)
    assert "Saved just now." in live.get(f"{ABOUT}.html")[1]
    assert live.well(COUNTS)["version"] == other


def test_a_changed_definition_shows(live):
    names = ("data/fields.toml", "data/datapackage.json")
    before = {name: live.book.path(name).read_bytes() for name in names}
    try:
        live.book.change("data/fields.toml", 'kind = "fact", name = "Fact"', 'kind = "fact", name = "Datum"')
        assert live.book.run(sys.executable, "-m", "evidence", "schema").returncode == 0
        live.wait(ABOUT, lambda told: '<p class="kind">Datum' in live.get(f"{ABOUT}.html")[1])
    finally:
        for name, content in before.items():
            live.book.path(name).write_bytes(content)
    live.well()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_with_its_place_and_goes_when_it_is_mended(live, fault):
    file, text, page, said = FAULTS[fault]
    path = live.book.path(file)
    before = path.read_bytes() if path.exists() else None
    last = (before or b"").count(b"\n")
    said = said.format(*range(last, last + 9))
    try:
        path.write_bytes(text if isinstance(text, bytes) else (before or b"") + text.encode())
        told = live.wait(page or ABOUT, lambda told: any(re.search(said, text) for text in live.new(told)))
        assert page == "" or any(re.search(said, note["text"]) for note in told["here"]), told
        assert "Traceback" not in str(told)
        status, shown = live.get(f"{ABOUT}.html")
        assert status == 200 and "panel.js" in shown, "the old page is served"
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
    live.well()
    assert "Traceback" not in live.log()


def test_a_chapter_that_is_gone_is_said_and_its_page_comes_back(live):
    path = live.book.path(f"{PRACTICES}.md")
    before = path.read_bytes()
    path.unlink()
    live.wait("index", lambda told: any("practices" in text for text in live.new(told)))
    path.write_bytes(before)
    live.well()
    assert live.get(f"{PRACTICES}.html")[0] == 200


def test_a_new_chapter_with_a_fault_has_a_page_that_says_so_and_comes_when_it_is_mended(live):
    name = "chapters/education/fresh"
    toc = live.book.path("_toc.yml")
    before = toc.read_text()
    live.book.path(f"{name}.md").write_text(HEAD + cell("half = 1 / 0\nhalf"))
    toc.write_text(before + f"  - file: {name}\n")
    try:
        live.wait(name, lambda told: any("ZeroDivisionError" in note["rule"] for note in told["here"]))
        status, shown = live.get(f"{name}.html")
        assert status == 404 and "ZeroDivisionError" in shown and "panel.js" in shown
        live.book.path(f"{name}.md").write_text(HEAD + "Mended.\n")
        assert live.wait(name, lambda told: told["version"])
        assert live.get(f"{name}.html")[0] == 200
    finally:
        live.book.path(f"{name}.md").unlink()
        toc.write_text(before)
    live.well()


def test_what_is_saved_during_a_build_is_built_after_it(live):
    page = live.book.path(f"{ABOUT}.md")
    before = page.read_bytes()
    try:
        for number in range(6):
            page.write_bytes(before + f"\nSave number {number}.\n".encode())
            time.sleep(0.2)
        live.wait(ABOUT, lambda told: told["phase"] == "built" and "Save number 5." in live.get(f"{ABOUT}.html")[1])
        assert live.log().count(f"saved {ABOUT}.md") > live.log().count("building") >= 0
    finally:
        page.write_bytes(before)
    live.well()


def test_a_build_that_is_killed_is_said_and_the_next_save_builds(live):
    page = live.book.path(f"{PRACTICES}.md")
    before = page.read_bytes()
    page.write_bytes(before + ("\n" + cell("import time\ntime.sleep(3)")).encode())

    def is_said(told: dict) -> bool:
        """Kill what the worker has started, as soon as there is something; return whether that is said."""
        if told["phase"] == "building":
            for child in children(worker_of(live)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        return any("SIGKILL" in text for text in problems_in(told))

    live.wait("index", is_said)
    page.write_bytes(before)
    live.well()


def test_a_worker_that_is_killed_is_said_and_the_next_save_starts_another(live):
    os.kill(worker_of(live), signal.SIGKILL)
    live.wait("index", lambda told: told["phase"] == "broken")
    page = live.book.path(f"{ABOUT}.md")
    page.write_bytes(page.read_bytes() + b"\nAfter the worker.\n")
    live.wait(ABOUT, lambda told: told["phase"] == "built" and "After the worker." in live.get(f"{ABOUT}.html")[1])


# --- who may ask, and for what --------------------------------------------------------------------


def test_only_pages_of_the_site_are_served_and_only_to_this_machine(live):
    assert live.get("index.html", host="example.org")[0] == 403
    for path in ("../../_config.yml", "%2e%2e/%2e%2e/_config.yml", "../../_build/html/../../index.html"):
        assert live.get(path)[0] == 404
    assert live.get("_static/book.css")[0] == 200


def test_text_of_an_author_is_no_markup_of_the_page_that_stands_for_a_missing_one(live):
    status, shown = live.get("%3Cscript%3Ealert(1)%3C/script%3E.html")
    assert status == 404 and "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_the_published_site_has_no_panel(live):
    assert "panel.js" not in live.book.path("_build/.html/index.html").read_text(encoding="utf-8")


# --- beginning and end ------------------------------------------------------------------------------


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(one) for one in found]


def worker_of(live: Live) -> int:
    return children(live.run.pid)[0]


def session(process: int) -> list[int]:
    """Return the living processes of the session of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[3]) == process and parts[0] != "Z":
            found.append(int(path.parent.name))
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_no_process_is_left_behind(tmp_path, how):
    book = Book(tmp_path / "book")
    book.path(f"{PRACTICES}.md").write_text(HEAD + cell("import time\ntime.sleep(99)"))
    loop = Live(book)
    book.wait_for(lambda: children(loop.run.pid), loop.run)
    worker = worker_of(loop)
    book.wait_for(lambda: len(session(worker)) >= (1 if how == signal.SIGKILL else 3), loop.run)
    loop.run.send_signal(how)
    loop.run.wait(120)
    end = time.monotonic() + 300
    while session(worker):
        assert time.monotonic() < end, "a process is still there"
        time.sleep(0.1)
    assert "Traceback" not in loop.log()


INTERRUPTED = """
from evidence.live import supervisor

def interrupted(timeout):
    raise KeyboardInterrupt

supervisor.Worker = interrupted
raise SystemExit(supervisor.live(port=0))
"""


def test_an_end_while_the_worker_is_started_is_quiet():
    run = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stderr) == (130, "")


def test_a_port_that_is_taken_is_said_and_the_next_one_taken(tmp_path):
    book = Book(tmp_path / "book")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = book.start("live", "--port", str(port))
        try:
            book.wait_for(lambda: "http://" in run.log.read_text(), run)
            found = re.search(rf"port {port} is taken: this is (\d+) .*--port", run.log.read_text())
            assert found and f"http://127.0.0.1:{found[1]}/" in run.log.read_text()
        finally:
            run.terminate()
            run.wait(120)
