"""A saved page gives its article's text and nothing that could run; what is marked as edited gives two versions."""

from pathlib import Path

import pytest

from helpers.errors import CourseError
from helpers.saved_pages import read_saved_page

PAGE = (Path(__file__).parent / "samples" / "saved.html").read_text(encoding="utf-8")
ROWS = [("Old bridge to close", "Old bridge closes"), ("It is old.", "It is very old."), ("Nobody minds.", "")]


def texts(draft, version):
    return [piece.text for piece in draft.pieces if piece.is_passage and piece.version == version]


def test_a_page_says_who_wrote_it_when_and_where():
    draft = read_saved_page(PAGE)
    assert (draft.origin.title, draft.origin.authors, draft.outlet) == ("The ferry stops", ("Mara Lind",), "Harbour News")
    assert (str(draft.origin.published), draft.origin.published_basis) == ("2021-03-04", "stated")


BODY = "".join(f"<p>In {year} the ferry to the northern island stopped for a week, the company said.</p>" for year in range(2011, 2017))


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("", ""),
        ("", "<footer>© 2021 Harbour News. Last updated 4 May 2022</footer>"),
        ("", '<aside><time datetime="2020-01-05">5 Jan</time> Another story</aside>'),
        ("", '<div class="comments"><time datetime="2022-01-02">2 Jan</time> Nice.</div>'),
        ('<meta property="article:modified_time" content="2021-09-09T00:00:00Z">', ""),
        ('<meta property="article:published_time" content="2021">', ""),
    ],
)
def test_a_day_that_is_not_the_publications_is_not_taken_for_it(head, after):
    origin = read_saved_page(
        f"<html><head>{head}</head><body><article><h1>The ferry stops</h1>{BODY}</article>{after}</body></html>"
    ).origin
    assert (origin.published, origin.published_basis) == (None, "unknown")


def test_an_outlet_is_no_author():
    head = '<meta name="author" content="Harbour News"><meta property="og:site_name" content="Harbour News">'
    draft = read_saved_page(f"<html><head>{head}</head><body>{BODY}</body></html>")
    assert (draft.origin.authors, draft.origin.authors_basis, draft.outlet) == ((), "unknown", "Harbour News")


def test_deleted_and_inserted_words_are_two_versions_and_never_one_text():
    draft = read_saved_page(PAGE)
    assert texts(draft, "v1")[0] == "The ferry to the northern island will stop on Monday, the company said in a statement."
    assert texts(draft, "v2")[0] == "The ferry to the northern island will stop on Tuesday, the company said in a statement."
    assert texts(draft, None) == []
    assert {piece.basis for piece in draft.pieces if piece.is_passage} == {"stated"}


def test_a_page_without_marks_is_one_version_and_an_empty_mark_is_none():
    page = PAGE.replace("<del>stop on Monday</del><ins>stop on Tuesday</ins>", "stop")
    draft = read_saved_page(page)
    assert {piece.version for piece in draft.pieces} == {None}


def test_nothing_that_could_run_is_in_the_text():
    draft = read_saved_page(PAGE)
    for word in ("stolen", "steal", "evil", "bad(", "javascript", "alert", "<", "Sport"):
        assert word not in draft.text, word


def test_positions_are_into_the_extracted_text_and_every_character_stands_once():
    draft = read_saved_page(PAGE)
    held = [at for piece in draft.pieces for at in range(piece.start, piece.end)]
    assert len(held) == len(set(held))
    assert all(character.isspace() for at, character in enumerate(draft.text) if at not in set(held))
    assert all(draft.text[piece.start : piece.end].split() == piece.text.split() for piece in draft.pieces)


@pytest.mark.parametrize("cell", ["td", "th"])
def test_a_table_of_two_labelled_columns_is_two_versions(cell):
    rows = [("Version 1", "Version 2"), *ROWS]
    table = "".join(f"<tr><{cell}>{older}</{cell}><{cell}>{newer}</{cell}></tr>" for older, newer in rows)
    draft = read_saved_page(f"<html><body><table>{table}</table></body></html>")
    assert texts(draft, "v1") == ["Old bridge to close", "It is old.", "Nobody minds."]
    assert texts(draft, "v2") == ["Old bridge closes", "It is very old."]


def test_marks_inside_two_columns_belong_to_their_side():
    table = "<tr><td>Version 3</td><td>Version 4</td></tr><tr><td>It was <del>so</del>.</td><td>It was <ins>not</ins> so.</td></tr>"
    draft = read_saved_page(f"<table>{table}</table>")
    assert (texts(draft, "v1"), texts(draft, "v2")) == (["It was so."], ["It was not so."])


def test_a_table_of_facts_is_no_pair_of_versions():
    draft = read_saved_page("<table><tr><td>Name</td><td>Ada</td></tr><tr><td>Age</td><td>12</td></tr></table>")
    assert {piece.version for piece in draft.pieces} == {None}


@pytest.mark.parametrize(
    "page", ["<html></html>", "<!-- nothing -->", "<html><head><title>t</title></head></html>", "<html><frameset></frameset></html>"]
)
def test_a_page_without_text_is_refused_in_one_line(page):
    with pytest.raises(CourseError, match=r"saved\.html: the page holds no text; open it in a browser") as refused:
        read_saved_page(page, "saved.html")
    assert "\n" not in str(refused.value)


def test_what_is_no_article_is_read_as_it_stands():
    assert texts(read_saved_page("<html><body>Only loose text</body></html>"), None) == ["Only loose text"]
    assert texts(read_saved_page('<?xml version="1.0" encoding="latin-1"?><html><p>caf\xe9</p></html>'), None) == ["café"]


def test_very_deep_nesting_is_read_or_refused_but_no_crash():
    with pytest.raises(CourseError):
        read_saved_page("<div>" * 50_000 + "deep" + "</div>" * 50_000)
    assert "near the top" in read_saved_page("<p>near the top</p>" + "<div>" * 50_000).text


def test_a_page_with_more_elements_than_any_article_is_read_plainly():
    draft = read_saved_page("<html><body>" + "<p>One line.</p>" * 21_000 + "<script>evil()</script></body></html>")
    assert len(texts(draft, None)) == 21_000
