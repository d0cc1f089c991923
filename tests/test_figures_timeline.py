"""Events on a time axis."""

from helpers.events import timeline
from helpers.figures import draw_timeline
from helpers.figures_timeline import finish_timeline, plot_timeline


def test_every_event_has_a_mark_and_a_text_in_the_order_of_the_rows():
    events = timeline("2015-11-18", since="2015-11-13")
    figure, rows = plot_timeline(events, "A week")
    assert len(rows) == len(events)
    texts = [note.get_text() for _, note in rows]
    assert all(row.event.startswith(text.removesuffix(" …")) for row, text in zip(events.itertuples(), texts, strict=True))
    assert figure.axes[0].get_title(loc="left") == "A week"


def test_the_legend_names_each_kind_once_and_a_kind_has_one_mark():
    events = timeline("2015-11-18", since="2015-11-13")
    figure, rows = plot_timeline(events, "A week")
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == sorted(set(events["kind"]))
    shapes = {}
    for kind, (mark, _) in zip(events["kind"], rows, strict=True):
        shapes.setdefault(kind, set()).add(mark.get_paths()[0].vertices.tobytes())
    assert all(len(found) == 1 for found in shapes.values())
    assert len({next(iter(found)) for found in shapes.values()}) == len(shapes)


def test_a_long_text_is_cut_at_a_word_on_the_figure_and_whole_in_the_table():
    events = timeline("2015-11-16", since="2015-11-16")
    long = next(text for text in events["event"] if len(text) > 76)
    _, rows = plot_timeline(events, "")
    cut = next(note.get_text() for _, note in rows if note.get_text().endswith(" …"))
    assert long.startswith(cut.removesuffix(" …") + " ")
    assert long in draw_timeline(events).text


def test_no_events_make_a_sentence_and_no_picture():
    events = timeline("2015-01-01")
    figure, rows = plot_timeline(events, "")
    view = finish_timeline(figure, events, "")
    assert rows == [] and view.png is None
    assert view.text == "No events on these days."
