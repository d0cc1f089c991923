"""The way of a class's answers, by the command: sent, collected, graded, marked by hand, graded again."""

import csv
import json
import shutil
import zipfile

import pytest
from builders import course


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def sent(tmp_path, seeds):
    """A zip file of four learners, one of them torn, as a mail program saved it."""
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as archive:
        for number in range(1, 4):
            archive.write(seeds / "synthetic_class" / f"syn-0{number}.jsonl", f"week 1/syn-0{number} ({number}).jsonl.txt")
        archive.writestr("learner.jsonl", '{"item": "00-q1", "answer": "a", "at": "2026-01-12T09:00:00+00:00"}\n{"item": "00-q')
    return tmp_path / "sent.zip"


@pytest.mark.slow
def test_answers_are_collected_graded_and_graded_again_with_the_marks_of_a_sheet(sent, tmp_path):
    done = course("collect", "sent.zip", "--out", "class", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "course: sent.zip/learner.jsonl: line 2 could not be read\n")
    assert "sent.zip/week 1/syn-01 (1).jsonl.txt: syn-01, 104 answers\n" in done.stdout
    assert done.stdout.endswith("class: 4 learners written, 0 unchanged\n")
    graded = course("grade", "class", "--items", "items.csv", cwd=tmp_path)
    assert (graded.returncode, graded.stderr) == (0, "")
    assert graded.stdout.startswith("4 learners, 121 items; right ")
    first = (tmp_path / "grades.csv").read_bytes()
    assert course("grade", "class/syn-01.jsonl", "class", cwd=tmp_path).returncode == 0
    assert (tmp_path / "grades.csv").read_bytes() == first

    assert course("sheet", "class", "--out", "sheet.csv", cwd=tmp_path).returncode == 0
    sheet = (tmp_path / "sheet.csv").read_text(encoding="utf-8")
    (tmp_path / "sheet.csv").write_text(sheet.replace(",,,,", ",x,,=1+1,", 1).replace("\r", ""), encoding="utf-8")
    marked = course("grade", "class", "--rubric-marks", "sheet.csv", "--json", cwd=tmp_path)
    assert (marked.returncode, marked.stderr) == (0, "")
    summary = json.loads(marked.stdout)
    assert (summary["learners"], summary["written"], summary["unread"]) == (4, ["grades.csv"], [])
    table = rows(tmp_path / "grades.csv")
    column = next(name for name in table[0] if name.startswith("08-m"))
    assert {row["learner"]: row[column] for row in table}["syn-01"] == "'=1+1"
    assert [row["learner"][:7] for row in table] == ["syn-01", "syn-02", "syn-03", "unknown"]
    assert len(rows(tmp_path / "items.csv")) == 4 * 121


@pytest.mark.slow
def test_a_class_with_torn_and_unreadable_files_is_graded_and_the_exit_code_says_so(tmp_path, seeds):
    folder = shutil.copytree(seeds / "synthetic_class", tmp_path / "class")
    (folder / "x9\u202e-elk.jsonl").write_bytes(b"\0")
    with (folder / "syn-01.jsonl").open("a") as file:
        file.write('{"item')
    done = course("grade", "class", "--out", "g.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert len(rows(tmp_path / "g.csv")) == 24
    assert done.stderr.splitlines()[0] == "course: class/syn-01.jsonl: line 105 could not be read"
    assert "x9⟨U+202E⟩-elk.jsonl: the name tells no learner code" in done.stderr.splitlines()[1]
    assert "wrote g.csv; for teachers only\n" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["grade"], "Missing argument 'ANSWERS...'"),
        (["grade", "gone"], "gone: is not there; give answer files, folders of them, or 'synthetic'"),
        (["grade", "empty"], "empty: no answers are here; give answer files or folders of them"),
        (["grade", "synthetic", "--out", "notes.csv"], "notes.csv: is there already and no such table of ours; choose another name"),
        (["grade", "synthetic", "--out", "a.csv", "--items", "a.csv"], "--items a.csv: is the file of --out, too"),
        (["grade", "synthetic", "--rubric-marks", "gone.csv"], "gone.csv: is no file; give a CSV file"),
        (["grade", "synthetic", "--rubric-marks", "notes.csv"], "notes.csv:1: has no column 'learner'"),
        (["collect", "gone.zip"], "gone.zip: is not there; give zip files, answer files or folders"),
        (["collect", "empty"], "empty: no answers are here; give what learners sent"),
        (["collect", "empty", "--out", "notes.csv"], "notes.csv: is no folder; choose another name for --out"),
    ],
)
def test_wrong_use_is_one_line_and_writes_nothing(tmp_path, arguments, told):
    (tmp_path / "notes.csv").write_text("my own notes\n")
    (tmp_path / "empty").mkdir()
    done = course(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr and len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "notes.csv"]
    assert (tmp_path / "notes.csv").read_text() == "my own notes\n"


def test_collecting_tells_as_json_what_became_of_each_source(sent, tmp_path):
    done = course("collect", "sent.zip", "--out", "class", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert done.returncode == 1 and told["unread"] == ["sent.zip/learner.jsonl: line 2 could not be read"]
    assert [(one["source"], one["code"]) for one in told["sources"][:1]] == [("sent.zip/week 1/syn-01 (1).jsonl.txt", "syn-01")]
    assert len(told["written"]) == 4 and told["unchanged"] == []


def test_an_unwritable_place_for_the_gradebook_is_one_line(tmp_path, seeds, small_disk):
    for number in range(8):
        (small_disk / f"filler-{number}").write_bytes(b"x" * 7000)
    done = course("grade", "synthetic", "--out", str(small_disk / "grades.csv"), cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "grades.csv: cannot be written: No space left on device" in done.stderr
    assert not list(small_disk.glob("*grades*"))
