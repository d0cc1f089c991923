"""What the course rests on is counted, and what its articles cannot show is said to learners."""

from builders import write_lesson
from nbformat import read, write
from nbformat.v4 import new_markdown_cell

from course.balance import balance_report, check_balance, find_blind_spots, tabulate_balance
from course.lessons import lesson_paths
from helpers.annotation import annotations


def test_codes_are_counted_once_by_article_and_once_by_actor():
    shares = tabulate_balance()
    for kind in ("article", "actor"):
        assert sum(share.codes for share in shares if share.kind == kind) == len(annotations())


def test_every_blind_spot_is_said_to_learners():
    spots = find_blind_spots(lesson_paths())
    assert len(spots) >= 3
    assert [spot["id"] for spot, lessons in spots if not lessons] == []


def test_a_blind_spot_that_no_lesson_says_is_warned_of_and_one_that_is_said_is_not(case, tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "1")
    lines = [str(finding) for finding in check_balance([path])]
    assert any(line.startswith(f"W {case}/blind_spots.toml: no lesson says: No Syrian, Turkish") for line in lines)
    notebook = read(path, as_version=4)
    notebook.cells.append(new_markdown_cell("Nobody from Syria, Turkey, Iran or the Gulf speaks.", id="said"))
    write(notebook, path)
    assert not any("No Syrian" in str(finding) for finding in check_balance([path]))
    assert "Said in: 01" in balance_report([path])


def test_an_article_that_no_item_rests_on_or_that_most_rest_on_is_warned_of(case):
    for path in (case / "questions").glob("[0-9]*.toml"):
        lines = path.read_text(encoding="utf-8").split("\n")
        moved = ['evidence = ["stripes-2015:p01"]' if line.startswith("evidence =") else line for line in lines]
        path.write_text("\n".join(moved), encoding="utf-8")
    lines = [str(finding) for finding in check_balance([])]
    assert any("no item rests on wsws-2015; ask one that does" in line for line in lines)
    assert any("lead to stripes-2015; ask more of the other articles" in line for line in lines)


def test_a_case_without_the_file_has_no_blind_spots(case):
    (case / "blind_spots.toml").unlink()
    assert find_blind_spots([]) == []
    assert "Said in" not in balance_report([])


def test_the_course_itself_without_the_file_is_warned_of(case, monkeypatch):
    (case / "blind_spots.toml").unlink()
    assert not any("blind_spots" in str(finding) for finding in check_balance([]))
    monkeypatch.setattr("course.balance.packaged_seeds", lambda: case)
    assert [str(finding) for finding in check_balance([]) if "blind_spots" in str(finding)] == [
        f"W {case}/blind_spots.toml: is not there; write what the articles cannot show, and say it in a lesson"
    ]


def test_a_keyword_inside_another_word_says_nothing(case, tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "1")
    notebook = read(path, as_version=4)
    notebook.cells.append(new_markdown_cell("Assyria, Miran, engulfed, saturks: none of them.", id="said"))
    write(notebook, path)
    assert find_blind_spots([path])[0][1] == []
