"""Which tests are slow, and a guard for those that are not.

A test is slow by what it uses: the built site, a browser, a build, a kernel, another process, the source texts. That
is read from the code of the tests, their fixtures and their helpers, so nobody keeps a list. ``pytest tests --quick``
leaves slow tests out, and refuses what the others then must not do.
"""

from __future__ import annotations

import ast
import gc
import os
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SLOW = (
    "subprocess",
    "frictionless",
    "nbclient",
    "playwright",
    "sphinx.application",
    "evidence.authoring.changes",
    "evidence.authoring.tidy.tidy",
    "evidence.site.building",
    "evidence.site.engine.drawing",
    "evidence.site.engine.forks",
    "tests.conftest.SITE",
    "tests.conftest.SOURCES",
)
REFUSED = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}


# --- what uses what ------------------------------------------------------------------------------


def _file_of(module: str) -> Path | None:
    """Return the file of a module of the tests or the benchmarks, None for any other."""
    path = ROOT.joinpath(*module.split("."))
    found = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return found if module.partition(".")[0] in ("tests", "benchmarks") and found.is_file() else None


def _module_of(path: Path) -> str:
    if not path.is_relative_to(ROOT):
        return ""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _is_slow(name: str) -> bool:
    """Return whether a dotted name is slow, or is something of a module of the tests that uses what is slow."""
    if any(name == slow or name.startswith(f"{slow}.") for slow in SLOW):
        return True
    module, _, part = name.rpartition(".")
    file = _file_of(module)
    return bool(file) and part in slow_names(file)


def _imported(tree: ast.AST) -> dict[str, str]:
    """Return the dotted name behind each imported name."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
    return found


def _defined(node: ast.stmt) -> set[str]:
    """Return the names that a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def _used(node: ast.AST) -> set[str]:
    """Return the names a statement uses, fixtures too; what a function names for itself is none of others'."""
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    arguments = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    own = {part.id for part in names if isinstance(part.ctx, ast.Store)} | arguments
    takes_fixtures = isinstance(node, ast.FunctionDef) and (node.name.startswith("test_") or node.decorator_list)
    return {part.id for part in names} - own | (arguments if takes_fixtures else set())


def _fixtures(path: Path) -> set[str]:
    """Return the slow names of the ``conftest.py`` of every folder above a module of tests or fixtures."""
    if not path.name.startswith(("test_", "conftest")):
        return set()
    folders = [folder for folder in path.parents if folder.is_relative_to(ROOT / "tests")]
    files = [folder / "conftest.py" for folder in folders if path != folder / "conftest.py"]
    return {name for file in files if file.is_file() for name in slow_names(file)}


@cache
def slow_names(path: Path) -> frozenset[str]:
    """Return the names of a module that are slow, or use what is: modules, constants, helpers, fixtures, tests."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    slow = {name for name, whole in _imported(tree).items() if _is_slow(whole)} | _fixtures(path)
    slow |= {name.rpartition(".")[2] for name in SLOW if name.rpartition(".")[0] == _module_of(path)}
    before = None
    while before != slow:
        before = set(slow)
        for node in tree.body:
            if not isinstance(node, ast.Import | ast.ImportFrom) and _used(node) & slow:
                slow |= _defined(node)
    return frozenset(slow)


def is_slow_to_import(path: Path) -> bool:
    """Return whether a module uses what is slow when it is imported: in a constant or a decorator."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    at_import: list[ast.AST] = [node for node in body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    at_import += [part for node in body for part in getattr(node, "decorator_list", [])]
    imports = (ast.Import, ast.ImportFrom)
    return any(_used(node) & slow_names(path) for node in at_import if not isinstance(node, imports))


def is_slow_test(item: pytest.Item) -> bool:
    """Return whether a test uses what is slow."""
    name = item.nodeid.split("::")[1].partition("[")[0]
    return item.path.suffix != ".py" or name in slow_names(item.path)


# --- the plugin ----------------------------------------------------------------------------------


class Quick:
    """With ``--quick`` leaves slow tests out and holds the others to what they are."""

    def __init__(self, config: pytest.Config):
        self.only, self.test = config.option.quick, ""
        if self.only:
            sys.addaudithook(self.refuse)

    def refuse(self, event: str, arguments: tuple) -> None:
        """Refuse another process, the built site and the source texts while a quick test runs (an audit hook)."""
        if not self.test:
            return
        name = arguments[0] if arguments else ""
        path = os.path.abspath(os.fspath(name)) if event == "open" and isinstance(name, str | os.PathLike) else ""
        from tests.conftest import SITE, SOURCES

        if event in REFUSED or path.startswith((f"{SITE.parent}{os.sep}", f"{SOURCES}{os.sep}")):
            raise RuntimeError(f"a quick test must not use {name} ({event}): add to SLOW in tests/quick.py what does")

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out, unread, what is slow to import (or None: others decide)."""
        if self.only and collection_path.suffix == ".ipynb":
            return True
        is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
        return True if self.only and is_test and is_slow_to_import(collection_path) else None

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list) -> None:
        """Leave slow tests out of a quick run: to read all code for what it uses takes seconds."""
        if self.only:
            slow = {item for item in items if is_slow_test(item)}
            config.hook.pytest_deselected(items=list(slow))
            items[:] = [item for item in items if item not in slow]

    def pytest_collection_finish(self) -> None:
        """Leave all that is loaded out of the collection of garbage: a tenth of the time of a quick run."""
        gc.freeze()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item):
        """Hold a test to what it is while it runs."""
        self.test = item.nodeid
        try:
            return (yield)
        finally:
            self.test = ""
