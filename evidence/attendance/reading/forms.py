"""The forms of files that are read: plain tables, the register of long absences, Ed-Fi and OpenEMIS exports."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.attendance.register import FORM, REQUIRED

PRESENT, EXCUSED, UNEXCUSED = "present", "excused", "unexcused"
STATUS = {  # ours; a school's own codes are given as such words
    **dict.fromkeys(("p", "present", "in attendance", "late", "tardy", "+"), PRESENT),
    **dict.fromkeys(("e", "excused", "excused absence", "medical", "ill"), EXCUSED),
    **dict.fromkeys(("u", "unexcused", "unexcused absence", "truant"), UNEXCUSED),
}
YES_NO = {**dict.fromkeys(("1", "yes", "true", "y"), "1"), **dict.fromkeys(("0", "no", "false", "n"), "0")}
SEX = {**dict.fromkeys(("f", "female", "girl"), "female"), **dict.fromkeys(("m", "male", "boy"), "male")}
QUARTERS = {number: number for number in ("1", "2", "3", "4")}
AREA = {"urban": "urban", "rural": "rural"}


@dataclass(frozen=True)
class Column:
    """A column: its name here, what it holds (text, date, whole, share, code), its other names, its codes."""

    name: str
    kind: str = "text"
    required: bool = True
    names: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A form: the table its rows belong to, how names of its files begin, its columns, where it is described."""

    table: str
    stems: tuple[str, ...]
    columns: tuple[Column, ...]
    described: str


CHILD = Column("child", names=("child_id", "pupil", "pupil_id", "student", "student_id"))
SCHOOL = Column("school", names=("school_id", "institution", "institution_id"))
DAY = Column("day", "date", names=("date",))
SESSION = Column("session", required=False, names=("period",))
SHARE = Column("share", "share", required=False, names=("part_of_day",))
ABOUT_CHILD = (
    Column("sex", "code", False, ("gender",), SEX),
    Column("birth_date", "date", False, ("birthdate", "date_of_birth")),
    Column("grade", "whole", False),
    Column("region", "text", False, ("oblast",)),
    Column("area", "code", False, (), AREA),
)
STATUS_NAMES = ("attendance", "code", "category")
OURS = "the README of this package"
WITHOUT = {"1": UNEXCUSED, "yes": UNEXCUSED, "0": EXCUSED, "no": EXCUSED}
KIND = Column("status", "code", True, ("unexcused", *STATUS_NAMES), {**STATUS, **WITHOUT})
START = Column("start", "date", names=("start_date", "entry_date", "entrydate"))
END = Column("end", "date", False, ("end_date", "exit_date", "exitwithdrawdate"))
PLAIN = (
    Form("absences", ("absences", "absence"), (CHILD, SCHOOL, DAY, KIND, SHARE, SESSION), OURS),
    Form(
        "register",
        ("register", "attendance", "daily"),
        (CHILD, SCHOOL, DAY, Column("status", "code", False, STATUS_NAMES, STATUS), SHARE, SESSION),
        OURS,
    ),
    Form(
        "calendar",
        ("calendar", "school_days"),
        (SCHOOL, DAY, Column("quarter", "code", False, codes=QUARTERS)),
        OURS,
    ),
    Form("recorded", ("recorded", "submissions"), (SCHOOL, DAY), OURS),
    Form("enrolment", ("enrolment", "enrollment", "pupils", "roll"), (CHILD, SCHOOL, START, END, *ABOUT_CHILD), OURS),
)
KINDS = {"birth_date": "date", "first_day": "date", "return_day": "date", "days_missed": "whole", "grade": "whole"}
TEN_DAY = Form(
    "ten_day_register",
    ("ten_day_register", "ten_day", "10_day"),
    tuple(
        Column(
            one.name,
            "code" if one.codes else KINDS.get(one.name, "text"),
            one.name in REQUIRED,
            codes={code: code for code in one.codes},
        )
        for one in FORM
        if one.name != "measures"
    ),
    "evidence.attendance.register.FORM",
)
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
            Column("status", "code", True, ("attendanceeventcategorydescriptor",), STATUS),
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
    name = stem.lower().replace("-", "_").replace(" ", "_")
    fitting = [(len(start), form) for form in FORMS for start in form.stems if name.startswith(start)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
