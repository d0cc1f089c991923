"""Items, feedback, and answers that survive a power cut."""

import contextlib
import json
import re

import pytest

from helpers.annotation import annotations
from helpers.articles import load_articles
from helpers.errors import CourseError, ParameterError, SeedError
from helpers.questions import (
    MARKED,
    STATUSES,
    choose_learner_code,
    describe,
    feedback,
    item_html,
    item_text,
    learner_code,
    load_item,
    load_items,
    read_answers,
    save_answer,
)
from helpers.treaties import provisions

ITEM = """
[[items]]
id = "99-q1"
lesson = "99"
objective = "99-o1"
mode = "{mode}"
status = "{status}"
prompt = "Is <script>alert(1)</script> & co a stance?"
minutes = 2
[[items.options]]
key = "a"
text = "Yes, <b>always</b>"
feedback = "{first}"
correct = {correct}
[[items.options]]
key = "b"
text = "No"
feedback = "<i>Think</i> again."
misconception = "markup & stance"
"""


@pytest.fixture
def write_item(case):
    """A function that replaces the case's items by one built from the given parts."""

    def write(mode="check", status="fact", first="Read <i>again</i>.", correct="true"):
        for path in (case / "questions").glob("*.toml"):
            path.unlink()
        path = case / "questions" / "99.toml"
        path.write_text(ITEM.format(mode=mode, status=status, first=first, correct=correct), encoding="utf-8")
        return path

    return write


@pytest.fixture
def item():
    """An item of the course with a right answer."""
    return load_item("00-q1")


def lines_of(answers):
    return (answers / f"{learner_code()}.jsonl").read_bytes().decode("utf-8").splitlines()


def test_every_item_of_the_course_can_be_read_and_belongs_to_its_file(seeds):
    items = load_items()
    assert {path.stem for path in (seeds / "questions").glob("*.toml")} == {item.lesson for item in items}
    assert all(item.id.startswith(f"{item.lesson}-q") and item.objective.startswith(f"{item.lesson}-o") for item in items)


def test_a_lesson_has_its_own_items_only():
    assert {item.lesson for item in load_items("03")} == {"03"}
    assert load_items("98") == ()


def test_an_item_with_a_right_answer_has_exactly_one_and_asks_for_a_fact_or_a_reported_claim():
    for item in load_items():
        right = sum(option.correct for option in item.options)
        assert right == (item.status in MARKED) == (item.mode == "check"), item.id
        assert item.status in STATUSES and item.minutes > 0, item.id


def test_every_option_has_a_key_of_its_own_and_feedback_and_every_wrong_one_names_a_misconception():
    for item in load_items():
        keys = [option.key for option in item.options]
        assert len(keys) == len(set(keys)) >= 2, item.id
        for option in item.options:
            assert option.text and option.feedback, (item.id, option.key)
            assert item.mode == "poll" or bool(option.misconception) != option.correct, (item.id, option.key)


def test_the_evidence_of_an_item_exists():
    known = {mark.id for mark in annotations()} | set(provisions()["provision"])
    known |= {passage.id for one in load_articles("reading") for version in one.versions for passage in version.passages}
    ours = re.compile(r"E\d+|[a-z]+-\d{4}:\S+|NAT-\d+|TEU-\S+|TFEU-\S+|UNC-\d+")
    for item in load_items():
        assert [id for id in item.evidence if ours.fullmatch(id) and id not in known] == [], item.id


def test_an_unknown_item_or_option_lists_the_known_ones(item):
    with pytest.raises(ParameterError, match="item: '00-q99' is not allowed; use one of 00-q1, 00-q2"):
        load_item("00-q99")
    with pytest.raises(ParameterError, match="00-q1: 'z' is not allowed; use one of a, b, c, d"):
        item.option("z")


def test_the_feedback_to_a_right_option_says_so_and_to_a_wrong_one_names_the_misconception(item):
    assert feedback(item.option("c")).startswith("Right. ")
    assert not feedback(item.option("a")).startswith("Right")
    assert feedback(item.option("a")).endswith("(Misconception: restart is the first remedy.)")


def test_a_poll_says_that_it_is_not_marked(write_item):
    assert describe(load_item("00-q1")) == "fact, marked, 2 min"
    write_item(mode="poll", status="interpretation", correct="false")
    assert describe(load_item("99-q1")) == "interpretation, a poll, not marked, 2 min"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"correct": "false"}, "0 correct options for mode check and status fact; a check of a fact or reported claim has exactly one"),
        ({"mode": "poll"}, "1 correct options for mode poll and status fact"),
        ({"mode": "poll", "status": "forecast"}, "1 correct options for mode poll and status forecast"),
        ({"status": "forecast"}, "1 correct options for mode check and status forecast"),
        (
            {"status": "truth"},
            "status 'truth' or mode 'check' is unknown; use a status of fact, reported claim, interpretation, forecast and",
        ),
        ({"first": ""}, "option a has no feedback"),
    ],
)
def test_a_malformed_item_is_told_with_file_and_item(write_item, parts, told):
    write_item(**parts)
    with pytest.raises(SeedError, match=rf"99\.toml, item 99-q1: {told}"):
        load_items()


@pytest.mark.parametrize(
    ("line", "told"), [("minutes = 2\n", "minutes"), ('prompt = "Is <script>alert(1)</script> & co a stance?"\n', "prompt")]
)
def test_an_item_that_lacks_a_part_is_told_which(write_item, line, told):
    path = write_item()
    path.write_text(path.read_text(encoding="utf-8").replace(line, ""), encoding="utf-8")
    with pytest.raises(SeedError, match=rf"99\.toml, item 99-q1: malformed item: .*{told}"):
        load_items()


def test_an_item_with_a_part_that_nobody_knows_is_refused(write_item):
    path = write_item()
    path.write_text(path.read_text(encoding="utf-8").replace("minutes = 2", "minutes = 2\nhint = 'x'"), encoding="utf-8")
    with pytest.raises(SeedError, match=r"item 99-q1: malformed item: .*hint"):
        load_items()


def test_an_item_id_that_stands_in_two_files_is_refused(case):
    (case / "questions" / "98.toml").write_bytes((case / "questions" / "00.toml").read_bytes())
    with pytest.raises(SeedError, match=r"98\.toml, item 00-q1: the id stands twice"):
        load_items()


def test_two_options_under_one_key_are_refused(write_item):
    path = write_item()
    path.write_text(path.read_text(encoding="utf-8").replace('key = "b"', 'key = "a"'), encoding="utf-8")
    with pytest.raises(SeedError, match=r"99\.toml, item 99-q1"):
        load_items()


@pytest.mark.parametrize("answer", [None, "a", "b"])
def test_an_item_with_markup_in_its_texts_is_escaped(write_item, answer):
    write_item()
    html = item_html(load_item("99-q1"), answer)
    assert not re.search("<script|<b>|<i>", html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in html
    assert "&lt;b&gt;always&lt;/b&gt;" in html and "&lt;i&gt;Think&lt;/i&gt;" in html and "markup &amp; stance" in html


def test_an_item_in_print_shows_options_and_the_last_answer(item):
    text = item_text(item, None)
    assert all(f"({option.key}) {option.text}" in text for option in item.options)
    assert text.endswith("Your answer: none yet.")
    assert "Right. " not in text
    assert "Your answer: (c)" in item_text(item, "c") and "Right. " in item_text(item, "c")


def test_an_answer_to_an_option_that_is_gone_counts_as_none(item):
    assert item_text(item, "z").endswith("Your answer: none yet.")


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
