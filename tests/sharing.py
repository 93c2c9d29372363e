"""How tests are shared among workers: a file each, but the visits of all pages in parts, so that no worker waits.

The parts come last: whatever other file ends last, the other workers have visits to make until then.
"""

from __future__ import annotations

import zlib

from xdist.scheduler import LoadScopeScheduling

IN_PARTS = "tests/site/test_every_page.py"
PARTS = 16


def scope_of(nodeid: str) -> str:
    """Return the group of tests that one worker runs: the file of a test, or the part of a file."""
    file = nodeid.partition("::")[0]
    return f"{file}, part {zlib.crc32(nodeid.encode()) % PARTS}" if file == IN_PARTS else file


class ByFileAndPart(LoadScopeScheduling):
    """xdist's scheduler by scope, with the scopes of ``scope_of``."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)

    def _assign_work_unit(self, node) -> None:
        """Give a worker the next group; parts stand behind every file."""
        for scope in [scope for scope in self.workqueue if scope.startswith(IN_PARTS)]:
            self.workqueue.move_to_end(scope)
        super()._assign_work_unit(node)
