"""Every rule on items is broken on purpose in the items of a lesson of a copied case, and seen to fail with file and line."""

import pytest
from builders import LESSON

from course.case_checks import check_items
from course.rules_items import check_item_rules

EXAM = """
[[items]]
id = "98-x1"
lesson = "98"
objective = "98-o1"
mode = "exam"
status = "fact"
prompt = "Asked on paper only?"
minutes = 2
evidence = []
[[items.options]]
key = "a"
text = "Yes"
[[items.options]]
key = "b"
text = "No"
"""
KEY = """
[[keys]]
item = "98-x1"
correct = "a"
[keys.feedback]
a = "So it is."
b = "It tempts, and it is wrong."
[keys.misconceptions]
b = "that exams are polls"
"""
MEMO = """
[[items]]
id = "98-m1"
lesson = "98"
objective = "98-o3"
mode = "memo"
status = "interpretation"
prompt = "Write a sentence."
minutes = 5
evidence = []
starter = "We hold that"
words = [4, 50]
cites = 1
"""
SAMPLE = '\n[[keys]]\nitem = "98-m1"\ntext = "{text}"\nevidence = ["E03"]\n'


@pytest.fixture
def items(change_lesson, case):
    """The items' file of the lesson, and what is found after its words were changed: ``items(old, new)``."""

    def change(*pairs: tuple[str, str], more: str = "", keys: str = "") -> list[str]:
        path = case / "questions" / "98.toml"
        text = path.read_text(encoding="utf-8") + more
        for old, new in pairs:
            assert old in text, "the items no longer have what this test changes"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        with (case / "questions" / "keys.toml").open("a", encoding="utf-8") as file:
            file.write(keys)
        return [str(finding) for finding in check_item_rules() if "/98.toml" in finding.where]

    return change


def line_of(case, id: str) -> int:
    lines = (case / "questions" / "98.toml").read_text(encoding="utf-8").split("\n")
    return lines.index(f'id = "{id}"')  # counted from 1 that is the line before, where the table begins


def test_the_items_of_the_case_and_of_the_template_keep_the_rules(items, case):
    assert items() == []
    assert [str(finding) for finding in check_items()] == []


def test_an_objective_without_exercise_is_found(change_lesson, case):
    def edit(notebook):
        next(cell for cell in notebook.cells if cell.source == 'ask("98-q2")').source = 'ask("98-q1")'

    found = change_lesson(edit)
    assert f"F {LESSON}, cell 1: objective 98-o2 has no exercise in the notebook; ask an item that belongs to it" in found
    assert f"W {LESSON}: item 98-q2 is never asked; ask it, or make it an exam item" in found


def test_an_exercise_without_objective_is_found(change_lesson, case):
    path = case / "questions" / "98.toml"
    path.write_text(path.read_text().replace('objective = "98-o1"', 'objective = "98-o7"'))
    found = change_lesson()
    assert any("cell 15: item 98-q1 belongs to 98-o7, which is not an objective of this lesson" in line for line in found)
    assert any("objective 98-o1 has no exercise" in line for line in found)


def test_an_exam_item_without_objective_is_found_though_no_cell_asks_it(change_lesson, items):
    items(('objective = "98-o1"\nmode = "exam"', 'objective = "98-o8"\nmode = "exam"'), more=EXAM, keys=KEY)
    assert any(line.startswith(f"F {LESSON}: item 98-x1 belongs to 98-o8") for line in change_lesson())


def test_an_item_that_does_not_exist_and_an_exam_item_in_a_notebook_are_found(change_lesson, items):
    assert items(more=EXAM, keys=KEY) == []

    def edit(notebook):
        asked = [cell for cell in notebook.cells if cell.source.startswith("ask(")]
        asked[0].source, asked[1].source = 'ask("98-q99")', 'ask("98-x1")'

    found = change_lesson(edit)
    assert any("cell 15: item 98-q99 is not among the lesson's items; add it to seeds/questions" in line for line in found)
    assert any("item 98-x1 is for the exam; ask a check or poll here" in line for line in found)


