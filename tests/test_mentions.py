"""A mention is a place and a normal form; of two readings of one place the longer stands."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpers.mentions import Mention, settle

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def mention(start: int, end: int) -> Mention:
    return Mention(start, end, "actor", "NOR", "x" * (end - start))


@given(st.lists(SPANS, max_size=12))
def test_what_is_kept_does_not_overlap_and_nothing_free_is_lost(spans):
    given_ = [mention(*span) for span in spans]
    kept = settle(given_)
    assert [one.start for one in kept] == sorted(one.start for one in kept)
    assert all(first.end <= second.start for first, second in pairwise(kept))
    for one in given_:
        assert any(one.start < other.end and other.start < one.end and other.end - other.start >= one.end - one.start for other in kept)


def test_of_two_equal_places_the_one_listed_first_stands():
    first, second = Mention(0, 2, "date", "2015", "15"), Mention(0, 2, "figure", "15", "15")
    assert settle([first, second]) == [first]


def test_details_belong_to_one_mention():
    assert mention(0, 1).details is not mention(0, 1).details
