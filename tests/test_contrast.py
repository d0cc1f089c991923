"""What is seen stands out: colours of figures, pages and controls, and words that stay inside of their picture."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from contrast import PARTS, TEXT, contrast
from every_figure import DRAWN
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from course import page_frame
from helpers import drawing, figures_timeline
from helpers.inputs import read_style

PACKET = (Path(page_frame.__file__).with_name("packet.css")).read_text()


@pytest.fixture(params=DRAWN)
def figure(request, answers, monkeypatch) -> Figure:
    """Each figure of the course in turn, laid out as it is drawn."""
    made = []

    def keep(figure: Figure) -> bytes:
        made.append(figure)
        return to_png(figure)

    to_png = drawing.to_png
    monkeypatch.setattr(drawing, "to_png", keep)
    monkeypatch.setattr(figures_timeline, "to_png", keep)
    DRAWN[request.param]()
    return made[-1]


def words_of(figure: Figure) -> Iterator[Text]:
    """The texts that can be seen."""
    for axes in figure.axes:
        legend = axes.get_legend()
        ticks = [(axes.get_xlim(), axes.xaxis.get_major_ticks(), 0), (axes.get_ylim(), axes.yaxis.get_major_ticks(), 1)]
        yield from axes.texts
        yield from (axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label)
        yield from legend.get_texts() if legend else ()
        if axes.axison:
            for limits, all_ticks, _ in ticks:
                yield from (tick.label1 for tick in all_ticks if min(limits) <= tick.get_loc() <= max(limits))
    for legend in figure.legends:
        yield from legend.get_texts()
    if figure._supxlabel:
        yield figure._supxlabel


def grounds_of(text: Text, figure: Figure) -> list[object]:
    """The colours behind a text: of its box, else of the topmost patch that it stands in and of what that is hatched with, else white."""
    if box := text.get_bbox_patch():
        return [box.get_facecolor()[:3]]
    patches = [one for axes in figure.axes for one in axes.patches if one.get_fill()]
    around = [one for one in patches if one.get_window_extent().contains(*middle_of(text))]
    if not around:
        return ["white"]
    patch = max(around, key=lambda one: one.get_zorder())
    return [flat(patch.get_facecolor())] + ([flat(patch.get_edgecolor())] if patch.get_hatch() else [])


def flat(colour: tuple[float, ...]) -> tuple[float, ...]:
    """A colour as it is seen on white."""
    *parts, whole = colour
    return tuple(whole * part + 1 - whole for part in parts)


def marks_of(figure: Figure) -> Iterator[list[tuple[float, ...]]]:
    """Of every mark and bar the colours of its face, its edge and hatching, and of the frame that it stands in."""
    for axes in figure.axes:
        for one in axes.collections:
            if isinstance(one, PathCollection) and len(one.get_offsets()):
                yield [flat(colour) for colour in [*one.get_facecolors(), *one.get_edgecolors()]]
        frames = [one for one in axes.patches if not one.get_fill()]
        for patch in axes.patches:
            around = [one for one in frames if one.get_window_extent().contains(*middle_of(patch))]
            yield [flat(patch.get_facecolor()), *(flat(one.get_edgecolor()) for one in [patch, *around])]
        for line in axes.lines:
            if line.get_marker() not in (None, "None", "", " "):
                yield [to_rgb(line.get_markerfacecolor()), to_rgb(line.get_markeredgecolor())]


def middle_of(part: Artist) -> tuple[float, float]:
    """The middle of a part of a figure, in pixels."""
    place = part.get_window_extent()
    return (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2


def test_words_on_a_figure_stand_out_from_what_is_behind_them(figure):
    for text in words_of(figure):
        for ground in grounds_of(text, figure) if text.get_text().strip() else ():
            assert contrast(text.get_color(), ground) >= TEXT, (text, ground)


def test_no_word_of_a_figure_is_cut_off_at_its_edge(figure):
    edge = figure.bbox.padded(1)
    for text in words_of(figure):
        if text.get_text().strip() and text.get_visible():
            place = text.get_window_extent()
            assert edge.contains(place.x0, place.y0) and edge.contains(place.x1, place.y1), text


def test_words_on_a_figure_are_large_enough_to_be_read(figure):
    assert [(text.get_text(), text.get_fontsize()) for text in words_of(figure) if text.get_text() and text.get_fontsize() < 8] == []


def test_marks_and_bars_of_a_figure_stand_out_from_white(figure):
    lines = [[to_rgb(line.get_color())] for axes in figure.axes for line in axes.lines]  # of which one without marks is made
    marks = list(marks_of(figure)) or lines
    assert marks  # a figure that shows nothing would pass, too
    for colours in marks:
        assert max(map(contrast, colours)) >= PARTS, colours


def test_a_pale_word_in_a_dark_bar_a_pale_mark_and_a_pale_hatched_bar_are_found():
    figure = Figure()
    axes = figure.subplots()
    axes.bar([0], [1], color="#333333")
    axes.bar([1], [1], color="#EEEEEE", edgecolor="#DDDDDD", hatch="//")
    axes.plot([2], [1], marker="o", color="#EEEEEE")
    words = [axes.text(at, 0.5, "a", ha="center", color="black") for at in (0, 1)]
    figure.canvas.draw()
    assert [min(contrast("black", ground) for ground in grounds_of(word, figure)) >= TEXT for word in words] == [False, True]
    assert [max(map(contrast, colours)) >= PARTS for colours in marks_of(figure)] == [True, False, False]


@pytest.mark.parametrize("colour", drawing.COLOURS)
def test_every_colour_of_a_series_stands_out_from_white(colour):
    assert contrast(colour) >= PARTS


def schemes() -> dict[str, dict[str, str]]:
    """The named colours of packets, on light paper and on dark."""
    light, dark = (dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", PACKET, re.DOTALL)[:2])
    return {"light": light, "dark": light | dark}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_of_a_packet_stands_out_from_its_paper(scheme):
    colours = schemes()[scheme]
    for ink in ("ink", "quiet", "accent", "wrong"):
        for paper in ("paper", "soft"):
            assert contrast(colours[ink], colours[paper]) >= TEXT, (ink, paper)
    assert contrast(colours["ink"], colours["head"]) >= TEXT and contrast(colours["ink"], colours["key"]) >= TEXT
    assert contrast(colours["line"], colours["paper"]) >= PARTS and contrast(colours["keyline"], colours["key"]) >= PARTS
    assert contrast("#1a1a1a", "#ffe9a8") >= TEXT  # a marked phrase, in both


def test_the_colours_of_controls_stand_out_on_light_and_on_dark_pages():
    for line in set(re.findall(r"(?:border[\w-]*:[^;}]*?)(#\w{6})", read_style())):
        assert contrast(line, "white") >= PARTS and contrast(line, "#111111") >= PARTS
