"""How two readers' judgements agree is counted as worked out by hand, and a bad file is told what is wrong."""

import pytest

from evidence.checks.agreement import COLUMNS, agreement, kappa, read, run
from evidence.data.rules import DataError

TABLE = "review_findings"


def judged(*levels: str, **others: str) -> dict[str, dict[str, str]]:
    """Return judgements of so many conclusions, of one component each."""
    return {f"rf-{number}": {"methods_concerns": level, **others} for number, level in enumerate(levels)}


def test_kappa_is_agreement_beyond_chance():
    # 20 pairs: 8 both none, 6 both minor, 4 none/minor, 2 minor/none: observed 14/20; chance 12*10/400 + 8*10/400 = 0.5
    pairs = [("none", "none")] * 8 + [("minor", "minor")] * 6 + [("none", "minor")] * 4 + [("minor", "none")] * 2
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[("none", "none")] * 9, [("none", "none")] * 30], ids=["few", "one code"])
def test_kappa_that_would_say_nothing_is_not_given(pairs):
    assert kappa(pairs) is None


def test_only_what_both_judged_is_compared():
    first, second = judged("none", "minor", "serious"), judged("none", "moderate")
    (methods,) = agreement(first, second, TABLE)
    assert list(methods) == list(COLUMNS)
    assert methods["id"] == "review-findings-methods"
    assert [methods[name] for name in ("n_first", "n_second", "n_compared", "n_equal")] == ["3", "2", "2", "1"]


def test_support_counts_those_that_say_no_more_than_they_cite():
    second = judged("none", support="yes") | {"rf-9": {"support": "no"}}
    support = agreement(judged("none"), second, TABLE)[-1]
    assert support["id"] == "review-findings-support"
    assert [support[name] for name in ("n_compared", "n_equal", "kappa")] == ["2", "1", ""]


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    path = tmp_path / "second.csv"
    path.write_text("id,methods_concerns,support\nrf-helpline,none,yes\nrf-helplines,grave,maybe\n")
    with pytest.raises(DataError) as error:
        read(path, TABLE)
    lines = str(error.value).splitlines()
    assert "row 2, column id: 'rf-helpline': is no id of review_findings; did you mean rf-helplines" in lines[0]
    assert [line.split(":")[0] for line in lines[1:]] == [
        "second.csv, row 3, column methods_concerns",
        "second.csv, row 3, column support",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match="cannot be read \\(No such file or directory\\)"):
        run(str(tmp_path / "second.csv"), TABLE)


def test_a_table_that_is_not_judged_is_refused(tmp_path, capsys):
    assert run(str(tmp_path / "second.csv"), "facts") == 2
    assert "no table of judged conclusions" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("id,confidence\n", "has no rows below its header; write one for each conclusion that was judged"),
        ("name,confidence\nx,high\n", "the column is missing; begin with it"),
        ("id,confidence\nrf-helplines\n", None),
        ("id,confidence\nrf-helplines,high\nrf-helplines,low\n", "is judged in several rows; keep one"),
    ],
    ids=["empty", "only a header", "no ids", "a short row", "one conclusion twice"],
)
def test_a_file_of_another_shape_is_told_once_what_is_wrong(tmp_path, text, said):
    path = tmp_path / "second.csv"
    path.write_text(text)
    if said is None:
        assert read(path, TABLE)["rf-helplines"]["confidence"] == ""
        return
    with pytest.raises(DataError) as error:
        read(path, TABLE)
    assert {problem.rule for problem in error.value.problems} == {said}
