"""What is written like an id is one, or is told."""

import pytest

from course.case_references import _written, find_lost, known_ids


@pytest.fixture(scope="module")
def ids():
    return known_ids()


@pytest.mark.parametrize("text", ["E99", "(T99)", "I99, later", "nyt-2015:v2-p99)", "other-2015:p01", 'ask("03-q9")', "NAT-9", "TEU-42.8"])
def test_an_id_that_does_not_exist_is_lost(ids, text):
    assert len(find_lost(text, ids)) == 1


@pytest.mark.parametrize(
    "text",
    ["E03 and T36", "nyt-2015:v2-p17)", "stripes-2015:p07,", "NAT-5 or TEU-42.7", "the G7, the G20, F-16s", "2015-11-17", "v2", "p99"],
)
def test_an_id_that_exists_and_what_is_no_id_are_not_lost(ids, text):
    assert find_lost(text, ids) == []


def test_in_a_case_without_ids_passages_are_still_known_by_their_form():
    assert find_lost("see E03 in a-1:p01", set()) == ["a-1:p01"]


@pytest.mark.parametrize(("text", "id"), [("E999", "E999"), ("C99 is told differently", "C99"), ("E17-E99", "E99"), ("E17–E99", "E99")])
def test_an_unknown_id_with_more_digits_of_a_conflict_or_at_the_end_of_a_range_is_lost(ids, text, id):
    assert find_lost(text, ids) == [id]


def test_a_conflict_and_a_range_that_exist_are_not_lost(ids):
    assert find_lost("C07 and E17-E21", ids) == []


def test_the_forms_of_the_ids_are_made_once_for_all_lines(ids):
    find_lost("E03", ids)
    misses = _written.cache_info().misses
    for number in range(100):
        find_lost(f"line {number}", ids)
    assert _written.cache_info().misses == misses
