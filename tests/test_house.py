"""The repository keeps its own rules: rooms, names, sizes, docstrings, caches, one version."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import evidence
from evidence.checks.rooms import MAY_IMPORT, PACKAGE, direct, imported, modules, room_of, rooms, steps
from evidence.data import store
from evidence.data.schema import kinds
from tests.references import chapters_with_code, reference_of

ROOT = Path(__file__).resolve().parents[1]
MODULES = modules()
MAX_LINES = 350
LARGEST = 2_000_000  # bytes of a file: twice the table of readings
GENERIC = ("data", "figures", "exhibits", "checks", "site")  # rooms that know no document and no part


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a module as Python reads it, once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """Return a module as a test names it."""
    return str(path.relative_to(ROOT))


def faults(paths, look) -> dict[str, object]:
    """Return what is wrong with each file of which something is: what a function of its path finds."""
    return {name_of(path): found for path in paths if (found := look(path))}


ROOMED = [path for path in MODULES if room_of(path) in MAY_IMPORT]


def test_every_module_stands_in_a_room():
    assert {room_of(path) for path in MODULES} - set(MAY_IMPORT) == {"__init__", "__main__"}


def test_a_room_imports_only_what_it_may():
    assert faults(ROOMED, lambda path: set(imported(path)) - MAY_IMPORT[room_of(path)] - {room_of(path)}) == {}


def imports_of(path: Path) -> set[Path]:
    """Return the modules of the package that a module imports, wherever in it, those for types only left out."""
    tree = tree_of(path)
    for_types = {id(inside) for node in tree.body if is_for_types(node) for inside in ast.walk(node)}
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and id(node) not in for_types]
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {node.module for node in nodes}
    return {file for name in names if (file := ROOT.joinpath(*name.split(".")).with_suffix(".py")) in MODULES}


def is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def test_modules_do_not_import_each_other_in_a_circle():
    TopologicalSorter({path: imports_of(path) for path in MODULES}).prepare()  # raises CycleError, which names them


def test_an_import_against_the_direction_is_seen(tmp_path):
    (tmp_path / "a.py").write_text(
        "from evidence import book\nfrom evidence.site.pages import menu\nimport evidence.cli"
    )
    assert set(imported(tmp_path / "a.py")) == {"book", "site", "cli"}


def test_the_drawing_of_the_rooms_shows_every_room_above_what_it_imports():
    frame = rooms()
    step = steps(frame)
    assert frame["Room"].tolist() == list(MAY_IMPORT)
    assert direct(frame) and all(step[room] > step[other] for room, other in direct(frame))
    assert ("exhibits", "figures") in direct(frame) and ("exhibits", "data") not in direct(frame)


def strings_in(path: Path) -> list[str]:
    """Return the texts that stand in a module."""
    constants = [node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def test_a_generic_room_names_no_document():
    keys = re.compile(
        r"antonowicz2013oosc|cecchetti2021vac|covidgender2021|unicefkz2023annual|gurin2023tale|vac-|tale-"
    )
    generic = [path for path in MODULES if room_of(path) in GENERIC]
    assert faults(generic, lambda path: list(filter(keys.search, strings_in(path)))) == {}


def test_a_chapters_module_names_no_row():
    """Coding is data: ids of rows stand in ``data/``, the module has the names of tables and columns."""
    ids = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
    known = {code for codes in definition_codes() for code in codes} | set(store.rows("exhibits")) | set(kinds())
    parts = [path for path in MODULES if room_of(path) == "parts"]
    assert faults(parts, lambda path: set(filter(ids.fullmatch, strings_in(path))) - known) == {}


def definition_codes():
    """Yield the codes of every vocabulary of the definition: a module may name a code."""
    from evidence.data.schema import fields_of, schema

    for resource in schema().values():
        for field in fields_of(resource).values():
            yield [category["value"] for category in field.get("categories", ())]


def test_a_module_is_short():
    assert faults(MODULES, lambda path: path.read_text(encoding="utf-8").count("\n") > MAX_LINES) == {}


def test_a_module_says_what_it_does():
    assert faults(MODULES, lambda path: not ast.get_docstring(tree_of(path))) == {}


def undocumented(tree: ast.Module) -> list[str]:
    """Return the public functions and classes of a module that have no docstring."""
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith(("_", "visit", "depart"))
    ]
    return [node.name for node in public if not ast.get_docstring(node)]


def untold(tree: ast.Module) -> list[str]:
    """Return the public functions of a module that raise an error which their docstring does not name."""
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [f"{node.name}: {error}" for node in public for error in raised(node) if error not in told_by(node)]


def raised(function: ast.FunctionDef) -> set[str]:
    """Return the errors that a function raises by name."""
    raises = [node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc]
    names = {ast.unparse(error.func if isinstance(error, ast.Call) else error) for error in raises}
    return {name.rpartition(".")[2] for name in names if re.search(r"\b[A-Z]\w+$", name)} - {"SkipNode", "SystemExit"}


def told_by(function: ast.FunctionDef) -> str:
    return ast.get_docstring(function) or ""


def test_a_function_names_the_errors_that_it_raises():
    assert faults(MODULES, lambda path: untold(tree_of(path))) == {}


def test_an_error_that_a_docstring_does_not_name_is_seen():
    code = "def f(x):\n    'Return {}.'\n    raise errors.Bad(x)\n\n\ndef _g():\n    raise Bad\n"
    assert untold(ast.parse(code.format("x"))) == ["f: Bad"]
    assert untold(ast.parse(code.format("x; raises Bad"))) == []


def test_public_functions_have_docstrings():
    assert faults(MODULES, lambda path: undocumented(tree_of(path))) == {}


@pytest.mark.parametrize("planted", ["def f():\n    return 1\n", "class A:\n    pass\n"])
def test_a_function_without_docstring_is_seen(planted):
    assert undocumented(ast.parse(planted)) and not undocumented(ast.parse(planted.replace(":\n", ':\n    "It."\n')))


COUNT_OF_ROWS = re.compile(r" \((?!(?:19|20)\d\d\))\d+( × \d+ = \d+)?\)")  # not the year of a reference


def counted(tree: ast.Module) -> list[str]:
    """Return the functions of a module whose docstring counts rows: it would be wrong with the next row of a table."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [node.name for node in functions if COUNT_OF_ROWS.search(told_by(node))]


