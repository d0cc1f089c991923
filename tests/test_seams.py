"""A page is decided as a whole, and what is not sure is said not to be."""

import pytest

from helpers.seams import find_seams, find_title_seam


def test_the_same_text_twice_is_certain():
    (seam,) = find_seams(["The road is shut. It is old. The road is shut. It is old."])
    assert (seam.at, seam.confidence, seam.certain) == (29, 1.0, True)


def test_what_is_said_again_in_another_line_stands_on_the_other_side():
    again = "Engineers found eleven cracks in the eastern wall of the dam."
    other = "The mayor declined to comment on the matter."
    lines = [f"Four villages were told to leave. {again}", f"{again} {other}"]
    second = find_seams(lines)[1]
    assert second.at == len(again) + 1


def test_two_lines_that_only_repeat_each_other_are_not_surely_of_either_side():
    one = "The storm tore the roof from the old school by the harbour"
    assert all(seam.confidence < 0.6 for seam in find_seams([f"{one}.", f"{one} on Monday."]))


def test_a_line_that_is_far_too_long_is_left_alone():
    assert find_seams(["word. Word " * 1000 + "end"])[0].confidence == 0.0


def test_a_page_without_lines_has_no_seams():
    assert find_seams([]) == []


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Tram drivers begin strike", "Tram drivers begin strike"),
        ("Dam in valley is safe, officials say", "Dam in valley cracks, officials say"),
    ],
)
def test_titles_are_cut_where_they_repeat(older, newer):
    seam = find_title_seam(f"{older} {newer}")
    assert seam.at == len(older) + 1
    assert seam.certain == (older == newer)
