"""The desk: every wish is done, saved and told, can be undone, and what is malformed or late changes nothing."""

import pytest

from helpers.errors import CourseError
from helpers.mark_desk import MarkDesk
from helpers.marks import Mark, Marks

TEXT = "France asked for help, and help came."
FULL = {"actor": "FRA", "issue": "EU427", "stance": "2", "voice": "J"}


class Kept:
    """Where marks are saved, and what to do instead."""

    def __init__(self) -> None:
        self.marks: list[Marks] = []
        self.error: CourseError | None = None

    def save(self, marks: Marks) -> str:
        """Keep the marks, or fail."""
        if self.error:
            raise self.error
        self.marks.append(marks)
        return "Saved."


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def desk(kept):
    return MarkDesk("stance", {"a:p01": TEXT}, Marks(), name=lambda used: f"learner/x-{len(used) + 1}", save=kept.save)


def mark(desk: MarkDesk, start: int = 0, end: int = 12, **more: object) -> str:
    desk.do({"do": "mark", "passage": "a:p01", "start": start, "end": end, **more})
    return desk.marks.marks[-1].id


def code(desk: MarkDesk, id: str, **codes: str) -> None:
    for name, key in codes.items():
        desk.do({"do": "code", "id": id, "name": name, "key": key})


def phrases(marks: Marks) -> list[str]:
    return [one.quote.exact for one in marks.marks]


def test_every_change_is_saved_and_told_with_what_is_still_to_do(desk, kept):
    id = mark(desk)
    assert desk.said == "Mark 1: “France asked”. Still to choose: actor, issue, stance, voice. Saved."
    code(desk, id, **FULL)
    assert desk.said == "Mark 1: voice chosen. All codes are chosen. Saved."
    desk.do({"do": "note", "id": id, "text": "why"})
    assert len(kept.marks) == 6 and kept.marks[-1] == desk.marks
    assert desk.marks.marks[0] == Mark(id, "a:p01", desk.marks.marks[0].quote, "stance", {**FULL, "stance": 2}, "why")


def test_marks_may_overlap_and_it_is_told_in_words(desk):
    mark(desk, 0, 12)
    mark(desk, 7, 21)
    mark(desk, 23, 36)
    assert phrases(desk.marks) == ["France asked", "asked for help", "and help came"]
    desk.do({"do": "mark", "passage": "a:p01", "start": 7, "end": 12})
    assert desk.said.startswith("Mark 4: “asked”. It shares words with marks 1 and 2.")


def test_a_phrase_that_stands_twice_keeps_the_words_beside_it(desk):
    mark(desk, 27, 31)
    shown = desk.state()["marks"][0]
    assert (shown["phrase"], shown["start"], shown["end"]) == ("help", 27, 31)


def test_a_digit_marks_and_codes_in_one_step(desk):
    mark(desk, name="stance", key="-2")
    assert desk.marks.marks[0].codes == {"stance": -2}
    desk.do({"do": "undo"})
    assert desk.marks.marks == ()


def test_undo_and_redo_go_through_every_step_and_a_new_change_ends_the_redo(desk, kept):
    id = mark(desk)
    code(desk, id, actor="FRA")
    desk.do({"do": "delete", "id": id})
    steps = [kept.marks[-1]]
    for _ in range(3):
        desk.do({"do": "undo"})
        steps.append(kept.marks[-1])
    assert [(len(one.marks), *(dict(m.codes) for m in one.marks)) for one in steps] == [(0,), (1, {"actor": "FRA"}), (1, {}), (0,)]
    assert (desk.state()["undo"], desk.state()["redo"]) == (False, True)
    desk.do({"do": "redo"})
    assert phrases(desk.marks) == ["France asked"] and desk.state()["active"] == id
    mark(desk, 7, 21)
    desk.do({"do": "redo"})
    assert desk.said == "There is nothing to redo." and len(desk.marks.marks) == 2


def test_a_step_names_the_mark_that_it_touches_and_leads_to_its_passage(kept):
    texts = {"a:p01": TEXT, "a:p02": TEXT}
    desk = MarkDesk("stance", texts, Marks(), name=lambda used: f"learner/x-{len(used) + 1}", save=kept.save)
    for passage in texts:
        desk.do({"do": "mark", "passage": passage, "start": 0, "end": 12})
    code(desk, "learner/x-1", actor="FRA")
    assert desk.state()["led"] == ""  # where the reader is already
    told = []
    for wish in ("undo", "undo", "undo", "redo", "redo", "redo"):
        desk.do({"do": wish})
        told.append((desk.said.partition(" Saved.")[0], desk.state()["led"], desk.state()["active"]))
    assert told == [
        ("One step back: mark 1 in a:p01 is changed.", "a:p01", "learner/x-1"),
        ("One step back: mark 2 in a:p02 is gone.", "a:p02", ""),
        ("One step back: mark 1 in a:p01 is gone.", "a:p01", ""),
        ("One step forward: mark 1 in a:p01 is back.", "a:p01", "learner/x-1"),
        ("One step forward: mark 2 in a:p02 is back.", "a:p02", "learner/x-2"),
        ("One step forward: mark 1 in a:p01 is changed.", "a:p01", "learner/x-1"),
    ]
    desk.do({"do": "finish"})
    assert (desk.state()["active"], desk.state()["led"]) == ("learner/x-1", "a:p01")


