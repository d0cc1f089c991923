"""Codes on phrases: kept apart from the text, found again in both editions."""

import json
from dataclasses import replace

import pytest

from helpers.anchors import Quote
from helpers.annotation import KINDS, Annotation, annotations, build, from_w3c, load_coders, read_coded_rows, to_lines, to_w3c, unanchored
from helpers.articles import load_articles
from helpers.codebook import load_codebook
from helpers.errors import CourseError, ParameterError, SeedError

ROW = {
    "id": "X1",
    "version": "",
    "phrase": "no such request at this stage",
    "actor": "NATO",
    "issue": "ART5",
    "stance": 0,
    "voice": "Q",
    "note": "",
}
CODES = {"actor": "NATO", "issue": "ART5", "stance": 0, "voice": "Q"}


def test_all_seventy_six_annotations_anchor_in_the_reading_edition(reading):
    marks = annotations()
    assert len(marks) == 76
    assert unanchored(reading, marks) == []


def test_all_seventy_six_annotations_anchor_in_the_originals(original):
    assert unanchored(load_articles("original"), annotations()) == []


def test_an_annotated_phrase_is_short_enough_to_be_quoted():
    assert [mark.id for mark in annotations() if len(mark.quote.exact.split()) > 8] == []


def test_a_phrase_stands_in_quotation_marks_in_the_reading_edition(reading):
    texts = {passage.id: passage.text for one in reading for version in one.versions for passage in version.passages}
    for mark in annotations():
        before = texts[mark.passage].partition(mark.quote.exact)[0]
        assert before.count("“") > before.count("”") or "“" in mark.quote.exact, mark.id


def test_every_code_of_the_annotations_is_in_the_codebook():
    book = load_codebook()
    for mark in annotations():
        known = {"actor": book.actors, "issue": book.issues, "stance": book.stances, "voice": book.voices}
        assert all(mark.codes[name] in codes for name, codes in known.items()), mark.id


def test_annotations_of_one_article_hang_on_that_article_only():
    assert {mark.article for mark in annotations("wsws-2015")} == {"wsws-2015"}
    assert sum(len(annotations(id)) for id in ("stripes-2015", "atlantic-2015", "nyt-2015", "wsws-2015")) == 76


def test_asking_for_the_annotations_of_an_unknown_article_lists_the_known_ones():
    with pytest.raises(ParameterError, match="use one of stripes-2015"):
        annotations("stripes")


def test_codes_that_somebody_spoils_are_whole_for_the_next_reader():
    dict.update(annotations()[0].codes, stance=99)
    assert annotations()[0].codes["stance"] != 99


def test_annotations_are_read_anew_when_their_file_changes_and_from_another_case(case, monkeypatch, seeds):
    first = annotations("wsws-2015")[0]
    path = case / "annotations" / "wsws-2015.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{first.id}"', '"E99"'), encoding="utf-8")
    assert annotations("wsws-2015")[0].id == "E99"
    monkeypatch.setenv("ALLIANCE_SEEDS", str(seeds))
    assert annotations("wsws-2015")[0] == first


def test_an_annotation_survives_the_way_through_a_file():
    for mark in annotations():
        assert from_w3c(json.loads(json.dumps(to_w3c(mark)))) == mark


def test_the_files_of_the_case_are_what_the_package_writes(seeds):
    for coder in load_coders():
        folder = seeds / "annotations" / ("" if coder == "reference" else coder)
        for path in folder.glob("*.jsonl"):
            assert to_lines(annotations(path.stem, kind=None, coder=coder)) == path.read_text(encoding="utf-8"), path


def test_a_selector_carries_context_only_where_there_is_some():
    mark = Annotation("X1", "a:p01", Quote("ally", prefix="and "), "stance", CODES)
    assert to_w3c(mark)["target"]["selector"] == {"type": "TextQuoteSelector", "exact": "ally", "prefix": "and "}
    assert from_w3c(to_w3c(mark)) == mark


