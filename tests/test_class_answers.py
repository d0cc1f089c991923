"""A class's folder: the last answer counts, what cannot be used is told, and no name gets through."""

import json

import pytest

from helpers.class_answers import MADE_UP, describe_class, load_class, load_remarks
from helpers.errors import ParameterError
from helpers.questions import load_items, reference_answer


def line(item: str, answer: object, at: str = "2026-01-12T10:00:00+00:00") -> str:
    return json.dumps({"item": item, "answer": answer, "at": at}) + "\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "class"
    made.mkdir()
    (made / "k7-fox.jsonl").write_text(line("00-q1", "a") + line("00-q1", "c") + line("00-q2", "b"))
    (made / "m3-owl.jsonl").write_text(line("00-q1", "b"))
    return made


def remarks(folder) -> dict[tuple[str, str], int]:
    return {(row.where, row.remark): row.count for row in load_remarks(str(folder)).itertuples(index=False, name="Remark")}


def test_the_last_answer_of_each_learner_to_each_item_counts(folder):
    table = load_class(str(folder))
    assert list(table.columns) == ["learner", "item", "answer", "at"]
    assert table[["learner", "item", "answer"]].to_numpy().tolist() == [
        ["k7-fox", "00-q1", "c"],
        ["k7-fox", "00-q2", "b"],
        ["m3-owl", "00-q1", "b"],
    ]


def test_a_class_that_could_be_read_whole_has_no_remarks_and_is_described_by_its_number(folder):
    assert load_remarks(str(folder)).empty
    assert describe_class(load_class(str(folder)), str(folder)) == "2 learners"


def test_one_learner_is_a_class_too(folder):
    (folder / "m3-owl.jsonl").unlink()
    assert describe_class(load_class(str(folder)), str(folder)) == "1 learner"


def test_the_same_file_handed_in_twice_counts_once(folder):
    (folder / "week-2").mkdir()
    (folder / "week-2" / "k7-fox.jsonl").write_bytes((folder / "k7-fox.jsonl").read_bytes())
    assert len(load_class(str(folder))) == 3


@pytest.mark.parametrize(("at", "kept"), [("2026-01-13T10:00:00+00:00", "b"), ("2026-01-11T10:00:00+00:00", "c")])
def test_of_two_files_of_one_learner_the_later_answer_counts(folder, at, kept):
    (folder / "late").mkdir()
    (folder / "late" / "k7-fox.jsonl").write_text(line("00-q1", "b", at))
    table = load_class(str(folder)).set_index(["learner", "item"])
    assert table.loc[("k7-fox", "00-q1"), "answer"] == kept


def test_torn_lines_and_files_without_answers_are_counted_and_named(folder):
    with (folder / "m3-owl.jsonl").open("a") as file:
        file.write('{"item": "00-q2", "ans')
    (folder / "notes.txt").write_text("bring chalk")
    (folder / "x9-elk.jsonl").write_bytes(b"\x00\xff not an answer\n")
    (folder / ".DS_Store").write_bytes(b"x")
    assert remarks(folder) == {
        ("m3-owl.jsonl", "lines that could not be read"): 1,
        ("n….txt", "is no answers file"): 1,
        ("x9-elk.jsonl", "holds no answers"): 1,
        ("x9-elk.jsonl", "lines that could not be read"): 1,
    }
    assert set(load_class(str(folder))["learner"]) == {"k7-fox", "m3-owl"}


def test_a_file_whose_name_is_no_learner_code_is_refused_and_told_by_its_first_letter(folder):
    (folder / "Ada Holt.jsonl").write_text(line("00-q1", "c"))
    (folder / "Ada Holt.my memo").write_text("Wait.")
    assert [where for where, remark in remarks(folder) if "no learner code" in remark] == ["A….jsonl"]
    assert ("A…", "is no answers file") in remarks(folder)
    assert "Ada Holt" not in set(load_class(str(folder))["learner"])


def test_an_address_as_a_code_is_refused_and_not_repeated(folder):
    (folder / "ada.holt@example.org.jsonl").write_text(line("00-q1", "c"))
    told = load_remarks(str(folder)).to_csv()
    assert "a…@….jsonl" in told
    assert "example" not in told + load_class(str(folder)).to_csv()


