"""What a command is given wrongly is said in a sentence, and never as a traceback."""

import sys

import pytest

from evidence import cli


@pytest.fixture
def command(monkeypatch):
    """Return what runs the command line with arguments and returns its exit code, instead of ending the process."""

    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(cli.os, "_exit", leave)

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["evidence", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code

    return run


def test_every_command_says_what_it_is_for_and_takes_its_options():
    text = cli.parser().format_help()
    assert [name for name, about in cli.COMMANDS.items() if about.help.split()[0] not in text] == []
    assert cli.parser().parse_args(["read", "facts", "a", "--yes"]).run is cli.read
    assert cli.parser().parse_args(["new", "fact", "--source", "x"]).rest == ["fact", "--source", "x"]


@pytest.mark.parametrize("folder", ["", "пробел и папка"])
def test_a_folder_that_is_no_book_is_not_built(command, tmp_path, capsys, folder):
    assert command("build", str(tmp_path / folder)) == 2
    assert capsys.readouterr().err == f"{tmp_path / folder}: is no folder of a book: there is no _config.yml\n"


@pytest.mark.parametrize("given", [("--port", "99999"), ("--port", "-1"), ("--port", "80x"), ("--timeout", "0")])
def test_a_port_that_is_none_is_refused_before_anything_starts(command, capsys, given):
    assert command("live", *given) == 2
    assert "is no whole number from" in capsys.readouterr().err or given[1].startswith("-")


def test_a_file_that_cannot_be_written_is_named(command, monkeypatch, capsys):
    def refuse():
        raise PermissionError(13, "Permission denied", "data/datapackage.json")

    monkeypatch.setattr(cli, "write_package", refuse)
    assert command("schema") == 1
    assert capsys.readouterr().err == "data/datapackage.json: cannot be read or written (Permission denied)\n"


def test_an_error_of_no_file_is_a_fault_of_ours_and_not_hidden(monkeypatch):
    def fail():
        raise OSError("no file")

    monkeypatch.setattr(cli, "write_package", fail)
    monkeypatch.setattr(sys, "argv", ["evidence", "schema"])
    with pytest.raises(OSError, match="no file"):
        cli.main()
