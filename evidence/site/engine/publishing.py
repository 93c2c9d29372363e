"""A site is made beside the one that readers see, which gets its files only when a build is in order.

What a build that failed or was stopped has written is seen by nobody: the folder of the site stays as the last good
build left it. The authors' loop shows the other folder, faults and all, and publishes nothing.
"""

from __future__ import annotations

import filecmp
import os
from pathlib import Path

from evidence.site.engine.files import put

MAKING = "."  # before the name of the folder in which a site is made


def making_folder(site: Path) -> Path:
    """Return the folder in which the pages of a site are made."""
    return site.with_name(f"{MAKING}{site.name}")


def make_beside(app) -> None:
    """Before there is a builder: have it write into the folder beside the site."""
    app.evidence_published = Path(app.outdir)
    app.outdir = type(app.outdir)(making_folder(app.evidence_published))
    Path(app.outdir).mkdir(parents=True, exist_ok=True)


def files_of(folder: Path) -> set[str]:
    """Return the files of a folder, relative to it."""
    found = (Path(path, name) for path, _, names in os.walk(folder) for name in names)
    return {path.relative_to(folder).as_posix() for path in found}


def publish(made: Path, site: Path) -> None:
    """Make one folder the same as another, byte by byte; what is the same already is not touched."""
    names = files_of(made)
    for name in sorted(files_of(site) - names):
        (site / name).unlink()
    for folder in {(site / name).parent for name in names}:
        folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(names):
        if not (site / name).is_file() or not filecmp.cmp(made / name, site / name, shallow=False):
            put(site / name, (made / name).read_bytes())
    for path, _, _ in os.walk(site, topdown=False):
        if not os.listdir(path):
            os.rmdir(path)


def publish_if_in_order(app, exception) -> None:
    """Publish what was made without a warning (``build-finished``)."""
    if not exception and not app._warncount and app.config.evidence_search:
        filecmp.clear_cache()
        publish(Path(app.outdir), app.evidence_published)


def setup(app) -> None:
    """Connect to the build, after whatever writes files and before it is settled (:mod:`unsettled`)."""
    make_beside(app)
    app.connect("build-finished", publish_if_in_order, priority=900)
