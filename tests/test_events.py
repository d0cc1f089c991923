"""What happened when, and nothing that happened later."""

import pytest

from helpers.codebook import load_codebook
from helpers.errors import ParameterError, SeedError
from helpers.events import (
    FINDINGS,
    consultations,
    contributions,
    describe_contributions,
    incident,
    incident_tests,
    incidents,
    invocations,
    timeline,
)
from helpers.treaties import members_at

LATER = "Later than the as-of day."


@pytest.mark.parametrize(
    "load", [timeline, consultations, lambda as_of: contributions(as_of=as_of)], ids=["timeline", "consultations", "given"]
)
@pytest.mark.parametrize("day", ["2015-11-15", "2015-11-17", "2015-12-04", "2016-01-29"])
def test_nothing_later_than_the_as_of_day_is_shown_and_nothing_else_is_lost(load, day):
    everything, shown = load(None), load(day)
    assert len(shown) and shown["date"].max() <= day
    dated = everything[everything["date"].str.fullmatch(r"\d{4}-\d\d-\d\d")]
    assert set(dated.loc[dated["date"] <= day, "id"]) == set(shown["id"])


def test_an_event_shows_on_its_day_and_not_the_day_before():
    assert "T14" in set(timeline("2015-11-13")["id"])
    assert "T14" not in set(timeline("2015-11-12")["id"])


def test_a_contribution_without_a_day_may_be_later_and_is_hidden():
    assert "DEU-2" in set(contributions()["id"])
    assert "DEU-2" not in set(contributions(as_of="2026-06-30")["id"])


@pytest.mark.parametrize(("day", "shown"), [("2026-05-01", False), ("2026-05-30", False), ("2026-06-01", True)])
def test_an_event_of_which_the_month_is_known_only_shows_after_that_month(day, shown):
    assert ("N2026-05" in set(consultations(day)["id"])) is shown


def test_a_month_counts_from_its_last_day():
    assert "N2026-05" in set(consultations("2026-05-31")["id"])


def test_the_timeline_may_begin_on_a_day():
    table = timeline(since="2015-11-13", as_of="2015-11-16")
    assert (table["date"].min(), table["date"].max()) == ("2015-11-13", "2015-11-16")
    assert list(table.index) == list(range(len(table)))


def test_a_timeline_before_everything_is_empty_and_has_its_columns():
    assert list(timeline("2000-01-01").columns) == list(timeline().columns)
    assert len(timeline("2000-01-01")) == 0


@pytest.mark.parametrize("load", [timeline, consultations, contributions])
def test_events_stand_in_order_and_no_id_stands_twice(load):
    table = load()
    assert table["date"].is_monotonic_increasing
    assert not table["id"].duplicated().any()
    assert list(table.index) == list(range(len(table)))


@pytest.mark.parametrize("load", [timeline, consultations, contributions, invocations])
def test_every_row_names_its_source_and_how_sure_it_is(load):
    table = load()
    assert table["source"].all()
    assert set(table["confidence"]) <= set(load_codebook().confidence)


def test_a_wrong_day_is_told_how_to_write_one():
    for call in (
        lambda: timeline("today"),
        lambda: timeline(since="today"),
        lambda: contributions(as_of="today"),
        lambda: incident("paris-2015", "today"),
    ):
        with pytest.raises(ParameterError, match="'today' is not a day; write it as 2015-11-18"):
            call()


@pytest.mark.parametrize("day", ["2012-10-03", "2014-03-03", "2015-07-27", "2015-11-24", "2025-09-10"])
def test_a_consultation_tells_neither_a_meeting_nor_an_outcome_after_the_as_of_day(day):
    everything, shown = consultations().set_index("id"), consultations(day)
    for row in shown.itertuples():
        assert row.met <= day and row.requested <= day, row.id
        assert row.outcome in (everything.loc[row.id, "outcome"], LATER), row.id
    assert LATER in set(shown["outcome"]) or day == "2015-11-24"


def test_an_outcome_is_hidden_until_all_of_it_has_happened():
    """Patriots for Turkey were agreed on 4 December 2012, after talks in October."""
    for day, hidden in [("2012-12-03", True), ("2012-12-04", False)]:
        outcome = consultations(day).set_index("id").loc["C2012-10-TUR", "outcome"]
        assert (outcome == LATER) is hidden, day


