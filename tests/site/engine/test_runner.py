"""Cells run in a fork give what cells run by a kernel give, and leave nothing behind."""

from __future__ import annotations

import os
import threading

import nbformat
import pytest
from nbclient import NotebookClient

from evidence.site.engine.runner import run_cells
from tests.site.engine.notebooks import notebook_of

CELLS = {
    "a result": "1 + 1",
    "no result": "x = 1",
    "a stream": "print('one'); print('two')",
    "another stream": "import sys\nprint('err', file=sys.stderr)",
    "a display and a result": "from IPython.display import display, HTML\ndisplay(HTML('<b>b</b>'))\nHTML('<i>i</i>')",
    "a frame": "import pandas as pd\npd.DataFrame({'a': [1.5, 2]})",
    "an update of a display": "shown = display('before', display_id='here')\nprint('between')\nshown.update('after')",
    "a cleared output": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('left')",
    "an output cleared by the next": "print('gone')\nclear_output(wait=True)\nprint('left')",
    "a variable of an earlier cell": "x",
    "the value before": "_ + 1",
    "a magic": "%precision 2\n3.14159",
    "an expected error": "1 / 0",
    "after an error": "'still alive'",
}


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """Return one notebook, run by us and by a kernel."""
    made = []
    for _ in range(2):
        cells = [nbformat.v4.new_code_cell(source) for source in CELLS.values()]
        cells[list(CELLS).index("an expected error")].metadata["tags"] = ["raises-exception"]
        made.append(nbformat.v4.new_notebook(cells=cells))
    folder, before = tmp_path_factory.mktemp("run"), os.getcwd()
    assert run_cells(made[0], folder) is None
    os.chdir(before)
    NotebookClient(made[1], kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return made


def plain(outputs: list) -> list:
    """Return outputs without the colours and the places of a traceback."""
    return [{**output, "traceback": None} if output.output_type == "error" else dict(output) for output in outputs]


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_gives_what_a_kernel_gives(notebooks, name):
    ours, kernel = (notebook.cells[list(CELLS).index(name)] for notebook in notebooks)
    assert plain(ours.outputs) == plain(kernel.outputs)
    assert ours.execution_count == kernel.execution_count
    nbformat.validate(notebooks[0])


@pytest.fixture
def here():
    """Come back to this folder: a run changes it."""
    before = os.getcwd()
    yield
    os.chdir(before)


@pytest.mark.parametrize(
    ("source", "said", "wanted"),
    [("1 / 0", "ZeroDivisionError", 1), ("a = 1\n\nx = (", "SyntaxError", 3), ("a = 1\ny", "NameError", 2)],
)
def test_the_first_cell_that_fails_is_named_with_its_line_and_ends_the_run(tmp_path, here, source, said, wanted):
    notebook, begun = notebook_of("1", source, "print('never')"), []
    index, error, line = run_cells(notebook, tmp_path, begun.append)
    assert (index, line) == (1, wanted) and said in error and begun == [0, 1]
    assert notebook.cells[2].outputs == []


def test_a_run_starts_no_thread_and_writes_nothing_into_the_home(tmp_path, here, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    threads = threading.active_count()
    code = "import threading\nget_ipython().db['kept'] = 1\nprint(threading.active_count(), get_ipython().ipython_dir)"
    notebook = notebook_of(code)
    assert run_cells(notebook, tmp_path) is None
    count, folder = notebook.cells[0].outputs[0].text.split()
    assert int(count) == threads == threading.active_count()
    assert list(home.rglob("*")) == [] and not os.path.exists(folder)


def test_the_classes_of_ipython_stay_as_they_are(tmp_path, here):
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    assert run_cells(notebook_of("1"), tmp_path) is None
    assert InteractiveShell.display_pub_class.default_value is DisplayPublisher
    assert InteractiveShell.displayhook_class.default_value is DisplayHook
