"""Names in the cells of chapters and in their modules: whether what a cell calls, imports and shows exists.

Nothing is run: modules are read as text, so that a broken one is named like any other fault.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyflakes import checker, messages

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT

PACKAGE = ROOT / "evidence"
BOOK = PACKAGE / "book.py"  # what `from evidence.book import *` gives
SHOWN = re.compile(r"""\bexhibit\(\s*["']([^"']+)["']""")
TABLE_READERS = ("load", "of_document")  # functions whose first argument is the name of a table


class Fault(Exception):
    """Why a module cannot be read; ``line`` is where."""

    def __init__(self, line: int, rule: str):
        self.line, self.rule = line, rule
        super().__init__(rule)


@cache
def _of_code(text: str) -> ast.Module:
    return ast.parse(text)


def _tree(path: Path) -> ast.Module:
    try:
        return _of_code(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise Fault(error.lineno or 1, f"is no Python: {error.msg}") from None
    except (UnicodeDecodeError, ValueError):
        raise Fault(1, "cannot be read: save the file as UTF-8") from None


def module_problems() -> list[Problem]:
    """Return the modules of the package that are no Python, each with its line."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        try:
            _tree(path)
        except Fault as fault:
            found.append(Problem(named(path), fault.line, None, None, fault.rule))
    return found


def defined(path: Path) -> dict[str, ast.AST]:
    """Return what a module defines or imports at its top, by name; raises :class:`Fault`."""
    found: dict[str, ast.AST] = {}
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0]: node for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {part.id: node for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return found


def module_file(dotted: str) -> Path | None:
    """Return the file of a module of the package ("evidence.parts.education.register"), or None."""
    path = ROOT / Path(*dotted.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _submodules(dotted: str) -> list[str]:
    folder = ROOT / Path(*dotted.split("."))
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__") if folder.is_dir() else []


def _book_modules() -> dict[str, Path]:
    """Return the modules that the book gives to cells by name (``charts``, ``maps``)."""
    found: dict[str, Path] = {}
    for node in _tree(BOOK).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            files = {alias.name: module_file(f"{node.module}.{alias.name}") for alias in node.names}
            found |= {name: file for name, file in files.items() if file}
    return found


def import_fault(node: ast.ImportFrom, name: str) -> str | None:
    """Return what is wrong with a name that a cell imports from the package, or None; raises :class:`Fault`."""
    module = node.module or ""
    if name == "*" or module_file(f"{module}.{name}"):
        return None if module_file(module) else f"there is no module {module}"
    file = module_file(module)
    if file is None:
        parent = module.rpartition(".")[0]
        return f"there is no module {module}{nearest(module.rpartition('.')[2], _submodules(parent))}"
    known = [*defined(file), *_submodules(module)]
    return None if name in known else f"{module} has no {name}{nearest(name, known)}"


def behind(name: str, known: dict[str, ast.AST]) -> ast.AST:
    """Return the definition of a name that a module has, in the module it is imported from if it is."""
    node = known[name]
    file = module_file(node.module or "") if isinstance(node, ast.ImportFrom) else None
    return behind(name, defined(file)) if file and name in defined(file) else node


def call_fault(node: ast.Call, function: ast.AST) -> str | None:
    """Return what is wrong with the arguments of a call of a function of the package, or None."""
    if not isinstance(function, ast.FunctionDef):
        return None
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args)]
    wanted = ", ".join([*names, *(argument.arg for argument in given.kwonlyargs)])
    keywords = [keyword.arg for keyword in node.keywords if keyword.arg]
    known = [*names, *(argument.arg for argument in given.kwonlyargs)]
    if unknown := [name for name in keywords if name not in known and not given.kwarg]:
        return f"{function.name} has no argument {unknown[0]!r}{nearest(unknown[0], known)}; it takes {wanted}"
    is_open = any(isinstance(argument, ast.Starred) for argument in node.args) or len(keywords) < len(node.keywords)
    if len(node.args) > len(names) and not given.vararg and not is_open:
        return f"{function.name} takes {len(names)} arguments ({wanted}), {len(node.args)} are given"
    needed = names[: len(names) - len(given.defaults)]
    missing = [name for name in needed[len(node.args) :] if name not in keywords]
    return f"{function.name} also needs {', '.join(missing)}; it takes {wanted}" if missing and not is_open else None