def test_a_lost_phrase_or_passage_is_told_with_its_reason(reading):
    gone = Annotation("X1", "wsws-2015:p99", Quote("ally"), "stance", CODES)
    lost = Annotation("X2", "wsws-2015:p01", Quote("not a phrase of it"), "stance", CODES)
    (_, first), (_, second) = unanchored(reading, [gone, lost])
    assert first == "passage wsws-2015:p99 does not exist"
    assert second.startswith("“not a phrase of it” is not in wsws-2015:p01")


def test_an_annotation_is_not_moved_to_another_passage_with_the_same_phrase(reading):
    """Both versions tell it, in other words: what was coded in the second is no evidence in the first."""
    mark = next(mark for mark in annotations() if mark.id == "E02")
    moved = replace(mark, passage="nyt-2015:v1-p11")
    assert len(unanchored(reading, [moved])) == 1


def test_a_line_that_is_no_annotation_is_told_with_file_and_line(case):
    path = case / "annotations" / "wsws-2015.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    broken = json.loads(lines[2])
    del broken["body"]["voice"]
    path.write_text("\n".join([*lines[:2], json.dumps(broken), *lines[3:]]), encoding="utf-8")
    with pytest.raises(SeedError, match=r"wsws-2015\.jsonl:3: not an annotation of a stance: 'voice' is missing"):
        annotations()


@pytest.mark.parametrize("line", ["[]", '"text"', "null", '{"id": "E99", "body": {}, "target": "wsws-2015:p01"}'])
def test_a_line_of_another_shape_is_told_with_file_and_line(case, line):
    path = case / "annotations" / "atlantic-2015.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"atlantic-2015\.jsonl:1: not an annotation"):
        annotations()


def test_an_id_that_stands_in_two_files_is_told_with_file_and_line(case):
    first, second = (case / "annotations" / name for name in ("stripes-2015.jsonl", "wsws-2015.jsonl"))
    line, lines = first.read_text(encoding="utf-8").splitlines()[0], second.read_text(encoding="utf-8").splitlines()
    second.write_text("\n".join([*lines, line]), encoding="utf-8")
    with pytest.raises(SeedError, match=rf"wsws-2015\.jsonl:{len(lines) + 1}: id E03 stands twice"):
        annotations()


def test_an_article_without_annotations_is_allowed(case):
    (case / "annotations" / "wsws-2015.jsonl").unlink()
    assert annotations("wsws-2015") == ()
    assert len(annotations()) == 61


def test_a_coded_row_becomes_an_annotation_on_its_one_passage(reading):
    (mark,), lost = build([ROW], reading)
    assert (mark.passage, mark.codes, mark.note, lost) == ("stripes-2015:p05", CODES, "", [])


def test_a_row_of_an_inferred_version_says_so_in_its_note(reading):
    phrase = next(mark.quote.exact for mark in annotations() if mark.id == "E72")
    (mark,), _ = build([ROW | {"version": "v1?", "phrase": phrase, "note": "hard line"}], reading)
    assert (mark.passage, mark.note) == ("nyt-2015:v1-p24", "hard line; version inferred")


@pytest.mark.parametrize(("phrase", "passages"), [("Stoltenberg", 1), ("Stavridis", 6), ("words that nobody wrote", 0)])
def test_a_row_whose_phrase_does_not_stand_in_exactly_one_passage_is_lost_with_its_reason(reading, phrase, passages):
    built, lost = build([ROW | {"phrase": phrase}], reading)
    assert len(built) == (passages == 1)
    assert lost == ([] if built else [("X1", f"“{phrase}” stands for certain in {passages} passages, not in one")])


def test_a_row_of_the_wrong_version_does_not_anchor(reading):
    phrase = next(mark.quote.exact for mark in annotations() if mark.id == "E02")
    assert build([ROW | {"version": "v1", "phrase": phrase}], reading)[0] == []
    assert build([ROW | {"version": "v2", "phrase": phrase}], reading)[0][0].passage == "nyt-2015:v2-p14"


def test_coded_rows_are_read_from_a_file(tmp_path):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([ROW]), encoding="utf-8")
    assert read_coded_rows(path) == [ROW]


