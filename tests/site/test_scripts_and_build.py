"""What the scripts of the site and its build both have to know is the same in both."""

import json
import re

import pytest

from evidence.figures import evidence_map, facets, sureness
from evidence.site.assets import THEME
from evidence.site.search import shelves, stems, thesaurus

VALUE = r"^(?:export )?const {name} =\s*(?:new Set\()?(.+?)\)?;(?:\s*//.*)?$"


def constant(script: str, name: str):
    """Return a constant of a script: a text, a number, a list or an object of these."""
    text = (THEME / "script" / script).read_text(encoding="utf-8")
    found = re.search(VALUE.format(name=name), text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"{script} has no {name}"
    plain = re.sub(r"(?m)^(\s*)(\w+):", r'\1"\2":', found[1])
    return json.loads(re.sub(r",(\s*[\]}])", r"\1", plain))


SHARED = [
    ("finder/model.js", "ORDER", list(facets.NAMES)),
    ("finder/model.js", "JOINT", list(facets.JOINT)),
    ("map/count.js", "KINDS", {kind: list(names) for kind, names in evidence_map.KINDS.items()}),
    ("map/count.js", "GAP", evidence_map.GAP),
    ("map/count.js", "LOST", evidence_map.LOST),
    ("map/count.js", "NO_BASIS", evidence_map.NO_BASIS),
    ("map/count.js", "LEVELS", sureness.levels()),
    ("search/query.js", "LONGEST", thesaurus.LONGEST),
    ("search/shelves.js", "LEVELS", shelves.LEVELS),
    ("search/stems.js", "KAZAKH_TIMES", stems.KAZAKH_TIMES),
    ("search/stems.js", "KAZAKH_LEAST", stems.KAZAKH_LEAST),
]


@pytest.mark.parametrize(("script", "name", "known"), SHARED, ids=[f"{script} {name}" for script, name, _ in SHARED])
def test_a_script_knows_what_the_build_knows(script, name, known):
    assert constant(script, name) == known
