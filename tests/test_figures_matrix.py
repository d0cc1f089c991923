"""The matrix can be read for any choice of actors and issues."""

import re
import struct

import pytest

from helpers.codebook import load_codebook
from helpers.figures_matrix import draw_matrix
from helpers.stances import positions

BOOK = load_codebook()


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, as its header has them."""
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("actors", [["USA"], list(BOOK.actors)[:2], list(BOOK.actors)])
@pytest.mark.parametrize("issues", [["ART5"], list(BOOK.issues)])
def test_any_choice_is_drawn_as_wide_as_the_page_and_higher_with_every_actor(actors, issues):
    view = draw_matrix(positions(actors, issues))
    width, height = size_of(view.png)
    assert width == 800 and height >= 240 and height >= 52 * len(actors)
    assert f"Matrix of {len(actors)} actors by {len(issues)} issues" in view.text


@pytest.mark.parametrize("voice", [*BOOK.voices, "all"])
def test_each_voice_is_drawn_and_its_cells_are_counted(voice):
    table = positions(["USA", "RUS", "FRA"], voice=voice)
    filled = int((table["passages"] > 0).sum())
    assert f"{filled} cells hold a stance or a range, {len(table) - filled} are hatched" in draw_matrix(table).text


def test_a_case_with_another_scale_is_drawn_and_its_caption_names_the_ends(case):
    for path in [case / "codebook.toml", *(case / "annotations").glob("*.jsonl")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'(\nvalue = -?|"stance": -?)2\b', r"\g<1>3", text), encoding="utf-8")
    view = draw_matrix(positions(["USA"], ["RUSCOORD"]))
    assert "−3 rejects to +3" in view.html and "United States | Military coordination with Russia | −3 to +1" in view.text


def test_another_coders_matrix_is_another_picture_with_that_coders_evidence():
    first, second = (draw_matrix(positions(["RUS"], coder=coder)) for coder in ("reference", "second"))
    assert first.png != second.png
    assert "second/E32" in second.text and "second/" not in first.text
