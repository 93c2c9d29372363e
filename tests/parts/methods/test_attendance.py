"""The chapter on running the toolkit shows what the toolkit itself does."""

from evidence.attendance.demo import write_demo
from evidence.attendance.reading.forms import FORMS
from evidence.attendance.report import make_report
from evidence.attendance.rulebook import RULEBOOK
from evidence.parts.methods import attendance


def test_every_table_that_is_read_is_listed_with_its_columns():
    listed = attendance.inputs()
    assert set(listed["File"]) == {form.table for form in FORMS}
    assert set(listed.query("File == 'absences' and Needed == 'yes'")["Column"]) == {"child", "school", "day", "status"}
    assert (listed.groupby("File")["A row is"].first() != "").all()


def test_every_table_of_a_report_is_listed(tmp_path):
    write_demo(tmp_path / "files", 300)
    make_report(tmp_path / "files", tmp_path / "report")
    written = {path.stem for path in (tmp_path / "report" / "tables").iterdir()}
    assert written == set(attendance.outputs()["Table"])


def test_every_planted_fault_is_told_once():
    found = attendance.refused()
    planted = {
        ("absences-synthetic.csv", 2, "day"),
        ("absences-synthetic.csv", 3, "status"),
        ("absences-synthetic.csv", 4, "day"),
        ("absences-synthetic.csv", 5, "child"),
        ("enrolment-synthetic.csv", 3, "region"),
        ("enrolment-synthetic.csv", 4, "end"),
    }
    assert set(zip(found["File"], found["Row"], found["Column"])) == planted and len(found) == len(planted)


def test_no_identifier_of_a_child_is_shown_and_every_file_says_that_it_is_synthetic():
    found = attendance.refused()
    assert not found["Value"].str.contains("child-").any()
    assert found["File"].str.contains("synthetic").all()


def test_the_district_has_the_invented_children():
    numbers = attendance.overview().set_index("What was read")["Number"]
    assert numbers["Children on roll"] == attendance.PUPILS
    assert 0 < numbers["Of them recorded by nobody"] < numbers["School days of all schools"]


def test_every_rule_says_who_states_it():
    listed = attendance.rules()
    assert listed["Rule"].tolist() == [rule.title for rule in RULEBOOK]
    assert set(listed["Stated by"]) == {"the study", "imported", "ours"}
    assert set(attendance.parameters()["Set by"]) == {"ours"}
