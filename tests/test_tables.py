"""Tables to read: blanks told, doubts told, nothing counted twice."""

import pandas as pd
import pytest

from helpers.errors import ParameterError
from helpers.events import consultations, incidents
from helpers.stances import evidence, positions
from helpers.tables import (
    clause_table,
    codebook_table,
    consultation_table,
    evidence_table,
    format_range,
    incident_table,
    matrix_table,
    membership_table,
    source_table,
    with_confidence,
)
from helpers.treaties import members_at, provisions


def test_sources_are_listed_with_how_each_thing_is_known(reading):
    table = source_table(reading).set_index("article")
    assert list(table.index) == [one.id for one in reading]
    assert table.loc["nyt-2015", "authors"] == "Steven Erlanger, Peter Baker"
    assert table.loc["nyt-2015", "how the authors are known"].startswith("curated: ")
    assert table.loc["wsws-2015", "how the date is known"].startswith("stated: ")
    assert table.loc["atlantic-2015", "authors"] == ""


@pytest.mark.parametrize(
    ("low", "high", "words"), [(2, 2, "+2"), (0, 0, "0"), (-2, 1, "−2 to +1"), (-1, 0, "−1 to 0"), (0, 2, "0 to +2"), (-1, -1, "−1")]
)
def test_a_range_is_written_with_signs_and_once_if_it_is_one_stance(low, high, words):
    assert format_range(low, high) == words


def test_a_part_of_the_codebook_is_told_in_words_and_the_blank_is_no_zero(reading):
    issues, steps = codebook_table("issues"), codebook_table("stances").set_index("stance")
    assert issues.set_index("short name").loc["RUSCOORD", "sentence"] == "The West and Russia should coordinate militarily."
    assert list(steps.index) == ["+2", "+1", "0", "−1", "−2", "blank"]
    assert "silence is not neutrality" in steps.loc["blank", "when to give it"]
    assert codebook_table("voices")["voice"].tolist() == ["Q", "P", "J"]
    with pytest.raises(ParameterError, match="issues, stances, voices"):
        codebook_table("actors")


def test_clauses_stand_side_by_side_in_the_order_of_the_asking():
    table = clause_table(["TEU-42.7", "NAT-5"])
    names = dict(provisions(["TEU-42.7", "NAT-5"])[["provision", "name"]].drop_duplicates().to_numpy().tolist())
    assert list(table.columns) == ["element", names["TEU-42.7"], names["NAT-5"]]


def test_a_verbatim_phrase_stands_in_quotation_marks_in_the_cell():
    table = clause_table(["NAT-5"], ["discretion"])
    assert "(“such action as it deems necessary”)" in table.iloc[0, 1]


def test_an_unverified_statement_on_a_clause_says_so_in_its_cell():
    parts = provisions()
    unsure = parts[parts["confidence"] == "K"]
    assert len(unsure)
    for part in unsure.itertuples():
        cell = clause_table([part.provision], [part.element]).iloc[0, 1]
        assert part.text in cell and "[unverified]" in cell
    sure = parts[parts["confidence"] == "V"].iloc[0]
    assert "[unverified]" not in clause_table([sure["provision"]], [sure["element"]]).iloc[0, 1]


def test_an_element_of_which_a_clause_says_nothing_is_an_empty_cell():
    table, parts = clause_table(["NAT-4", "NAT-5"]).set_index("element"), provisions(["NAT-4", "NAT-5"])
    both = parts.groupby("label")["provision"].nunique()
    for label in both[both == 1].index:
        assert (table.loc[label] == "").sum() == 1, label
    assert (both == 1).any()


@pytest.mark.parametrize("day", ["2015-11-17", "2003-02-10", "2020-02-01", "2026-06-30"])
def test_every_member_state_is_counted_once_in_its_group(day):
    table = membership_table(day, ["NATO", "EU"])
    nato, union = set(members_at(day, "NATO")), set(members_at(day, "EU"))
    assert dict(zip(table["belongs to"], table["states"], strict=True)) == {
        "NATO and EU": len(nato & union),
        "NATO only": len(nato - union),
        "EU only": len(union - nato),
    }
    assert [len(names.split(", ")) for names in table["which"]] == table["states"].tolist()


def test_members_of_both_come_first_whichever_is_named_first():
    assert membership_table("2015-11-17", ["EU", "NATO"])["belongs to"].tolist() == ["EU and NATO", "EU only", "NATO only"]


def test_a_matrix_to_read_has_names_in_place_of_codes():
    table = matrix_table(positions(["USA"], ["RUSCOORD"]))
    row = table.iloc[0]
    assert (row["actor"], row["stance"], row["passages"]) == ("United States", "−2 to +1", 5)
    assert len(row["evidence"].split()) == 5


def test_a_matrix_to_read_keeps_its_blanks():
    """The docstring takes positions, and positions have blanks: they are to be read as such, not to break the table."""
    table = matrix_table(positions(["RUS"], ["ART5"]))
    assert pd.isna(table["stance"].item()) or table["stance"].item() in ("", "not reported")


def test_confidence_marks_are_told_in_words_and_other_columns_stay():
    given = pd.DataFrame({"id": ["a", "b", "c", "d"], "confidence": ["V", "V2", "K", ""]})
    told = with_confidence(given)
    assert told["confidence"].tolist() == ["primary source", "secondary source", "unverified", ""]
    assert told["id"].tolist() == given["id"].tolist()
    assert given["confidence"].tolist() == ["V", "V2", "K", ""]


def test_coded_passages_to_read_have_names_signs_and_voices_in_words():
    marks = evidence(issues=["ART5"], version="latest")
    table = evidence_table(marks)
    assert table["id"].tolist() == marks["id"].tolist()
    assert not set(table["actor"]) & set(marks["actor"]) - {"NATO"}
    assert set(table["stance"]) == {"−1", "0", "+2"}
    assert set(table["voice"]) == {"direct quote", "journalist’s statement"}


def test_consultations_to_read_name_the_states_that_asked_and_leave_a_blank_where_nobody_is_reported():
    table = consultation_table(consultations())
    asked = table.set_index("date")["asked by"]
    assert asked["2022-02-24"].startswith("Bulgaria, Czechia, Estonia") and len(asked["2022-02-24"].split(", ")) == 8
    assert asked["2015-11-24"] == ""
    assert not set(table["confidence"]) & {"V", "V2", "K"}


def test_incidents_stand_in_order_up_to_the_day_with_what_could_then_be_known():
    table = incident_table(["council_decision", "consultation_asked"], "2015-11-13")
    assert table["date"].is_monotonic_increasing and table["date"].iloc[-1] == "2015-11-13"
    assert table.iloc[-1].tolist()[2:] == ["not reported", "no"]
    assert table.iloc[0].tolist()[2:] == ["no", "yes"]
    assert len(incident_table(["area"])) == len(incidents())


def test_a_case_without_a_consultation_has_an_empty_table_of_them(case):
    path = case / "events" / "consultations.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert list(consultation_table(consultations()).columns) == ["date", "asked by", "occasion", "outcome", "kind", "confidence"]


def test_a_day_without_hyphens_is_the_same_day():
    assert incident_table(["area"], "20151001").equals(incident_table(["area"], "2015-10-01"))
