"""What a chapter must not do or show fails it by name, and what it may do passes."""

from __future__ import annotations

import math
import re
import time

import pytest

from evidence.data.schema import DATA
from evidence.exhibits.exhibit import MIME
from evidence.site.engine import guard
from tests.site.engine.test_forks import ended_where, is_running, notebook_of, results_of, text_of

PLANTED = DATA / "planted.txt"
FRAME = "from evidence.book import *\n"
REFUSED = {  # what a cell does: the cell, what is said of it, the line that is named
    "writes into the data": (f"1\nopen({str(PLANTED)!r}, 'w')", "writes to .*planted.txt", 2),
    "writes and keeps quiet": (
        f"try:\n    open({str(PLANTED)!r}, 'a')\nexcept Exception:\n    pass",
        "writes to .*planted",
        1,
    ),
    "makes a folder beside itself": ("import os\nos.mkdir('planted')", "writes to .*planted", 2),
    "takes a table away": (f"import os\nos.remove({str(DATA / 'no-table.csv')!r})", "writes to .*no-table.csv", 2),
    "writes into the data by a program": (f"!touch {PLANTED}", "changes data/planted.txt", 1),
    "asks another machine": (
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')",
        "asks .*127.0.0.1.* over the network",
        2,
    ),
    "asks and keeps quiet": (
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9))\nexcept Exception:\n    pass",
        "asks 127.0.0.1 over the network",
        1,
    ),
    "prints ten megabytes": ("print('x' * 10_000_000)", "prints 10,000,001 characters", 1),
    "warns": ("import warnings\nwarnings.warn('careful')", "warns: UserWarning: careful", 1),
    "complains": ("import sys\nprint('careful', file=sys.stderr)", "writes to stderr: 'careful'", 1),
    "shows a bare frame": (f"{FRAME}load('places')[['id']]", "shows text/html", 1),
    "shows a bare chart": (f"{FRAME}alt.Chart(load('places')).mark_bar()", "shows text/html .*alt.Chart", 1),
    "shows HTML": ("from IPython.display import HTML\nHTML('<script>alert(1)</script>')", "shows text/html", 1),
    "shows a script": ("from IPython.display import Javascript\nJavascript('1')", "shows application/javascript", 1),
    "shows no number": ("float('nan')", "shows nan", 1),
    "prints infinity": ("print(float('-inf'))", "shows -inf", 1),
    "draws without a seed": ("import random\nrandom.random()", "draws at random without a seed", 1),
    "draws numbers without a seed": ("import numpy\nnumpy.random.normal()", "draws at random without a seed", 1),
    "makes a generator without a seed": ("import numpy\nnumpy.random.default_rng()", "draws at random", 1),
    "ends before its end": ("exit()", "a chapter ends with its last cell", 1),
}
PASS = {  # what a cell does, and what it prints
    "reads the data": (f"print(open({str(DATA / 'places.csv')!r}).read(2))", "id"),
    "writes into a folder of its own": (
        "import tempfile\nwith tempfile.TemporaryDirectory() as one:\n    open(one + '/a', 'w').write('kept')\n"
        "    print(open(one + '/a').read())",
        "kept",
    ),
    "draws with a seed": ("import random\nrandom.seed(1)\nprint(round(random.random(), 3))", "0.134"),
    "makes a generator with a seed": ("import numpy\nprint(numpy.random.default_rng(1).integers(9))", "4"),
    "starts a program": ("!echo said", "said"),
    "takes what a program says": ("said = !echo said\nprint(said)", "['said']"),
    "runs a cell of a shell": ("%%bash\necho said", "said"),
    "imports a module beside it": ("import beside\nprint(beside.WORD)", "word"),
    "awaits": ("import asyncio\nawait asyncio.sleep(0)\nprint('awaited')", "awaited"),
    "names what is like no number": ("print('Infinity pool, nan-bread, finance')", "nan-bread"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_cell_must_not_do_fails_it_by_name(tmp_path, what):
    cell, said, line = REFUSED[what]
    try:
        (result,) = results_of(tmp_path, notebook_of("1", cell, "print('never')"))
    finally:
        written = PLANTED.exists()
        PLANTED.unlink(missing_ok=True)
    index, error, named = result["failure"]
    assert (index, named) == (1, line) and re.search(said, error), error
    assert not written or "program" in what
    assert result["cells"][2][1] == [] and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", PASS)
def test_what_a_cell_may_do_passes(tmp_path, what):
    (tmp_path / "beside.py").write_text("WORD = 'word'\n")
    cell, said = PASS[what]
    (result,) = results_of(tmp_path, notebook_of(cell))
    assert result["failure"] is None and said in text_of(result)


def test_a_cell_that_is_not_to_be_run_is_not_and_one_that_may_raise_may_raise_nothing_else(tmp_path):
    notebook = notebook_of("x = 1", "x = 2", "print(x)", "1 / 0", "float('nan')", f"open({str(PLANTED)!r}, 'w')")
    tags = (["hide-input"], ["skip-execution"], [], ["raises-exception"], ["remove-output"], ["raises-exception"])
    for cell, tagged in zip(notebook.cells, tags):
        cell.metadata["tags"] = tagged
    (result,) = results_of(tmp_path, notebook)
    assert text_of(result) == "1\n" and result["cells"][1] == (None, [])
    assert result["cells"][3][1][0]["ename"] == "ZeroDivisionError"
    assert result["failure"][0] == 5 and "writes to" in result["failure"][1]
    assert not PLANTED.exists()


@pytest.mark.parametrize("session", [False, True], ids=["in its session", "in one of its own"])
@pytest.mark.parametrize("end", ["", "time.sleep(600)"], ids=["that ends", "that does not"])
def test_no_process_that_a_cell_has_started_is_left(tmp_path, monkeypatch, session, end):
    started = f"import subprocess, time\nprint(subprocess.Popen(['sleep', '600'], start_new_session={session}).pid)\n"
    told = tmp_path / "pid"
    code = started.replace("print(", "child = (") + "import os\nos.environ['PID'] = str(child)\n"
    code += "subprocess.run(f'echo {child} > " + str(told) + "', shell=True)\n" + end
    notebook = notebook_of(code)
    ended_where(monkeypatch, lambda: results_of(tmp_path, notebook), lambda _: told.is_file() and told.read_text())
    end_by = time.monotonic() + 300  # a process that is killed is gone a moment later; this one sleeps twice as long
    while is_running(int(told.read_text())):
        assert time.monotonic() < end_by, "it is left"
        time.sleep(0.05)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_an_exhibit_that_holds_no_number_is_named(value):
    payload = {"id": "one", "rows": [["a", "–"]], "values": {"rows": [["a", value]]}}
    output = {"output_type": "execute_result", "data": {MIME: payload, "text/plain": "words"}}
    assert "in the exhibit 'one'" in guard.shown(output)
    payload["values"]["rows"] = [["a", None]]
    assert guard.shown(output) == ""


def test_a_name_in_another_folder_is_found_by_the_folder_that_is_open(tmp_path):
    import os

    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        assert guard.written("os.remove", ("a", folder)) == [str(tmp_path / "a")]
    finally:
        os.close(folder)
