"""One front door for any article file."""

from pathlib import Path

import pytest

from helpers.articles import load_articles
from helpers.errors import CourseError
from helpers.readers import read_article, read_article_file

SAMPLES = Path(__file__).parent / "samples"
SAME = "The bridge over the river was closed on Monday, and nobody in the town could say for how long."


def test_an_original_of_the_case_is_the_same_article_wherever_it_lies(original, tmp_path):
    for article in load_articles("original"):
        copy = tmp_path / "some name.txt"
        copy.write_bytes(original[article.id].read_bytes())
        assert read_article(copy) == article


def test_plain_text_has_one_version_and_ids_of_its_name():
    article, source = read_article_file(SAMPLES / "wrapped.txt")
    assert (article.id, article.edition, article.title) == ("wrapped", "file", "The Long Road to the Coast")
    assert [version.id for version in article.versions] == [None]
    assert [passage.id for passage in article.version().passages] == ["wrapped:p01", "wrapped:p02", "wrapped:p03", "wrapped:p04"]
    assert [piece.name for piece in article.furniture][:3] == ["title", "author line", "date line"]
    assert (source.encoding, source.kind) == ("utf-8", "text")
    first = article.version().passages[0]
    assert " ".join(source.text[first.start : first.end].split()) == first.text


def test_of_a_web_page_the_text_is_what_was_extracted():
    article, source = read_article_file(SAMPLES / "saved.html")
    assert [version.id for version in article.versions] == ["v1", "v2"]
    assert (article.outlet, article.authors, source.kind) == ("Harbour News", ("Mara Lind",), "html")
    assert "<" not in source.text
    passage = article.version("v2").passages[0]
    assert (passage.id, source.text[passage.start : passage.end]) == ("saved:v2-p01", passage.text)


def test_a_two_version_page_keeps_the_unsure_in_a_version_of_its_own(tmp_path):
    path = tmp_path / "my page (2).txt"
    unsure = "One came. Two came. Three came. Four came. Five came. Six came."
    path.write_text(f"Version 1 Version 2\nBridge closed Bridge closed\n{SAME} {SAME}\n{unsure}\n", encoding="utf-8")
    article, source = read_article_file(path)
    assert [(version.id, version.basis) for version in article.versions] == [(None, "unknown"), ("v1", "stated"), ("v2", "stated")]
    assert [passage.id for version in article.versions for passage in version.passages] == [
        "my-page-2:p01", "my-page-2:v1-p01", "my-page-2:v2-p01",
    ]  # fmt: skip
    assert article.version().id == "v2"
    assert len(source.notes) == 1


def test_what_the_file_does_not_say_is_unknown(tmp_path):
    (tmp_path / "x.txt").write_text(SAME)
    article = read_article(tmp_path / "x.txt")
    assert (article.title, article.published, article.published_basis, article.authors_basis) == (None, None, "unknown", "unknown")


def test_a_page_of_headers_only_is_refused(tmp_path):
    (tmp_path / "x.txt").write_text("Version 1 Version 2\nTitle Title\n")
    with pytest.raises(CourseError, match="there is no paragraph of an article in the file"):
        read_article(tmp_path / "x.txt")


def test_a_name_that_is_no_id_still_gives_one(tmp_path):
    (tmp_path / "¿?.txt").write_text(SAME)
    assert read_article(tmp_path / "¿?.txt").id == "article"
