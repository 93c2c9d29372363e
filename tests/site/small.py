"""A Sphinx extension for books of a few lines: the parts of the site that read and write pages, without chapters."""

from __future__ import annotations

from sphinx.util.docutils import SphinxDirective

from evidence.site import HANDBOOK, RECORDS, figures, front, imprint, safety
from evidence.site.engine import sealed

PAYLOAD = {
    "id": "planted",
    "title": "In 2012, 21.0% & more <b>had not</b> returned",
    "heading": "In 2012, {calc}`register-non-return-2012` & more <b>had not</b> returned",
    "alt": 'Two "regions" & <their> children on the register, as a table of two rows.',
    "unit": "children <all>",
    "base": "",
    "period": "2011-12",
    "calculated": "",
    "note": "",
    "places": [{"source": "antonowicz2013oosc", "page": "22", "label": "p. 22 & <small>"}],
    "columns": ["Region <b>", "Children", "Share, %", "Record"],
    "rows": [
        ["<script>alert(1)</script>", "1,756", "−3.5", {"text": "188 <i>", "to": "fact:register-out-2012"}],
        ['Akmola "north"', "–", "12.0", {"text": "none", "to": "fact:no-such-fact"}],
    ],
    "numeric": [False, True, True, False],
    "values": {
        "columns": ["Region <b>", "Children", "Share, %", "Record"],
        "numeric": [False, True, True, False],
        "rows": [["<script>alert(1)</script>", 1756, -3.5123, "188 <i>"], ['Akmola "north"', None, 12, "=1+1"]],
    },
}


class Planted(SphinxDirective):
    """``{planted}`` stands for a cell of a chapter that shows the exhibit above."""

    def run(self):
        return figures.exhibit_nodes(self.env, PAYLOAD)


def setup(app) -> dict:
    app.add_config_value("evidence_repository", "", "html")
    app.add_config_value("evidence_description", "", "html")
    for part in (sealed, safety, *RECORDS, figures, front, imprint, *HANDBOOK):
        part.setup(app)
    app.add_directive("planted", Planted)
    return {"parallel_read_safe": False}
