"""The reference annotations: stances, provisions, speakers, claims about the treaties, conflicts between sources."""

import json
import re
from collections import Counter

from helpers.annotation import KINDS, annotations, to_lines, unanchored
from helpers.articles import load_articles
from helpers.codebook import load_codebook
from helpers.treaties import provisions

QUOTE_MARKS = re.compile(r"“([^”]*)(?:”|$)|\"([^\"]*)\"")
NUMBERED = re.compile(r"\bArticle \d[\d.]*\d|\bArticle \d")


def texts(edition: str) -> dict[str, str]:
    return {passage.id: passage.text for one in load_articles(edition) for version in one.versions for passage in version.passages}


def quoted(text: str) -> list[str]:
    return [one or other for one, other in QUOTE_MARKS.findall(text)]


def test_the_set_has_so_many_annotations_of_each_kind():
    counts = Counter(mark.kind for mark in annotations(kind=None))
    assert counts == {"stance": 76, "provision": 30, "quotation": 68, "claim": 29, "conflict": 69}
    assert counts.total() >= 200


def test_all_anchor_in_the_reading_edition(reading):
    assert unanchored(reading, annotations(kind=None)) == []


def test_all_anchor_in_the_originals(original):
    assert unanchored(load_articles("original"), annotations(kind=None)) == []


def test_no_phrase_is_longer_than_eight_words():
    assert [mark.id for mark in annotations(kind=None) if len(mark.quote.exact.split()) > 8] == []


def test_a_file_lists_kind_after_kind_in_the_form_that_the_package_writes(seeds):
    for path in (seeds / "annotations").glob("*.jsonl"):
        marks = annotations(path.stem, kind=None)
        assert to_lines(marks) == path.read_text(encoding="utf-8")
        assert [mark.kind for mark in marks] == sorted((mark.kind for mark in marks), key=list(KINDS).index)


def test_every_provision_is_one_that_is_taken_apart():
    known = set(provisions()["provision"])
    marks = [*annotations(kind="provision"), *annotations(kind="claim")]
    assert {mark.codes["provision"] for mark in marks} == {"NAT-4", "NAT-5", "TEU-42.7"}
    assert {mark.codes["provision"] for mark in marks} <= known


def test_no_article_that_is_mentioned_by_number_is_left_out(original):
    numbered = Counter((id, name) for id, text in texts("original").items() for name in NUMBERED.findall(text))
    marked = Counter((mark.passage, mark.quote.exact) for mark in annotations(kind="provision") if NUMBERED.match(mark.quote.exact))
    assert marked == numbered


def test_every_voice_and_every_actor_that_is_spoken_for_is_in_the_codebook():
    book = load_codebook()
    for mark in annotations(kind="quotation"):
        assert mark.codes["voice"] in {"Q", "P"} & set(book.voices), mark.id
        assert mark.codes["on_behalf_of"] in {"", *book.actors}, mark.id
        assert mark.codes["speaker"], mark.id


def test_a_speaker_speaks_for_one_actor_or_always_for_himself():
    spoken_for = {(mark.codes["speaker"], mark.codes["on_behalf_of"]) for mark in annotations(kind="quotation")}
    assert max(Counter(speaker for speaker, _ in spoken_for).values()) == 1


def test_the_words_of_a_speaker_stand_in_quotation_marks_in_the_reading_edition():
    passages = texts("reading")
    for mark in annotations(kind="quotation"):
        assert any(mark.quote.exact in words for words in quoted(passages[mark.passage])), mark.id


def test_every_passage_of_the_originals_that_quotes_somebody_has_a_speaker(original):
    """Two passages quote nobody: the clause's own words are marked as its mention, and a formula is nobody's in particular."""
    speaking = {mark.passage for mark in annotations(kind="quotation")}
    silent = sorted(id for id, text in texts("original").items() if quoted(text) and id not in speaking)
    assert silent == ["nyt-2015:v1-p13", "nyt-2015:v2-p16", "wsws-2015:p14"]
    assert {"nyt-2015:v1-p13", "nyt-2015:v2-p16"} <= {mark.passage for mark in annotations(kind="provision")}


def test_the_verb_of_speech_is_printed_in_the_original_within_two_passages(original):
    printed = texts("original")
    ids = list(printed)
    for mark in annotations(kind="quotation"):
        around = " ".join(printed[id] for id in ids[max(0, ids.index(mark.passage) - 2) : ids.index(mark.passage) + 1])
        assert str(mark.codes["verb"]) in around, mark.id


def test_a_voice_that_differs_from_that_of_a_stance_on_the_same_words_says_so():
    stances = {(mark.passage, mark.quote): mark for mark in annotations()}
    for mark in annotations(kind="quotation"):
        stance = stances.get((mark.passage, mark.quote))
        if stance and stance.codes["voice"] != mark.codes["voice"]:
            assert f"the stance {stance.id} gives its voice as {stance.codes['voice']}" in mark.note, mark.id


def test_every_claim_is_checked_with_an_authority_and_how_sure_it_is():
    marks = "|".join(load_codebook().confidence)
    for mark in annotations(kind="claim"):
        assert mark.codes["claim"], mark.id
        assert mark.codes["check"], mark.id
        assert re.search(rf"\(({marks})\)$", str(mark.codes["authority"])), mark.id
        assert ("(K)" in str(mark.codes["authority"])) == ("unverified" in str(mark.codes["check"])), mark.id


def test_the_claims_get_all_four_verdicts_and_the_same_claim_the_same_one():
    claims = {(mark.codes["claim"], mark.codes["verdict"]) for mark in annotations(kind="claim")}
    assert {verdict for _, verdict in claims} == {"supported", "contradicted", "incomplete", "not-in-the-treaty"}
    assert max(Counter(claim for claim, _ in claims).values()) == 1


def test_no_annotation_of_a_kind_says_twice_the_same_of_the_same_words():
    said = Counter((mark.passage, mark.quote, mark.kind, json.dumps(dict(mark.codes))) for mark in annotations(kind=None))
    assert max(said.values()) == 1
