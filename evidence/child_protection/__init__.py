"""Derived tables of the part on child protection, chapter by chapter."""

import evidence.derivations  # noqa: F401  (declares what the tables compute)
from evidence.child_protection.frame import *  # noqa: F403
from evidence.child_protection.governance import *  # noqa: F403
from evidence.child_protection.laws import *  # noqa: F403
from evidence.child_protection.norms import *  # noqa: F403
