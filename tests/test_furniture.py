"""What is no part of an article is named, and what is not surely furniture stays a passage."""

from datetime import date

import pytest

from helpers.furniture import find_date, find_origin, name_furniture

BODY = "The bridge over the river was closed on Monday, the town said in a statement to the press."


def origin(*paragraphs):
    return find_origin(paragraphs, name_furniture(paragraphs))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ada Long", "author line"),
        ("By Ada Long and Ben van den Berg, Staff Writers", "author line"),
        ("BY Ada Long | March 4, 2021", "author line"),
        ("By Ada Long | Staff Writer", "author line"),
        ("4 March 2021", "date line"),
        ("Published: Thursday, March 4, 2021 at 10:30 am GMT", "date line"),
        ("Thu 4 Mar 2021 14.05 GMT", "date line"),
        ("Published 9:41 AM EDT, Thu March 4, 2021", "date line"),
        ("A crowd gathers at the river. (Lea Roth / AP)", "caption and credit"),
        ("A crowd gathers at the river (Courtesy of the town)", "caption and credit"),
        ("Image caption, A crowd gathers at the river", "caption and credit"),
        ("Sign up for our newsletter", "sign-up block"),
        ("Subscribe to the Harbour News today.", "sign-up block"),
        ("Read more: The other bridge", "link"),
        ("ADVERTISEMENT", "link"),
        ("## What happens next", "subheading"),
        ("* * *", "separator"),
    ],
)
def test_a_line_of_furniture_is_named(text, name):
    assert name_furniture(["A title", text, BODY])[1] == name


@pytest.mark.parametrize(
    "text",
    [
        "By then the water had reached the second floor.",
        "Middle East",
        "It opened on 4 March 2021.",
        "The council (which met twice) agreed.",
        "Read more books, the teacher said, and she meant it as advice to the whole country.",
        "Here’s more:",
        "“Sign here,” he said.",
        "Print is dead, he said.",
        "By Ada Long – who knew more than she told",
        "Subscribe to the idea or not, said the mayor, but the bridge will stay where it is.",
        "Get the newsletter out of my inbox, she told the man.",
        "Watch: the ferryman raised one hand and the whole quay fell silent.",
    ],
)
def test_what_only_looks_like_furniture_stays_a_passage(text):
    assert 1 not in name_furniture(["A title", text, BODY])


def test_a_caption_that_stands_twice_is_one():
    paragraphs = ["People cross the old bridge on Sunday.", "People cross the old bridge on Sunday. (City archive)", BODY]
    assert name_furniture(paragraphs) == {0: "caption", 1: "caption"}


def test_a_name_alone_is_an_author_only_beside_a_date():
    assert origin("A title", "Ada Long", "4 March 2021", BODY).authors == ("Ada Long",)
    assert origin("A title", "Ada Long in Port Hope", "4 March 2021", BODY).authors == ("Ada Long",)
    assert origin("A title", "Ada Long", BODY).authors == ()


def test_the_author_of_a_box_is_known_from_it():
    paragraphs = ["A title", BODY, "author picture", "Ada covers bridges."]
    assert name_furniture(paragraphs)[3] == "author box"
    found = origin(*paragraphs)
    assert (found.authors, found.authors_basis) == (("Ada",), "inferred")
    assert origin("A title", "By Ada Long", BODY).authors_basis == "stated"


def test_a_last_paragraph_about_somebody_in_the_article_is_no_author_box():
    paragraphs = ["A title", "Ada Long, who built the bridge, wept on Monday when she was told that it was shut.", BODY]
    assert 3 not in name_furniture([*paragraphs, "Ada Long is a professor of engineering at the university of the town."])


def test_a_last_paragraph_that_reports_or_speaks_of_copyright_is_no_box():
    for last in ("Toomas Ilm is an editor in the town; he said nobody had told him.", "Copyright was on the minds of many in the hall."):
        assert 2 not in name_furniture(["A title", BODY, last])
    assert name_furniture(["A title", BODY, "Copyright 2021 Harbour News"])[2] == "footer"


def test_a_file_without_a_headline_has_no_title():
    assert origin(BODY, BODY).title is None
    assert origin("One line", "Another line").title is None


def test_a_date_says_how_it_is_known():
    stated = origin("A title", "Updated 5 March 2021", "Published 4 March 2021", BODY)
    assert (stated.published, stated.published_basis) == (date(2021, 3, 4), "stated")
    inferred = origin("A title", "LYON, France, March 4, 2021 (Wire) — " + BODY)
    assert (inferred.published, inferred.published_basis) == (date(2021, 3, 4), "inferred")
    caption = origin("The bridge on March 3, 2021. (Lea Roth / AP)", BODY)
    assert (caption.published, caption.published_basis) == (date(2021, 3, 3), "caption")
    assert origin("A title", BODY).published_basis == "unknown"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Sept. 3, 2014", date(2014, 9, 3)),
        ("3rd May 1999", date(1999, 5, 3)),
        ("2015-11-16", date(2015, 11, 16)),
        ("31 February 2015", None),
        ("03/04/2015", None),
    ],
)
def test_a_full_date_is_read_and_an_ambiguous_one_is_not(text, day):
    assert find_date(text) == day


def test_when_all_would_be_furniture_nothing_is():
    assert name_furniture(["By Ada Long", "4 March 2021"]) == {}
