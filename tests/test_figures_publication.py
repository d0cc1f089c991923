"""Days of publication laid over events."""

from builders import CASE

from helpers.events import timeline
from helpers.figures import draw_reach
from helpers.publication import load_published, reach_table


def test_the_figure_names_each_article_on_its_day_and_has_its_table_beside_it():
    articles, events = load_published("2015-11-18"), timeline("2015-11-18", since="2015-11-16")
    view = draw_reach(articles, events)
    assert "2015-11-16 Stars and Stripes, The Atlantic; 2015-11-18 The New York Times, World Socialist Web Site" in view.text
    table = reach_table(articles, events)
    for row in table.itertuples(index=False):
        assert " | ".join(row) in view.text
    assert view.png and "Unit: days" in view.html and "seeds/events/timeline.csv" in view.html


def test_an_article_that_is_not_out_yet_is_not_on_the_figure():
    view = draw_reach(load_published("2015-11-16"), timeline("2015-11-16", since="2015-11-13"))
    assert "New York Times" not in view.text and "2015-11-18" not in view.text


def test_without_events_or_articles_it_is_a_sentence():
    nothing = "No dated article, or no event, on these days."
    assert draw_reach(load_published(), timeline("2015-01-01")).text == nothing
    assert draw_reach([], timeline("2015-11-16")).text == nothing


def test_a_long_span_and_a_single_event_can_be_drawn():
    assert "50 events" in draw_reach(load_published(), timeline("2015-12-18", since="2015-11-12")).text
    assert "1 events" in draw_reach(load_published("2015-11-16"), timeline("2015-11-16", since="2015-11-16").head(1)).text


def test_a_second_case_has_the_figure(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(CASE))
    assert "1994-06-13 The Harbour Post" in draw_reach(load_published(), timeline()).text


def test_days_and_months_are_drawn_on_one_axis():
    events = timeline("2015-11-18", since="2015-11-16").assign(date=["2015-11", *timeline("2015-11-18", since="2015-11-16")["date"][1:]])
    text = draw_reach(load_published("2015-11-18"), events).text
    assert "2015-11 | " in text and " | too late | too late | too late | too late" in text