def test_an_outcome_that_is_not_reported_stays_a_blank_on_any_day():
    assert consultations("2012-06-26").set_index("id").loc["C2012-06-TUR", "outcome"] == ""


def test_an_incident_told_on_its_day_knows_no_finding_or_outcome_of_later():
    then, now = incident("sept11-2001", as_of="2001-09-11"), incident("sept11-2001")
    found = [{row["element"]: row["finding"] for row in case["findings"]} for case in (then, now)]
    assert (found[0]["council_decision"], found[1]["council_decision"]) == ("not reported", "yes")
    assert found[0].keys() == found[1].keys()
    assert then["outcome"] == "How it ended came after the as-of day." != now["outcome"]


def test_an_incident_told_long_after_is_whole():
    assert incident("iraq-2003", as_of="2026-06-30") == incident("iraq-2003")


def test_asking_as_of_a_day_does_not_change_what_is_told_without_one():
    before = incident("sept11-2001")
    incident("sept11-2001", as_of="2001-09-11")
    assert incident("sept11-2001") == before


def test_up_to_the_paris_attacks_turkey_had_asked_for_four_consultations_and_poland_for_one():
    asked = consultations("2015-11-13")
    counted = asked[asked["kind"] == "consultation"]
    assert counted["requested_by"].value_counts().to_dict() == {"TUR": 4, "POL": 1}


def test_the_meeting_on_the_shot_down_aircraft_was_no_article_four_consultation():
    table = consultations().set_index("id")
    assert table.loc["N2015-11", "kind"] == "other occasion"
    assert set(table.loc[table["requested"] == "", "kind"]) <= {"consultation", "other occasion"}


def test_article_five_was_invoked_once_and_the_unions_clause_once():
    assert set(invocations()["provision"]) == {"NAT-5", "TEU-42.7"}
    assert invocations("NAT-5")["date"].iloc[:2].tolist() == ["2001-09-11", "2001-09-12"]
    assert invocations("TEU-42.7")["date"].tolist()[:2] == ["2015-11-16", "2015-11-17"]


def test_an_unknown_provision_lists_those_that_were_invoked():
    with pytest.raises(ParameterError, match=r"provision: 'NAT-4' is not allowed; use one of NAT-5, TEU-42\.7"):
        invocations("NAT-4")


def test_what_could_not_be_verified_stays_a_blank_beside_its_state():
    table = contributions("ESP")
    assert table["contribution"].tolist() == [""]
    assert table["name"].tolist() == ["Spain"]


def test_contributions_of_one_state_are_those_of_the_whole_list():
    table = contributions()
    for state in sorted(set(table["state"])):
        assert contributions(state)["id"].tolist() == table.loc[table["state"] == state, "id"].tolist()


def test_every_contribution_has_the_name_of_its_state():
    table = contributions()
    assert (table["name"].str.len() > 3).all()


def test_asking_for_the_contributions_of_an_unknown_state_is_no_silence():
    """'FR' is a slip, not a state that gave nothing: a blank answer would read as 'not reported'."""
    with pytest.raises(ParameterError, match="'FR' is not allowed"):
        contributions("FR")


def test_every_member_of_the_day_gets_a_sentence_on_what_it_gave():
    lines = {state: describe_contributions(state, "FRA") for state in members_at("2015-11-17", "EU")}
    assert len(lines) == 28 and all(line.endswith(".") and "None" not in line for line in lines.values())
    for state, line in lines.items():
        given = int(contributions(state)["contribution"].ne("").sum())
        assert (f": {given} contribution" in line) is (given > 0), line
        assert ("not reported." in line) is (given == 0 and state != "FRA"), line


def test_a_state_that_is_listed_without_being_verified_is_not_reported_and_the_list_is_named():
    line = describe_contributions("ESP", "FRA")
    assert line == "Spain: not reported. It is listed, but what it offered is not verified (EPRS PE 581.408, July 2016, not read in full)."


def test_aid_outside_the_clause_is_not_counted_under_it():
    assert "not (surely) under the clause" in describe_contributions("DNK", "FRA")
    assert "6 contributions reported, under the clause; the first dated 2015-11-25, 1 without a day" in describe_contributions("DEU", "FRA")
    assert "3 of them under the clause" in describe_contributions("GBR", "FRA")
    assert "no day is reported" in describe_contributions("IRL", "FRA")


