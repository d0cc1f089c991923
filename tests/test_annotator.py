"""An article's annotations as one W3C page: exact, in order, each version by itself."""

from dataclasses import replace
from datetime import date

import pytest

from helpers.annotator import annotate, annotate_article, as_text, to_page
from helpers.articles import Passage, Version, load_article, load_articles
from helpers.exchange import check_page
from helpers.readers import read_article_file


@pytest.mark.parametrize("id", ["stripes-2015", "atlantic-2015", "nyt-2015", "wsws-2015"])
def test_every_exact_phrase_stands_at_its_position_in_the_reading_edition(id):
    article, text = as_text(load_article(id, "reading"))
    page = to_page(article, text)
    assert check_page(page) == []
    assert len(page["items"]) > 50
    for item in page["items"]:
        quote, place = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])


def test_every_exact_phrase_stands_at_its_position_in_the_originals(original):
    for path in original.values():
        article, source = read_article_file(path)
        page = to_page(article, source.text)
        assert check_page(page) == []
        for item in page["items"]:
            quote, place = item["target"]["selector"]
            assert source.text[place["start"] : place["end"]] == quote["exact"]


def test_an_item_names_the_passage_that_it_stands_in():
    article, text = as_text(load_article("nyt-2015", "reading"))
    spans = {passage.id: (passage.start, passage.end) for version in article.versions for passage in version.passages}
    for place, mention in annotate_article(article, text):
        start, end = spans[place]
        assert start <= mention.start < end


def test_the_text_of_the_reading_edition_holds_every_passage_at_its_offsets(reading):
    for article in reading:
        placed, text = as_text(article)
        passages = [passage for version in placed.versions for passage in version.passages]
        assert [text[passage.start : passage.end] for passage in passages] == [passage.text for passage in passages]


def test_a_pronoun_of_one_version_never_points_into_the_other():
    first = "Anna Berg, the foreign minister of Norway, met reporters."
    second = "Ola Lind, the foreign minister of Sweden, met reporters. “We are ready,” he said."
    text = f"{first} {second}"
    versions = (
        Version("v1", "heuristic", (Passage("a:v1-p01", first, "heuristic", 0, len(first)),)),
        Version("v2", "heuristic", (Passage("a:v2-p01", second, "heuristic", len(first) + 1, len(text)),)),
    )
    article = replace(load_articles("reading")[0], versions=versions, furniture=())
    speakers = [mention.details["speaker"] for _, mention in annotate_article(article, text) if mention.kind == "quotation"]
    assert speakers == ["Ola Lind"]


def test_mentions_come_in_reading_order_and_a_relative_day_counts_from_the_articles_own():
    found = annotate("“We met on Monday,” the Danish prime minister said. Denmark will decide next week.", date(2015, 11, 18))
    assert [mention.start for mention in found] == sorted(mention.start for mention in found)
    assert [mention.value for mention in found if mention.kind == "date"] == ["2015-11-16", "2015-11-23/2015-11-29"]


def test_a_text_without_mentions_gives_an_empty_page():
    assert annotate("The cat sat on the mat.") == []
