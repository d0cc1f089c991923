"""Which article was out when, where it stands, and what it could know."""

import pytest
from builders import CASE

from helpers.errors import ParameterError
from helpers.events import timeline
from helpers.publication import load_published, place_table, reach_table


@pytest.mark.parametrize(
    ("day", "out"),
    [
        ("2015-11-15", []),
        ("2015-11-16", ["stripes-2015", "atlantic-2015"]),
        ("2015-11-18", ["stripes-2015", "atlantic-2015", "nyt-2015", "wsws-2015"]),
    ],
)
def test_an_article_is_out_from_its_day_on(day, out):
    assert [article.id for article in load_published(day)] == out


def test_without_a_day_all_are_out():
    assert len(load_published()) == 4


def test_an_article_without_a_day_may_be_later_than_any(case):
    path = case / "catalogue.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("published = 2015-11-16\n", 'published = ""\n', 1), encoding="utf-8")
    assert "stripes-2015" not in [article.id for article in load_published("2026-06-30")]
    assert reach_table(load_published(), timeline("2015-11-13", since="2015-11-13"))["stripes-2015"].tolist() == ["day not known"]


def test_a_last_day_that_is_none_is_refused():
    with pytest.raises(ParameterError, match="as_of: 'soon' is not a day"):
        load_published("soon")


def test_a_source_is_placed_by_its_kind_its_size_and_those_who_are_quoted():
    table = place_table(load_published()).set_index("article")
    assert table.loc["wsws-2015", "kind"] == "opinion, from a Trotskyist outlet"
    assert table.loc["nyt-2015", "passages"] == 23  # the later version: two are not two sources
    assert table.loc["stripes-2015", "quoted for"] == "NATO 6, themselves 5, France 1"


def test_an_article_that_quotes_nobody_leaves_a_blank(case):
    path = case / "annotations" / "wsws-2015.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"kind": "quotation"' not in line), encoding="utf-8")
    assert place_table(load_published()).set_index("article").loc["wsws-2015", "quoted for"] == ""


def test_an_event_is_before_on_or_after_the_day_of_an_article():
    table = reach_table(load_published(), timeline("2015-11-18", since="2015-11-13")).set_index("event")
    assert table.loc["Attacks strike Paris.", "stripes-2015"] == "could know"
    assert table.loc["NATO holds a minute of silence.", "stripes-2015"] == "same day"
    assert table.loc["Kerry visits Paris.", ["atlantic-2015", "nyt-2015"]].tolist() == ["too late", "could know"]


def test_a_month_counts_from_its_last_day():
    events = timeline("2015-11-13", since="2015-11-13").assign(date="2015-11")
    assert reach_table(load_published(), events)["wsws-2015"].tolist() == ["too late"]


def test_a_second_case_is_placed_and_dated(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(CASE))
    out = load_published("1994-06-14")
    assert [article.id for article in out] == ["harbour-1994", "ledger-1994"]
    assert place_table(out)["passages"].tolist() == [8, 7]
    assert reach_table(out, timeline())["ledger-1994"].tolist() == ["could know", "could know", "too late", "too late"]