def test_the_state_that_asked_is_no_giver():
    assert describe_contributions("FRA", "FRA") == "France: asked for the aid, and owed itself none."
    with pytest.raises(ParameterError, match="'FR' is not allowed"):
        describe_contributions("FR", "FRA")


@pytest.mark.parametrize(("day", "found"), [("2012-06-25", "not reported"), ("2012-06-26", "yes")])
def test_talks_some_days_after_an_incident_are_not_told_on_its_day(day, found):
    case = incident("rf4-2012", as_of=day)
    findings = {row["element"]: row["finding"] for row in case["findings"]}
    assert findings["consultation_asked"] == findings["threat_opinion"] == found
    assert "consult" not in case["what"]


def test_every_incident_is_held_against_the_tests_in_known_words():
    elements = [test["element"] for test in incident_tests()]
    assert len(elements) == len(set(elements))
    for id, case in incidents().items():
        found = [row["element"] for row in case["findings"]]
        assert sorted(found) == sorted(elements), id
        assert {row["finding"] for row in case["findings"]} <= set(FINDINGS), id
        assert all(row["why"] and row["source"] and row["confidence"] for row in case["findings"]), id


def test_an_incident_shows_on_its_day_and_is_refused_the_day_before():
    assert incident("paris-2015", as_of="2015-11-13")["ally"] == "FRA"
    with pytest.raises(ParameterError, match="as_of: paris-2015 happened on 2015-11-13, after 2015-11-12; use a later day"):
        incident("paris-2015", as_of="2015-11-12")


def test_an_unknown_incident_lists_the_known_ones():
    with pytest.raises(ParameterError, match="incident: 'paris' is not allowed; use one of sept11-2001, iraq-2003, rf4-2012"):
        incident("paris")


def test_a_list_of_events_without_sources_is_refused(case):
    path = case / "events" / "timeline.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("source", "origin", 1), encoding="utf-8")
    with pytest.raises(SeedError, match=r"timeline\.csv:1: column 'source' is missing"):
        timeline()


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(("day", "told"), [("2012-12-04", False), ("2012-12-30", False), ("2012-12-31", True)])
def test_an_outcome_or_a_meeting_of_which_the_month_is_known_waits_for_its_end(case, day, told):
    change(case / "events" / "consultations.csv", "2012-10-03,2012-10-03,2012-10-03,TUR", "2012-10-03,2012-10-03,2012-12,TUR")
    change(case / "events" / "consultations.csv", 'agreed on 4 December 2012.",2012-12-04,', 'agreed on 4 December 2012.",2012-12,')
    row = consultations(day).set_index("id").loc["C2012-10-TUR"]
    assert (row["outcome"] != LATER, row["met"] == "2012-12") == (told, told)


def test_a_month_in_which_the_timeline_begins_belongs_to_it(case):
    path = case / "events" / "timeline.csv"
    path.write_text(path.read_text(encoding="utf-8") + "T99,2015-10,,It happened.,FRA,military,a source,V2,2026-06-30,\n", encoding="utf-8")
    assert "T99" in set(timeline(since="2015-10-20")["id"]) and "T99" not in set(timeline(since="2015-11-01")["id"])


@pytest.mark.parametrize(("day", "count"), [("2015-10-01", 6), ("20151001", 6), ("2001-09-10", 0), (None, 9)])
def test_the_incidents_up_to_a_day_stand_in_order_however_the_day_is_written(day, count):
    days = [case["date"] for case in incidents(day).values()]
    assert len(days) == count and days == sorted(days)


@pytest.mark.parametrize("load", [timeline, consultations, contributions, invocations])
def test_a_table_without_a_row_has_every_column_of_a_full_one(load, case):
    whole = load()
    for path in (case / "events").glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert set(load().columns) == set(whole.columns) and load().empty
    assert load(as_of="2015-11-24").empty


@pytest.mark.parametrize(
    ("name", "column"), [("timeline", "end"), ("consultations", "occasion"), ("contributions", "figure"), ("invocations", "note")]
)
def test_a_column_that_is_read_somewhere_is_required(case, name, column):
    path = case / "events" / f"{name}.csv"
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(head.replace(f",{column}", ",other") + "\n" + rest, encoding="utf-8")
    load = {"timeline": timeline, "consultations": consultations, "contributions": contributions, "invocations": invocations}[name]
    with pytest.raises(SeedError, match=f"{name}.csv:1: column '{column}' is missing"):
        load()