def _module_use(node: ast.Attribute, modules: dict[str, Path]) -> tuple[str, dict[str, ast.AST]] | None:
    if isinstance(node.value, ast.Name) and node.value.id in modules:
        return node.value.id, defined(modules[node.value.id])
    return None


def _uses(tree: ast.AST) -> Iterator[tuple[int, str | None, str]]:
    """Yield (line, value, rule) of what a chapter's code imports, calls or names that is not there."""
    modules = _book_modules()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evidence"):
            for alias in node.names:
                if rule := import_fault(node, alias.name):
                    yield node.lineno, alias.name, rule
                elif file := module_file(f"{node.module}.{alias.name}"):
                    modules[alias.asname or alias.name] = file
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (use := _module_use(node, modules)):
            module, known = use
            if node.attr not in known:
                yield node.lineno, f"{module}.{node.attr}", f"{module} has no {node.attr}{nearest(node.attr, known)}"
            elif (call := calls.get(id(node))) and (rule := call_fault(call, behind(node.attr, known))):
                yield node.lineno, f"{module}.{node.attr}", rule


def _named_rows(tree: ast.AST) -> Iterator[tuple[int, str | None, str]]:
    """Yield (line, value, rule) of exhibits and tables that code names and that do not exist."""
    known = store.ids("exhibits")
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        key = getattr(node.args[0], "value", None)
        if node.func.id == "exhibit" and isinstance(key, str) and known is not None and key not in known:
            near = nearest(key, known)
            yield (
                node.lineno,
                key,
                f"exhibits.csv has no row with this id{near or '; `evidence new exhibit` writes it'}",
            )
        if node.func.id in TABLE_READERS and isinstance(key, str) and key not in store.schema():
            yield node.lineno, key, f"there is no table of this name{nearest(key, store.schema())}"


def undefined(tree: ast.Module) -> Iterator[tuple[int, str | None, str]]:
    """Yield (line, name, rule) of names that nothing defines, in code that imports names of the book one by one."""
    for message in sorted(checker.Checker(tree).messages, key=lambda message: message.lineno):
        if isinstance(message, messages.UndefinedName):
            name = message.message_args[0]
            known = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | set(defined(BOOK))
            yield message.lineno, name, f"nothing defines this name{nearest(name, known - {name})}"


def code_of(chapter: markdown.Chapter) -> str:
    """Return the code of all cells of a chapter, each on its lines; one that is no Python is left empty."""
    lines: list[str] = []
    for cell in chapter.cells:
        try:
            ast.parse(cell.code)
        except (SyntaxError, ValueError):
            return ""  # said of the cell; names it would define are not known
        lines += [""] * (cell.line - 1 - len(lines)) + cell.code.rstrip("\n").split("\n")
    return "\n".join(lines)


def faults(code: str) -> list[tuple[int, str | None, str]]:
    """Return (line, value, rule) of the names in the code of a chapter that do not exist."""
    tree = ast.parse(code)
    found = [*_uses(tree), *_named_rows(tree)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "evidence.book" and node.names[0].name == "*":
            node.names = [ast.alias(name) for name in sorted(defined(BOOK))]
    if not any("no module" in rule or "has no" in rule for _, _, rule in found):
        found += undefined(tree)
    return sorted(found, key=lambda fault: fault[0])


def problems() -> list[Problem]:
    """Return the names in cells of chapters that do not exist, and modules that are no Python, with their lines."""
    found = module_problems()
    for path in readable():
        try:
            for line, value, rule in faults(code_of(markdown.of_page(path))):
                found.append(Problem(named(path), line, None, value, rule))
        except Fault:
            continue  # a module it imports is no Python, which has been said
    return [*found, *_shown_twice()]


def _shown_twice() -> list[Problem]:
    """Return the exhibits that stand in two places: their address would lead to one of them only."""
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for path in readable():
        for cell in markdown.of_page(path).cells:
            for number, line in enumerate(cell.code.split("\n"), start=cell.line):
                for key in SHOWN.findall(line):
                    if key in seen:
                        rule = f"the exhibit already stands in {seen[key]}; each has one place"
                        found.append(Problem(named(path), number, None, key, rule))
                    seen.setdefault(key, f"{named(path)}, line {number}")
    return found
