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


def test_a_line_of_millions_of_spaces_is_read_at_once():
    assert passages(f"Ships{' ' * 3_000_000}sail") == ["Ships sail"]


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


WRAPPED = """The bridge over the river was closed on Monday, and nobody in
the town could say for how long it would stay so. The U.S.
fleet does not call there.
Two ships have sat at anchor since the weekend, and their crews
are asleep."""


@pytest.mark.parametrize("head", ["Bridge closed\nBy Ada Long\n4 March 2021\n", "Bridge closed\n\nBy Ada Long\n4 March 2021\n\n"])
def test_title_author_and_date_right_above_a_wrapped_paragraph_are_no_part_of_it(head):
    draft = read_paragraphs(head + WRAPPED)
    assert [piece.name for piece in draft.pieces] == ["title", "author line", "date line", "", ""]
    assert (draft.origin.title, draft.origin.authors, str(draft.origin.published)) == ("Bridge closed", ("Ada Long",), "2021-03-04")


def test_a_title_alone_right_above_a_wrapped_paragraph_is_one():
    assert names(f"Bridge closed\n{WRAPPED}") == ["title", "", ""]
    assert names(f"Bridge closed,\n{WRAPPED}") == ["", ""]


def test_a_date_that_ends_a_wrapped_sentence_is_no_date_line():
    text = "Nobody in the town minds. The bridge over the river is closed until\n4 March 2021."
    assert names(f"Title\n\n{text}") == ["title", ""]


def test_paragraphs_told_by_the_lengths_of_lines_alone_are_a_guess():
    assert {(piece.basis, piece.confidence) for piece in read_paragraphs(WRAPPED).pieces} == {("heuristic", 0.8)}
    whole = WRAPPED.replace("Two", "\nTwo")
    assert {(piece.basis, piece.confidence) for piece in read_paragraphs(whole).pieces} == {("stated", None)}
    assert passages(whole) == passages(WRAPPED)


def test_an_abbreviation_at_the_end_of_a_line_ends_no_paragraph():
    assert len(passages("Mr. Lepik, a retired admiral, says that the U.S.\nfleet should call there twice a year.")) == 1


def test_a_line_that_was_broken_early_in_the_middle_of_a_sentence_ends_no_paragraph():
    text = "The ministers of the alliance met in the capital of Estonia to talk\nabout a clause that nobody invoked, Article\n4, and left."
    assert [piece.text for piece in read_paragraphs(text).pieces] == [text.replace("\n", " ")]
