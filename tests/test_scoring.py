"""The scorer of the finders, on cases small enough to count by hand, and the labels that it scores against."""

import json

import pytest

from benchmarks.scoring import GOLD, KINDS, Counts, compare, compare_quotations, load_originals, load_texts, micro, same_speaker, score
from helpers.mentions import Mention

TEXT = "Norway asked Norway. Norwegians shrugged at NATO."
NORWAY = {"start": 0, "end": 6, "kind": "actor", "value": "NOR"}
AGAIN = {"start": 13, "end": 19, "kind": "actor", "value": "NOR"}
PEOPLE = {"start": 21, "end": 31, "kind": "actor", "value": "NOR", "optional": True}
NATO = {"start": 44, "end": 48, "kind": "organisation", "value": "NATO"}
ALL = {"actor", "organisation"}


def found(label, **changes) -> Mention:
    one = {"optional": False, **label, **changes}
    return Mention(one["start"], one["end"], one["kind"], one["value"], TEXT[one["start"] : one["end"]], one["optional"])


def said(start, end, speaker="", voice="quote") -> Mention:
    return Mention(start, end, "quotation", speaker, "x" * (end - start), details={"speaker": speaker, "voice": voice})


def quotation(start, end, speaker, **more):
    return {"start": start, "end": end, "kind": "quotation", "value": speaker, "speaker": speaker, "voice": "quote", **more}


def test_what_is_found_as_labelled_is_right():
    counts = score([found(NORWAY), found(AGAIN), found(NATO)], [NORWAY, AGAIN, NATO], ALL)
    assert counts == Counts(tp=3)
    assert micro(counts) == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 3}


def test_a_label_that_is_not_found_is_missed():
    compared = compare([found(NORWAY)], [NORWAY, AGAIN], ALL)
    assert compared.counts == Counts(tp=1, fn=1)
    assert compared.missed == [AGAIN]
    assert micro(compared.counts) == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2}


def test_a_wrong_value_and_a_wrong_kind_are_each_one_too_many_and_one_missed():
    assert score([found(NORWAY, value="SWE")], [NORWAY], ALL) == Counts(fp=1, fn=1)
    assert score([found(NORWAY, kind="organisation")], [NORWAY], ALL) == Counts(fp=1, fn=1)


def test_a_label_is_found_once_however_often_it_is_named():
    assert score([found(NORWAY), found(NORWAY)], [NORWAY], ALL) == Counts(tp=1, fp=1)
    assert score([found(NORWAY, end=19)], [NORWAY, AGAIN], ALL) == Counts(tp=1, fn=1)


def test_an_overlap_of_one_character_is_enough_except_in_the_strict_count():
    wide, beside = found(NORWAY, end=12), found(NORWAY, start=6, end=7)
    assert score([wide], [NORWAY], ALL) == Counts(tp=1)
    assert score([wide], [NORWAY], ALL, strict=True) == Counts(fp=1, fn=1)
    assert score([beside], [NORWAY], ALL) == Counts(fp=1, fn=1)


def test_the_same_span_goes_before_an_overlap():
    wide = {**NORWAY, "end": 19}
    assert score([found(wide), found(AGAIN)], [AGAIN, NORWAY], ALL) == Counts(tp=2)


def test_optional_labels_count_neither_when_found_nor_when_missed():
    assert score([], [PEOPLE], ALL) == Counts()
    assert score([found(PEOPLE, optional=False)], [PEOPLE], ALL) == Counts()
    assert score([found(PEOPLE, value="DNK", optional=False)], [PEOPLE], ALL) == Counts(fp=1)


def test_an_optional_finding_is_right_on_a_label_that_counts_and_never_wrong():
    assert score([found(NORWAY, optional=True)], [NORWAY], ALL) == Counts(tp=1)
    assert score([found(PEOPLE)], [], ALL) == Counts()


def test_a_label_may_accept_several_values_or_any():
    assert score([found(NATO, value="otan")], [{**NATO, "value": "NATO|OTAN"}], ALL) == Counts(tp=1)
    assert score([found(NATO, value="x")], [{**NATO, "value": "*", "optional": True}], ALL) == Counts()


def test_only_the_kinds_that_are_asked_for_are_counted():
    assert score([found(NORWAY), found(NATO)], [NORWAY], {"organisation"}) == Counts(fp=1)


def test_nothing_in_nothing_is_perfect_and_only_errors_are_nought():
    assert micro(Counts())["f1"] == 1.0
    assert micro(Counts(fp=2, fn=1))["f1"] == 0.0


def test_a_quotation_is_found_by_overlap_and_its_speaker_is_judged_apart():
    told = compare_quotations([said(0, 9, "ann lee"), said(20, 29, "Bo")], [quotation(1, 10, "Ann Lee"), quotation(20, 30, "Cy")])
    assert [len(told[name]) for name in ("right", "mistaken", "missed", "wrong")] == [1, 1, 0, 0]


def test_one_finding_may_cover_a_quotation_over_two_paragraphs():
    told = compare_quotations([said(0, 50, "Ann Lee")], [quotation(0, 20, "Ann Lee"), quotation(22, 50, "Ann Lee")])
    assert [len(told[name]) for name in ("right", "mistaken", "missed", "wrong")] == [2, 0, 0, 0]


def test_missed_and_invented_quotations_are_told_and_optional_ones_are_not():
    told = compare_quotations([said(60, 70, "Bo")], [quotation(0, 9, "Bo"), quotation(20, 29, "Bo", optional=True)])
    assert [len(told[name]) for name in ("right", "mistaken", "missed", "wrong")] == [0, 0, 1, 1]


def test_unnamed_speakers_agree_when_their_noun_does():
    assert same_speaker("unnamed official", "unnamed NATO official")
    assert same_speaker("Unnamed senior diplomat", "unnamed diplomat|Ann Lee")
    assert not same_speaker("unnamed diplomat", "unnamed official")
    assert not same_speaker("unnamed official", "Ann Official")
    assert not same_speaker("", "Ann Lee")


@pytest.mark.parametrize(("folder", "number"), [("released", 24), ("heldout", 10)])
def test_every_label_names_the_words_at_its_place(folder, number):
    texts = load_texts(folder)
    assert len(texts) == number
    for text in texts:
        assert text.labels, text.name
        for label in text.labels:
            assert text.text[label["start"] : label["end"]] == label["text"], text.name
            assert label["kind"] in (*KINDS, "event", "quotation"), text.name
            assert ("speaker" in label) == (label["kind"] == "quotation"), text.name


def test_the_labels_of_the_originals_cover_every_passage_and_hold_no_run_of_its_words():
    labels = json.loads((GOLD / "articles.json").read_text(encoding="utf-8"))
    assert len(labels) == 117
    assert all(len(label.get("text", "").split()) <= 8 for ones in labels.values() for label in ones)
    assert not [label for ones in labels.values() for label in ones if label["kind"] == "quotation" and "text" in label]


def test_the_labels_of_the_originals_name_the_words_at_their_place(original):
    texts = load_originals()
    assert [text.name for text in texts] == ["stripes-2015", "atlantic-2015", "nyt-2015:v1", "nyt-2015:v2", "wsws-2015"]
    assert sum(len(text.spans or ()) for text in texts) == 117
    for text in texts:
        for label in text.labels:
            exact = text.text[label["start"] : label["end"]]
            assert exact == label.get("text", exact), text.name
            assert exact.strip() == exact != "", text.name