def test_an_emptied_note_is_a_step_that_touches_nothing(desk):
    id = mark(desk)
    for text in ("why", ""):
        desk.do({"do": "note", "id": id, "text": text})
    desk.do({"do": "undo"})
    assert desk.said == "One step back." and len(desk.marks.marks) == 1


def test_typing_on_in_a_note_is_one_step_back(desk):
    id = mark(desk)
    for text in ("w", "wh", "why"):
        desk.do({"do": "note", "id": id, "text": text})
    desk.do({"do": "undo"})
    assert desk.marks.marks[0].note == "" and len(desk.marks.marks) == 1


def test_a_number_is_not_given_twice(desk):
    desk.do({"do": "delete", "id": mark(desk)})
    assert mark(desk) == "learner/x-2"


def test_finishing_asks_for_what_is_missing_and_then_locks_the_marks(desk, kept):
    desk.do({"do": "finish"})
    assert desk.said == "Before you finish: mark a phrase."
    id = mark(desk)
    code(desk, id, actor="FRA", stance="2", voice="J")
    desk.do({"do": "finish"})
    assert desk.said == "Before you finish: choose issue of mark 1, or delete it." and desk.state()["active"] == id
    code(desk, id, issue="EU427")
    desk.do({"do": "finish"})
    assert desk.said == "Every mark has its codes: finish once more." and not desk.marks.finished
    desk.do({"do": "finish", "sure": True})
    assert desk.marks.finished and kept.marks[-1].finished and "comparison stands below" in desk.said
    before = desk.state()
    for wish in ({"do": "delete", "id": id}, {"do": "undo"}, {"do": "code", "id": id, "name": "stance", "key": "0"}):
        desk.do(wish)
    assert desk.state() == before


def test_what_cannot_be_saved_is_told_and_stays_on_the_desk(desk, kept):
    kept.error = CourseError("the answer could not be saved", where="x.jsonl", todo="free some space")
    id = mark(desk)
    assert desk.said == "Not saved: x.jsonl: the answer could not be saved; free some space" and desk.state()["alarm"]
    code(desk, id, **FULL)
    desk.do({"do": "finish", "sure": True})
    assert not desk.marks.finished and phrases(desk.marks) == ["France asked"]
    kept.error = None
    desk.do({"do": "note", "id": id, "text": "x"})
    assert desk.said.endswith("Saved.") and not desk.state()["alarm"] and kept.marks[-1] == desk.marks


@pytest.mark.parametrize(
    "wish",
    [
        None, "mark", {}, {"do": []}, {"do": "burn"}, {"do": "mark"}, {"do": "mark", "passage": "a:p02", "start": 0, "end": 3},
        {"do": "mark", "passage": "a:p01", "start": "0", "end": 3}, {"do": "mark", "passage": "a:p01", "start": True, "end": 3},
        {"do": "mark", "passage": [], "start": 0, "end": 3},
        {"do": "mark", "passage": "a:p01", "start": 0, "end": 3, "name": "mood", "key": "x"},
        {"do": "code", "id": "learner/x-1", "name": "stance", "key": "7"}, {"do": "code", "id": "learner/x-1", "name": "mood", "key": "x"},
        {"do": "code", "id": "learner/x-9", "name": "stance", "key": "0"},
        {"do": "code", "id": "learner/x-1", "name": "actor", "key": ["FRA"]},
        {"do": "note", "id": "learner/x-1", "text": 7}, {"do": "delete", "id": {}},
    ],
)  # fmt: skip
def test_a_wish_that_nobody_could_make_changes_and_writes_nothing(desk, kept, wish):
    mark(desk)
    before = desk.state()
    desk.do(wish)
    assert desk.state() == before and len(kept.marks) == 1


def test_words_without_a_word_in_them_are_no_mark(desk, kept):
    desk.do({"do": "mark", "passage": "a:p01", "start": 21, "end": 23})
    assert desk.said == "Choose some words first." and kept.marks == []


def test_a_code_is_taken_back_by_choosing_nothing_and_text_is_cut_at_a_bound(desk):
    id = mark(desk, name="stance", key="0")
    code(desk, id, stance="")
    desk.do({"do": "note", "id": id, "text": "x" * 9999})
    assert desk.marks.marks[0].codes == {} and len(desk.marks.marks[0].note) == 2000


def test_half_a_character_of_two_units_is_a_question_mark_as_in_every_file(desk, kept):
    desk.do({"do": "note", "id": mark(desk), "text": "x\ud83d y"})
    assert desk.marks.marks[0].note == kept.marks[-1].marks[0].note == "x? y"


def test_a_file_that_is_spoilt_when_a_mark_needs_its_number_is_told(kept):
    def name(used):
        raise CourseError("not valid JSON", where="x.jsonl:3")

    desk = MarkDesk("stance", {"a:p01": TEXT}, Marks(), name=name, save=kept.save)
    desk.do({"do": "mark", "passage": "a:p01", "start": 0, "end": 6})
    assert (desk.said, desk.alarm, desk.marks, kept.marks) == ("Not done: x.jsonl:3: not valid JSON", True, Marks(), [])
