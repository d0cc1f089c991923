"""Plain text of any shape is cut into pieces that hold every character once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.paragraphs import lines_of, read_paragraphs

SAMPLE = (Path(__file__).parent / "samples" / "wrapped.txt").read_text(encoding="utf-8")


def passages(text):
    return [piece.text for piece in read_paragraphs(text).pieces if piece.is_passage]


def names(text):
    return [piece.name for piece in read_paragraphs(text).pieces]


def times(text, pieces):
    count = [0] * len(text)
    for piece in pieces:
        for at in range(piece.start, piece.end):
            count[at] += 1
    return count


def test_a_wrapped_text_is_unwrapped_and_its_furniture_named():
    draft = read_paragraphs(SAMPLE)
    assert [piece.name for piece in draft.pieces] == [
        "title", "author line", "date line", "", "", "", "", "link", "author box", "footer",
    ]  # fmt: skip
    assert draft.origin.title == "The Long Road to the Coast"
    assert draft.origin.authors == ("Ada Long", "Ben Short")
    assert str(draft.origin.published) == "2021-03-04"
    assert passages(SAMPLE)[2] == "A second paragraph begins with an indent, as books have it, and goes on over two lines."


def test_a_sentence_broken_over_a_blank_line_is_joined_as_a_guess():
    piece = read_paragraphs(SAMPLE).pieces[6]
    assert (piece.basis, piece.confidence) == ("heuristic", 0.9)
    assert piece.text.startswith("The minister") and piece.text.endswith("found.")
    assert SAMPLE[piece.start : piece.end].count("\n\n") == 1


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_other_line_ends_change_only_the_offsets(end):
    text = SAMPLE.replace("\n", end)
    assert (passages(text), names(text)) == (passages(SAMPLE), names(SAMPLE))
    for piece in read_paragraphs(text).pieces:
        assert text[piece.start : piece.end].split()[:1] == piece.text.split()[:1]


def test_lines_that_were_not_full_are_paragraphs_of_their_own():
    assert len(passages("one\ntwo\nthree")) == 3
    assert len(passages("Roses are red, they say\nViolets are blue\nSugar is sweet\nAnd so are you")) == 4
    long = "This paragraph is one long line, and it was never wrapped by anybody, whatever the width of the page that it is shown on was."
    assert len(passages(f"{long}\n{long}\n{long}")) == 3


def test_a_paragraph_that_ends_as_a_sentence_is_not_joined():
    assert len(passages("He said that the bridge was closed on Monday.\n\nit opened on Tuesday.")) == 2


def test_a_passage_leaves_controls_out_and_keeps_its_whole_source():
    text = "pay \u202e001\u202c euros"
    (piece,) = read_paragraphs(text).pieces
    assert (piece.text, text[piece.start : piece.end]) == ("pay 001 euros", text)


def test_lines_are_given_without_their_spaces():
    assert list(lines_of(" a \r\n\r\nb")) == [(1, 2), (5, 5), (7, 8)]


PARTS = st.sampled_from([
    "A title\n", "# Head\n\n", "By Ada Long\n", "4 May 2020\n", "\n", "\r\n", "\r", "  ", "\t", "\u202e", "\x07", "\xa0", "\x1c", "\ufeff",
    "words that go on and on until the line is full and the next one\n", "must begin here. ", "“Quoted,” she said.\n", "***\n", "## Sub\n",
    "A crowd waits at the river. (Lea Roth / AP)\n", "A crowd waits at the river.\n", "Read more: x\n", "author picture\n", "© 2020\n",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS | st.text(max_size=30), max_size=25).map("".join))
def test_every_character_that_is_no_space_stands_in_one_piece(text):
    pieces = read_paragraphs(text).pieces
    wrong = [at for at, count in enumerate(times(text, pieces)) if count > 1 or (count == 0 and not text[at].isspace())]
    assert wrong == []
    assert all(text[piece.start : piece.end].strip() == text[piece.start : piece.end] != "" for piece in pieces)
    assert list(pieces) == sorted(pieces, key=lambda piece: piece.start)


def test_the_originals_read_without_their_layouts_are_cut_as_with_them(original):
    from helpers.articles import load_article

    for id in ("stripes-2015", "atlantic-2015", "wsws-2015"):
        exact = [passage.text.replace("*", "") for passage in load_article(id, "original").version().passages]
        assert [text.replace("*", "") for text in passages(original[id].read_bytes().decode("utf-8"))] == exact, id
