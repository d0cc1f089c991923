"""Lesson 07 on the reading edition, beside the originals, and after the learner has answered."""

from ast import literal_eval

import pytest
from builders import outputs_text, run_lesson, stored_lesson

from course.rights import shared_runs
from helpers.answers import save_answer
from helpers.articles import load_article
from helpers.questions import load_item, load_items

# Three states: the reading edition (stored), beside the originals, with answers. The lesson has no parameters.
slow = pytest.mark.slow
CODED = ("07-c01", "07-c02", "07-c03")


def output_of(notebook, source: str) -> str:
    """What the cell with this in its source printed."""
    (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code" and source in cell.source]
    return "".join(output.get("text", "") or str(output.data["text/plain"]) for output in cell.outputs)


@pytest.fixture
def own_answers(tmp_path, monkeypatch):
    """A learner's answers in a folder of the test."""
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "mine"))


def test_on_the_reading_edition_the_lesson_aligns_the_retelling_and_flags_what_is_inferred():
    notebook = stored_lesson("07")
    text = outputs_text(notebook)
    assert "28 left and 23 right: 2 kept, 13 rewritten, 13 gone, 11 new" in text
    assert text.count("inferred, about 0.8") >= 5 and "For 5 of the rows the version is inferred, not known." in text
    assert output_of(notebook, 'edition="auto"') == "{'rewritten': 13, 'gone': 13, 'new': 11, 'kept': 2}"
    before = text.partition("only in the second")[0]
    assert not any(f"E{number}" in before for number in (21, 38, 48))  # nothing tells which passage of a pair carries a code
    for id in CODED:  # coded before the reveal: nothing tells the reference code of a pair before it is answered
        assert all(field.why not in text for field in load_item(id).fields)


@slow
def test_beside_the_originals_only_the_cell_that_asks_for_them_changes_and_no_original_is_put_out(original, own_answers, tmp_path):
    notebook = run_lesson("07", tmp_path)
    counts = literal_eval(output_of(notebook, 'edition="auto"'))
    assert counts == {"rewritten": 15, "gone": 11, "new": 11, "kept": 2}
    assert "13 rewritten, 13 gone, 11 new" in outputs_text(notebook)
    report = tmp_path / "outputs.txt"
    report.write_text(outputs_text(notebook), encoding="utf-8")
    assert shared_runs([report]) == []


@slow
def test_after_the_learner_has_coded_the_reference_codes_and_their_reasons_are_shown(case, own_answers, tmp_path):
    for id in CODED:
        save_answer(load_item(id), {field.name: "+1" for field in load_item(id).fields})
    save_answer(load_item("07-q3"), "c")
    text = outputs_text(run_lesson("07", tmp_path))
    for id in CODED:
        assert all(field.why in text for field in load_item(id).fields)
    assert load_item("07-q3").option("c").feedback in text


@pytest.mark.parametrize("edition", ["original", "reading"])
def test_the_phrase_of_the_first_sentence_that_the_lesson_quotes_is_in_both_editions(edition, original):
    first, last = (load_article("nyt-2015", edition).passage(f"nyt-2015:{id}").text for id in ("v1-p01", "v2-p01"))
    assert "a closer alliance against it" in first
    assert "a possible alliance against the terrorist group" in last


def test_every_mode_of_item_is_there():
    assert {item.mode for item in load_items("07")} == {"check", "poll", "code", "mark", "exam"}
