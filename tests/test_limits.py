"""Limits of ours stand in ``own_limits.csv`` and decide; other numbers of a module say why they stand in code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from evidence.checks import agreement, judgement
from evidence.checks.rooms import modules, room_of
from evidence.data import disagreements, own_limits, store
from evidence.figures import arithmetic, evidence_map
from evidence.figures.intervals import interval_pct
from evidence.parts.synthesis import timeline
from evidence.site import headings
from evidence.site.search import shelves
from tests.test_house import faults, name_of, tree_of

ROOT = Path(__file__).resolve().parents[1]
TOOLKITS = ("attendance", "listening")  # their rules say themselves who set each parameter
MARKS = {  # why a number stands in code, as its comment begins
    "layout": "how much stands where; nothing is left out by it",
    "speed": "time, memory and processes",
    "form": "as a format, a machine or the way documents write has it",
    "house": "a rule for those who write, which a check tells them",
    "message": "how much a message to them names one by one",
    "search": "what comes first, held by queries of the tests",
    "made up": "of invented data, which say so",
}
MARKED = re.compile(rf"(?:#|//) (?:{'|'.join(MARKS)}): \w")
SCRIPT_NUMBER = re.compile(r"(?:export )?const [A-Z_]+ = (?:\[[\d., ]+\]|[\d._]+|\{[^}\"]*\d[^}\"]*\});")


def is_number(node: ast.expr) -> bool:
    """Return whether a value is a number, or holds nothing else beside names of its numbers."""
    match node:
        case ast.Constant(value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.UnaryOp(operand=operand):
            return is_number(operand)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            return bool(parts) and all(map(is_number, parts))
    return False


def unexplained(lines: list[str], numbers: list[int]) -> list[str]:
    """Return the lines, of those with numbers, whose comment gives no reason; one above a block is for all of it."""
    return [lines[at] for at in numbers if not MARKED.search(lines[at]) and not MARKED.search(head_of(lines, at))]


def head_of(lines: list[str], at: int) -> str:
    """Return the comment above the block of lines that a line is in, "" where it has none."""
    while at > 0 and lines[at - 1].strip() and not lines[at].startswith(("#", "//")):
        at -= 1
    return lines[at] if lines[at].startswith(("#", "//")) else ""


def unexplained_in(path: Path) -> list[str]:
    """Return the numbers at the top of a module that say no reason why they stand in code."""
    assigned = [node for node in tree_of(path).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    numbers = [node.lineno - 1 for node in assigned if node.value is not None and is_number(node.value)]
    return unexplained(path.read_text(encoding="utf-8").splitlines(), numbers)


def unexplained_in_script(path: Path) -> list[str]:
    """Return the numbers of a script that say no reason why they stand in code."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return unexplained(lines, [at for at, line in enumerate(lines) if SCRIPT_NUMBER.match(line)])


def test_a_number_in_a_module_is_a_limit_of_ours_or_says_why_it_is_none():
    others = [path for path in modules() if room_of(path) not in TOOLKITS]
    scripts = sorted((ROOT / "evidence/site/theme/script").rglob("*.js"))
    found = faults(others, unexplained_in) | faults(scripts, unexplained_in_script)
    assert found == {}, f"move it to own_limits.csv, or begin its comment with one of {', '.join(MARKS)}"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("LEAST = 10  # of what is counted", True),
        ("SHADES = (1, 10, -3)", True),
        ('WEIGHTS = {"page": 2 / 3}', True),
        ("LEAST = 10  # layout: rows", False),
        ("# layout: of the drawing, in px\nBOX = (1, 2)\nGAP = 3", False),
        ("# layout: of the drawing, in px\nBOX = (1, 2)\n\nGAP = 3", True),
        ("NAMES = ('a', 'b')\nIS_OPEN = True", False),
    ],
)
def test_a_number_without_a_reason_is_seen(tmp_path, text, wrong):
    (tmp_path / "a.py").write_text(f"{text}\n")
    (tmp_path / "a.js").write_text("const MOST = 3; // results\nconst GAP = 8; // layout: pixels\n")
    assert bool(unexplained_in(tmp_path / "a.py")) is wrong
    assert unexplained_in_script(tmp_path / "a.js") == ["const MOST = 3; // results"]


