"""The author of a case marks an article: whole marks go into the case's file, and nothing else in it changes."""

import json

import pytest

from helpers.annotation import annotations
from helpers.case_marks import CaseFile, mark_article, new_id
from helpers.errors import CourseError, ParameterError
from helpers.marks import Mark, Marks, from_annotation

ARTICLE = "wire-1994"


def path_of(case):
    return case / "annotations" / f"{ARTICLE}.jsonl"


def mark_first_words(desk, count=3, whole=True):
    """Mark the first words of the first passage, and give the first of the choices as each code; the id."""
    passage = desk.task["passages"][0]
    end = len(" ".join(passage["text"].split()[:count]))
    desk._handle_custom_msg({"do": "mark", "passage": passage["id"], "start": 0, "end": end}, [])
    id = desk.state["active"]
    for field in desk.task["fields"] if whole else ():
        key = field["choices"][0][0] if field["choices"] else "some words"
        desk._handle_custom_msg({"do": "code", "id": id, "name": field["name"], "key": key}, [])
    return id


def marker_of(view):
    (desk,) = [part for part in view.widget().children if type(part).__name__ == "Marker"]
    return desk


@pytest.fixture
def desk(small, live):
    return marker_of(mark_article(ARTICLE))


def test_print_lists_the_marks_of_the_kind(small):
    view = mark_article(ARTICLE)
    marks = annotations(ARTICLE)
    assert view.text.splitlines()[0].startswith(f"{len(marks)} annotations of the kind stance in {ARTICLE}.")
    assert all(mark.quote.exact in view.text for mark in marks)


def test_a_new_mark_is_written_when_it_is_whole_and_every_other_line_stays_to_the_byte(desk, small):
    before = path_of(small).read_text(encoding="utf-8")
    mark_first_words(desk, whole=False)
    assert "Not in the file yet, for lack of a code: 1 mark. Saved in" in desk.state["said"]
    assert path_of(small).read_text(encoding="utf-8") == before
    desk._handle_custom_msg({"do": "undo"}, [])
    id = mark_first_words(desk)
    assert f"Saved in {ARTICLE}.jsonl." in desk.state["said"]
    assert desk.state["said"].endswith("The phrase does not stand in the original.")  # which is held in this case
    after = path_of(small).read_text(encoding="utf-8")
    assert after.startswith(before) and after.count("\n") == before.count("\n") + 1
    (mark,) = [one for one in annotations(ARTICLE) if one.id == id]
    assert (mark.coder, mark.passage) == ("reference", desk.task["passages"][0]["id"])
    desk._handle_custom_msg({"do": "undo"}, [])
    desk._handle_custom_msg({"do": "delete", "id": id}, [])
    assert path_of(small).read_text(encoding="utf-8") == before


def test_a_changed_code_changes_its_own_line_only(small):
    file = CaseFile(ARTICLE, "stance")
    before = path_of(small).read_text(encoding="utf-8").splitlines()
    first, *rest = [from_annotation(one) for one, _ in file.found.values()]
    stance = -1 if first.codes["stance"] != -1 else 1
    file.save(Marks((Mark(first.id, first.passage, first.quote, "stance", {**first.codes, "stance": stance}, "new", "reference"), *rest)))
    after = path_of(small).read_text(encoding="utf-8").splitlines()
    changed = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    assert len(changed) == 1 and json.loads(after[changed[0]])["body"]["note"] == "new"


def test_lines_of_the_kind_that_were_changed_elsewhere_are_not_written_over(small):
    file, other = CaseFile(ARTICLE, "stance"), CaseFile(ARTICLE, "stance")
    other.save(Marks(tuple(from_annotation(one) for one, _ in list(other.found.values())[1:])))
    before = path_of(small).read_bytes()
    with pytest.raises(CourseError, match=r"wire-1994\.jsonl: annotations of the kind stance were changed elsewhere; run this cell again"):
        file.save(Marks())
    assert path_of(small).read_bytes() == before


def test_desks_of_two_kinds_work_side_by_side_on_one_article(small, live):
    desks = [marker_of(mark_article(ARTICLE, kind)) for kind in ("stance", "provision", "stance")]
    before = path_of(small).read_text(encoding="utf-8")
    made = [mark_first_words(desk) for desk in desks[:2]]
    desks[0]._handle_custom_msg({"do": "note", "id": made[0], "text": "both"}, [])
    assert not any(desk.state["alarm"] for desk in desks[:2])
    found = {mark.id: mark.kind for mark in annotations(ARTICLE, kind=None)}
    assert [found[id] for id in made] == ["stance", "provision"] and path_of(small).read_text(encoding="utf-8").startswith(before)
    mark_first_words(desks[2])
    assert desks[2].state["alarm"] and "were changed elsewhere" in desks[2].state["said"]


