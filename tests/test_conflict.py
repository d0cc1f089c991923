"""Where the articles contradict each other or the record."""

import pytest

from helpers.conflict import LATER, conflicts
from helpers.errors import ParameterError, SeedError

PAPERS = {"stripes-2015", "atlantic-2015", "nyt-2015", "wsws-2015"}


def spoil(case, old: str, new: str) -> None:
    path = case / "conflicts.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_row_of_the_research_notes_is_a_conflict():
    assert [one.id for one in conflicts()] == [f"C{number:02}" for number in range(1, 28)]


def test_every_conflict_has_its_passages_and_the_one_that_is_not_in_the_articles_says_why():
    assert [one.id for one in conflicts() if not one.passages] == ["C26"]
    absent = next(one for one in conflicts() if one.id == "C26")
    assert not absent.in_articles
    assert absent.note.startswith("None of the four articles")


def test_a_passage_of_a_conflict_says_in_our_words_what_it_says_there():
    for one in conflicts():
        assert all(mark.kind == "conflict" and mark.article in PAPERS and mark.codes["says"] for mark in one.passages), one.id
        assert len({(mark.passage, mark.quote) for mark in one.passages}) == len(one.passages), one.id


@pytest.mark.parametrize(
    ("id", "sides"),
    [
        ("C01", ["More than 130 died.", "129 died."]),
        ("C19", ["Stoltenberg is General-Secretary.", "The Danish minister is called Jense."]),
        ("C11", ["Europe voted.", "The EU’s countries voted."]),
    ],
)
def test_the_sides_of_a_conflict_stand_in_the_catalogues_order(id, sides):
    assert [mark.codes["says"] for mark in next(one for one in conflicts() if one.id == id).passages] == sides


def test_two_versions_of_an_article_bear_on_a_conflict_each_for_itself():
    versions = {one.id: {mark.passage.split(":")[1][:2] for mark in one.passages if mark.article == "nyt-2015"} for one in conflicts()}
    both = [id for id, names in versions.items() if names == {"v1", "v2"}]
    assert both == ["C04", "C05", "C06", "C07", "C10", "C11", "C12", "C13", "C14", "C16", "C18", "C25", "C27"]


def test_what_is_general_knowledge_is_marked_as_unverified():
    unverified = [one for one in conflicts() if "general knowledge" in one.source]
    assert [one.id for one in unverified] == ["C06", "C18", "C20", "C24"]
    assert {one.confidence for one in unverified} == {"K"}


def test_every_record_says_since_when_it_could_be_known():
    assert all(one.known is not None for one in conflicts())


@pytest.mark.parametrize(("day", "hidden"), [("2015-11-19", True), ("2015-11-20", False)])
def test_a_record_is_told_on_its_day_and_not_the_day_before(day, hidden):
    one = next(one for one in conflicts(day) if one.id == "C01")
    assert (one.record == LATER) is hidden
    assert bool(one.source and one.confidence) is not hidden


def test_a_record_without_a_day_may_be_later_than_any(case):
    spoil(case, "known = 2015-11-20\n", "")
    assert next(one for one in conflicts("2026-06-30") if one.id == "C01").record == LATER
    assert next(one for one in conflicts() if one.id == "C01").record != LATER


def test_a_note_that_belongs_to_a_record_is_hidden_with_it():
    notes = {day: next(one for one in conflicts(day) if one.id == "C25").note for day in ("2015-11-19", "2015-11-20")}
    assert not notes["2015-11-19"] and notes["2015-11-20"]


def test_only_passages_of_articles_that_were_out_bear_on_a_conflict():
    told = {one.id: one.articles for one in conflicts("2015-11-17")}
    assert {article for articles in told.values() for article in articles} == {"stripes-2015", "atlantic-2015"}
    assert told["C07"] == ("atlantic-2015",)
    assert "C11" not in told and "C26" not in told


