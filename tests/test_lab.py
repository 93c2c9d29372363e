"""JupyterLab here and on Binder: one set of pins, one set of settings, nothing that runs the book rests on it."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / ".binder"
PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ;.*)?(?: \\)?$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    return dict(PIN.findall((ROOT / name).read_text(encoding="utf-8")))


def test_jupyterlab_is_pinned_with_hashes_and_agrees_with_the_book():
    lab, book = pins("requirements-lab.txt"), pins("requirements.txt")
    assert "jupyterlab" in lab and "jupyterlab" not in book
    assert {name: version for name, version in lab.items() if book.get(name, version) != version} == {}
    packages = re.split(r"\n(?=\w)", (ROOT / "requirements-lab.txt").read_text(encoding="utf-8"))
    assert [text.split("\n")[0] for text in packages[1:] if "--hash=sha256:" not in text] == []


def test_binder_installs_what_make_lab_installs():
    named = re.findall(r"^-r (\S+)$", (BINDER / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    files = [(BINDER / name).resolve().relative_to(ROOT).as_posix() for name in named]
    assert files == ["requirements.txt", "requirements-lab.txt"] and all((ROOT / name).is_file() for name in files)
    assert f"--require-hashes {' '.join(files)}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_binder_runs_the_python_of_the_book():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert (BINDER / "runtime.txt").read_text(encoding="utf-8").strip() == wanted.replace(">=", "python-")


def test_binder_and_make_lab_use_the_same_settings():
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK)
    for text in (script.read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")):
        assert "cp .binder/overrides.json" in text
    settings = json.loads((BINDER / "overrides.json").read_text(encoding="utf-8"))
    viewers = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers["markdown"] == "Jupytext Notebook", "chapters open as notebooks by a double click"
    assert settings["@jupyterlab/apputils-extension:notification"] == {"checkForUpdates": False, "fetchNews": "false"}
