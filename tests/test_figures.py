"""Every figure comes with its words and its table, and a figure of the same table is the same to the byte."""

import re
from html import unescape

import pytest
from every_figure import DRAWN

from helpers import figures
from helpers.events import consultations, contributions, timeline
from helpers.stances import positions
from helpers.views import View


@pytest.fixture(params=DRAWN)
def drawn(request, answers) -> View:
    """Each figure of the course in turn."""
    return DRAWN[request.param]()


def alt_of(view):
    return unescape(re.search(r'<img [^>]*alt="([^"]*)"', view.html).group(1))


def rows_of(view):
    return view.text.splitlines()[1:]


def test_no_figure_is_left_out_here():
    wanted = {name for name in figures.__all__ if name.startswith("draw_")}
    assert len(DRAWN) == len(wanted) + 1, "every draw_ function stands in DRAWN once, and the timeline to step through"


def test_a_figure_has_alternative_text_a_caption_and_its_table(drawn):
    assert len(alt_of(drawn)) > 40
    assert drawn.text.splitlines()[0] == f"Figure: {alt_of(drawn)}"
    assert re.search(r"<figcaption>[^<]*[Ss]ource[^<]*</figcaption>", drawn.html)
    assert drawn.html.count("<tr>") == len(rows_of(drawn)) > 1
    assert re.search(r"</figure><div [^>]*><table>", drawn.html)  # beside it, at once


def test_the_picture_of_a_figure_is_a_png_and_stands_in_its_html(drawn):
    assert drawn.png.startswith(b"\x89PNG\r\n\x1a\n")
    assert "data:image/png;base64," in drawn.html


@pytest.mark.parametrize("name", ["timeline", "members", "consultations", "contributions", "reporting", "matrix"])
def test_a_figure_of_the_same_table_is_the_same_to_the_byte(name):
    assert DRAWN[name]() == DRAWN[name]()


def test_another_table_gives_another_picture():
    assert figures.draw_members("NATO", "2015-11-13").png != figures.draw_members("NATO", "2024-03-07").png
    assert figures.draw_matrix(positions(["USA"])).png != figures.draw_matrix(positions(["USA"], version="v1")).png


@pytest.mark.parametrize(
    "draw",
    [lambda title: figures.draw_timeline(timeline("2015-11-13"), title), lambda title: figures.draw_matrix(positions(["USA"]), title)],
)
def test_a_title_with_markup_is_escaped(draw):
    view = draw("<script>x</script> & co")
    assert "<script" not in view.html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; co" in view.html


def test_a_timeline_tells_every_event_and_how_sure_it_is():
    table = timeline("2015-11-18", since="2015-11-13")
    view = figures.draw_timeline(table)
    assert f"{len(table)} events from 2015-11-13 to 2015-11-18" in alt_of(view)
    assert [row.split(" | ")[0] for row in rows_of(view)[1:]] == table["date"].tolist()
    assert {row.split(" | ")[-1] for row in rows_of(view)[1:]} <= {"primary source", "secondary source", "unverified"}


def test_a_timeline_of_one_day_can_be_drawn():
    assert "1 events" in alt_of(figures.draw_timeline(timeline("2015-11-13", since="2015-11-13")))


@pytest.mark.parametrize(
    ("org", "day", "members"), [("NATO", "2015-11-13", 28), ("EU", "2015-11-17", 28), ("EU", "2020-02-01", 27), ("NATO", "1949-08-24", 12)]
)
def test_the_step_line_ends_at_the_members_of_the_day(org, day, members):
    assert f"the number of {org} members: {members} on {day}" in alt_of(figures.draw_members(org, day))


def test_the_step_line_tells_nobody_who_joined_later():
    text = figures.draw_members("NATO", "2015-11-13").text
    assert "Croatia" in text
    assert not re.search("Montenegro|North Macedonia|Finland|Sweden|201[67]|202", text)


def test_the_step_line_draws_nobody_who_joined_later(case):
    before = figures.draw_members("NATO", "2015-11-13")
    path = case / "treaties" / "memberships.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line.startswith("org,") or line.split(",")[2] <= "2015-11-13"), encoding="utf-8")
    assert figures.draw_members("NATO", "2015-11-13") == before


def test_consultations_and_what_is_miscounted_as_such_are_told_apart():
    table = consultations("2015-11-24")
    alt = alt_of(figures.draw_consultations(table))
    assert re.search(r"Consultations as squares: 5; .* as crosses: 2\b", alt)


@pytest.mark.parametrize("draw", [figures.draw_consultations, figures.draw_timeline, figures.draw_contributions])
def test_a_narrowed_table_is_drawn_like_the_same_table_numbered_anew(draw):
    """Rows keep their old numbers when a learner narrows a table; the marks must not leave the picture for that."""
    load = {figures.draw_consultations: consultations, figures.draw_timeline: timeline, figures.draw_contributions: contributions}[draw]
    table = load()
    narrowed = table[table["kind"] == table["kind"].iloc[-1]]
    assert narrowed.index.tolist() != list(range(len(narrowed)))
    assert draw(narrowed).png == draw(narrowed.reset_index(drop=True)).png


@pytest.mark.parametrize(
    "draw",
    [
        lambda: figures.draw_timeline(timeline("2015-01-01")),
        lambda: figures.draw_consultations(consultations("2000-01-01")),
        lambda: figures.draw_contributions(contributions(as_of="2015-11-13")),
        lambda: figures.draw_contributions(contributions("FRA")),
        lambda: figures.draw_members("NATO", "1949-01-01"),
    ],
    ids=["timeline", "consultations", "contributions", "a state without rows", "members"],
)
def test_a_table_without_rows_is_drawn_without_a_crash_or_a_warning(draw):
    assert re.match(r"No (events|consultations)|Figure: .*\b[Nn]o\b|Figure: .*\b0 ", draw().text)


def test_a_matrix_counts_its_filled_and_its_hatched_cells():
    table = positions()
    filled = int((table["passages"] > 0).sum())
    assert f"{filled} cells hold a stance or a range, {len(table) - filled} are hatched" in alt_of(figures.draw_matrix(table))


def test_a_matrix_lists_the_filled_cells_with_their_evidence_and_says_what_hatching_means():
    view = figures.draw_matrix(positions(["USA", "RUS"], ["RUSCOORD", "EU427"]))
    assert [row.split(" | ")[:4] for row in rows_of(view)[1:]] == [
        ["United States", "Military coordination with Russia", "−2 to +1", "5"],
        ["Russia", "Military coordination with Russia", "0 to +2", "3"],
    ]
    assert "hatched: not reported" in view.html


def test_a_matrix_in_which_nothing_is_reported_can_be_drawn():
    assert "0 cells hold a stance or a range, 1 are hatched" in alt_of(figures.draw_matrix(positions(["RUS"], ["ART5"])))
