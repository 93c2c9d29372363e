"""What spreadsheets save becomes what it was: real saves of LibreOffice, and simulated ones of Excel."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from evidence.authoring.tidy import choice, tidy
from evidence.data.schema import DATA, schema
from tests.authoring import excel
from tests.authoring.repository import commit, small_definition

SAVES = Path(__file__).parent / "saves"
BEFORE = {path.name: path.read_bytes() for path in sorted((SAVES / "git").glob("*.csv"))}
FOLDERS = sorted(path.name for path in SAVES.iterdir() if path.is_dir() and path.name != "git")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TEXT = "CSV:44,34,76,1,{},1033,false,false".format("/".join(f"{column}/2" for column in range(1, 60)))


@pytest.fixture
def small(tmp_path) -> Path:
    """Return a folder of excerpts, committed."""
    data = tmp_path / "data"
    data.mkdir()
    for name, raw in BEFORE.items():
        (data / name).write_bytes(raw)
    small_definition(data)
    commit(tmp_path)
    return data


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """Return a copy of ``data/``, committed."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copytree(DATA, root / "data")
    commit(root)
    return root / "data"


def put_back(data: Path) -> int:
    return tidy([], choice(is_put_back=True, is_keep=False), data=data)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_save_of_libreoffice_becomes_what_it_was(small, folder, capsys):
    for path in (SAVES / folder).glob("*.csv"):
        shutil.copy(path, small / path.name)
    assert put_back(small) == 0, capsys.readouterr().out
    assert {name: (small / name).read_bytes() for name in BEFORE} == BEFORE


def test_the_saves_are_damaged():
    """Without this, the tests above would hold for saves that changed nothing."""
    facts = {folder: (SAVES / folder / "facts.csv").read_bytes() for folder in FOLDERS}
    assert b"8,300" in BEFORE["facts.csv"] and b'"8,300"' in facts["calc-text"]
    assert b",8300," in facts["calc-en"] and b";8,3;" in facts["calc-ru"]
    assert "Â§".encode() in facts["calc-en"] and "млрд".encode("cp1251") in facts["calc-ru-1251"]
    assert b"FALSE" in (SAVES / "calc-en-numbers" / "glossary.csv").read_bytes()


def test_a_save_as_text_needs_no_choice(small, capsys):
    for path in (SAVES / "calc-text").glob("*.csv"):
        shutil.copy(path, small / path.name)
    assert tidy([], choice(False, False), data=small) == 0
    assert "is now" not in capsys.readouterr().out
    assert (small / "facts.csv").read_bytes() == BEFORE["facts.csv"]


@pytest.mark.parametrize(
    ("language", "is_utf_8", "was_imported"),
    [("en", True, False), ("en", False, True), ("ru", True, True), ("ru", False, True), ("ru", False, False)],
)
def test_a_save_of_excel_becomes_what_it_was_in_every_table(whole, language, is_utf_8, was_imported, capsys):
    before = {table["path"]: (DATA / table["path"]).read_bytes() for table in schema().values()}
    for file, raw in before.items():
        (whole / file).write_bytes(excel.saved(raw, language, is_utf_8, was_imported))
    code, out = put_back(whole), capsys.readouterr().out
    assert [file for file, raw in before.items() if (whole / file).read_bytes() != raw] == [], out[-3000:]
    assert code == 0


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: its saves of excerpts are tested instead")
@pytest.mark.parametrize("options", ["", "CSV:44,34,76,1,,1033,false,true", TEXT], ids=["default", "numbers", "text"])
def test_every_table_opened_and_saved_by_libreoffice_becomes_what_it_was(whole, options, tmp_path, capsys):
    before = {table["path"]: (DATA / table["path"]).read_bytes() for table in schema().values()}
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += [f"--infilter={options}"] if options else []
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(tmp_path / "saves")]
    files = [str(DATA / file) for file in before]
    run = subprocess.run([*command, *files], capture_output=True, text=True, timeout=600)
    if run.returncode:  # without a home of its own, for instance
        pytest.skip(f"LibreOffice does not start here: {run.stderr.strip()[-200:]}")
    for file in before:
        shutil.copy(tmp_path / "saves" / Path(file).name, whole / file)
    assert put_back(whole) == 0, capsys.readouterr().out[-3000:]
    assert [file for file, raw in before.items() if (whole / file).read_bytes() != raw] == []
