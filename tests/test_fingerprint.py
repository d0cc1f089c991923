"""A run's key changes with whatever its output rests on, and with nothing else."""

import pytest
from builders import run_of, write_lesson

from course.fingerprint import Keys, hash_folder, take_fingerprint


def key(run, answers) -> str:
    return Keys(take_fingerprint()).of(run, answers)


@pytest.fixture
def lesson(tmp_path, small):
    return write_lesson(tmp_path / "01_x.ipynb", "1", parameters="answers: str = 'synthetic'  # a folder")


def test_the_same_goes_in_twice(lesson, tmp_path):
    assert key(run_of(lesson, "a"), tmp_path / "none") == key(run_of(lesson, "b"), tmp_path / "nor here")


def test_a_parameter_the_notebook_the_data_and_the_answers_each_count(lesson, tmp_path, small):
    answers = tmp_path / "answers"
    keys = [key(run_of(lesson), answers), key(run_of(lesson, answers="x"), answers)]
    answers.mkdir()
    (answers / "k7.jsonl").write_text("{}")
    keys.append(key(run_of(lesson), answers))
    write_lesson(lesson, "2")
    keys.append(key(run_of(lesson), answers))
    (small / "glossary.toml").write_text("# changed")
    keys.append(key(run_of(lesson), answers))
    assert len(set(keys)) == 5


def test_a_parameter_that_names_a_folder_counts_with_what_is_in_it(lesson, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    before = key(run_of(lesson, answers=str(folder)), tmp_path / "none")
    (folder / "k7.jsonl").write_text("{}")
    assert key(run_of(lesson, answers=str(folder)), tmp_path / "none") != before


def test_a_parameter_that_names_a_hidden_file_counts_with_what_is_in_it(lesson, tmp_path):
    file = tmp_path / ".answers.jsonl"
    keys = []
    for text in ("a", "b"):
        file.write_text(text)
        keys.append(key(run_of(lesson, answers=str(file)), tmp_path / "none"))
    assert keys[0] != keys[1]


def test_hidden_files_and_compiled_code_do_not_count(tmp_path):
    before = hash_folder(tmp_path)
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_text("x")
    assert hash_folder(tmp_path) == before
    (tmp_path / "seen").write_text("x")
    assert hash_folder(tmp_path) != before


def test_a_fingerprint_names_the_libraries_that_lessons_need():
    versions = dict(version.split() for version in take_fingerprint().versions)
    assert {"python", "pandas", "matplotlib", "ipykernel"} <= set(versions)
