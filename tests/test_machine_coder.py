"""What the finder hears, beside what people coded."""

from pathlib import Path

import pytest

from helpers.annotation import annotations
from helpers.errors import ParameterError
from helpers.machine_coder import machine_coding, same_name


def row(id: str):
    table = machine_coding()
    return table[table["unit"] == id].iloc[0]


def test_every_stance_and_every_quotation_of_the_reference_has_a_row():
    table = machine_coding()
    assert sorted(table["unit"]) == sorted(mark.unit for kind in ("stance", "quotation") for mark in annotations(kind=kind))


def test_a_quote_with_its_speaker_is_heard_as_the_reference_has_it():
    heard = row("S57")
    assert (heard["speaker"], heard["machine_speaker"], heard["same_speaker"]) == ("Ivo H. Daalder", "Ivo Daalder", True)
    assert (heard["voice"], heard["machine_voice"], heard["same_voice"]) == ("Q", "Q", True)


def test_the_nearest_name_is_a_miss_and_told_as_one():
    heard = row("S56")
    assert heard["machine_speaker"] == "United States" and not heard["same_speaker"]
    assert 0 < heard["confidence"] <= 1


def test_marks_in_which_the_finder_hears_nobody_are_the_journalists():
    assert (row("S13")["machine_speaker"], row("S13")["machine_voice"]) == ("", "J")


def test_a_stance_has_no_speaker_to_compare():
    assert row("E55").isna()["same_speaker"] and row("E55")["speaker"] == ""


def test_where_the_finder_hears_nothing_its_confidence_is_missing(case):
    path = case / "reading" / "stripes-2015.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("“does not appear poised for such action”", "does not appear poised for such action"), encoding="utf-8")
    heard = row("E56")
    assert heard["machine_voice"] == "J" and heard.isna()["confidence"]


def test_a_phrase_that_is_lost_has_no_row(case):
    path = case / "reading" / "stripes-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("does not appear poised for such action", "waits"), encoding="utf-8")
    assert "E56" not in set(machine_coding("stripes-2015")["unit"])


def test_names_are_the_same_but_for_accents_and_initials():
    assert same_name("Vitaly I. Churkin", "Vitaly Churkin") and not same_name("Karen Donfried", "")
    assert not same_name("unnamed French diplomat", "unnamed diplomat")


def test_an_unknown_article_lists_the_known_ones():
    with pytest.raises(ParameterError, match="article: 'times' is not allowed; use one of stripes-2015"):
        machine_coding("times")


def test_another_case_is_heard_too(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(Path(__file__).with_name("cases") / "gull-bank"))
    table = machine_coding()
    assert len(table) and set(table["machine_voice"]) <= {"Q", "P", "J"}
