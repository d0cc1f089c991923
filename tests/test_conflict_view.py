"""Conflicts to read: who says what, and what is on record by a day."""

import pytest
from builders import CASE

from helpers.conflict import conflicts
from helpers.conflict_view import conflict_table, show_conflict
from helpers.errors import ParameterError


def test_a_conflict_shows_each_passage_with_its_words_and_the_record_with_source_and_confidence():
    view = show_conflict("C07")
    lines = view.text.splitlines()
    assert lines[0] == "C07: Where and when Obama met Putin at the G20 (3 articles: atlantic-2015, nyt-2015, wsws-2015)"
    assert "wsws-2015:p14 | 2015-11-18 | “G20 summit” | They talked on Saturday, on the margins of a G20 in Vienna." in lines
    assert lines[-1].startswith("On record: The G20 met in Antalya")
    assert lines[-1].endswith("(VOA; eaworldview text; secondary source)")
    assert "“G20 summit”" in view.html and "On record:" in view.html


def test_every_conflict_can_be_shown_with_and_without_a_last_day():
    for one in conflicts():
        for day in (None, "2015-11-16", "2015-12-18"):
            assert show_conflict(one.id, day).text.startswith(one.id)


def test_a_record_that_was_not_known_shows_neither_source_nor_confidence():
    text = show_conflict("C01", "2015-11-18").text
    assert text.endswith("On record: Not known by the as-of day.")
    assert "DW" not in text and "secondary" not in text


def test_what_no_article_of_the_day_speaks_of_is_not_even_named():
    view = show_conflict("C27", "2015-11-17")
    assert view.text == "C27: no article published up to 2015-11-17 bears on it."
    assert "Britain" not in view.html


def test_a_conflict_outside_the_articles_says_why_there_are_no_passages():
    text = show_conflict("C26").text
    assert "(no article)" in text and text.endswith("None of the four articles tells what a single state gave under the clause.")


def test_a_note_for_those_who_check_the_data_is_not_shown():
    assert "V2" not in show_conflict("C25").text


def test_an_unverified_record_says_so():
    assert show_conflict("C18").text.endswith("unverified)")
    assert "general knowledge" in show_conflict("C18").text


def test_the_table_says_what_rests_on_one_article_and_what_on_more():
    table = conflict_table().set_index("id")
    assert table.loc["C11", "rests on"] == "single source: nyt-2015"  # two versions are one source
    assert table.loc["C01", "rests on"] == "2 articles: stripes-2015, atlantic-2015"
    assert "C26" not in table.index
    assert len(table) == 26


def test_with_a_last_day_the_table_hides_later_articles_and_later_records():
    table = conflict_table(as_of="2015-11-16").set_index("id")
    assert len(table) == 15
    assert table.loc["C07", "rests on"] == "single source: atlantic-2015"
    assert table.loc["C13", ["record", "source", "confidence"]].tolist() == ["Not known by the as-of day.", "–", "–"]


def test_a_table_of_chosen_conflicts_may_be_empty_and_keeps_its_columns():
    assert conflict_table(["C15", "C16"])["id"].tolist() == ["C15", "C16"]
    empty = conflict_table(["C15"], as_of="2015-11-16")
    assert len(empty) == 0 and list(empty.columns) == ["id", "point", "rests on", "record", "source", "confidence"]


@pytest.mark.parametrize("ask", [lambda: show_conflict("C99"), lambda: conflict_table(["C01", "C99"])], ids=["view", "table"])
def test_an_unknown_conflict_lists_the_known_ones(ask):
    with pytest.raises(ParameterError, match="'C99' is not allowed; use one of C01, C02"):
        ask()


def test_words_of_the_data_are_escaped(case):
    path = case / "conflicts.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("How many people died", "<b>How many</b> died"), encoding="utf-8")
    assert "<b>" not in show_conflict("C01").html


def test_a_second_case_shows_its_own(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(CASE))
    assert "2 articles: harbour-1994, wire-1994" in show_conflict("G1").text
    assert conflict_table(as_of="1994-06-13")["record"].tolist() == ["Not known by the as-of day."]
