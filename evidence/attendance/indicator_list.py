"""The list of indicators: what each divides by what, where the study asks for it, and who defines the formula."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.attendance.rules import BASES, STUDY, Say
from evidence.toolkit.messages import Message

UIS = "UNESCO Institute for Statistics 2009, Education Indicators: Technical Guidelines"
ASKED = ("sex", "region", "area", "disability", "ethnicity", "vulnerability")  # p. 43, §5
TEXT = "{title}: {formula}. By {by}. Asked for: {asked}. Formula: {source}."
TOO_FEW = "{key}: {counts}: a count is at least 0"
TOO_MANY = "{part} {number} of {whole} {most}"
CANNOT_BE = "{key}: {counts}: counts that cannot be"
COMES_TO = "{key}: {counts} come to {part} of {whole}: counts that cannot be"


@dataclass(frozen=True)
class Indicator:
    """An indicator as a share, in per cent.

    ``parts`` and ``wholes`` name the counts of numerator and denominator; those in ``parts`` add up, those in ``less``
    are taken off, and of each pair of ``at_most`` the first is no more than the second.
    ``named`` is where the study asks for it, ``basis`` and ``where`` who defines the formula.
    """

    key: str
    title: str
    numerator: str
    denominator: str
    parts: tuple[str, ...]
    wholes: tuple[str, ...]
    named: str
    basis: str
    where: str
    less: tuple[str, ...] = ()
    starts_from_whole: bool = False
    at_most: tuple[tuple[str, str], ...] = ()
    disaggregation: tuple[str, ...] = ASKED

    @property
    def counts(self) -> tuple[str, ...]:
        """Return the counts it needs, each once."""
        return tuple(dict.fromkeys([*self.wholes, *self.parts, *self.less]))

    def text(self, say: Say = str) -> str:
        """Return what a user reads: formula, breakdown, who asks for it and who defines it, in the words of ``say``."""
        by = STUDY if self.basis == "document" else say(BASES[self.basis])
        return say(TEXT).format(
            title=say(self.title),
            formula=f"{say(self.numerator)} / {say(self.denominator)} × 100",
            by=", ".join(map(say, self.disaggregation)),
            asked=f"{STUDY}, {say(self.named)}",
            source=f"{by}, {say(self.where)}",
        )

    def value(self, **counts: int) -> float | None:
        """Return the indicator in per cent, None where the denominator is zero.

        Raises ValueError for missing, unknown, negative or impossible counts.
        """
        if set(counts) != set(self.counts):
            raise ValueError(f"{self.key} takes {', '.join(self.counts)}; given: {', '.join(counts) or 'nothing'}")
        below = [f"{name} = {value}" for name, value in counts.items() if not value >= 0]
        if below:
            raise ValueError(Message.of(TOO_FEW, key=self.key, counts=tuple(below)))
        above = tuple(
            Message.of(TOO_MANY, part=small, number=counts[small], whole=large, most=counts[large])
            for small, large in self.at_most
            if counts[small] > counts[large]
        )
        if above:
            raise ValueError(Message.of(CANNOT_BE, key=self.key, counts=above))
        whole = sum(counts[name] for name in self.wholes)
        part = whole if self.starts_from_whole else 0
        part += sum(counts[name] for name in self.parts) - sum(counts[name] for name in self.less)
        if not 0 <= part <= whole:
            given = tuple(f"{name} {counts[name]}" for name in self.counts)
            raise ValueError(Message.of(COMES_TO, key=self.key, counts=given, part=part, whole=whole))
        return 100 * part / whole if whole else None


def _share(
    key: str,
    title: str,
    numerator: str,
    denominator: str,
    part: str,
    whole: str,
    named: str,
    basis: str,
    where: str,
    disaggregation: tuple[str, ...] = ASKED,
) -> Indicator:
    """Return an indicator with one count above and one below."""
    origin = (named, basis, where)
    return Indicator(key, title, numerator, denominator, (part,), (whole,), *origin, disaggregation=disaggregation)


REC16, REC17 = "p. 66, Recommendation 16", "p. 66, Recommendation 17"
IMPORTED, OURS, DOCUMENT = "imported", "ours", "document"
INDICATORS = (
    _share(
        "net_intake",
        "Net intake rate in primary",
        "new entrants to grade 1 of the official age",
        "children of the official age",
        "new_entrants_of_age",
        "population_of_age",
        REC16,
        IMPORTED,
        UIS,
    ),
    _share(
        "net_attendance_primary",
        "Adjusted net attendance ratio, primary",
        "children of primary age in primary school or above",
        "children of primary age",
        "attending",
        "population",
        REC16,
        IMPORTED,
        UIS,
    ),
    _share(
        "net_attendance_secondary",
        "Adjusted net attendance ratio, secondary",
        "children of secondary age in secondary school or above",
        "children of secondary age",
        "attending",
        "population",
        REC16,
        IMPORTED,
        UIS,
    ),
    _share(
        "age_specific_enrolment",
        "Age-specific enrolment ratio",
        "children of the age enrolled at any level",
        "children of the age",
        "enrolled",
        "population",
        REC16,
        IMPORTED,
        UIS,
    ),
    _share(
        "repetition",
        "Repetition rate by grade",
        "pupils of the grade who repeat it next year",
        "pupils of the grade",
        "repeaters",
        "enrolled",
        REC16,
        IMPORTED,
        UIS,
    ),
    Indicator(
        "drop_out",
        "Drop-out rate by grade",
        "pupils of the grade less those in the next grade and those who repeat",
        "pupils of the grade",
        (),
        ("enrolled",),
        REC16,
        DOCUMENT,
        "p. 11, §2.1 (UNESCO)",
        less=("in_next_grade", "repeaters"),
        starts_from_whole=True,
    ),
    _share(
        "transition_10",
        "Transition to grade 10",
        "pupils new in grade 10",
        "pupils of grade 9 the year before",
        "new_in_grade_10",
        "in_grade_9_before",
        "p. 43, §5",
        IMPORTED,
        UIS,
    ),
    _share(
        "graduation_9",
        "Graduation rate of grade 9",
        "pupils who complete grade 9",
        "pupils of grade 9",
        "graduates",
        "enrolled",
        "p. 43, §5",
        OURS,
        "the study names it and gives no formula",
    ),
    _share(
        "graduation_last",
        "Graduation rate of the last grade",
        "pupils who complete the last grade",
        "pupils of the last grade",
        "graduates",
        "enrolled",
        "p. 43, §5",
        OURS,
        "the study names it and gives no formula",
    ),
    _share(
        "entrants_with_pre_primary",
        "New entrants who attended pre-primary",
        "new entrants with pre-primary education",
        "new entrants to grade 1",
        "with_pre_primary",
        "new_entrants",
        REC16,
        DOCUMENT,
        "p. 66, Recommendation 16",
    ),
    _share(
        "early_childhood",
        "Participation in early childhood education",
        "children of 4 to primary age who take part",
        "children of 4 to primary age",
        "participating",
        "population",
        REC16,
        DOCUMENT,
        "p. 66 (European benchmark: 95 %)",
    ),
    _share(
        "early_leaving",
        "Early school leaving",
        "people of 18 to 24 with at most lower secondary and in no further education",
        "people of 18 to 24",
        "leavers",
        "population",
        REC16,
        DOCUMENT,
        "p. 11, §2.1, and p. 66",
    ),
    Indicator(
        "out_of_school_administrative",
        "Out of school, administrative rule",
        "children less those enrolled",
        "children of the age",
        (),
        ("population",),
        REC16,
        DOCUMENT,
        "p. 11, §2.1",
        less=("enrolled",),
        starts_from_whole=True,
    ),
    Indicator(
        "out_of_school",
        "Out of school, the study's rule",
        "children less those enrolled, with those enrolled who do not attend",
        "children of the age",
        ("not_attending",),
        ("population",),
        REC16,
        DOCUMENT,
        "p. 11, §2.1",
        less=("enrolled",),
        at_most=(("enrolled", "population"), ("not_attending", "enrolled")),
        starts_from_whole=True,
    ),
    _share(
        "absenteeism",
        "Absenteeism rate by level",
        "school days missed",
        "school days recorded while on roll",
        "days_missed",
        "days_possible",
        "p. 66, Recommendation 15",
        OURS,
        "the study names it and gives no formula",
        disaggregation=("level", "sex", "profile"),
    ),
    _share(
        "disability_mainstreamed",
        "Children with disabilities who moved to mainstream education in the year",
        "children who moved from special schools or home education",
        "children in special schools or home education",
        "moved",
        "children",
        REC17,
        DOCUMENT,
        "p. 66, Recommendation 17",
    ),
    _share(
        "disability_home",
        "Children with disabilities taught at home",
        "children with disabilities taught at home",
        "children with disabilities",
        "at_home",
        "children",
        REC17,
        DOCUMENT,
        "p. 66, Recommendation 17",
        disaggregation=("sex", "area"),
    ),
    _share(
        "disability_graduation",
        "Graduation of children with disabilities",
        "those who complete their last grade",
        "those in their last grade",
        "graduates",
        "enrolled",
        REC17,
        OURS,
        "the study names it and gives no formula",
    ),
    _share(
        "institution_graduation",
        "Graduation in institutions for deviant behaviour",
        "those who complete their last grade",
        "those in their last grade",
        "graduates",
        "enrolled",
        REC17,
        OURS,
        "the study names it and gives no formula",
        disaggregation=("sex",),
    ),
    _share(
        "institution_girls",
        "Girls in special and correctional institutions",
        "girls enrolled",
        "children enrolled",
        "girls",
        "enrolled",
        REC17,
        DOCUMENT,
        "p. 66, Recommendation 17",
        disaggregation=("sex",),
    ),
)
