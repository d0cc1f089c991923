"""Clauses coded on one table: first the learner, then the reference, element by element."""

import re
from pathlib import Path

import pytest
from builders import parts_of

from helpers.answers import read_answers, save_answer
from helpers.clause_comparator import NOT_CODED, compare_clauses, load_clause_rows
from helpers.errors import ParameterError
from helpers.questions import load_item, load_items, reference_answer
from helpers.treaties import provisions

CLAUSES = ["NAT-4", "NAT-5", "TEU-42.7", "TFEU-222"]
ITEMS = [item for item in load_items("05") if item.mode == "code"]


def lists_of(widget):
    return parts_of(widget, "ToggleButtons")[1:]  # the first chooses the element


def pages_of(widget):
    return parts_of(widget, "HTML")


def test_before_anything_is_coded_no_reference_is_told_and_the_choices_are(answers):
    view = compare_clauses(CLAUSES)
    assert "reference: " not in view.text + view.html and "= reference" not in view.text + view.html
    assert "Coded whole: 0 of 6 elements." in view.text
    for item in ITEMS:
        assert f"{item.id}. {item.prompt} Choices: {' / '.join(item.fields[0].choices)}." in view.text
        assert not any(field.why in view.text + view.html for field in item.fields)


def test_a_row_coded_in_part_shows_the_learners_codes_alone(answers):
    save_answer(load_item("05-c01"), {"NAT-4/obligation": "may", "NAT-5/obligation": "must"})
    row = compare_clauses(CLAUSES).text.splitlines()[1]
    assert row == f"Obligation | may | must | {NOT_CODED} | {NOT_CODED}"


def test_a_row_coded_whole_opens_its_reference_cell_by_cell_and_counts_agreement(answers):
    codes = reference_answer(load_item("05-c01")) | {"TEU-42.7/obligation": "may"}
    save_answer(load_item("05-c01"), codes)
    view = compare_clauses(CLAUSES)
    assert view.text.splitlines()[1] == "Obligation | must = reference | must = reference | may ≠ reference: must | must = reference"
    assert "Coded whole: 1 of 6 elements. Agreement with the reference: 3 of 4 cells." in view.text
    assert "Obligation | EU Article 42(7) TEU | may | must | The other member states owe aid" in view.text
    assert "Test | not coded" in view.text


def test_who_codes_like_the_reference_differs_nowhere(answers):
    for item in ITEMS:
        save_answer(item, reference_answer(item))
    view = compare_clauses(CLAUSES)
    assert "Coded whole: 6 of 6 elements. Agreement with the reference: 24 of 24 cells." in view.text
    assert "≠" not in view.text and "Where you and the reference differ" not in view.html


def test_fewer_clauses_and_elements_make_a_smaller_table_that_can_be_whole(answers):
    save_answer(load_item("05-c06"), {"NAT-5/un_link": "none", "TEU-42.7/un_link": "Article 51"})
    text = compare_clauses(["TEU-42.7", "NAT-5"], ["un_link"]).text
    assert text.splitlines()[:2] == [
        "element | EU Article 42(7) TEU | NATO Article 5",
        "UN link | Article 51 = reference | none ≠ reference: Article 51, with a report",
    ]


def test_unknown_clauses_and_elements_are_refused_with_the_allowed_ones(answers):
    with pytest.raises(ParameterError, match="'NAT-7' is not allowed; use one of NAT-4"):
        compare_clauses(["NAT-7"])
    with pytest.raises(ParameterError, match="elements: 'trigger' is not allowed; use one of obligation, test"):
        compare_clauses(CLAUSES, ["trigger"])


def test_a_saved_code_that_is_no_choice_counts_as_not_coded(answers):
    save_answer(load_item("05-c01"), {"NAT-4/obligation": "perhaps"})
    assert compare_clauses(["NAT-4"], ["obligation"]).text.splitlines()[1] == f"Obligation | {NOT_CODED}"


def test_looking_writes_nothing(answers, live):
    compare_clauses(CLAUSES).widget()
    assert not answers.exists()


def test_in_the_widget_every_choice_is_saved_and_the_reference_opens_with_the_last(answers, live):
    widget = compare_clauses(CLAUSES).widget()
    *_, table, agreed, differences = pages_of(widget)
    first, *others = lists_of(widget)
    first.value = "must"
    assert read_answers()[0] == {"05-c01": {"NAT-4/obligation": "must"}}
    assert "= reference" not in table.value and differences.value == ""
    for box in others:
        box.value = "none written"
    assert len(read_answers()[0]["05-c01"]) == 4
    assert "must = reference" in table.value and "none written ≠ reference: must" in table.value
    assert "Agreement with the reference: 1 of 4 cells." in agreed.value and type(agreed).__name__ == "Notice"
    assert "Where you and the reference differ" in differences.value