def test_items_that_the_course_does_not_have_are_listed_and_left_out(folder):
    with (folder / "m3-owl.jsonl").open("a") as file:
        file.write(line("99-q1", "a"))
    assert remarks(folder) == {("99-q1", "answers to an item that the course does not have"): 1}
    assert "99-q1" not in set(load_class(str(folder))["item"])


def test_two_files_under_one_code_are_read_as_one_learner_and_told(folder):
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "learner.jsonl").write_text(line("00-q2", "a"))
    assert remarks(folder)["learner.jsonl", "files under one code, read as one learner"] == 2
    assert list(load_class(str(folder))["learner"]).count("learner") == 1


@pytest.mark.parametrize("answer", ["z", "", None, 3, ["a"], {"a": 1}])
def test_an_answer_that_is_no_option_is_left_out_and_told(folder, answer):
    with (folder / "k7-fox.jsonl").open("a") as file:
        file.write(line("00-q2", answer))
    assert remarks(folder) == {("00-q2", "answers that do not fit the item"): 1}
    assert len(load_class(str(folder))) == 2


@pytest.mark.parametrize("probability", [1.2, -0.1, True, "0.5", float("nan")])
def test_a_forecast_that_is_no_probability_is_left_out(folder, probability):
    item = next(item for item in load_items() if item.mode == "forecast")
    (folder / "k7-fox.jsonl").write_text(line(item.id, probability) + line("00-q1", "a"))
    assert set(load_class(str(folder))["item"]) == {"00-q1"}


def test_of_half_finished_codes_the_codes_that_fit_are_kept(folder):
    item = next(item for item in load_items() if item.mode == "code" and not item.fields)
    (folder / "k7-fox.jsonl").write_text(line(item.id, {"stance": "-1", "voice": "Z", "mood": "grim"}))
    table = load_class(str(folder))
    assert table.loc[table["item"] == item.id, "answer"].tolist() == [{"stance": "-1"}]


def test_a_memo_keeps_its_text_and_its_ids(folder):
    item = next(item for item in load_items() if item.mode == "memo")
    (folder / "k7-fox.jsonl").write_text(line(item.id, {"text": "Wait.", "evidence": ["E01", 7]}))
    (folder / "m3-owl.jsonl").write_text(line(item.id, {"text": ["no"], "evidence": []}))
    assert load_class(str(folder))["answer"].tolist() == [{"text": "Wait.", "evidence": ["E01"]}]


def test_of_marks_those_that_stand_in_the_items_passages_are_kept(folder):
    item = next(item for item in load_items() if item.mode == "mark")
    answer = reference_answer(item)
    answer["marks"][0]["target"]["source"] = "elsewhere:p01"
    (folder / "k7-fox.jsonl").write_text(line(item.id, answer))
    (folder / "m3-owl.jsonl").write_text(line(item.id, {"marks": ["x"], "finished": True}) + line("00-q1", "a"))
    table = load_class(str(folder)).set_index(["learner", "item"])
    assert table.loc[("k7-fox", item.id), "answer"] == {"marks": answer["marks"][1:], "finished": True}
    assert remarks(folder) == {(item.id, "answers that do not fit the item"): 1}


@pytest.mark.parametrize("answers", ["", "no-such-folder", "~nobody-here/x"])
def test_a_folder_that_is_not_there_gets_one_line(answers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError) as caught:
        load_class(answers)
    assert "give a folder of answer files with its whole path" in str(caught.value) and "\n" not in str(caught.value)


def test_an_empty_folder_gets_one_line(tmp_path):
    with pytest.raises(ParameterError, match="no answer file is in this folder"):
        load_class(str(tmp_path))


def test_a_folder_of_other_files_says_how_answer_files_are_named(tmp_path):
    (tmp_path / "essay.docx").write_bytes(b"x")
    with pytest.raises(ParameterError) as caught:
        load_class(str(tmp_path))
    assert "1 files were seen; each needs a name such as k7-fox.jsonl" in str(caught.value)


def test_the_synthetic_class_says_what_it_is():
    assert describe_class(load_class("synthetic"), "synthetic") == f"24 learners ({MADE_UP})"
    assert load_remarks("synthetic").empty


def test_a_case_without_a_synthetic_class_says_so(monkeypatch, seeds):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(seeds.parent / "tests" / "cases" / "gull-bank"))
    with pytest.raises(ParameterError, match="no synthetic class"):
        load_class("synthetic")
