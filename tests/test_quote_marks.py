"""Quotation marks in every style."""

import pytest

from helpers.quote_marks import find_marked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He is 6\'2" tall and said "no way" in the 12" line.', ['"no way"']),
        ("‘We will not,’ said the ministers’ aide, ‘accept it.’", ["‘We will not,’", "‘accept it.’"]),
        ("'It's the allies' call,' he said.", ["'It's the allies' call,'"]),
        ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
        ("“He said, ‘Go,’ and left.”", ["“He said, ‘Go,’ and left.”"]),
        ("‘He told me “no” and left,’ she said.", ["‘He told me “no” and left,’"]),
        ("«Nous allons», il dit. « Jamais »!", ["«Nous allons»", "« Jamais »"]),
        ("„Nein“, sagte er.", ["„Nein“"]),
        ("''Go'' and ``come'' now", ["''Go''", "``come''"]),
        ("say ”hello” to them", ["”hello”"]),
        ("rock 'n' roll in the '90s and the ’80s, dogs' ears", []),
        ("nothing “” here", []),
    ],
)
def test_marks_are_paired_in_every_style(text, found):
    assert [text[one.start : one.end] for one in find_marked(text)] == found


def test_a_quotation_that_never_closes_ends_with_the_paragraph_or_before_the_next_one():
    text = "“We go, he said. “And we stay.” “For ever \n"
    assert [(text[one.start : one.end], one.closed) for one in find_marked(text)] == [
        ("“We go, he said.", False),
        ("“And we stay.”", True),
        ("“For ever", False),
    ]


def test_only_the_stretch_asked_for_is_read():
    text = "“one” “two” “three”"
    assert [text[one.inner_start : one.inner_end] for one in find_marked(text, 6, 12)] == ["two"]
