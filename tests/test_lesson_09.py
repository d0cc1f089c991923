"""Lesson 09 on the synthetic class, on a class of two, on a class that coded nothing, and on folders that do not work."""

import json
import re

import pytest
from builders import outputs_text, run_lesson, start_lesson, stored_lesson

from helpers.errors import ParameterError
from helpers.questions import load_items

# Three classes: the synthetic one (stored), one of two learners, one that did hardly anything.
slow = pytest.mark.slow


def write_answers(folder, code: str, answers: dict[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"item": id, "answer": answer, "at": "2026-02-02T10:00:00+00:00"}) for id, answer in answers.items()]
    (folder / f"{code}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_synthetic_class_is_named_as_such_wherever_it_is_shown():
    notebook = stored_lesson("09")
    text = outputs_text(notebook)
    assert "24 learners (synthetic: made by a program, no learner’s data)" in text
    assert "0 remarks" in text and "0 answers of yours beside the class" in text
    assert not re.search(r"syn-\d", text)
    figures = [output for cell in notebook.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
    assert len(figures) == 5
    assert all("synthetic: made by a program" in "".join(figure["data"]["text/html"]) for figure in figures)


@slow
def test_a_class_of_two_is_read_from_its_folder_without_naming_them(tmp_path):
    first, second = [item.id for item in load_items("02") if item.mode == "code"][:2]
    forecast = next(item.id for item in load_items("05") if item.mode == "forecast" and item.outcome)
    folder = tmp_path / "class"
    memos = {"08-m1": {"text": "Wait.", "evidence": ["E01"]}, "08-m2": {"text": "Act.", "evidence": ["E02"]}}
    shared = memos | {"00-q1": "a", second: {"stance": "0", "voice": "Q"}}
    write_answers(folder, "k7-fox", shared | {first: {"stance": "-2", "voice": "Q"}, forecast: 0.9, "99-q1": "a"})
    write_answers(folder, "m3-owl", shared | {first: {"stance": "+2", "voice": "Q"}, forecast: 0.1})
    (folder / "Ada Holt.jsonl").write_text("{}\n", encoding="utf-8")
    text = outputs_text(run_lesson("09", tmp_path / "run", answers=str(folder)))
    assert "2 learners\n" in text and "synthetic" not in text
    assert (
        "A….jsonl | the name is no learner code" in text
        and "Ada Holt" not in text
        and "99-q1 | answers to an item that the course does not have | 1" in text
    )
    assert re.search(r"\| 2 \| 0 \| 4\.00 \| −2: 1 · \+2: 1", text)
    assert "restart is the first remedy | 2 | 2 | 1.00" in text
    assert re.search(r"E01 \| France: “.+” \| 0 \| 2 \| 0 \| 2", text) and re.search(r"E02 \| France: “.+” \| 0 \| 0 \| 2 \| 2", text)
    assert not {"k7-fox", "m3-owl"} & set(re.findall(r"[\w-]+", text))


@slow
def test_a_class_that_did_nothing_but_one_item_gets_sentences_in_place_of_figures(tmp_path):
    write_answers(tmp_path / "class", "k7-fox", {"00-q1": "c"})
    text = outputs_text(run_lesson("09", tmp_path / "run", answers=str(tmp_path / "class")))
    for sentence in (
        "Nobody in this class has coded a passage.",
        "Nobody in this class has coded a stance.",
        "Nobody in this class has given a forecast whose outcome is known.",
        "Nobody in this class has chosen a wrong option.",
        "Nobody in this class wrote both memos and changed their evidence.",
    ):
        assert sentence in text


def test_a_folder_that_is_missing_gets_one_line(tmp_path):
    with pytest.raises(ParameterError, match="is no folder; give a folder of answer files") as caught:
        start_lesson("09", answers=str(tmp_path / "nothing-here"))
    assert "\n" not in str(caught.value)
