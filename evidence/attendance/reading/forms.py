"""The forms of files that are read: plain tables, the register of long absences, Ed-Fi and OpenEMIS exports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from evidence.attendance.reading.words import accepted_values, codes_of, names_of, plain
from evidence.attendance.register import FORM, REQUIRED

PRESENT, EXCUSED, UNEXCUSED = "present", "excused", "unexcused"
STATUS, FLAG = codes_of("status"), codes_of("flag")
WITHOUT = {word: UNEXCUSED if value == "1" else EXCUSED for word, value in FLAG.items()}
WITHOUT_HEADS = frozenset(map(plain, names_of("columns", "unexcused")))


@dataclass(frozen=True)
class Column:
    """A column: its name here, what it holds, whether it must be there, its other names, its codes.

    ``kind`` is text, date, whole, share, grade or code; ``values`` the kind of words that its cells may have, as
    messages list them; ``describes`` says that the row can do without a cell that cannot be read.
    """

    name: str
    kind: str = "text"
    required: bool = True
    names: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)
    values: str = ""
    describes: bool = False

    def codes_under(self, head: str) -> dict[str, str]:
        """Return the codes of the column under a head: yes and no where it asks whether an absence is unexcused."""
        return WITHOUT if self.name == "status" and plain(head) in WITHOUT_HEADS else self.codes

    def codes_told(self, head: str) -> str:
        """Return the codes as a message lists them."""
        if self.codes_under(head) is WITHOUT:
            return accepted_values("flag")
        return accepted_values(self.values) if self.values else ", ".join(self.codes)


def _own(name: str, kind: str = "text", required: bool = True, **more: Any) -> Column:
    """Return a column of our own forms, under all its names in three languages."""
    return Column(name, kind, required, names_of("columns", name), **more)


def _coded(name: str, values: str, required: bool = False, **more: Any) -> Column:
    """Return a column of our own forms that holds words of a kind."""
    return _own(name, "code", required, codes=codes_of(values), values=values, **more)


@dataclass(frozen=True)
class Form:
    """A form: the table its rows belong to, how names of its files begin, its columns, where it is described."""

    table: str
    stems: tuple[str, ...]
    columns: tuple[Column, ...]
    described: str


def _form(table: str, *columns: Column) -> Form:
    """Return a form of our own."""
    stems = tuple(plain(name) for name in names_of("files", table))
    return Form(table, stems, columns, "the README of this package")


CHILD, SCHOOL, DAY = _own("child"), _own("school"), _own("day", "date")
SESSION, SHARE = _own("session", required=False), _own("share", "share", False)
START, END = _own("start", "date"), _own("end", "date", False)
ABOUT_CHILD = (
    _coded("sex", "sex", describes=True),
    _own("birth_date", "date", False, describes=True),
    _own("grade", "grade", False, describes=True),
    _own("region", required=False, describes=True),
    _own("district", required=False, describes=True),
    _coded("area", "area", describes=True),
)
MARK = _coded("status", "status")
KIND = replace(MARK, required=True, names=(*names_of("columns", "unexcused"), *MARK.names))
PLAIN = (
    _form("absences", CHILD, SCHOOL, DAY, KIND, SHARE, SESSION),
    _form("register", CHILD, SCHOOL, DAY, MARK, SHARE, SESSION),
    _form("calendar", SCHOOL, DAY, _coded("quarter", "quarter", describes=True)),
    _form("recorded", SCHOOL, DAY),
    _form("enrolment", CHILD, SCHOOL, START, END, *ABOUT_CHILD),
)
KINDS = {"birth_date": "date", "first_day": "date", "return_day": "date", "days_missed": "whole", "grade": "grade"}
OWN_VALUES = ("area", "sex", "outcome", "reason")


def _entry(name: str, has_codes: bool) -> Column:
    """Return a column of the register of long absences."""
    required = name in REQUIRED
    if has_codes:
        return _coded(name, name if name in OWN_VALUES else "flag", required, describes=not required)
    return _own(name, KINDS.get(name, "text"), required, describes=not required)


TEN_DAY = _form("ten_day_register", *(_entry(one.name, bool(one.codes)) for one in FORM if one.name != "measures"))
EDFI_CHILD = Column("child", names=("studentuniqueid",))
EDFI_SCHOOL = Column("school", names=("schoolid",))
EDFI = (  # field names of the resources in the Ed-Fi Data Standard, as its public API documentation shows them
    Form(
        "absences",
        ("studentschoolattendanceevents", "studentschoolattendanceevent"),
        (
            EDFI_CHILD,
            EDFI_SCHOOL,
            Column("day", "date", names=("eventdate",)),
            Column("status", "code", True, ("attendanceeventcategorydescriptor",), STATUS, "status"),
            Column("share", "share", False, ("eventduration",)),
        ),
        "Ed-Fi Data Standard, StudentSchoolAttendanceEvent",
    ),
    Form(
        "enrolment",
        ("studentschoolassociations", "studentschoolassociation"),
        (EDFI_CHILD, EDFI_SCHOOL, START, END),
        "Ed-Fi Data Standard, StudentSchoolAssociation",
    ),
    Form(
        "calendar",
        ("calendardates", "calendardate"),
        (EDFI_SCHOOL, Column("day", "date", names=("date",))),
        "Ed-Fi Data Standard, CalendarDate",
    ),
)
TYPES = {"1": EXCUSED, "excused": EXCUSED, "2": UNEXCUSED, "unexcused": UNEXCUSED, "3": PRESENT, "late": PRESENT}
OPENEMIS = (  # tables and columns as the public source code of OpenEMIS Core creates them
    Form(
        "absences",
        ("institution_student_absence_details", "institution_student_absence_days"),
        (
            CHILD,
            SCHOOL,
            DAY,
            Column("status", "code", True, ("absence_type_id", "absence_type", "absence_type_code"), TYPES),
            Column("session", required=False, names=("period",)),
        ),
        "OpenEMIS Core, institution_student_absence_details and absence_types",
    ),
    Form(
        "recorded",
        ("student_attendance_marked_records",),
        (SCHOOL, DAY),
        "OpenEMIS Core, student_attendance_marked_records",
    ),
    Form("enrolment", ("institution_students",), (CHILD, SCHOOL, START, END), "OpenEMIS Core, institution_students"),
)
FORMS = (*EDFI, *OPENEMIS, TEN_DAY, *PLAIN)
TABLES = ("absences", "register", "calendar", "recorded", "enrolment", "ten_day_register")


def form_of(stem: str) -> Form | None:
    """Return the form of a file by the beginning of its name, the longest that fits; None where none does."""
    name = plain(stem)
    fitting = [(len(start), form) for form in FORMS for start in form.stems if name.startswith(plain(start))]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