@pytest.mark.parametrize("heading", ["### Exercise 1", "### Exercise 1 (objective 4)"])
def test_an_exercise_heading_that_names_no_objective_is_found(change_lesson, heading):
    def edit(notebook):
        for cell in notebook.cells:
            cell.source = cell.source.replace("### Exercise 1 (objective 1)", heading)

    assert any(f"“{heading}” names no objective of the lesson" in line for line in change_lesson(edit))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('feedback = "Say what it rests on."', 'feedback = ""', "option b has no feedback"),
        ('feedback = "Say what it rests on."\ncorrect = true', 'feedback = "So."', "0 correct options for mode check"),
        (
            'misconception = "what somebody believes who chooses it"',
            'misconception = "x"\ncorrect = true',
            "2 correct options for mode check",
        ),
        ('text = "One reading"', 'text = "One reading"\ncorrect = true', "1 correct options for mode poll"),
        ('mode = "poll"\nstatus = "interpretation"', 'mode = "poll"\nstatus = "fact"', "status 'fact' does not go with mode poll"),
    ],
)
def test_an_item_with_a_wrong_key_or_without_feedback_is_found_by_file_and_item(change_lesson, case, old, new, message):
    path = case / "questions" / "98.toml"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert any(line.startswith(f"F {path}, item 98-q") and message in line for line in change_lesson())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('misconception = "what somebody believes who chooses it"', "", "98-q1: option a is wrong and names no misconception"),
        ('text = "One reading"', 'text = ""', "98-q3: option a has no text"),
        ('text = "One reading"', 'text = "Another reading"', "98-q3: two options read “Another reading”"),
        (
            'status = "fact"\nprompt = "A question with',
            'status = "reported claim"\nprompt = "A question with',
            "98-q1: a reported claim without",
        ),
        ("minutes = 4", "minutes = 0", "98-q3: it takes no minutes"),
        ('objective = "98-o3"', 'objective = "97-o3"', "98-q3: its id and its objective 97-o3 must begin with its lesson, 98"),
        ('lesson = "98"\nobjective = "98-o3"', 'lesson = "00"\nobjective = "98-o3"', "98-q3: it belongs to lesson 00; move it"),
    ],
)
def test_a_malformed_part_of_an_item_is_found_with_its_line(items, case, old, new, message):
    found = items((old, new))
    assert any(line.startswith(f"F {case}/questions/98.toml:{line_of(case, message[:5])}: {message}") for line in found)


def test_options_that_share_their_feedback_are_found(items):
    (found,) = items(("The best case for the other reading, and", "The best case for this reading, and"))
    assert "98-q3: two options share their feedback; answer each option by itself" in found


def test_an_exam_item_without_key_is_found(items):
    (found,) = items(more=EXAM)
    assert '98-x1: it has no key; add [[keys]] with item = "98-x1" to questions/keys.toml' in found


def test_without_the_file_of_keys_as_in_a_learners_copy_exam_items_are_let_pass(items, case):
    (case / "questions" / "keys.toml").rename(case / "kept.toml")
    path = case / "questions" / "98.toml"
    path.write_text(path.read_text(encoding="utf-8") + EXAM, encoding="utf-8")
    assert [finding for finding in check_item_rules() if "/98.toml" in finding.where] == []


def test_a_key_of_no_item_is_found(change_lesson, items):
    with pytest.raises(Exception, match="a key for 98-x1, which is no item"):
        items(keys=KEY)


def test_a_sample_memo_that_would_not_pass_and_one_that_is_missing_are_found(items, case):
    (found,) = items(more=MEMO)
    assert "98-m1: it has no sample; add [[keys]]" in found
    (found,) = items(keys=SAMPLE.format(text="Too short"))
    assert "98-m1: the reference answer does not pass its check (2 words; write 4 to 50)" in found


def test_a_memo_whose_sample_passes_is_let_pass(items):
    assert items(more=MEMO, keys=SAMPLE.format(text="France is reluctant to ask, as reported.")) == []
    assert items(('prompt = "Write a sentence."', 'prompt = "Write."')) == []


