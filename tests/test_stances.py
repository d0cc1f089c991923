"""Evidence is counted once, a blank is never neutrality, and a disagreement is not averaged away."""

import pandas as pd
import pytest

from helpers.annotation import annotations
from helpers.codebook import load_codebook
from helpers.errors import CourseError, ParameterError
from helpers.stances import compare, compare_cells, evidence, positions


def test_every_annotation_is_one_row_of_evidence():
    table = evidence()
    assert sorted(table["id"]) == sorted(mark.id for mark in annotations())
    assert list(table.columns) == ["id", "actor", "issue", "stance", "voice", "article", "version", "passage", "phrase", "note"]


def test_the_latest_evidence_holds_no_first_version():
    table = evidence(version="latest")
    assert set(table["version"]) == {"", "v2"}
    assert not table["passage"].str.contains(":v1-").any()
    assert set(table.loc[table["article"] == "nyt-2015", "version"]) == {"v2"}


def test_an_article_seen_once_counts_whichever_version_is_asked_for():
    once = evidence()[evidence()["version"] == ""]["id"].tolist()
    for version in ("v1", "v2", "latest"):
        assert set(once) <= set(evidence(version=version)["id"])


def test_the_two_versions_together_are_all_the_evidence_and_share_none_of_their_own():
    own = [set(table.loc[table["version"] != "", "id"]) for table in (evidence(version="v1"), evidence(version="v2"))]
    assert own[0] & own[1] == set()
    assert own[0] | own[1] == set(evidence().loc[evidence()["version"] != "", "id"])


def test_the_version_of_a_row_is_the_version_of_its_passage():
    table = evidence()
    assert (table["version"] == table["passage"].str.extract(r":(v\d)-")[0].fillna("")).all()


def test_evidence_is_narrowed_by_actor_issue_and_voice():
    table = evidence(["FRA", "USA"], ["RUSCOORD"], "Q")
    assert len(table) and set(table["actor"]) <= {"FRA", "USA"} and set(table["issue"]) == {"RUSCOORD"} and set(table["voice"]) == {"Q"}
    voices = sum(len(evidence(voice=voice)) for voice in ("Q", "P", "J"))
    assert voices == len(evidence(voice="all")) == 76
    assert list(table.index) == list(range(len(table)))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"actors": ["UK"]}, r"actors: 'UK' is not allowed; use one of FRA, USA, RUS, GBR"),
        ({"actors": "FRA"}, r"actors: is a single text; give a list"),
        ({"issues": ["ART6"]}, r"issues: 'ART6' is not allowed; use one of ART5, NATO_ROLE"),
        ({"issues": []}, r"issues: the list is empty"),
        ({"voice": "X"}, r"voice: 'X' is not allowed; use one of all, Q, P, J"),
        ({"version": "v9"}, r"version: 'v9' is not allowed; use one of latest, v1, v2"),
    ],
)
@pytest.mark.parametrize("ask_for", [evidence, positions, compare])
def test_a_wrong_parameter_lists_the_allowed_values(ask_for, wrong, told):
    with pytest.raises(ParameterError, match=told):
        ask_for(**wrong)


def test_a_version_may_be_asked_for_of_an_actor_who_is_in_none():
    """Denmark stands in The Atlantic only, which was seen once: a right version must not be refused for that."""
    assert evidence(["DNK"], version="v1")["id"].tolist() == ["E51"]


def test_positions_are_the_whole_grid_in_the_order_of_the_codebook():
    book, table = load_codebook(), positions()
    assert list(zip(table["actor"], table["issue"], strict=True)) == [(actor, issue) for actor in book.actors for issue in book.issues]


def test_positions_rest_on_the_latest_evidence_and_on_all_of_it():
    used = [id for ids in positions()["evidence"] for id in ids]
    assert sorted(used) == sorted(evidence(version="latest")["id"])
    assert positions()["passages"].sum() == len(used)


def test_a_blank_is_missing_and_never_zero():
    table = positions()
    blank = table[table["passages"] == 0]
    assert len(blank) > 100
    assert blank["low"].isna().all() and blank["high"].isna().all()
    assert set(blank["evidence"]) == {()}


def test_a_coded_zero_is_zero_and_not_a_blank():
    row = positions(["NATO"], ["ART5"]).iloc[0]
    assert (row["low"], row["high"], row["passages"], row["evidence"]) == (0, 0, 1, ("E55",))


def test_sources_that_disagree_are_a_range_and_not_a_mean():
    row = positions(["USA"], ["RUSCOORD"]).iloc[0]
    stances = evidence(["USA"], ["RUSCOORD"], version="latest")["stance"]
    assert (row["low"], row["high"]) == (stances.min(), stances.max()) == (-2, 1)


def test_what_only_the_first_version_reports_is_blank_in_the_latest_and_there_when_asked_for():
    assert positions(["ISR"], ["GROUND"])["passages"].item() == 0
    assert positions(["ISR"], ["GROUND"], version="v1")["evidence"].item() == ("E72", "E73")


