"""Quotations and contested claims, held against what a text cites."""

import dataclasses

import pytest

from course.quoted import load_citations, lost_quotations, single_source


def lost(text: str, *cited: str) -> list[str]:
    return list(lost_quotations(text, load_citations(), cited))


def test_without_an_id_nothing_is_looked_for_and_with_one_every_phrase_is():
    assert lost("“anything at all”") == []
    assert len(lost("“anything at all” and “more of it”", "stripes-2015:p06")) == 2


def test_an_annotation_leads_to_its_passage_also_inside_a_range():
    known = load_citations()
    assert known.passages["E03"] == "stripes-2015:p07"
    assert known.find_ids("E02–E04", ["E01", "E02", "E03", "E04", "E05"]) == ["E02", "E03", "E04"]
    assert known.find_ids("stripes-2015:p070 or XE03", ["stripes-2015:p07", "E03"]) == []


def test_marks_dashes_and_left_out_words_do_not_matter_and_order_does():
    assert lost("“does not appear poised … action”", "stripes-2015:p04") == []
    assert lost("“action … does not appear poised”", "stripes-2015:p04") != []


def test_words_of_a_record_may_be_quoted_when_the_record_is_named_too():
    assert lost("“such action as it deems necessary”", "stripes-2015:p06", "NAT-5") == []


def test_a_case_that_changes_is_read_anew(case):
    assert lost("“act of war”", "stripes-2015:p06") == []
    path = case / "reading" / "stripes-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("act of war", "act of love"), encoding="utf-8")
    assert "is not in stripes-2015:p06 (reading edition)" in lost("“act of war”", "stripes-2015:p06")[0]


def test_a_conflict_needs_two_articles_or_its_label():
    known = load_citations()
    assert "cites no article" in single_source("C07 is told differently.", known)
    assert "cites one article (wsws-2015)" in single_source("C07, wsws-2015:p14.", known)
    assert single_source("C07, wsws-2015:p14, single source.", known) == ""
    assert single_source("C07.", known, ["wsws-2015:p14", "atlantic-2015:p02"]) == ""
    assert single_source("Nothing is contested by nobody but C2015-TUR.", known) != ""


@pytest.mark.parametrize("phrase", ["ct of wa", "act of wa", "[…]", "[all of it was invented]", "…"])
def test_half_words_and_brackets_with_nothing_beside_them_are_no_quotation(phrase):
    assert len(lost(f"“{phrase}”", "stripes-2015:p06")) == 1


def test_a_word_that_stands_in_the_possessive_may_be_quoted_without_it(case):
    path = case / "reading" / "stripes-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("act of war", "France’s act of war"), encoding="utf-8")
    assert lost("“France”", "stripes-2015:p06") == []


@pytest.mark.parametrize("text", ['"act of war" (stripes-2015:p06)', "«act of war» (stripes-2015:p06)"])
def test_other_quotation_marks_beside_an_id_are_told(text):
    (message,) = lost(text)
    assert message.endswith("is marked as a quotation by other signs; write “act of war”")


def test_straight_marks_in_code_or_without_an_id_are_let_pass():
    assert lost('`ask("03-q1")` (stripes-2015:p06)') == lost('He says "no".') == []


def test_a_passage_of_one_edition_only_is_held_against_that_one():
    known = load_citations()
    texts = known.texts | {"stripes-2015:p06": {"reading": "an act of war"}, "stripes-2015:p07": {"reading": "a", "original": "b"}}
    known = dataclasses.replace(known, texts=texts)
    assert list(lost_quotations("“act of war” (stripes-2015:p07, stripes-2015:p06)", known)) == []
    assert len(list(lost_quotations("“act of love” (stripes-2015:p07, stripes-2015:p06)", known))) == 1
