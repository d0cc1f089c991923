"""Numbers of articles in digits, Roman numerals and words, one or several."""

import pytest

from helpers.article_numbers import article_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 42.7", ["42.7"]),
        ("Article 42(7)", ["42.7"]),
        ("Article V", ["5"]),
        ("Article Five", ["5"]),
        ("Articles 4, 5 and 6", ["4", "5", "6"]),
        ("Article that", []),
        ("Article 5 and 6", ["5"]),
    ],
)
def test_the_numbers_after_the_word_are_read(text, expected):
    assert [number for *_, number in article_numbers(text, 0, len(text.split()[0]))] == expected
