"""Known files are cut exactly, and a layout that does not fit is refused."""

from hashlib import sha256

import pytest

from helpers.errors import SeedError
from helpers.files import read_toml
from helpers.layouts import cut

TWO_SIDES = "Old New\none is here two is there\nthe tail"


def layout(text, **parts):
    return {"characters": len(text), "furniture": [], **parts}


def two_sided(seam):
    return layout(
        TWO_SIDES,
        versions=["v1", "v2"],
        furniture=[{"name": "title", "lines": [1]}],
        seams={"1": {"starts": 4, "length": 7}, "2": seam},
        one_sided=[{"version": "v1", "lines": [3]}],
    )


def test_every_line_that_is_not_blank_is_a_passage_without_its_outer_spaces():
    text = "  one \n\n\ttwo"
    assert [(span.start, span.end, span.text, span.is_passage) for span in cut(text, layout(text))] == [
        (2, 5, "one", True),
        (9, 12, "two", True),
    ]


def test_a_line_can_be_furniture_with_a_name():
    text = "title\nbody"
    first, second = cut(text, layout(text, furniture=[{"name": "title", "lines": [1]}]))
    assert (first.name, first.is_passage, second.name, second.is_passage) == ("title", False, "", True)


def test_a_sentence_broken_over_lines_is_one_passage_with_its_whole_source():
    text = "called\n\neach other\nend"
    joined, _ = cut(text, layout(text, joined=[[1, 3]]))
    assert (joined.text, text[joined.start : joined.end]) == ("called each other", "called\n\neach other")


def test_a_mark_is_furniture_inside_its_passage_and_not_in_its_text():
    text = "the *Foch* sails"
    passage, *marks = cut(text, layout(text, marks="*"))
    assert (passage.text, passage.start, passage.end) == ("the Foch sails", 0, len(text))
    assert [(mark.name, mark.start, mark.end) for mark in marks] == [("markdown mark", 4, 5), ("markdown mark", 9, 10)]


def test_marks_at_the_ends_of_a_passage_are_furniture_too():
    passage, *marks = sorted(cut("*Foch*", layout("*Foch*", marks="*")), key=lambda span: span.name)
    assert (passage.text, passage.start, passage.end) == ("Foch", 0, 6)
    assert [(mark.start, mark.end) for mark in marks] == [(0, 1), (5, 6)]


def test_a_line_of_two_versions_is_cut_at_its_seam():
    spans = cut(TWO_SIDES, two_sided({"starts": 12, "length": 24}))
    assert [(span.text, span.version, span.name) for span in spans] == [
        ("Old", None, "title"),
        ("New", None, "title"),
        ("one is here", "v1", ""),
        ("two is there", "v2", ""),
        ("the tail", "v1", ""),
    ]


@pytest.mark.parametrize(
    "seam",
    [
        {"starts": 11, "length": 24},
        {"starts": 13, "length": 24},
        {"starts": 0, "length": 24},
        {"starts": 24, "length": 24},
        {"starts": 99, "length": 24},
        {"starts": 12, "length": 23},
        {"starts": 12, "length": 25},
    ],
)
def test_a_seam_that_is_not_where_the_layout_says_is_refused_with_its_line(seam):
    with pytest.raises(SeedError, match="page, line 2: the second version does not start where the layout says"):
        cut(TWO_SIDES, two_sided(seam), where="page")


@pytest.mark.parametrize("other", ["on", "oney"])
def test_a_text_of_another_length_is_refused(other):
    with pytest.raises(SeedError, match=rf"page: the text has {len(other)} characters, not 3"):
        cut(other, layout("one"), where="page")


@pytest.mark.parametrize(
    "parts",
    [
        {"furniture": [{"name": "title", "lines": [9]}]},
        {"joined": [[1, 9]]},
        {"versions": ["v1", "v2"], "seams": {"9": {"starts": 1, "length": 3}}},
        {"one_sided": [{"version": "v1", "lines": [9]}]},
    ],
    ids=lambda parts: [*parts][-1],
)
def test_a_line_that_is_not_there_is_refused(parts):
    with pytest.raises(SeedError, match=r"page.*9"):
        cut("one\ntwo", layout("one\ntwo", **parts), where="page")


def test_every_character_of_each_original_is_accounted_for_exactly_once(original, seeds):
    layouts = read_toml(seeds / "layouts.toml")
    for id, path in original.items():
        text = path.read_bytes().decode("utf-8")
        spans = cut(text, layouts[_sha256(path)], where=id)
        marks = {span.start for span in spans if span.name == "markdown mark"}
        times = [0] * len(text)
        for span in spans:
            for at in range(span.start, span.end):
                times[at] += not (span.is_passage and at in marks)
        wrong = [(id, at, times[at]) for at, character in enumerate(text) if not character.isspace() and times[at] != 1]
        assert wrong == []
        passages = [span for span in spans if span.is_passage]
        assert all(sum(span.start <= at < span.end for span in passages) == 1 for at in marks)


def test_spans_of_the_originals_begin_and_end_with_a_character_and_stand_in_order(original, seeds):
    layouts = read_toml(seeds / "layouts.toml")
    for id, path in original.items():
        text = path.read_bytes().decode("utf-8")
        spans = cut(text, layouts[_sha256(path)], where=id)
        assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)
        assert [(span.start, span.end) for span in spans] == sorted((span.start, span.end) for span in spans)


def test_one_character_more_in_an_original_is_noticed(original, seeds):
    layouts = read_toml(seeds / "layouts.toml")
    for path in original.values():
        with pytest.raises(SeedError, match="characters, not"):
            cut(path.read_bytes().decode("utf-8") + "x", layouts[_sha256(path)])


def test_a_seam_of_an_original_moved_by_one_is_noticed_wherever_it_is(original, seeds):
    layouts = read_toml(seeds / "layouts.toml")
    path = original["nyt-2015"]
    text, own = path.read_bytes().decode("utf-8"), layouts[_sha256(path)]
    for number, seam in own["seams"].items():
        moved = own | {"seams": own["seams"] | {number: seam | {"starts": seam["starts"] + 1}}}
        with pytest.raises(SeedError, match=f"line {number}: "):
            cut(text, moved)


def _sha256(path):
    return sha256(path.read_bytes()).hexdigest()
