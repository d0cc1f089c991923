"""Rival explanations: every row rests on a coded passage or a dated record, and a case without them has none."""

from pathlib import Path

import pytest

from helpers.articles import load_articles
from helpers.errors import ParameterError, SeedError
from helpers.explanations import explanation_passages, explanation_records, rival_explanations, weigh_explanations

GULL = Path(__file__).with_name("cases") / "gull-bank"


def test_every_rival_has_something_for_it_and_something_against_it():
    table = explanation_passages()
    for id in rival_explanations()["id"]:
        assert set(table.loc[table["id"] == id, "side"]) == {"for", "against"}, id


def test_every_phrase_stands_in_its_passage_and_the_passage_in_the_latest_version():
    texts = {passage.id: passage.text for article in load_articles("reading") for passage in article.version().passages}
    for row in explanation_passages().itertuples():
        assert row.phrase in texts[row.passage], row.mark
        assert len(row.phrase.split()) <= 8


def test_passages_of_articles_that_were_not_out_are_left_out():
    assert set(explanation_passages(as_of="2015-11-17")["article"]) == {"stripes-2015", "atlantic-2015"}
    assert len(set(explanation_passages(as_of="2015-11-18")["article"])) == 4
    assert explanation_passages(as_of="2015-11-15").empty


def test_records_count_from_their_day():
    assert set(explanation_records(as_of="2015-11-16")["id"]) == {"allies", "backfill"}
    assert len(explanation_records("backfill", "2015-11-16")) == 1
    assert len(explanation_records("backfill", "2015-11-17")) == 2


def test_a_record_without_a_day_is_left_out_where_a_day_is_given(case):
    path = case / "explanations.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("known = 2015-11-17\n", ""), encoding="utf-8")
    assert len(explanation_records("backfill")) == 2
    assert len(explanation_records("backfill", "2026-01-01")) == 1


def test_passages_are_counted_by_article_and_side():
    table = weigh_explanations("2015-11-19").set_index(["explanation", "side", "article"])["passages"]
    assert table["Avoid a divided Council", "for", "stripes-2015"] == 3
    assert table.sum() == len(explanation_passages())
    assert (table > 0).all()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('mark = "E09"', 'mark = "E99"', "mark 'E99' does not exist"),
        ('side = "for"', 'side = "pro"', "side 'pro' does not exist"),
        ('explanation = "moscow"', 'explanation = "minsk"', "explanation 'minsk' does not exist"),
        ('confidence = "V"', 'confidence = "V9"', "confidence 'V9' does not exist|'V9'"),
        ('teller = "analyst"\n', "", "'teller' is missing"),
        ('mark = "E10"', 'mark = "S51"', "S51 is on a passage that bears on this explanation already"),
    ],
)
def test_a_row_that_does_not_hold_is_told_with_its_file(case, old, new, message):
    path = case / "explanations.toml"
    text = path.read_text(encoding="utf-8")
    at = text.index("[[records]]") if "V9" in new else 0
    path.write_text(text[:at] + text[at:].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedError, match=message) as told:
        explanation_passages()
        explanation_records()
    assert "explanations.toml" in str(told.value)


def test_an_unknown_explanation_lists_the_known_ones():
    with pytest.raises(ParameterError, match="'minsk' is not allowed; use one of moscow"):
        explanation_passages("minsk")


def test_a_case_without_the_file_has_empty_tables_with_their_columns(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(GULL))
    for table in (rival_explanations(), explanation_passages(as_of="1994-06-15"), explanation_records(), weigh_explanations()):
        assert table.empty and len(table.columns) >= 4


def test_a_record_of_which_the_month_is_known_counts_from_its_last_day(case):
    path = case / "explanations.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("known = 2015-11-17\n", 'known = "2015-11"\n'), encoding="utf-8")
    assert [len(explanation_records("backfill", day)) for day in ("2015-11-29", "2015-11-30")] == [1, 2]