def test_before_every_article_there_is_no_conflict():
    assert conflicts("2015-11-15") == ()


def test_a_conflict_in_two_versions_of_one_article_rests_on_one():
    assert next(one for one in conflicts() if one.id == "C11").articles == ("nyt-2015",)


def test_a_last_day_that_is_none_is_refused():
    with pytest.raises(ParameterError, match="as_of: 'today' is not a day"):
        conflicts("today")


def test_a_case_without_conflicts_has_none(case):
    (case / "conflicts.toml").unlink()
    for path in (case / "annotations").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if '"kind": "conflict"' not in line), encoding="utf-8")
    assert conflicts() == ()


def test_an_annotation_of_a_conflict_that_does_not_exist_is_told_with_its_file(case):
    spoil(case, 'id = "C23"', 'id = "C32"')
    spoil(case, 'source = "CBC"\n', 'source = "CBC"\nin_articles = false\nnote = "not yet"\n')
    with pytest.raises(SeedError, match=r"atlantic-2015\.jsonl, C23a: conflict 'C23' does not exist; add it to conflicts\.toml"):
        conflicts()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('record = "It does not:', 'rekord = "It does not:', r"conflicts\.toml, conflict 2: 'record' is missing"),
        ('point = "How many', 'points = 4\npoint = "How many', r"conflicts\.toml, conflict 1: malformed: .*'points'"),
        ('source = "CBC"', "source = 4", r"conflicts\.toml, conflict 23: malformed: 'source' is no text"),
        ('source = "CBC"', 'source = ""', r"conflicts\.toml, conflict 23: malformed: 'source' is no text"),
        ('confidence = "V2"', 'confidence = "sure"', r"conflicts\.toml, C01: confidence 'sure' is unknown; use one of V, V2, K"),
        ("known = 2015-11-20", 'known = "2015-11-20"', r"conflicts\.toml, conflict 1: malformed: 'known' is no day"),
        ("known = 2015-11-20", "known = 2015-11-20T10:00:00", r"conflicts\.toml, conflict 1: malformed: 'known' is no day"),
        ('id = "C02"', 'id = "C01"', r"conflicts\.toml: id C01 stands twice"),
        ('id = "C23"', 'id = "C32"', r"conflicts\.toml, C32: no passage bears on it; annotate one"),
        ("in_articles = false\n", "", r"conflicts\.toml, C26: no passage bears on it"),
        ('note = "None of', 'source_note = "None of', r"conflicts\.toml, conflict 26: malformed: .*'source_note'"),
        ('source = "CBC"', 'source = "CBC"\nin_articles = false', r"conflicts\.toml, C23: C23a bears on it, though"),
        ("[[conflicts]]", "[[quarrels]]\n[[conflicts]]\n[[conflicts.x]]", r"conflicts\.toml, conflict 1: 'id' is missing"),
    ],
)
def test_a_row_that_cannot_be_right_is_told_with_the_file(case, old, new, told):
    spoil(case, old, new)
    with pytest.raises(SeedError, match=told):
        conflicts()


def test_a_conflict_that_is_not_in_the_articles_must_say_why(case):
    spoil(case, 'note = "None of the four articles tells what a single state gave under the clause."', "")
    with pytest.raises(SeedError, match=r"conflicts\.toml, C26: it is not in the articles; say why in a note"):
        conflicts()


def test_a_file_without_conflicts_has_none_and_the_annotations_of_one_are_told(case):
    (case / "conflicts.toml").write_text("as_of = 2026-06-30\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"conflict 'C01' does not exist; add it to conflicts\.toml"):
        conflicts()
    for path in (case / "annotations").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if '"kind": "conflict"' not in line), encoding="utf-8")
    assert conflicts() == ()


def test_a_file_with_another_table_is_told(case):
    (case / "conflicts.toml").write_text("as_of = 2026-06-30\n[[quarrels]]\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"conflicts\.toml: 'conflicts' is missing"):
        conflicts()
