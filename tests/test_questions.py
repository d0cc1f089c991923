"""Items as data: what is asked, in which mode, and what counts as an answer."""

import re

import pytest

from helpers.annotation import annotations
from helpers.articles import load_articles
from helpers.errors import ParameterError, SeedError
from helpers.questions import (
    MARKED,
    MODES,
    STATUSES,
    Item,
    blank_answer,
    fields_of,
    load_item,
    load_items,
    load_memo_item,
    problems,
    reference_answer,
)
from helpers.treaties import provisions


@pytest.fixture
def item():
    """An item of the course with a right answer."""
    return load_item("00-q1")


def test_every_item_of_the_course_can_be_read_and_belongs_to_its_file(seeds):
    items = load_items()
    assert {path.stem for path in (seeds / "questions").glob("[0-9]*.toml")} == {item.lesson for item in items}
    letters = {"check": "q", "poll": "q", "exam": "x", "forecast": "f", "code": "cik", "mark": "a", "memo": "m"}
    for item in items:
        assert re.fullmatch(rf"{item.lesson}-[{letters[item.mode]}]\d+", item.id), item.id
        assert re.fullmatch(rf"{item.lesson}-o[1-5]", item.objective), item.id


def test_the_course_has_sixty_items_and_every_mode():
    items = load_items()
    assert len(items) >= 60
    assert {item.mode for item in items} == set(MODES)


def test_the_reference_answer_of_every_item_has_no_problem_and_the_blank_starter_has_one():
    for item in load_items():
        assert problems(item, reference_answer(item)) == [], item.id
        assert problems(item, blank_answer(item)), item.id


def test_items_are_read_anew_when_a_file_changes_and_from_another_case(case, monkeypatch, seeds):
    item = load_item("00-q1")
    path = case / "questions" / "00.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{item.prompt}"', '"Another?"'), encoding="utf-8")
    assert load_item("00-q1").prompt == "Another?"
    monkeypatch.setenv("ALLIANCE_SEEDS", str(seeds))
    assert load_item("00-q1") == item


def test_a_lesson_has_its_own_items_only():
    assert {item.lesson for item in load_items("03")} == {"03"}
    assert load_items("98") == ()


def test_an_item_with_a_right_answer_has_exactly_one_and_asks_for_a_fact_or_a_reported_claim():
    for item in load_items():
        right = sum(option.correct for option in item.options)
        assert right == (item.status in MARKED) == (item.mode in ("check", "exam")), item.id
        assert item.status in STATUSES and item.minutes > 0, item.id


def test_every_option_has_a_key_of_its_own_and_feedback_and_every_wrong_one_names_a_misconception():
    for item in load_items():
        keys = [option.key for option in item.options]
        assert len(keys) == len(set(keys)), item.id
        assert len(keys) >= 2 or item.mode in ("code", "mark", "memo"), item.id
        for option in item.options:
            assert option.text and option.feedback, (item.id, option.key)
            assert item.mode in ("poll", "forecast") or bool(option.misconception) != option.correct, (item.id, option.key)


def test_the_evidence_of_an_item_exists():
    known = {mark.id for mark in annotations()} | set(provisions()["provision"])
    known |= {passage.id for one in load_articles("reading") for version in one.versions for passage in version.passages}
    ours = re.compile(r"E\d+|[a-z]+-\d{4}:\S+|NAT-\d+|TEU-\S+|TFEU-\S+|UNC-\d+")
    for item in load_items():
        assert [id for id in item.evidence if ours.fullmatch(id) and id not in known] == [], item.id


def test_a_memo_is_asked_for_by_the_id_of_a_memo():
    assert load_memo_item("08-m1") == load_item("08-m1")
    with pytest.raises(ParameterError, match="08-q1 is no memo; name an item of mode memo"):
        load_memo_item("08-q1")
    with pytest.raises(ParameterError, match="item: '08-m9' is not allowed"):
        load_memo_item("08-m9")


def test_an_unknown_item_or_option_lists_the_known_ones(item):
    with pytest.raises(ParameterError, match="item: '00-q99' is not allowed; use one of 00-q1, 00-q2"):
        load_item("00-q99")
    with pytest.raises(ParameterError, match="00-q1: 'z' is not allowed; use one of a, b, c, d"):
        item.option("z")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"correct": "false"}, "0 correct options for mode check and status fact; a check of a fact or reported claim has exactly one"),
        ({"mode": "poll"}, "status 'fact' does not go with mode poll; an item of mode poll is interpretation or forecast"),
        ({"mode": "poll", "status": "forecast"}, "1 correct options for mode poll and status forecast"),
        ({"status": "forecast"}, "status 'forecast' does not go with mode check; an item of mode check is fact or reported claim"),
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


def built(mode, **parts):
    return Item("99-a1", "99", "99-o1", mode, "interpretation", "What?", 1, parts.pop("evidence", ()), **parts)


@pytest.mark.parametrize(
    ("answer", "told"),
    [(None, ["no probability is given"]), ("0.5", ["no probability is given"]), (True, ["no probability is given"]),
     (1.2, ["1.2 is no probability from 0 to 1"]), (0, []), (0.75, []), (1, [])],
)  # fmt: skip
def test_a_forecast_is_a_probability(answer, told):
    assert problems(built("forecast"), answer) == told


def test_a_passage_to_code_takes_its_fields_from_the_codebook_and_its_reference_from_the_annotation():
    stance, voice = fields_of(built("code", evidence=("E17",)))
    assert set(stance.choices) == {"+2", "+1", "0", "-1", "-2", "no evidence"}
    assert (stance.reference, voice.choices, voice.reference) == ("-2", ("Q", "P", "J"), "Q")