def test_a_code_that_is_taken_back_keeps_the_mark_and_its_former_codes_in_the_file(desk, small):
    before = path_of(small).read_bytes()
    first = desk.state["marks"][0]
    desk._handle_custom_msg({"do": "code", "id": first["id"], "name": "stance", "key": ""}, [])
    assert f"Mark {first['id']} lacks a code: its former codes stay in the file until it is whole." in desk.state["said"]
    assert path_of(small).read_bytes() == before
    for wish in ({"do": "delete", "id": first["id"]}, {"do": "undo"}):  # the undone mark still lacks its code
        desk._handle_custom_msg(wish, [])
    assert path_of(small).read_bytes() == before
    desk._handle_custom_msg({"do": "code", "id": first["id"], "name": "stance", "key": "0"}, [])
    assert next(mark for mark in annotations(ARTICLE) if mark.id == first["id"]).codes["stance"] == 0


def test_two_desks_never_give_one_id_and_the_case_still_loads(small, live):
    desks = [marker_of(mark_article(article)) for article in (ARTICLE, "harbour-1994")]
    ids = [mark_first_words(desk, whole=whole) for desk, whole in zip([*desks, desks[0]], (False, False, True), strict=True)]
    for field in desks[1].task["fields"]:
        desks[1]._handle_custom_msg({"do": "code", "id": ids[1], "name": field["name"], "key": field["choices"][0][0]}, [])
    assert len(set(ids)) == 3 and {ids[1], ids[2]} <= {mark.id for mark in annotations()}


def test_an_id_that_another_kernel_has_used_is_refused_before_the_case_is_spoilt(small):
    file, other = CaseFile(ARTICLE, "stance"), CaseFile("harbour-1994", "stance")
    mark = from_annotation(next(iter(other.found.values()))[0])
    before = path_of(small).read_bytes()
    with pytest.raises(CourseError, match=f"the number {mark.id} was given to another mark elsewhere; delete the mark and make it again"):
        file.save(Marks((mark,)))
    assert path_of(small).read_bytes() == before


def test_new_ids_go_on_after_the_last_of_the_case(small):
    numbers = [int("".join(filter(str.isdigit, mark.unit))) for mark in annotations(kind=None, coder=None)]
    name = new_id("stance")
    letters = "".join(filter(str.isalpha, annotations()[-1].id))
    assert name(set()) == f"{letters}{max(numbers) + 1:02}" and name({f"{letters}99"}) == f"{letters}100"


def test_a_mark_of_a_conflict_names_one_of_the_case_and_what_the_passage_says(small, live):
    desk = marker_of(mark_article(ARTICLE, "conflict"))
    before = path_of(small).read_text(encoding="utf-8")
    id = mark_first_words(desk, whole=False)
    for name, key, missing in (("conflict", "G1", "says"), ("says", " ", "says")):
        desk._handle_custom_msg({"do": "code", "id": id, "name": name, "key": key}, [])
        assert f"Still to choose: {missing}. Not in the file yet" in desk.state["said"]
    assert path_of(small).read_text(encoding="utf-8") == before
    desk._handle_custom_msg({"do": "code", "id": id, "name": "says", "key": "Three were hurt."}, [])
    assert next(mark for mark in annotations(kind="conflict") if mark.id == id).codes == {"conflict": "G1", "says": "Three were hurt."}


def test_a_phrase_too_long_for_a_case_is_told(desk):
    passage = max(desk.task["passages"], key=lambda one: len(one["text"]))
    desk._handle_custom_msg({"do": "mark", "passage": passage["id"], "start": 0, "end": 80}, [])
    assert "The phrase has more than 8 words: a case may not quote so many." in desk.state["said"]


def test_the_words_that_tell_a_phrases_place_count_as_words_that_the_case_quotes(small, live):
    path, eight = small / "reading" / f"{ARTICLE}.md", "one two three four five six seven eight"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("On Wednesday", f"{eight} and {eight}. On Wednesday", 1), encoding="utf-8")
    desk = marker_of(mark_article(ARTICLE))
    mark_first_words(desk, count=8, whole=False)
    assert desk.state["marks"][-1]["phrase"] == eight
    assert "The phrase, with the words that tell its place, has more than 8 words" in desk.state["said"]


def test_the_case_of_the_package_is_not_written_to(seeds, live):
    with pytest.raises(CourseError, match="the case that comes with the package stays as it is; make a case of your own"):
        mark_article("stripes-2015").widget()


def test_an_unknown_article_or_kind_lists_the_known_ones(small):
    with pytest.raises(ParameterError, match="article: 'x' is not allowed; use one of harbour-1994"):
        mark_article("x")
    with pytest.raises(ParameterError, match="kind: 'mood' is not allowed; use one of stance"):
        mark_article(ARTICLE, "mood")
