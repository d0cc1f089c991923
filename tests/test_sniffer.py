"""Two-version pages are split where that is sure enough, and say so where it is not."""

import sys
import tomllib
from pathlib import Path

import pytest

from helpers.sniffer import FLOOR, is_two_version_page, read_page

HEAD = """This article is from the source 'post' and was first published or seen on . It last changed 3 days ago.

You can find the current article at http://post.example/2019/07/06/bridge.html

The article has changed 3 times.

"""
SAME = "The bridge over the river was closed on Monday, and nobody in the town could say for how long."


def page(*lines, labels="Version 1 Version 2", title="Bridge closed Bridge closed"):
    return HEAD + "\n".join([labels, title, "(about 5 hours later)", *lines])


def outline(text):
    return [(piece.name or piece.version, piece.basis) for piece in read_page(text).pieces]


def test_header_labels_and_title_are_furniture_and_a_doubled_paragraph_is_certain():
    draft = read_page(page(f"{SAME} {SAME}"))
    assert [piece.name or piece.version for piece in draft.pieces] == [
        "page header", "page header", "page header", "version labels", "title", "title", "version labels", "v1", "v2",
    ]  # fmt: skip
    assert {(piece.basis, piece.confidence) for piece in draft.pieces[-2:]} == {("stated", 1.0)}
    assert (draft.origin.title, draft.outlet) == ("Bridge closed", "post")
    assert (str(draft.origin.published), draft.origin.published_basis) == ("2019-07-06", "inferred")
    assert draft.notes == ()


def test_a_reworded_paragraph_is_cut_with_a_confidence():
    newer = "The bridge over the river was closed on Monday, the town said, and will stay closed until spring."
    *_, first, second = read_page(page(f"{SAME} {newer}")).pieces
    assert (first.text, second.text, first.version, second.version) == (SAME, newer, "v1", "v2")
    assert first.basis == second.basis == "heuristic"
    assert FLOOR <= first.confidence == second.confidence < 1


def test_what_is_not_sure_stays_whole_and_belongs_to_no_version():
    line = "One came. Two came. Three came. Four came. Five came. Six came."
    draft = read_page(page(line, line.replace("came", "went")))
    unsure = draft.pieces[-2]
    assert (unsure.text, unsure.version, unsure.basis) == (line, None, "unknown")
    assert "2 of the page's lines stay whole" in draft.notes[0]


def test_a_tail_that_may_be_of_either_side_is_of_none():
    tail = ("Old news was told again by an old man.", "He had nothing else to do.")
    draft = read_page(page(f"{SAME} {SAME}", *tail))
    sided = [piece for piece in draft.pieces if piece.is_passage and piece.version]
    assert all(piece.confidence > FLOOR for piece in sided)
    assert {piece.text for piece in draft.pieces if piece.basis == "unknown"} == set(tail)


def test_other_versions_than_the_first_two_are_v1_and_v2_and_the_page_says_which():
    assert read_page(page(f"{SAME} {SAME}", labels="Version 2 Version 3")).notes == ("v1 and v2 are the page's versions 2 and 3",)


def test_a_changed_headline_is_cut_or_left_whole():
    titles = [
        piece.text for piece in read_page(page(SAME, title="Bridge closed in Lyon Bridge closed in Nice")).pieces if piece.name == "title"
    ]
    assert titles == ["Bridge closed in Lyon", "Bridge closed in Nice"]
    unsure = read_page(page(SAME, title="Ships Sail North Today Winds Blow East Again"))
    assert unsure.origin.title is None
    assert [piece.basis for piece in unsure.pieces if piece.name == "title"] == ["unknown"]


@pytest.mark.parametrize("labels", ["", "Version 1 Version 2\n", "Version 10 Version 11\r\n"])
def test_a_page_is_known_by_its_labels_or_by_lines_that_say_the_same_twice(labels):
    assert is_two_version_page(f"{labels}Title Title\n{SAME} {SAME}\n{SAME}. {SAME}.")


def test_an_article_is_no_page_of_two_versions():
    assert not is_two_version_page(f"Title\n\n{SAME}\n\n{SAME}\n\nVersion 1 of the plan was dropped for version 2.")


def test_every_character_that_is_no_space_stands_in_one_piece():
    sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
    import random

    from two_versions import make_page, read_pairs

    random_ = random.Random(7)
    for _ in range(25):
        text = make_page(random_, read_pairs()).text
        held = [at for piece in read_page(text).pieces for at in range(piece.start, piece.end)]
        assert len(held) == len(set(held))
        assert all(character.isspace() for at, character in enumerate(text) if at not in set(held))


def test_generated_pages_are_split_as_well_as_we_say():
    sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
    from two_versions import measure

    figures = measure(pages=80, seed=11)
    assert figures["pairs"] >= 12
    assert figures["same text twice"]["right"] == 1
    assert figures["seam"]["right"] > 0.6
    assert figures["seam"]["wrong at 0.8 or more"] < 0.04
    assert figures["one side"]["wrong at 0.8 or more"] < 0.06


def test_the_original_page_is_split_without_its_layout(original, seeds):
    layouts = tomllib.loads((seeds / "layouts.toml").read_text(encoding="utf-8"))
    (layout,) = [layout for layout in layouts.values() if "versions" in layout]
    text = original["nyt-2015"].read_bytes().decode("utf-8")
    truth, start = set(), 0
    for number, line in enumerate(text.split("\n"), 1):
        if seam := layout["seams"].get(str(number)):
            truth.add(start + seam["starts"])
        start += len(line) + 1
    found = {piece.start: piece.confidence for piece in read_page(text).pieces if piece.version == "v2"}
    assert len(truth & set(found)) >= 15
    assert [at for at, confidence in found.items() if at not in truth and confidence >= 0.8] == []
