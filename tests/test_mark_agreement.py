"""Which phrases belong together, and how far two codings of a passage agree."""

from math import isnan

import pytest

from helpers.agreement import alpha
from helpers.anchors import Quote
from helpers.annotation import Annotation
from helpers.articles import index_passages, load_articles
from helpers.mark_agreement import compare_marks
from helpers.marks import Mark, from_annotation, reference_marks

TEXTS = {"a:p01": "One two three four five, six seven eight."}


def own(exact: str, provision: str = "NAT-5", number: int = 1) -> Mark:
    return Mark(f"learner/x-{number}", "a:p01", Quote(exact), "provision", {"provision": provision})


def theirs(id: str, exact: str, provision: str = "NAT-5") -> Annotation:
    return Annotation(id, "a:p01", Quote(exact), "provision", {"provision": provision})


def test_whoever_marks_like_the_reference_agrees_perfectly():
    passage = index_passages(load_articles("reading"))["atlantic-2015:p19"]
    reference = reference_marks("stance", [passage.id])
    found = compare_marks([from_annotation(one) for one in reference], reference, {passage.id: passage.text})
    assert (len(found.pairs), found.references, found.missed, found.extra, found.alpha) == (4, 4, (), (), 1)
    assert all(found.same(name) == 4 for name in ("actor", "issue", "stance", "voice"))


def test_a_shared_word_makes_a_pair_and_a_shared_blank_does_not():
    found = compare_marks([own("two three", number=1), own("six", number=2)], [theirs("P1", "three four"), theirs("P2", "five")], TEXTS)
    assert [(mark.number, one.id) for mark, one in found.pairs] == [("1", "P1")]
    assert ([one.id for one in found.missed], [mark.number for mark in found.extra]) == (["P2"], ["2"])


def test_two_codes_on_one_phrase_are_paired_by_the_codes():
    reference = [theirs("P1", "three four", "NAT-4"), theirs("P2", "three four", "NAT-5")]
    marks = [own("three four", "NAT-5", 1), own("two three four", "NAT-4", 2)]
    found = compare_marks(marks, reference, TEXTS)
    assert [(mark.number, one.id) for mark, one in found.pairs] == [("2", "P1"), ("1", "P2")] and found.same("provision") == 2


def test_one_mark_over_everything_finds_one_phrase_only_and_words_tell_it():
    reference = [theirs("P1", "two"), theirs("P2", "five"), theirs("P3", "eight")]
    found = compare_marks([own("One two three four five, six seven eight")], reference, TEXTS)
    assert (len(found.pairs), len(found.missed)) == (1, 2)
    assert found.alpha < 0


def test_alpha_is_that_of_the_words_each_marked_or_not():
    found = compare_marks([own("two three")], [theirs("P1", "three four")], TEXTS)
    words = ["One", "two", "three", "four", "five", "six", "seven", "eight"]
    codings = [("own", word, word in ("two", "three")) for word in words] + [("ref", word, word in ("three", "four")) for word in words]
    assert (found.words, found.alpha) == (8, pytest.approx(alpha(codings)))


def test_nothing_marked_by_anybody_has_no_alpha_and_says_why():
    found = compare_marks([], [], TEXTS)
    assert isnan(found.alpha) and found.remark == "both always gave the same code"


def test_a_mark_whose_phrase_is_not_there_is_extra():
    found = compare_marks([own("nine ten")], [theirs("P1", "two")], TEXTS)
    assert [mark.number for mark in found.extra] == ["1"] and [one.id for one in found.missed] == ["P1"]