@pytest.mark.parametrize("content", ["[{", "", "\udcff"])
def test_coded_rows_that_cannot_be_read_are_told_with_the_file(tmp_path, content):
    path = tmp_path / "rows.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CourseError, match=r"rows\.json: no coded rows can be read"):
        read_coded_rows(path)


def test_a_coded_row_without_a_voice_is_told_with_its_number(tmp_path):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([ROW, {name: value for name, value in ROW.items() if name != "voice"}]), encoding="utf-8")
    with pytest.raises(CourseError, match=r"rows\.json: row 2 lacks 'voice'"):
        read_coded_rows(path)


EXAMPLES = {
    "stance": CODES,
    "provision": {"provision": "NAT-5"},
    "quotation": {"speaker": "Rhodes", "verb": "said", "voice": "Q", "on_behalf_of": ""},
    "claim": {"provision": "NAT-5", "claim": "Force is owed.", "verdict": "contradicted", "check": "It is not.", "authority": "Article 5"},
    "conflict": {"conflict": "C07", "says": "twelve states"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_annotation_of_any_kind_survives_the_way_through_a_file(kind):
    mark = Annotation("X1", "a:p01", Quote("ally"), kind, EXAMPLES[kind], note="so")
    assert from_w3c(json.loads(to_lines([mark]))) == mark


@pytest.mark.parametrize(
    ("kind", "codes", "told"),
    [
        ("opinion", {}, "not an annotation: kind 'opinion' is unknown; use one of stance, provision"),
        ("provision", {}, "not an annotation of a provision: 'provision' is missing"),
        ("provision", {"provision": 5}, "not an annotation of a provision: 'provision' is no text"),
        ("provision", {"provision": "NAT-5", "voice": "Q"}, "a provision has no code 'voice'; it has provision"),
        ("stance", CODES | {"stance": True}, "not an annotation of a stance: 'stance' is no whole number"),
        ("claim", EXAMPLES["claim"] | {"verdict": "false"}, "verdict 'false' is unknown; use one of supported"),
    ],
)
def test_codes_that_do_not_fit_the_kind_are_refused(kind, codes, told):
    with pytest.raises(CourseError, match=f"^X1: {told}"):
        Annotation("X1", "a:p01", Quote("ally"), kind, codes)


@pytest.fixture
def others(case):
    """The case with one more kind in the reference coding, and one unit coded by another coder; both are returned."""
    mark = Annotation("X901", "wsws-2015:p02", Quote("coalition"), "provision", {"provision": "NAT-5"})
    path = case / "annotations" / "wsws-2015.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + to_lines([mark]), encoding="utf-8")
    again = replace(annotations("wsws-2015")[0], id="third/E08", coder="third")
    (case / "annotations" / "third").mkdir()
    (case / "annotations" / "third" / "wsws-2015.jsonl").write_text(to_lines([again]), encoding="utf-8")
    return mark, again


def test_other_kinds_and_coders_are_there_when_asked_for(others):
    mark, again = others
    assert len(annotations("wsws-2015")) == 15
    assert mark in annotations("wsws-2015", kind="provision")
    assert annotations(coder="third") == (again,)
    assert {mark, again} < set(annotations(kind=None, coder=None))
    assert (again.unit, again.article) == ("E08", "wsws-2015")
    assert [coder for coder in load_coders() if coder != "second"] == ["reference", "third"]


@pytest.mark.parametrize(("kind", "coder", "told"), [("opinion", "third", "kind: 'opinion'"), ("stance", "fourth", "coder: 'fourth'")])
def test_an_unknown_kind_or_coder_lists_the_known_ones(others, kind, coder, told):
    with pytest.raises(ParameterError, match=f"{told} is not allowed; use one of"):
        annotations(kind=kind, coder=coder)


@pytest.mark.parametrize(("was", "now"), [('"coder": "third"', '"coder": "reference"'), ("third/E08", "E08"), ("third/E08", "second/E08")])
def test_a_line_of_another_coder_in_a_coders_folder_is_told_with_file_and_line(others, case, was, now):
    path = case / "annotations" / "third" / "wsws-2015.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    with pytest.raises(SeedError, match=r"third/wsws-2015\.jsonl:1: .*E08 of coder"):
        annotations(coder=None)
