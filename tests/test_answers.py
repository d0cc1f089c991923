"""A learner's answers survive a power cut, a full disk and a renamed item."""

import contextlib
import json
import re

import pytest

from helpers.answers import choose_learner_code, codes_of, learner_code, read_answer_file, read_answers, save_answer, save_fields
from helpers.errors import CourseError, ParameterError
from helpers.questions import MODES, load_item, load_items, problems
from helpers.widgets import ask


@pytest.fixture
def item():
    """An item of the course with a right answer."""
    return load_item("00-q1")


def lines_of(answers):
    return (answers / f"{learner_code()}.jsonl").read_bytes().decode("utf-8").splitlines()


def test_an_answer_is_saved_beside_the_notebook_and_read_again(answers, item):
    save_answer(item, "b")
    assert read_answers() == ({"00-q1": "b"}, [])
    entry = json.loads(lines_of(answers)[0])
    assert (entry["item"], entry["answer"]) == ("00-q1", "b")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry["at"])


def test_the_last_answer_counts_and_the_earlier_ones_stay_in_the_file(answers, item):
    for key in "abc":
        save_answer(item, key)
    assert read_answers()[0] == {"00-q1": "c"}
    assert [json.loads(line)["answer"] for line in lines_of(answers)] == ["a", "b", "c"]


def test_without_a_file_there_are_no_answers_and_reading_makes_none(answers):
    assert read_answers() == ({}, [])
    assert not answers.exists()


def test_an_option_that_is_not_there_is_not_saved(answers, item):
    with pytest.raises(ParameterError):
        save_answer(item, "z")
    assert not answers.exists()


@pytest.mark.parametrize("cut", [1, 10, 30, 55])
def test_a_torn_last_line_loses_only_itself_and_the_next_answer_is_not_swallowed(answers, item, cut):
    save_answer(item, "a")
    save_answer(load_item("00-q2"), "b")
    path = answers / "learner.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    whole = {"00-q1": "a"} if cut > 1 else {"00-q1": "a", "00-q2": "b"}
    assert read_answers() == (whole, [2] if cut > 1 else [])
    save_answer(load_item("00-q3"), "b")
    assert read_answers() == (whole | {"00-q3": "b"}, [2] if cut > 1 else [])


def test_bytes_that_a_power_cut_left_behind_lose_only_their_line(answers, item):
    save_answer(item, "a")
    with (answers / "learner.jsonl").open("ab") as file:
        file.write(b"\x00" * 20 + b"\xff{")
    save_answer(load_item("00-q2"), "b")
    assert read_answers() == ({"00-q1": "a", "00-q2": "b"}, [2])


@pytest.mark.parametrize("line", ["[]", "5", '"text"', "null", '{"item": "00-q1"}', '{"answer": "a"}'])
def test_a_line_of_another_shape_is_counted_as_lost(answers, item, line):
    save_answer(item, "a")
    with (answers / "learner.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n\n")
    assert read_answers() == ({"00-q1": "a"}, [2])


def test_the_code_is_learner_until_one_is_chosen(answers):
    assert learner_code() == "learner"
    assert choose_learner_code("k7-fox") == "k7-fox"
    assert learner_code() == "k7-fox"


@pytest.mark.parametrize("code", ["", "k", "a" * 25, "-fox", "two words", "../k7", "anna@school.eu", "José", "k7\n", "k7/fox"])
def test_a_code_that_is_a_name_a_path_or_an_address_is_refused(answers, code):
    with pytest.raises(ParameterError, match=r"code: .* is not a code; use 2 to 24 letters, digits or hyphens, not your name"):
        choose_learner_code(code)
    assert not answers.exists()


def test_answers_given_before_choosing_a_code_move_along(answers, item):
    save_answer(item, "a")
    choose_learner_code("k7-fox")
    save_answer(load_item("00-q2"), "b")
    assert sorted(path.name for path in answers.iterdir()) == ["code.txt", "k7-fox.jsonl"]
    assert read_answers()[0] == {"00-q1": "a", "00-q2": "b"}


def test_the_answers_of_two_learners_do_not_mix(answers, item):
    choose_learner_code("k7-fox")
    save_answer(item, "a")
    before = (answers / "k7-fox.jsonl").read_bytes()
    (answers / "code.txt").unlink()
    save_answer(item, "b")
    with pytest.raises(CourseError, match=r"k7-fox\.jsonl: answers under k7-fox exist already; choose another code"):
        choose_learner_code("k7-fox")
    assert (answers / "k7-fox.jsonl").read_bytes() == before
    assert learner_code() == "learner"
    assert read_answers()[0] == {"00-q1": "b"}


def test_choosing_the_same_code_again_loses_nothing(answers, item):
    choose_learner_code("k7-fox")
    save_answer(item, "a")
    choose_learner_code("k7-fox")
    assert read_answers()[0] == {"00-q1": "a"}


@pytest.mark.parametrize("content", [b"../../etc/passwd", b"", b"two words", b"\xff\xfek\x007\x00"])
def test_a_code_file_that_was_spoiled_by_hand_counts_as_none(answers, content):
    answers.mkdir()
    (answers / "code.txt").write_bytes(content)
    assert learner_code() == "learner"