def test_an_item_to_code_that_names_no_coded_passage_is_told():
    with pytest.raises(SeedError, match="99-a1: 'E999' is no coded passage; name one stance annotation, or give the item fields"):
        fields_of(built("code", evidence=("E999",)))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("", ["nothing is coded"]),
        ({}, ["stance is not coded", "voice is not coded"]),
        ({"stance": "+3", "voice": "Q"}, ["stance: '+3' is not among"]),
        ({"stance": "0", "voice": "J", "mood": "x"}, ["'mood' is not asked for"]),
        ({"stance": "no evidence", "voice": "J"}, []),
    ],
)
def test_codes_are_complete_when_every_field_has_one_of_its_choices(answer, told):
    found = problems(built("code", evidence=("E17",)), answer)
    assert len(found) == len(told)
    assert all(one.startswith(start) for one, start in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("a text", ["there is no text"]),
        ({"text": "Write here.", "evidence": ["E01"]}, ["the text is the one that stood there", "2 words; write 3 to 5"]),
        ({"text": "one two three", "evidence": []}, ["0 cited as evidence; cite 1 at least"]),
        ({"text": "1 2 3 4 5 6", "evidence": ["E01", "E01"]}, ["6 words; write 3 to 5"]),
        ({"text": "one two three", "evidence": ["E01"]}, []),
    ],
)
def test_a_memo_has_words_of_its_own_enough_of_them_and_evidence(answer, told):
    assert problems(built("memo", starter="Write here.", words=(3, 5), cites=1), answer) == told


def test_marks_are_complete_when_each_has_its_codes_and_they_are_finished():
    item = built("mark", evidence=("atlantic-2015:p19",), kind="stance")
    assert problems(item, reference_answer(item)) == []
    assert problems(item, reference_answer(item) | {"finished": False}) == ["the marks are not finished"]
    assert problems(item, blank_answer(item)) == ["nothing is marked"]


@pytest.mark.parametrize(
    ("old", "new"), [('kind = "stance"', ""), ('kind = "stance"', 'kind = "mood"'), ('mode = "mark"', 'mode = "memo"')]
)
def test_an_item_to_mark_has_a_kind_and_no_other_item_has_one(case, old, new):
    path = case / "questions" / "07.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SeedError, match=r"07-a1: kind .* does not go with mode .*an item of mode mark has a kind of stance"):
        load_items("07")


EXAM = """
[[items]]
id = "99-x1"
lesson = "99"
objective = "99-o1"
mode = "exam"
status = "fact"
prompt = "Which?"
minutes = 2
options = [{key = "a", text = "This"}, {key = "b", text = "That"}]
"""
KEY = """
[[keys]]
item = "99-x1"
correct = "b"
feedback = {a = "No, because.", b = "Yes, because."}
misconceptions = {a = "this for that"}
"""


@pytest.fixture
def exam(write_item):
    """The folder of questions of a case whose one item is an exam item, with its key apart."""
    path = write_item()
    path.write_text(EXAM, encoding="utf-8")
    (path.parent / "keys.toml").write_text(KEY, encoding="utf-8")
    return path.parent


def test_the_key_of_an_exam_item_comes_from_a_file_of_its_own(exam):
    item = load_item("99-x1")
    assert [option.correct for option in item.options] == [False, True]
    assert (item.option("a").feedback, item.option("a").misconception) == ("No, because.", "this for that")
    assert (problems(item, "a"), problems(item, reference_answer(item))) == (["(a) is not the right option"], [])


def test_without_the_file_of_keys_an_exam_item_can_be_asked_and_has_no_key(exam):
    (exam / "keys.toml").unlink()
    item = load_item("99-x1")
    assert reference_answer(item) is None
    assert problems(item, "a") == [] and problems(item, "") == ["nothing is chosen"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('item = "99-x1"', 'item = "99-x2"'), r"keys\.toml: a key for 99-x2, which is no item"),
        (('correct = "b"', 'correct = "c"'), "99-x1: 0 correct options for mode exam"),
        (('b = "Yes, because."', 'b = ""'), "99-x1: option b has no feedback"),
    ],
)
def test_a_key_that_does_not_fit_its_item_is_told(exam, change, told):
    (exam / "keys.toml").write_text(KEY.replace(*change), encoding="utf-8")
    with pytest.raises(SeedError, match=told):
        load_items()


def test_a_forecast_without_its_two_sides_is_told(exam):
    path = exam / "99.toml"
    (exam / "keys.toml").unlink()
    path.write_text(
        EXAM.replace('"exam"', '"forecast"').replace('"fact"', '"forecast"').replace('"}', '", feedback = "x"}'), encoding="utf-8"
    )
    with pytest.raises(SeedError, match="a forecast has the options yes and no; give the best case for each"):
        load_items()


@pytest.mark.parametrize("told", ["correct = true", 'feedback = "No."', 'misconception = "x"'])
def test_an_exam_option_that_tells_its_key_openly_is_refused(exam, told):
    path = exam / "99.toml"
    path.write_text(EXAM.replace('text = "That"', f'text = "That", {told}'), encoding="utf-8")
    with pytest.raises(SeedError, match=f"99-x1: malformed item: an exam option states {told.split()[0]}; move it to keys.toml"):
        load_items()


def test_feedback_that_is_only_a_space_is_none(write_item):
    write_item(first=" ")
    with pytest.raises(SeedError, match="99-q1: option a has no feedback"):
        load_items()


def test_a_memo_whose_starter_would_pass_is_refused(case):
    path = case / "questions" / "08.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"words = \[\d+,", "words = [1,", text), encoding="utf-8")
    with pytest.raises(SeedError, match="08-m1: what stands in the box is long enough to pass"):
        load_items()