def test_no_docstring_of_a_part_counts_the_rows_of_today():
    parts = [path for path in MODULES if room_of(path) == "parts"]
    assert faults(parts, lambda path: counted(tree_of(path))) == {}


@pytest.mark.parametrize("planted", ["one row each (47)", "a row per pair (13 × 5 = 65), zeros too"])
def test_a_docstring_that_counts_rows_is_seen(planted):
    assert counted(ast.parse(f"def f():\n    'Return findings, {planted}.'\n")) == ["f"]


def private_uses(tree: ast.Module) -> list[str]:
    """Return what a file uses of modules of the package that is theirs alone: names that begin with an underscore."""
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    ours = [alias for node in imports if (node.module or "").startswith("evidence") for alias in node.names]
    modules = {alias.asname or alias.name for alias in ours if alias.name.islower()}
    reached = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
        if re.match("_[a-z]", node.attr) and node.attr not in ("_replace", "_asdict", "_fields", "_make")
    ]
    return reached + [alias.name for alias in ours if re.match("_[a-z]", alias.name)]


def test_nothing_private_of_a_module_is_used_elsewhere():
    """A test of what is private holds how a thing is done, not what it does; a module that needs it needs its name."""
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    assert faults(files, lambda path: private_uses(tree_of(path))) == {}


def test_a_use_of_what_is_private_is_seen():
    code = "from evidence.checks import book\nfrom evidence.data.store import _load\nbook._run(book.FILES)\n"
    assert private_uses(ast.parse(code)) == ["book._run", "_load"]


# --- what is kept between chapters --------------------------------------------------------------


def memory_of(tree: ast.Module) -> list[str]:
    """Return the names of module-level dicts, lists and sets that code of the module changes."""
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict | ast.List | ast.Set | ast.Call)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    inside = [node for part in tree.body if isinstance(part, ast.FunctionDef | ast.ClassDef) for node in ast.walk(part)]
    changed = {
        node.func.value.id
        for node in inside
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.attr in ("add", "append", "update", "setdefault", "extend", "pop", "clear", "insert")
    }
    changed |= {
        target.value.id
        for node in inside
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
    }
    return sorted(names & changed)


