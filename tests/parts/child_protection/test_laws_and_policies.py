"""Derived tables of the part on child protection, laws: against the coded rows and the facts."""

from evidence.data import store
from evidence.figures.calculations import of_document
from evidence.parts.child_protection import laws_and_policies as cp

# --- laws and policies -------------------------------------------------------------------------


def in_section(lines, question):
    first, last = store.line_range(store.load("evaluation_questions").set_index("id").loc[question, "section"])
    return first <= store.line_range(lines)[0] <= last


def test_the_timeline_holds_every_dated_instrument_of_the_section_on_laws_but_drafts_and_reports():
    rows = of_document("instruments", cp.EVALUATION).query("date != '' and type != 'report'")
    named = rows[[any(in_section(lines, f"vac-q1-{n}") for n in range(1, 6)) for lines in rows["lines"]]]
    left_out = {"vac-ins-amendments-social-security-2017", "vac-ins-family-gender-plan-2020-2022"}
    expected = {key for key in named["id"] if "draft" not in key} - left_out
    assert expected <= set(cp.INSTRUMENTS)
    assert len(set(cp.INSTRUMENTS.values())) == len(cp.INSTRUMENTS)


def test_instruments_come_by_year_and_none_is_amended_before_it_is_adopted():
    frame = cp.main_instruments()
    assert list(frame["Adopted"]) == sorted(frame["Adopted"])
    years = cp.years_of(frame, ["adopted", "amended"])
    first = years.groupby("Instrument")["Year"].min()
    assert first.to_dict() == dict(zip(frame["Instrument"], frame["Adopted"].astype(int)))
    printed = frame["amended"].map(lambda text: len(list(filter(None, text.split(";"))))).sum()
    assert (years["Kind"] == "amended").sum() == printed + 1  # and the ratification of the Convention, in 1994
    assert years.query("Instrument == 'Child rights convention'")["Year"].tolist() == [1989, 1994]


def test_the_years_of_acts_before_2011_show_no_peak_in_2019_as_the_chapter_says():
    frame = cp.main_instruments()
    years = cp.years_of(frame[frame["Adopted"] < "2011"], ["adopted", "amended"])["Year"].value_counts()
    assert years[2020] >= years[2019] > 0
    rights = frame.query("Instrument == 'Child rights law'")["Amended"].item()
    assert rights == "2019, 2020"  # the first of them stands in a footnote only


def test_every_statement_on_a_prohibition_has_a_readable_form_setting_and_status():
    frame = cp.prohibitions()
    assert len(frame) == len(of_document("prohibitions", cp.EVALUATION))
    assert frame[["Form", "Setting", "Status"]].notna().all(axis=None)
    lines = [store.line_range(text)[0] for text in frame["lines"]]
    assert lines == sorted(lines)


def test_the_matrix_shows_disagreement_where_statuses_of_a_cell_differ():
    statements, frame = cp.prohibitions(), cp.prohibited_where().set_index("Form")
    assert set(frame.index) == set(statements["Form"])
    assert "lawful" in frame.loc["Corporal punishment", "Home"]
    assert "not explicit" in frame.loc["Corporal punishment", "Home"]
    statuses = statements.groupby(["Form", "Setting"])["Status"].nunique()
    for (form, setting), number in statuses.items():
        text = frame.loc[form, setting if setting in frame else "Other institutions"]
        part = text if setting in frame else next(part for part in text.split(". ") if part.startswith(setting))
        assert ("differs" in part) == (number > 1), (form, setting)
    filled = frame.drop(columns="Other institutions").notna().sum().sum()
    assert filled == sum(setting in frame for _, setting in statuses.index)


def test_gaps_are_the_weaknesses_and_gaps_under_questions_on_laws():
    frame = cp.legal_gaps()
    rows = of_document("findings", cp.EVALUATION)
    expected = rows[rows["questions"].str.contains("vac-q1-") & rows["stance"].isin(["weakness", "gap"])]
    assert sorted(frame["id"]) == sorted(expected["id"])
    assert frame["Question"].str.match(r"1\.[1-5] ").all()
    assert not frame["Question"].str.contains(r"\b[2-6]\.\d").any()


def test_only_violence_opens_services_through_harm_and_every_parent_is_a_situation():
    frame = cp.eligibility()
    assert set(frame["Under"]) - {""} <= set(frame["Situation"])
    assert set(frame.query("Door == @cp.DOORS[1]")["Under"]) == {"", cp.VIOLENCE}
    assert set(frame.query("Door == @cp.DOORS[0]")["Under"]) == {"", cp.LISTED}
    assert frame.groupby("Door")["lines"].nunique().tolist() == [1, 1]


def test_policies_are_the_programmes_of_the_section_on_policy():
    frame = cp.policies()
    rows = of_document("instruments", cp.EVALUATION).query("type == 'programme'")
    assert set(frame["id"]) == {row.id for row in rows.itertuples() if in_section(row.lines, "vac-q1-2")}
    assert list(frame["Year"]) == sorted(frame["Year"])
    assert not frame[["subject", "status"]].apply(lambda column: column.str.contains(r"\(\d+\)")).any(axis=None)