def test_a_voice_can_empty_a_cell():
    assert positions(["CORBYN"], ["BOMBSYR"], voice="Q", version="v1")["passages"].item() == 0
    assert positions(["CORBYN"], ["BOMBSYR"], voice="J", version="v1")["passages"].item() == 1


def test_an_actor_given_twice_is_one_row():
    assert len(positions(["USA", "USA"], ["ART5"])) == 1


def test_a_code_that_the_codebook_lacks_is_told_with_its_annotation(case):
    path = case / "annotations" / "stripes-2015.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"actor": "GULF"', '"actor": "OPEC"'), encoding="utf-8")
    with pytest.raises(CourseError, match=r"E52: actor 'OPEC' is not in the codebook; add it to codebook\.toml"):
        evidence()


def test_a_stance_outside_the_scale_is_told_with_its_annotation(case):
    path = case / "annotations" / "stripes-2015.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"stance": 0', '"stance": 3'), encoding="utf-8")
    with pytest.raises(CourseError, match="E55: stance 3 is not in the codebook"):
        evidence()


def test_a_gap_is_the_distance_between_the_nearest_ends():
    table = compare(["USA", "RUS"], ["RUSCOORD", "TARGETIS"]).set_index("issue")
    assert table["gap"].tolist() == [0, 3]
    assert table.loc["TARGETIS", ["first_low", "second_high"]].tolist() == [2, -1]


def test_a_pair_with_a_silent_side_has_no_gap_and_names_who_is_silent():
    table = compare(["FRA", "DNK"], ["ART5", "BOMBSYR", "ASSAD"]).set_index("issue")
    assert pd.isna(table.loc["ART5", "gap"]) and table.loc["ART5", "silent"] == ("DNK",)
    assert table.loc["ASSAD", "silent"] == ("FRA", "DNK")
    assert table.loc["BOMBSYR", "silent"] == ()


def test_a_comparison_is_the_same_whoever_is_named_first():
    one, other = (compare(pair, ["TARGETIS", "ASSAD", "RUSCOORD"])["gap"].tolist() for pair in (["USA", "RUS"], ["RUS", "USA"]))
    assert one == other


@pytest.mark.parametrize("actors", [["USA"], ["USA", "USA"]])
def test_one_actor_alone_is_no_pair(actors):
    assert len(compare(actors)) == 0


def test_three_actors_are_three_pairs_on_every_issue():
    table = compare(["FRA", "USA", "RUS"])
    assert len(table) == 3 * len(load_codebook().issues)
    assert list(dict.fromkeys(zip(table["first"], table["second"], strict=True))) == [("FRA", "USA"), ("FRA", "RUS"), ("USA", "RUS")]


def test_another_coders_codes_are_rows_of_their_own_with_the_same_columns():
    table = evidence(coder="second")
    assert len(table) == 76 and table["id"].str.startswith("second/").all()
    assert sorted(evidence(coder=None)["id"]) == sorted([*evidence()["id"], *table["id"]])


def test_evidence_and_positions_are_narrowed_to_an_article():
    assert set(evidence(article="nyt-2015", version="v1")["passage"].str[:12]) == {"nyt-2015:v1-"}
    assert positions(["RUS"], ["RUSCOORD"], article="nyt-2015")["passages"].item() == 0


@pytest.mark.parametrize(("wrong", "told"), [({"coder": "third"}, "coder: 'third'"), ({"article": "nyt-2016"}, "article: 'nyt-2016'")])
@pytest.mark.parametrize("ask_for", [evidence, positions, compare])
def test_an_unknown_coder_or_article_is_told(ask_for, wrong, told):
    with pytest.raises(ParameterError, match=f"{told} is not allowed; use one of"):
        ask_for(**wrong)


def test_a_table_differs_from_itself_nowhere():
    assert compare_cells(positions(), positions()).empty


def test_cells_that_differ_are_exactly_those_whose_range_is_not_the_same():
    first, second = positions(), positions(coder="second")
    told = compare_cells(first, second)
    ends = [list(zip(table["low"].fillna(9), table["high"].fillna(9), strict=True)) for table in (first, second)]
    differ = [one != other for one, other in zip(*ends, strict=True)]
    assert list(zip(told["actor"], told["issue"], strict=True)) == list(
        zip(*(first.loc[differ, name] for name in ("actor", "issue")), strict=True)
    )
    assert set(told["change"]) == {"only in the first", "only in the second", "another stance"}


def test_a_cell_that_one_side_leaves_blank_has_no_stance_there_and_no_evidence():
    told = compare_cells(*(positions(["FRA", "ISR"], ["UNSC", "GROUND"], version=version) for version in ("v1", "v2"))).set_index("actor")
    assert told.loc["FRA", "change"] == "only in the second" and pd.isna(told.loc["FRA", "first_low"])
    assert told.loc["ISR", ["change", "second_evidence"]].tolist() == ["only in the first", ()]
    assert told.loc["FRA", "second_evidence"] == ("E07",)


def test_a_cell_that_the_other_table_lacks_counts_as_blank_there():
    told = compare_cells(positions(["USA", "RUS"], ["ASSAD"]), positions(["USA"], ["ASSAD"]))
    assert told[["actor", "change"]].to_numpy().tolist() == [["RUS", "only in the first"]]