def test_the_blank_starter_of_every_item_of_the_course_fails_and_every_reference_passes():
    from helpers.questions import blank_answer, load_items, problems, reference_answer

    for item in load_items():
        assert problems(item, blank_answer(item)), f"{item.id}: nothing has to be answered"
        assert problems(item, reference_answer(item)) == [], item.id


def test_a_quotation_in_an_option_or_feedback_stands_in_the_items_evidence(items, case):
    rest = '\n\n[[items.options]]\nkey = "a"\ntext = '
    assert items((f'evidence = []{rest}"One reading"', f'evidence = ["stripes-2015:p06"]{rest}"An “act of war”"')) == []
    (found,) = items(("An “act of war”", "An “act of peace”"))
    assert "98-q3: “act of peace” is not in stripes-2015:p06 (reading edition)" in found


def test_a_contested_claim_in_an_item_rests_on_two_articles(items):
    (found,) = items(("A question on which good readers differ?", "How many died is contested. Whom do you follow?"))
    assert "98-q3: a contested claim cites no article; cite passages of two, or say that it is single-source" in found


def test_evidence_that_does_not_exist_is_found(items, case):
    items(("minutes = 4\nevidence = []", 'minutes = 4\nevidence = ["stripes-2015:p99"]'))
    assert any("98-q3 rests on stripes-2015:p99, which does not exist" in str(finding) for finding in check_items())


def test_a_key_that_always_stands_in_the_same_place_is_warned_of(items, case):
    def right_first(name: str) -> str:
        return EXAM.replace("98-x1", name)

    keys = "".join(KEY.replace("98-x1", name) for name in ("98-x1", "98-x2"))
    assert items(more=right_first("98-x1") + right_first("98-x2"), keys=keys) == []
    path = case / "questions" / "98.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index('[[items]]\nid = "98-q1"')
    path.write_text(text[:start] + text[text.index('[[items]]\nid = "98-q2"') :], encoding="utf-8")
    (found,) = items()
    assert found == f"W {path}: the right option is number 1 in all 3 marked items; vary its place"


@pytest.mark.parametrize("call", ["ask('98-x1')", 'ask(item_id="98-x1")', 'ask(\n    "98-x1",\n)'])
def test_an_exam_item_is_seen_however_a_cell_asks_it(change_lesson, items, call):
    items(more=EXAM, keys=KEY)

    def edit(notebook):
        next(cell for cell in notebook.cells if cell.source == 'ask("98-q2")').source = call

    assert any("item 98-x1 is for the exam; ask a check or poll here" in line for line in change_lesson(edit))


def test_an_item_in_a_comment_is_not_asked(change_lesson):
    def edit(notebook):
        next(cell for cell in notebook.cells if cell.source == 'ask("98-q2")').source = '1 + 1  # ask("98-q2")'

    found = change_lesson(edit)
    assert any("objective 98-o2 has no exercise in the notebook" in line for line in found)
    assert any("item 98-q2 is never asked" in line for line in found)


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ('misconception = "what somebody believes who chooses it"', "98-q1: option a is wrong and names no misconception"),
        ('text = "One reading"', "98-q3: option a has no text; write it"),
    ],
)
def test_a_text_of_spaces_is_none(items, old, message):
    assert any(message in line for line in items((old, f'{old.partition(" = ")[0]} = " "')))


def test_passages_to_mark_in_which_nothing_is_coded_are_told(items):
    mark = '\n[[items]]\nid = "98-a1"\nlesson = "98"\nobjective = "98-o3"\nmode = "mark"\nkind = "stance"\nstatus = "interpretation"\n'
    mark += 'prompt = "Mark."\nminutes = 5\nevidence = ["{}"]\n'
    (found,) = items(more=mark.format("stripes-2015:p01"))
    assert "98-a1: no stance is coded in its passages, so nothing can be compared; name passages that hold one" in found


def test_passages_to_mark_in_which_something_is_coded_keep_the_rules(items):
    mark = '\n[[items]]\nid = "98-a1"\nlesson = "98"\nobjective = "98-o3"\nmode = "mark"\nkind = "provision"\nstatus = "interpretation"\n'
    assert items(more=mark + 'prompt = "Mark."\nminutes = 5\nevidence = ["stripes-2015:p06"]\n') == []
