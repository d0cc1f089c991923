"""The made-up class: the same items give the same files, every answer fits its item, and everything says what it is."""

import json
import re

from course.synthetic_class import COMMAND, SIZE, synthetic_class, write_class
from helpers.answers import read_answer_file
from helpers.class_answers import MADE_UP, SYNTHETIC_FOLDER, load_class
from helpers.debrief import score_learners, tabulate_misconceptions
from helpers.questions import load_items, problems


def test_the_files_that_ship_are_those_that_the_items_give(seeds):
    shipped = {path.name: path.read_text(encoding="utf-8") for path in (seeds / SYNTHETIC_FOLDER).iterdir()}
    assert shipped == synthetic_class(), f"items have changed since the synthetic class was made; run '{COMMAND}' and commit the files"


def test_the_note_says_that_no_learner_gave_these_answers(seeds):
    note = (seeds / SYNTHETIC_FOLDER / "README.md").read_text(encoding="utf-8")
    assert MADE_UP in note and COMMAND in note


def test_writing_twice_gives_the_same_and_removes_what_is_no_longer_made(tmp_path):
    folder = write_class(tmp_path)
    (folder / "syn-99.jsonl").write_text("")
    first = {path.name: path.read_bytes() for path in folder.iterdir() if path.stem != "syn-99"}
    assert {path.name: path.read_bytes() for path in write_class(tmp_path).iterdir()} == first


def test_every_item_but_those_of_an_exam_is_answered_by_somebody():
    """What most of a class chooses is the key, and the class ships."""
    assert {item.id for item in load_items() if item.mode != "exam"} == set(load_class("synthetic")["item"])


def test_every_answer_is_complete():
    items, table = {item.id: item for item in load_items()}, load_class("synthetic")
    memos = {id for id, item in items.items() if item.mode in ("memo", "forecast")}
    # Of the others one learner each: what a code item asks for is read anew for every check.
    for row in table[table["item"].isin(memos) | ~table["item"].duplicated()].itertuples():
        found = problems(items[row.item], row.answer)
        assert not [problem for problem in found if not problem.endswith("is not the right option")], (row.learner, row.item, found)


def test_no_line_is_torn_and_codes_and_days_are_made_up(seeds):
    paths = sorted((seeds / SYNTHETIC_FOLDER).glob("*.jsonl"))
    assert [path.stem for path in paths] == [f"syn-{number:02d}" for number in range(1, SIZE + 1)]
    for path in paths:
        answers, torn = read_answer_file(path)
        assert torn == [] and {answer.at[:7] for answer in answers} == {"2026-01"}
        assert len({answer.item for answer in answers}) == len(answers)


def test_nothing_in_the_class_looks_like_an_address():
    assert not re.search(r"\w@\w", json.dumps(synthetic_class()))


def test_a_new_item_changes_no_other_answer(case):
    before = synthetic_class()["syn-01.jsonl"].splitlines()
    path = case / "questions" / "00.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "00-q1"', 'id = "00-q99"'), encoding="utf-8")
    after = synthetic_class()["syn-01.jsonl"].splitlines()
    assert [line for line in after if "00-q99" not in line] == [line for line in before if "00-q1" not in line]


def test_misconceptions_are_uneven_and_forecasts_differ():
    table = tabulate_misconceptions(load_class("synthetic"))
    assert table["share"].max() > 0.34 > table["share"].median()
    scores = score_learners(load_class("synthetic"))
    assert scores["brier"].min() < 0.2
    assert scores["brier"].max() > 0.25
