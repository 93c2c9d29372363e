"""What is assumed where files are silent, in sentences for the page of a report."""

EVERY_DAY = "Which days each school recorded is not known: every school day is taken as recorded."
NO_CALENDAR = "There is no calendar: the days on which a school recorded anything are taken as its school days."
ONLY_ABSENCES = (
    "There is no calendar: the days on which any child of a school was absent are taken as its school days. Days "
    "without an absence are missing, so that rules on days in a row and windows may find too many children."
)
CUT_QUARTERS = (
    "No file says in which quarter a school day is: the school days of each school year are cut into four equal parts. "
    "Where they are not those of a whole year, a rule on quarters may find too few children, or too many."
)
EMPTY_CELLS = (
    "On some days the register says nothing of single children, though their school recorded others: their cell is "
    "empty, or they have no row. They count as neither present nor absent, and rules that rest on them read "
    "“undetermined”. Where only absences are written down and an empty cell means present, say so by --empty present."
)
NO_ENROLMENT = (
    "There is no enrolment: which children were on roll is not known. What needs it says so: shares, half of a period, "
    "tables by school and by group. Days absent at two schools are never one run."
)
ROLL_OF_REGISTER = (
    "There is no enrolment: a child is taken to be on roll from its first to its last day in the register."
)
EVERY_SESSION = (
    "The files name sessions or lessons, and not how many a day has: one missed counts as a whole day. Say how many a "
    "day has by --sessions."
)
NO_QUARTERS = (
    "The quarter of {count} school days cannot be read: the days of each school year are cut into four equal parts "
    "instead."
)
TWO_REGISTERS = (
    "Some children stand in the registers of two schools at the same time, and count as one child. Where children of "
    "two schools have the same code, give each a code of its own."
)