def test_a_file_in_place_of_the_answers_folder_is_told_in_one_line(answers, item):
    answers.write_text("not a folder")
    assert read_answers() == ({}, [])
    with pytest.raises(CourseError, match=r"answers/learner\.jsonl: the answer could not be saved: .*; free some space, then click again"):
        save_answer(item, "a")
    with pytest.raises(CourseError, match=r"answers/code\.txt: cannot be written"):
        choose_learner_code("k7-fox")
    assert answers.read_text() == "not a folder"


def test_a_full_disk_is_told_in_one_line_and_earlier_answers_stay(small_disk, item, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(small_disk))
    save_answer(item, "a")
    with (small_disk / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space left"):
        while True:
            filler.write(b"x" * 4096)
    with pytest.raises(CourseError, match="could not be saved: No space left on device; free some space"):
        for _ in range(100):
            save_answer(load_item("00-q2"), "b")
    assert read_answers()[0]["00-q1"] == "a"
    (small_disk / "filler").unlink()
    save_answer(load_item("00-q3"), "b")
    assert read_answers()[0].keys() >= {"00-q1", "00-q3"}


def test_a_code_that_cannot_be_stored_leaves_the_answers_where_they_are(small_disk, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(small_disk / "answers"))
    save_answer(load_item("00-q1"), "a")
    with (small_disk / "ballast").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 1000)
    with pytest.raises(CourseError, match="free some space"):
        choose_learner_code("k7-fox")
    assert (learner_code(), read_answers()[0]) == ("learner", {"00-q1": "a"})


@pytest.mark.parametrize(
    ("mode", "answer"),
    [
        ("forecast", 0.35),
        ("code", {"stance": "-1"}),
        ("mark", {"marks": [], "finished": False}),
        ("memo", {"text": "Ça «va»\n1,2", "evidence": ["E01"]}),
        ("exam", "a"),
    ],
)
def test_the_answer_of_every_mode_is_restored_as_it_was_given(answers, mode, answer):
    item = next(item for item in load_items() if item.mode == mode)
    save_answer(item, answer)
    assert read_answers()[0] == {item.id: answer}
    assert len(lines_of(answers)) == 1


@pytest.mark.parametrize(
    ("mode", "answer"), [("forecast", 2), ("forecast", "yes"), ("code", {}), ("code", "a"), ("mark", []), ("memo", "text")]
)
def test_an_answer_of_another_shape_is_refused_and_nothing_is_written(answers, mode, answer):
    item = next(item for item in load_items() if item.mode == mode)
    with pytest.raises(ParameterError, match=item.id):
        save_answer(item, answer)
    assert not answers.exists()


def test_a_code_is_saved_over_those_that_are_saved_whoever_saved_them_and_what_is_no_choice_is_dropped(answers):
    item = load_item("02-c01")
    assert save_fields(item, {"stance": "-1"}) == {"stance": "-1"}
    assert save_fields(item, {"voice": "J"}) == {"stance": "-1", "voice": "J"} == read_answers()[0][item.id]
    save_answer(item, {"stance": "+9", "voice": "J", "colour": "red"})
    assert codes_of(item, read_answers()[0][item.id]) == {"voice": "J"}
    assert save_fields(item, {"stance": "0"}) == {"stance": "0", "voice": "J"}
    assert codes_of(item, "b") == codes_of(item, None) == {}


def test_an_answer_to_an_item_that_was_renamed_since_is_found_under_its_new_name(answers, case, item):
    save_answer(item, "b")
    renamed = '[[renamed]]\nfrom = "00-q1"\nto = "00-q7"\n\n[[renamed]]\nfrom = "00-q7"\nto = "00-q8"\n'
    (case / "questions" / "migrations.toml").write_text(renamed, encoding="utf-8")
    assert read_answers()[0] == {"00-q8": "b"}


def test_names_that_were_exchanged_for_each_other_do_not_hang_the_course(answers, case, item):
    save_answer(item, "b")
    circle = '[[renamed]]\nfrom = "00-q1"\nto = "00-q2"\n\n[[renamed]]\nfrom = "00-q2"\nto = "00-q1"\n'
    (case / "questions" / "migrations.toml").write_text(circle, encoding="utf-8")
    assert set(read_answers()[0]) <= {"00-q1", "00-q2"}


def test_a_teacher_reads_every_line_of_a_file_with_its_time(answers, item):
    for key in "ab":
        save_answer(item, key)
    found, torn = read_answer_file(answers / "learner.jsonl")
    assert [(one.item, one.answer) for one in found] == [("00-q1", "a"), ("00-q1", "b")]
    assert torn == [] and all(one.at.endswith("+00:00") for one in found)


def test_a_line_nested_deeper_than_python_goes_counts_as_lost(answers, item):
    save_answer(item, "a")
    with (answers / "learner.jsonl").open("a", encoding="utf-8") as file:
        file.write("[" * 100_000 + "\n")
    assert read_answers() == ({"00-q1": "a"}, [2])


@pytest.mark.parametrize(
    "answer", [None, [], ["a"], {"a": 1}, 5, {"text": 5}, {"text": "x", "evidence": None}, {"text": "x", "evidence": [["E1"]]}]
)
def test_whatever_stands_in_a_file_the_items_of_the_course_can_be_shown(answers, answer):
    answers.mkdir()
    lines = [json.dumps({"item": item.id, "answer": answer}) for item in load_items()]
    (answers / "learner.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for mode in MODES:
        item = next(item for item in load_items() if item.mode == mode)
        assert item.id in ask(item.id).text
        assert isinstance(problems(item, answer), list)