# --- every limit decides something -----------------------------------------------------------


def limits() -> dict[str, str]:
    """Return the id of each limit by the function that reads it."""
    functions = [node for node in tree_of(Path(own_limits.__file__)).body if isinstance(node, ast.FunctionDef)]
    asked = {node.name: re.search(r"_values?\('([a-z-]+)'\)", ast.unparse(node)) for node in functions}
    return {name: match[1] for name, match in asked.items() if match}


def test_every_limit_has_a_function_that_something_asks():
    assert sorted(limits().values()) == sorted(store.rows(own_limits.TABLE))
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules() if name_of(path) != "own_limits.py")
    assert [name for name in limits() if f"own_limits.{name}()" not in code] == []


@pytest.fixture
def limit(monkeypatch):
    """Return a function that sets a limit for one test."""
    return lambda name, value: monkeypatch.setattr(own_limits, name, lambda: value)


def test_figures_that_are_about_right_follow_up_to_the_limit(limit):
    rows = store.rows("printed_arithmetic")
    assert arithmetic.follows(rows["vac-nur-sultan-consultations-ratio"])
    assert not arithmetic.follows(rows["vac-students-per-psychologist"])
    limit("in_words_pct", 5)
    limit("about_pct", 50)
    assert not arithmetic.follows(rows["vac-nur-sultan-consultations-ratio"]), "it misses by almost eight per cent"
    assert arithmetic.follows(rows["vac-students-per-psychologist"]), "it misses by less than half"


def test_the_map_has_a_shade_and_a_period_from_each_limit_on(limit):
    limit("map_shades", (2, 5))
    limit("map_periods", (2000, 2010))
    assert [evidence_map.shade(count) for count in (1, 2, 4, 5, 9)] == [0, 1, 1, 2, 2]
    assert evidence_map.periods() == [(0, 1999), (2000, 2009), (2010, 9999)]


def test_intervals_widen_with_their_level(limit):
    low, high = interval_pct(5, 10)
    limit("interval_confidence_pct", 99)
    assert interval_pct(5, 10)[0] < low and interval_pct(5, 10)[1] > high


def test_kappa_is_left_out_of_few_judgements(limit):
    pairs = [("high", "high"), ("low", "low"), ("low", "high")]
    assert agreement.kappa(pairs) is None
    limit("kappa_pairs", 3)
    assert agreement.kappa(pairs) == 0.4


def test_headings_say_the_same_up_to_the_limit(limit):
    heading, title = "Children without school meals", "School meals reach children of poor families"
    assert headings.say_the_same(heading, title)
    limit("same_heading_pct", 90)
    assert not headings.say_the_same(heading, title)


def test_the_timeline_begins_where_the_limit_says(limit):
    limit("timeline_begins", 2020)
    assert timeline.span() == ["2020", "2021", "2022", "2023"]


def test_a_small_number_tells_nothing_up_to_the_limit(limit):
    row = store.row("facts", "register-out-2012")._replace(as_reported="12 of 214")
    assert disagreements.telling(row) == {12, 214}
    limit("telling_number", 13)
    assert disagreements.telling(row) == {214}


def test_a_confidence_far_below_what_is_allowed_needs_a_reason(limit):
    row = next(row for row in judgement.numbered(store.load("synthesis")) if row.kind == judgement.QUALITATIVE)
    mild = row._replace(**dict.fromkeys(judgement.LEVELS, "none"), confidence="moderate", departure="")
    judged, rules = judgement.Judged("synthesis", "message", {}), store.load("confidence_rules")
    assert judgement.confidence_problems(mild, rules, judged) == []
    limit("large_departure", 1)
    (problem,) = judgement.confidence_problems(mild, rules, judged)
    assert problem.column == "confidence"


def test_the_search_is_told_what_it_leaves_out_and_calls_weak(limit):
    limit("search_least_pct", 20)
    limit("search_weak_pct", 50)
    assert shelves.vocabulary()["limits"] == {"least": 0.2, "weak": 0.5}