def test_reopened_the_widget_goes_to_the_first_element_that_is_not_whole_and_shows_what_is_saved(answers, live):
    save_answer(load_item("05-c01"), reference_answer(load_item("05-c01")))
    save_answer(load_item("05-c02"), {"NAT-4/test": "all must agree"})
    widget = compare_clauses(CLAUSES).widget()
    step = parts_of(widget, "ToggleButtons")[0]
    assert step.value == "Test"
    assert [box.value for box in lists_of(widget)] == ["all must agree", None, None, None]
    step.value = "Obligation"
    assert [box.value for box in lists_of(widget)] == ["must"] * 4


def test_coding_one_clause_keeps_the_codes_of_the_others(answers, live):
    save_answer(load_item("05-c01"), {"NAT-4/obligation": "must", "NAT-5/obligation": "must"})
    (box,) = lists_of(compare_clauses(["NAT-5"], ["obligation"]).widget())
    box.value = "may"
    assert read_answers()[0]["05-c01"] == {"NAT-4/obligation": "must", "NAT-5/obligation": "may"}


def test_a_code_that_cannot_be_saved_is_told_in_its_place_and_can_be_pressed_again(answers, live):
    answers.write_text("not a folder")
    widget = compare_clauses(CLAUSES).widget()
    (first, *_), note = lists_of(widget), pages_of(widget)[-4]
    first.value = "must"
    assert "the answer could not be saved" in note.value and first.value is None
    answers.unlink()
    first.value = "must"
    assert read_answers()[0] == {"05-c01": {"NAT-4/obligation": "must"}} and first.value == "must"


def test_every_code_that_is_saved_is_said_with_words_of_its_own_so_that_it_is_announced(answers, live):
    widget, told = compare_clauses(CLAUSES).widget(), []
    pages_of(widget)[-4].observe(lambda change: told.append(change["new"]), names="value")
    for box in lists_of(widget)[:2]:
        box.value = "must"
    assert told == ["<p>Saved: NATO Article 4, must.</p>", "<p>Saved: NATO Article 5, must.</p>"]


def test_two_tables_keep_each_others_codes_and_show_them(answers, live):
    one, other = (lists_of(compare_clauses(CLAUSES).widget()) for _ in range(2))
    one[0].value, other[1].value = "must", "may"
    assert read_answers()[0]["05-c01"] == {"NAT-4/obligation": "must", "NAT-5/obligation": "may"}
    assert other[0].value == "must"


def test_every_control_is_named(answers, live):
    widget = compare_clauses(CLAUSES).widget()
    assert [box.description for box in lists_of(widget)] == list(provisions(CLAUSES)["name"].drop_duplicates())
    step = parts_of(widget, "ToggleButtons")[0]
    assert step.description == "Element" and len(step.options) == 6


def test_every_reference_is_drawn_from_the_table_of_provisions():
    table = provisions()
    known = {(row.provision, row.element) for row in table.itertuples()}
    words = {id: " ".join(part["text"] + " " + part["quote"]) for id, part in table.groupby("provision")}
    for item in ITEMS:
        for field in item.fields:
            id, element = field.name.split("/")
            assert (field.reference == "not reported") <= ((id, element) not in known), field.name
            for quoted in re.findall("“([^”]+)”", field.why):
                assert quoted in words[id] or quoted in [choice.capitalize() for choice in field.choices] + ["How decided"], field.name


def test_all_items_give_the_four_clauses_the_same_choices_in_one_order():
    rows = load_clause_rows({id: id for id in CLAUSES})
    assert [row.element for row in rows] == ["obligation", "test", "how_decided", "discretion", "institutions", "un_link"]
    for row in rows:
        assert list(row.fields) == CLAUSES
        assert len({field.choices for field in row.fields.values()}) == 1


def test_a_case_without_such_items_gets_a_sentence(answers, monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(Path(__file__).with_name("cases") / "gull-bank"))
    view = compare_clauses(["GSP-3", "GSP-7"], ["obligation"])
    assert (view.text, view.widget) == ("There is no item in which these clauses are to be coded.", None)
