"""Marks as they are saved: W3C annotations, half-coded ones too, and nothing that nobody could have marked."""

import json

import pytest

from helpers.anchors import Quote, find_quote
from helpers.annotation import KINDS, annotations, from_w3c
from helpers.articles import index_passages, load_articles
from helpers.errors import ParameterError
from helpers.marks import (
    Mark,
    Marks,
    complete,
    mark_fields,
    mark_problems,
    missing_codes,
    quote_phrase,
    read_marks,
    reference_entries,
    write_marks,
)

PASSAGE = "atlantic-2015:p19"
CODES = {"actor": "USA", "issue": "ASSAD", "stance": 2, "voice": "J"}


def a_mark(number: int = 1, codes: dict | None = None, **parts: object) -> Mark:
    given = {"note": "", **parts}
    return Mark(f"learner/02-a1-{number}", PASSAGE, Quote("say they want Assad"), "stance", CODES if codes is None else codes, **given)


def saved(*marks: Mark, finished: bool = False) -> dict:
    """The answer as it comes back from the file."""
    return json.loads(json.dumps(write_marks(Marks(marks, finished), "stance")))


def test_a_whole_mark_is_an_annotation_as_ours_are():
    (entry,) = saved(a_mark(note="Whose words?"))["marks"]
    one = from_w3c(entry)
    assert (one.codes, one.coder, one.note, one.quote.exact) == (CODES, "learner", "Whose words?", "say they want Assad")
    assert entry["body"]["value"] == "USA ASSAD +2" and entry["motivation"] == "classifying"


def test_a_mark_that_lacks_codes_is_kept_as_a_highlight_and_comes_back():
    half = a_mark(codes={"stance": -1})
    answer = saved(half)
    assert answer["marks"][0]["motivation"] == "highlighting"
    assert answer["marks"][0]["body"]["value"] == ""  # which W3C wants of every TextualBody
    assert read_marks(answer, "stance", [PASSAGE]).marks == (half,)
    assert complete(half, mark_fields("stance")) is None


def test_what_is_missing_is_told_and_finishing_is_part_of_the_answer():
    fields = {"actor": "USA", "issue": "ASSAD"}
    assert mark_problems(saved(a_mark(codes=fields)), "stance", [PASSAGE]) == [
        "mark 1 has no stance, no voice",
        "the marks are not finished",
    ]
    assert mark_problems(saved(a_mark(), finished=True), "stance", [PASSAGE]) == []
    assert mark_problems(saved(finished=True), "stance", [PASSAGE]) == ["nothing is marked"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.pop("body"),
        lambda entry: entry.update(body=[]),
        lambda entry: entry.update(target={"source": PASSAGE, "selector": "x"}),
        lambda entry: entry.update(id=7),
        lambda entry: entry["body"].update(kind="provision"),
        lambda entry: entry["body"].update(note=["x"]),
        lambda entry: entry["target"].update(source="stripes-2015:p01"),
        lambda entry: entry["target"]["selector"].update(exact=""),
    ],
)
def test_an_entry_that_is_no_mark_of_this_item_is_left_out_and_the_others_stay(spoil):
    answer = saved(a_mark(1), a_mark(2))
    spoil(answer["marks"][0])
    assert [mark.number for mark in read_marks(answer, "stance", [PASSAGE]).marks] == ["2"]


@pytest.mark.parametrize("code", [{"stance": 3}, {"stance": "2"}, {"stance": True}, {"actor": "NOBODY"}, {"voice": ["J"]}, {"issue": None}])
def test_a_code_that_cannot_be_chosen_is_left_out(code):
    answer = saved(a_mark())
    answer["marks"][0]["body"] |= code
    (mark,) = read_marks(answer, "stance", [PASSAGE]).marks
    assert mark.codes.keys() == CODES.keys() - code.keys()


@pytest.mark.parametrize("answer", [None, "x", [], {}, {"marks": {}}, {"marks": [None, 3, "x", []], "finished": "yes"}])
def test_anything_else_is_no_marks(answer):
    assert read_marks(answer, "stance", [PASSAGE]) == Marks()


def test_every_kind_has_its_fields_and_the_reference_of_every_kind_comes_back_whole():
    for kind in KINDS:
        assert [field.name for field in mark_fields(kind)] == list(KINDS[kind].codes)
        passages = {mark.passage for mark in annotations(kind=kind)}
        answer = reference_entries(kind, passages)
        assert answer is None or len(read_marks(answer, kind, passages).marks) == len(annotations(kind=kind))
    with pytest.raises(ParameterError, match="kind: 'mood' is not allowed"):
        mark_fields("mood")


def test_a_text_that_a_kind_cannot_do_without_must_be_written_and_a_known_conflict_is_chosen():
    written = {kind: [one.name for one in mark_fields(kind) if not one.choices and not one.optional] for kind in KINDS}
    assert written == {"stance": [], "provision": [], "quotation": ["speaker"], "claim": ["claim"], "conflict": ["says"]}
    assert [one.name for one in mark_fields("quotation") if one.optional] == ["verb", "on_behalf_of"]
    assert next(iter(mark_fields("conflict")[0].choices.items())) == ("C01", "C01 How many people died in Paris")
    quotation = Mark("learner/x-1", PASSAGE, Quote("say"), "quotation", {"speaker": " ", "voice": "Q"})
    assert missing_codes(quotation, mark_fields("quotation")) == ["speaker"]


def test_a_phrase_that_stands_twice_keeps_as_few_words_beside_it_as_tell_its_place():
    assert quote_phrase("one ally and one ally", 17, 21) == Quote("ally", "and one ", "")
    assert quote_phrase("of one ally now and of one ally later", 7, 11) == Quote("ally", "one ", " now")
    assert quote_phrase("so of one ally and in one ally and", 10, 14) == Quote("ally", "of one ", " and in")


def test_every_stretch_of_words_gets_a_selector_that_finds_it_again():
    text = index_passages(load_articles("reading"))[PASSAGE].text
    words = [at for at in range(len(text)) if at == 0 or text[at - 1] == " "]
    for start in words:
        for end in (start + 3, start + 20):
            quote = quote_phrase(text, start, end)
            assert quote is None or find_quote(text, quote) is not None, (start, end)


@pytest.mark.parametrize(
    ("start", "end", "exact"), [(0, 6, "“Allié"), (0, 7, "Allié"), (-5, 99, "Allié 𝄞 et “amis”"), (7, 9, "𝄞"), (6, 7, None), (9, 3, None)]
)
def test_edges_lose_blanks_and_punctuation_and_offsets_are_code_points(start, end, exact):
    quote = quote_phrase("“Allié 𝄞 et “amis”.", start, end)
    assert (quote and quote.exact) == (exact and exact.removeprefix("“").removesuffix("”"))
