"""A code is found again in the names that programs make, and never guessed from a name that somebody chose."""

import pytest

from course.learner_codes import is_personal, recover_code

RENAMED = """k7-fox.jsonl; k7-fox; K7-FOX.JSONL; k7-fox (1).jsonl; k7-fox(12).jsonl; k7-fox[2].jsonl; k7-fox 2.jsonl; k7-fox (1) (2).jsonl
answers_k7-fox.jsonl.txt; answers k7-fox.jsonl; Antworten_k7-fox.jsonl; k7-fox.jsonl.json; k7-fox.jsonl.jsonl; k7-fox.jsonl (1).txt
Kopie von k7-fox.jsonl; Kopie von Kopie von k7-fox (2).jsonl; k7-fox – Kopie.jsonl; k7-fox - Kopie (3).jsonl; k7-fox.jsonl.1
Copy of k7-fox.jsonl; k7-fox - Copy.jsonl; k7-fox - Copy (2).jsonl; k7-fox copy 2.jsonl; k7-fox_copy.jsonl; Copie de k7-fox.jsonl
Ada Holt_4711_assignsubmission_file_k7-fox.jsonl; holtada_late_123_4567_k7-fox.jsonl; holtada_123_4567_k7-fox.jsonl
k7-fox_1_.jsonl; k7-fox.bin"""
UNTOLD = """answers.jsonl; answers (1).jsonl; Answers.jsonl.txt; learner.jsonl; learner (2).jsonl; Copy of learner.jsonl; LEARNER.jsonl
Ada Holt.jsonl; ada_holt.jsonl; Ada Holt answers.jsonl; my answers k7-fox.jsonl; final_v2.jsonl; k7_fox.jsonl; k.jsonl; untitled.jsonl
ada.holt@example.org.jsonl; copy.jsonl; (1).jsonl; ..jsonl; answers for k7-fox.jsonl; k7-foxé.jsonl"""


@pytest.mark.parametrize("name", RENAMED.replace("\n", "; ").split("; "))
def test_a_renamed_file_tells_its_code(name):
    assert recover_code(name).lower() == "k7-fox"


@pytest.mark.parametrize("name", UNTOLD.replace("\n", "; ").split("; "))
def test_a_name_without_a_certain_code_tells_none(name):
    assert recover_code(name) == ""


@pytest.mark.parametrize("code", ["k7-copy", "k7-fox-1", "answers-k7", "unknown-3f2a", "person-3f2a", "4711", "learner-2"])
def test_a_code_that_looks_like_a_renamed_one_stays_whole(code):
    assert recover_code(f"{code}.jsonl") == recover_code(f"{code} (1).jsonl") == code


def test_a_name_as_long_as_a_book_is_looked_at_no_further():
    assert recover_code(" " * 60_000 + "x") == recover_code("x" * 300) == ""


def test_a_persons_name_is_known_for_one():
    assert is_personal("jane-doe") and not is_personal("k7-fox")
