"""Derived tables of the part on child protection, a module a chapter."""

import evidence.derivations  # noqa: F401  (declares what the tables compute)
from evidence.child_protection import (  # noqa: F401
    baseline,
    conclusions,
    frame,
    governance,
    journeys,
    laws,
    norms,
    oversight,
    resources,
    services,
)
