"""What a browser may load and run on a page of the book: its Content Security Policy, the same for every page.

Nothing is allowed but what is named here, and that comes from the book itself. Scripts are files of the book and the
one in the head of each page, known by its hash, so that words which become a script by some fault do not run. Styles
are the style sheet: no element has one of its own. Scripts that set one do it through the object model, which counts
as theirs. Nothing evaluates text: charts are drawn when the book is built. A page may ask the host that it came from,
and no other: the book's own scripts ask for nothing, but who checks a page asks for ``robots.txt``, and the panel of
the authors' loop for what is new. A page in a folder has no host to ask. It is a file as well as an answer of a server,
so the policy stands in it; who may frame a page cannot be said there, and an exhibit is meant to be framed.

See W3C, Content Security Policy Level 3, sections 2.3 and 6.
"""

from __future__ import annotations

import base64
import hashlib

from evidence.site.assets import first_script

NONE, SELF = "'none'", "'self'"


def hash_source(script: str) -> str:
    """Return how a policy names a script that stands in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def directives() -> dict[str, str]:
    """Return what the policy says of each kind of thing; the first holds for every kind that is not named."""
    return {
        "default-src": NONE,
        "script-src": f"{SELF} {hash_source(first_script())}",
        "style-src": SELF,
        "img-src": SELF,
        "font-src": SELF,
        "connect-src": SELF,
        "frame-src": NONE,
        "object-src": NONE,
        "base-uri": NONE,
        "form-action": SELF,
    }


def policy(other: dict[str, str] | None = None) -> str:
    """Return the policy as a page holds it, with other values of some directives if they are given."""
    return "; ".join(f"{name} {value}" for name, value in (directives() | (other or {})).items())
