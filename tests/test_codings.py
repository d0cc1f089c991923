"""Codings side by side, how far they agree, and what the learner may not see yet."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.agreement import reliability
from helpers.answers import save_answer
from helpers.codings import code_items, compare_coding, cross_codes, line_up, tabulate_agreement
from helpers.errors import ParameterError
from helpers.questions import NO_EVIDENCE, fields_of, load_item

PHRASES = [f"02-c{number:02}" for number in range(1, 21)]


def code(id: str, stance: str, voice: str) -> None:
    save_answer(load_item(id), {"stance": stance, "voice": voice})


def code_as_the_reference(ids: list[str]) -> None:
    for id in ids:
        code(id, *(field.reference for field in fields_of(load_item(id))))


def test_agreement_with_the_second_coder_is_what_reliability_says():
    ours, theirs = tabulate_agreement(compare_coding("second")), reliability()
    theirs = theirs[theirs["code"] == "stance"].set_index("issue")
    ours = ours[ours["code"] == "stance"].set_index("part")
    pd.testing.assert_frame_equal(ours[["n", "agreement", "alpha"]], theirs[["n", "agreement", "alpha"]], check_names=False)


def test_before_the_learner_codes_there_is_nothing_to_compare(answers):
    compared = compare_coding("you", PHRASES)
    assert compared.empty and tabulate_agreement(compared).empty and line_up(PHRASES, ["second", "you"]).empty
    assert cross_codes(compared, "stance").drop(columns="reference").to_numpy().sum() == 0


def test_an_unfinished_code_does_not_count(answers):
    save_answer(load_item("02-c01"), {"stance": "-2"})
    assert compare_coding("you").empty


def test_whoever_codes_like_the_reference_agrees_perfectly(answers):
    code_as_the_reference(PHRASES)
    table = tabulate_agreement(compare_coding("you", PHRASES)).set_index(["code", "part"])
    assert table.loc[("stance", "all"), ["n", "left_out", "alpha"]].tolist() == [20, 0, 1]
    assert table.loc[("voice", "all"), ["n", "left_out", "alpha"]].tolist() == [20, 0, 1]


def test_a_single_unit_has_no_alpha_and_says_so(answers):
    code_as_the_reference(["02-c01"])
    table = tabulate_agreement(compare_coding("you"))
    assert table["alpha"].isna().all() and set(table["remark"]) == {"one unit alone"}


def test_no_evidence_is_left_out_of_the_stances_and_told(answers):
    code("02-c01", NO_EVIDENCE, "Q")
    compared = compare_coding("you")
    assert compared["left_out"].tolist() == [NO_EVIDENCE] and compared["other_stance"].isna().all()
    stances = tabulate_agreement(compared).query("code == 'stance' and part == 'all'").iloc[0]
    assert (stances["n"], stances["left_out"], stances["remark"]) == (0, 1, "no unit to compare")
    assert cross_codes(compared, "stance").set_index("reference").loc["−2", NO_EVIDENCE] == 1


def test_no_evidence_never_becomes_a_zero(answers):
    code("02-c01", NO_EVIDENCE, "Q")
    assert cross_codes(compare_coding("you"), "stance")["0"].sum() == 0


def test_the_last_answer_counts(answers):
    code("02-c01", "+2", "J")
    code("02-c01", "-2", "Q")
    assert compare_coding("you")[["other_stance", "other_voice"]].to_numpy().tolist() == [[-2, "Q"]]


def test_a_coder_who_chose_another_issue_is_left_out_and_not_called_wrong():
    left = compare_coding("second").set_index("unit").loc["E04"]
    assert left["left_out"] == "other actor or issue" and pd.isna(left["other_stance"]) and left["other_voice"] == "J"


def test_the_machine_has_voices_and_no_stances():
    table = tabulate_agreement(compare_coding("machine"))
    assert set(table["code"]) == {"voice"} and table["n"].iloc[0] == 76


def test_all_units_are_counted_once_in_the_crossed_codes():
    compared = compare_coding("second")
    for name in ("stance", "voice"):
        assert cross_codes(compared, name).drop(columns="reference").to_numpy().sum() == len(compared)


def test_only_what_the_learner_has_coded_is_lined_up(answers):
    code("02-c02", "+1", "J")
    table = line_up(PHRASES, ["second", "you"])
    assert table[["item", "unit", "reference", "second", "you"]].to_numpy().tolist() == [["02-c02", "E53", "+2", "+2", "+1"]]


def test_the_twenty_phrases_spread_over_issues_actors_articles_voices_and_steps():
    compared = compare_coding("second", PHRASES)
    assert {"E16", "E17", "E38", "E53", "E55", "E61", "E04"} <= set(compared["unit"])
    assert compared["unit"].nunique() == 20 and compared["issue"].nunique() == 12 and compared["actor"].nunique() >= 10
    assert compared["article"].nunique() == 4 and set(compared["voice"]) == {"Q", "P", "J"} and compared["stance"].nunique() == 5


def test_items_that_ask_for_something_else_are_no_phrases_to_code():
    assert {item.mode for item in code_items()} == {"code"}
    with pytest.raises(ParameterError, match="item_ids: '02-q1' is not allowed; use one of 02-c01"):
        code_items(["02-q1"])


def test_an_unknown_coder_lists_the_known_ones():
    with pytest.raises(ParameterError, match="coder: 'third' is not allowed; use one of second, you, machine"):
        compare_coding("third")


def test_another_case_is_compared_too(monkeypatch, answers):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(Path(__file__).with_name("cases") / "gull-bank"))
    assert len(compare_coding("second")) and len(tabulate_agreement(compare_coding("machine")))
    assert compare_coding("you").empty and code_items() == []
