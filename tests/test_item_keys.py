"""A teacher reads the key of every kind of item."""

import pytest

from course.item_keys import item_and_key_html, key_html
from helpers.questions import load_item, load_items


def test_every_item_of_the_course_has_its_key_told():
    told = {item.mode: key_html(item) for item in load_items()}
    assert told.keys() == {"check", "poll", "exam", "forecast", "code", "mark", "memo"}
    assert all("not in this copy" not in html for html in told.values())


def test_an_exam_item_stands_whole_with_key_feedback_and_misconceptions():
    item = load_item("03-x1")
    html = item_and_key_html(item)
    (right,) = [option for option in item.options if option.correct]
    assert f"Key of 03-x1: ({right.key})</strong>" in html
    assert "Misconception: " in html
    assert all(f"<li>({option.key}) " in html for option in item.options)


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("03-q3", "none, every option can be defended"),
        ("05-f6", "it did not come about, known since 2015-11-30"),
        ("02-c01", "stance: -2."),
        ("02-a1", "say they want Assad to step down"),
        ("08-m1", "One that would pass:"),
    ],
)
def test_polls_forecasts_codes_and_memos_are_told_in_their_own_way(id, words):
    assert words in key_html(load_item(id))


def test_a_copy_without_keys_says_so_in_place_of_the_key(case):
    (case / "questions" / "keys.toml").unlink()
    assert "The key is not in this copy of the course." in key_html(load_item("03-x1"))
    assert "The key is not in this copy of the course." in key_html(load_item("08-m1"))


def test_what_an_author_wrote_is_escaped(write_item):
    write_item(first="Read <i>again</i>.")
    html = item_and_key_html(load_item("99-q1"))
    assert "Read &lt;i&gt;again&lt;/i&gt;." in html
    assert "<script" not in html