def remembered(tree: ast.Module) -> list[str]:
    """Return what a module remembers in other ways than by ``functools.cache``."""
    own = {
        node.id
        for part in tree.body
        if isinstance(part, ast.FunctionDef)
        for node in ast.walk(part)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    globals_ = [name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names]
    return [name for name in memory_of(tree) if name not in own] + globals_


def test_helpers_remember_only_by_functools_cache():
    """A fork drops what helpers keep by ``cache_clear``; anything else would carry old data into a chapter."""
    helpers = [path for path in ROOMED if room_of(path) != "site"]
    assert faults(helpers, lambda path: remembered(tree_of(path))) == {"evidence/data/store.py": ["READ"]}


def test_a_memory_of_another_kind_is_seen():
    assert remembered(ast.parse("KEPT = {}\ndef f(x):\n    KEPT[x] = 1\n")) == ["KEPT"]
    assert remembered(ast.parse("def f():\n    global kept\n    kept = 1\n")) == ["kept"]


def test_importing_the_helpers_reads_no_data():
    """What is read at import would not be noted as read by the chapter that shows it."""
    code = """
import importlib, os, pkgutil, sys

opened = []


def note(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.append(os.fspath(arguments[0]))


sys.addaudithook(note)
import evidence.book, evidence.checks.book, evidence.parts

for part in pkgutil.walk_packages(evidence.parts.__path__, "evidence.parts."):
    importlib.import_module(part.name)
print([path for path in opened if path.endswith(".csv")])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout == "[]\n", run.stdout + run.stderr


# --- one path, one name, one version --------------------------------------------------------------


def module_of(chapter: Path) -> Path:
    """Return where the module of a chapter stands, if it has one."""
    inside = chapter.relative_to(ROOT / "chapters").with_suffix(".py")
    return PACKAGE / "parts" / inside.parent / inside.name.replace("-", "_")


def test_every_module_of_a_part_has_its_chapter_and_its_test():
    modules = [path for path in MODULES if room_of(path) == "parts" and path.name != "__init__.py"]
    chapters = {module_of(chapter): chapter for chapter in (ROOT / "chapters").rglob("*.md")}
    assert [name_of(path) for path in modules if path not in chapters] == []
    tests = [ROOT / "tests" / path.relative_to(PACKAGE).with_name(f"test_{path.name}") for path in modules]
    assert [name_of(path) for path in tests if not path.is_file()] == []


@pytest.mark.parametrize("chapter", chapters_with_code(), ids=name_of)
def test_a_chapter_imports_only_modules_of_its_part(chapter):
    text = chapter.read_text(encoding="utf-8")
    parts = set(re.findall(r"^from evidence\.parts\.(\w+)", text, flags=re.MULTILINE))
    assert parts <= {chapter.parent.name}
    assert reference_of(chapter).is_file()


def test_a_folder_holds_two_files():
    folders = {path.parent for path in MODULES} | {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    alone = [
        name_of(folder) for folder in folders if sum(1 for path in folder.iterdir() if path.name != "__pycache__") < 2
    ]
    assert alone == []


def test_no_file_is_left_over():
    """A file with nothing in it, packages' own and markers aside, was left by accident."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    empty = [name_of(path) for path in files if path.is_file() and not path.read_bytes().strip()]
    assert [name for name in empty if not name.endswith(("__init__.py", ".nojekyll", "py.typed"))] == []


def test_no_file_is_as_large_as_what_a_run_writes():
    """Files of a million rows, made to try something out, are kept by nobody on purpose."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    assert [name_of(path) for path in files if path.is_file() and path.stat().st_size > LARGEST] == []


def test_nothing_is_kept_that_is_ignored():
    """What tools leave behind, caches first of all, comes into no commit."""
    command = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    assert subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout == ""


def test_no_test_waits_inside_a_page():
    """The policy of pages lets a waiting text be evaluated once only: such a wait passes at once or fails."""
    refused = "wait_for_" + "function"
    tests = (ROOT / "tests").rglob("*.py")
    assert [name_of(path) for path in tests if refused in path.read_text(encoding="utf-8")] == []


def test_the_version_stands_once():
    text = (ROOT / "CHANGES.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", text, flags=re.MULTILINE)[1] == evidence.__version__
    others = ["pyproject.toml", "_config.yml", "data/fields.toml"]  # CITATION.cff is held by test_imprint
    assert [name for name in others if evidence.__version__ in (ROOT / name).read_text(encoding="utf-8")] == []


# --- tools -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_code_is_clean(command):
    run = subprocess.run([sys.executable, "-m", "ruff", *command, str(ROOT)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_types_hold():
    run = subprocess.run([sys.executable, "-m", "mypy"], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout


def test_scripts_and_style_sheets_are_clean():
    run = subprocess.run([Path(sys.executable).parent / "biome", "ci"], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_workflow_is_valid():
    files = [str(path) for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *files]
    run = subprocess.run(command, capture_output=True, text=True)
    assert files and run.returncode == 0, run.stdout


def test_hooks_before_a_commit_are_valid():
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_quick_checks_pass():
    run = subprocess.run([sys.executable, "-m", "evidence", "check"], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout
