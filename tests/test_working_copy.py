"""A learner works on a copy: it is made, kept up to date, and never written over."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output

import helpers
from course.given import Changes, hash_cells, read_record
from course.glossary_page import PAGE
from course.lessons import CHECKOUT, find_lessons
from course.working_copy import choose_folder, read_update, reset_lessons, update_working_copy
from helpers.errors import CourseError
from helpers.files import write_atomic

FIRST, SECOND, THIRD = "01_four_sources.ipynb", "02_reading_as_data.ipynb", "03_nato_articles_4_5.ipynb"
ANSWER = '{"item": "00-q1", "answer": "c"}\n'


@pytest.fixture
def package(tmp_path, monkeypatch) -> Path:
    """The course's lessons, to be changed at will as its next edition would."""
    folder = Path(shutil.copytree(CHECKOUT, tmp_path / "package", ignore=shutil.ignore_patterns("answers", ".*")))
    monkeypatch.setattr("course.lessons.CHECKOUT", folder)
    return folder


@pytest.fixture
def mine(package, tmp_path) -> Path:
    """A learner's working copy, with an answer in it."""
    folder = tmp_path / "mine"
    update_working_copy(folder)
    (folder / "answers").mkdir()
    (folder / "answers" / "k7-fox.jsonl").write_text(ANSWER)
    return folder


def edit(path: Path, cell: int, source: str) -> bytes:
    """Change what stands in a cell, and give the file's new content."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[cell].source += source
    nbformat.write(notebook, path)
    return path.read_bytes()


def run(path: Path) -> bytes:
    """Leave behind what running and saving a notebook does."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = 7, [new_output("stream", text="as I ran it")]
    nbformat.write(notebook, path)
    return path.read_bytes()


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_copy_holds_every_lesson_and_the_glossary_not_the_template_and_a_second_start_changes_nothing(mine):
    assert sorted(path.name for path in mine.glob("*.*")) == sorted([".course", *(lesson.path.name for lesson in find_lessons()), PAGE])
    changed, before = edit(mine / FIRST, 2, " my words"), content(mine)
    update = update_working_copy(mine)
    assert (update.first, update.changes, update.waiting) == (False, Changes(helpers.__version__), ())
    assert content(mine) == before
    assert (mine / FIRST).read_bytes() == changed


def test_the_first_start_tells_that_it_is_the_first_and_a_lesson_thrown_away_comes_back(mine, tmp_path):
    assert update_working_copy(tmp_path / "another").first
    (mine / SECOND).unlink()
    assert update_working_copy(mine).changes.added == ()
    assert (mine / SECOND).is_file()


def test_after_an_update_new_lessons_come_untouched_ones_are_renewed_and_changed_ones_stay(package, mine):
    theirs, ran = edit(mine / FIRST, 2, " my words"), run(mine / SECOND)
    own = (mine / "my notes.ipynb", mine / "98_who_votes.ipynb")
    for path in own:
        path.write_text("my own file")
    for name in (FIRST, SECOND, THIRD):
        edit(package / name, 4, " A new sentence of the course.")
    for name in ("98_who_votes.ipynb", "99_peace.ipynb"):
        shutil.copy(package / THIRD, package / name)
    update = update_working_copy(mine)
    assert update.changes == Changes(helpers.__version__, ("99_peace.ipynb",), (SECOND, THIRD))
    assert update.waiting == (FIRST, "98_who_votes.ipynb")
    for name in (SECOND, THIRD, "99_peace.ipynb"):
        assert (mine / name).read_bytes() == (package / name).read_bytes()
    assert (mine / FIRST).read_bytes() == theirs
    assert {path.read_text() for path in own} == {"my own file"}
    assert content(mine / ".course" / "former") == {SECOND: ran}
    assert (mine / "answers" / "k7-fox.jsonl").read_text() == ANSWER
    page = (mine / "WHAT-IS-NEW.md").read_text()
    assert "stays as it is: [01 Four sources](01_four_sources.ipynb)\n" in page
    again = update_working_copy(mine)
    assert (again.changes, again.waiting, again.news) == (Changes(helpers.__version__), update.waiting, update.changes)
    assert (mine / "WHAT-IS-NEW.md").read_text() == page
    assert (read_update(mine).waiting, read_update(mine).news) == (update.waiting, update.changes)


def test_new_outputs_of_the_course_are_no_news_and_replace_no_output_of_the_learners(package, mine):
    changed, ran = edit(mine / FIRST, 2, " my words"), run(mine / SECOND)
    for name in (FIRST, SECOND, THIRD):
        run(package / name)
    update = update_working_copy(mine)
    assert (update.changes, update.waiting) == (Changes(helpers.__version__), ())
    assert [(mine / name).read_bytes() for name in (FIRST, SECOND, THIRD)] == [changed, ran, (package / THIRD).read_bytes()]
    assert not (mine / "WHAT-IS-NEW.md").exists()


def test_the_record_knows_the_version_and_the_hash_of_each_lesson_as_it_was_given(package, mine, monkeypatch):
    monkeypatch.setattr(helpers, "__version__", "9.0")
    edit(mine / FIRST, 2, " my words")
    edit(package / FIRST, 4, " A new sentence.")
    update_working_copy(mine)
    given = read_record(mine).lessons
    assert (given[FIRST].version, given[SECOND].version) == ("0.1.0", "9.0")
    assert given[THIRD].sha256 == json.loads((mine / ".course" / "given.json").read_text())["lessons"][THIRD]["sha256"]


def test_a_lesson_that_has_left_the_course_stays_with_the_learner_and_is_told_once(package, mine):
    (package / THIRD).unlink()
    assert update_working_copy(mine).changes.gone == (THIRD,)
    assert (mine / THIRD).is_file()
    assert update_working_copy(mine).changes.gone == ()


@pytest.mark.parametrize("torn", ["", '{"case": "pa', "{}"])
def test_without_its_record_a_copy_is_taken_as_it_stands_and_nothing_is_lost(mine, torn):
    changed, ran = edit(mine / FIRST, 2, " my words"), run(mine / SECOND)
    (mine / ".course" / "given.json").write_text(torn)
    update = update_working_copy(mine)
    assert (update.first, update.changes, update.waiting) == (False, Changes(helpers.__version__), (FIRST,))
    assert [(mine / name).read_bytes() for name in (FIRST, SECOND)] == [changed, ran]
    assert THIRD in read_record(mine).lessons


def test_a_lesson_that_a_crash_has_emptied_is_told_and_comes_back_with_reset(mine):
    (mine / FIRST).write_bytes(b"")
    assert update_working_copy(mine).waiting == (FIRST,)
    assert [*reset_lessons(mine, ["01"])] == [(FIRST, f"set-aside-{FIRST}")]
    assert update_working_copy(mine).waiting == ()
    assert not (mine / "WHAT-IS-NEW.md").exists()


def test_reset_gives_lessons_anew_keeps_each_former_one_beside_and_touches_no_answer(package, mine):
    spoilt = [edit(mine / FIRST, 2, " spoilt"), run(mine / SECOND)]
    assert [*reset_lessons(mine, ["01", "02", "03", "01"])] == [(FIRST, f"set-aside-{FIRST}"), (SECOND, f"set-aside-{SECOND}"), (THIRD, "")]
    assert [(mine / f"set-aside-{name}").read_bytes() for name in (FIRST, SECOND)] == spoilt
    assert [(mine / name).read_bytes() for name in (FIRST, SECOND)] == [(package / name).read_bytes() for name in (FIRST, SECOND)]
    again = edit(mine / FIRST, 2, " spoilt again")
    (mine / PAGE).unlink()
    assert [*reset_lessons(mine, [FIRST, "glossary"])] == [(FIRST, "set-aside-01_four_sources-2.ipynb"), (PAGE, "")]
    assert (mine / "set-aside-01_four_sources-2.ipynb").read_bytes() == again
    assert (mine / PAGE).is_file()
    assert (mine / "answers" / "k7-fox.jsonl").read_text() == ANSWER


def test_reset_takes_the_new_edition_that_waits_and_the_news_say_so_no_more(package, mine):
    edit(mine / FIRST, 2, " my words")
    edit(package / FIRST, 4, " A new sentence.")
    assert update_working_copy(mine).waiting == (FIRST,)
    assert [*reset_lessons(mine, ["01"])] == [(FIRST, f"set-aside-{FIRST}")]
    assert (mine / FIRST).read_bytes() == (package / FIRST).read_bytes()
    assert not (mine / "WHAT-IS-NEW.md").exists()


def test_what_is_the_learners_under_the_name_of_our_page_stays_with_and_without_news(package, mine):
    page = mine / "WHAT-IS-NEW.md"
    page.write_text("my own list")
    update_working_copy(mine)
    assert page.read_text() == "my own list"
    (mine / FIRST).write_bytes(b"")
    edit(package / SECOND, 4, " A new sentence of the course.")
    update = update_working_copy(mine)
    assert (update.waiting, update.changes.renewed, page.read_text()) == ((FIRST,), (SECOND,), "my own list")
    page.unlink()
    page.mkdir()
    assert update_working_copy(mine).waiting == (FIRST,)
    assert [*reset_lessons(mine, ["01"])] == [(FIRST, f"set-aside-{FIRST}")]
    assert page.is_dir()


def test_each_notebook_that_was_run_and_is_renewed_is_kept(package, mine):
    ran = []
    for number in ("1", "2"):
        ran.append(run(mine / SECOND))
        edit(package / SECOND, 4, f" New sentence {number}.")
        assert update_working_copy(mine).changes.renewed == (SECOND,)
    assert content(mine / ".course" / "former") == dict(zip([SECOND, "02_reading_as_data-2.ipynb"], ran, strict=True))


def test_a_lesson_that_cannot_be_given_anew_stays_and_those_before_it_are_told_and_recorded(package, mine, monkeypatch):
    spoilt = [edit(mine / name, 2, " spoilt") for name in (FIRST, SECOND, THIRD)]
    for name in (FIRST, SECOND, THIRD):
        edit(package / name, 4, " A new sentence of the course.")
    before = update_working_copy(mine)
    assert before.waiting == (FIRST, SECOND, THIRD)

    def write_others(path: Path, text: str | bytes) -> None:
        if path.name == SECOND:
            raise CourseError("cannot be written: Input/output error", where=str(path), todo="free some space")
        write_atomic(path, text)

    monkeypatch.setattr("course.working_copy.write_atomic", write_others)
    told = []
    with pytest.raises(CourseError, match=f"{SECOND}: cannot be written"):
        told.extend(one for one in reset_lessons(mine, ["01", "02", "03"]))
    assert told == [(FIRST, f"set-aside-{FIRST}")]
    assert [(mine / name).read_bytes() for name in (SECOND, THIRD)] == spoilt[1:]
    assert [path.name for path in mine.glob("set-aside*")] == [f"set-aside-{FIRST}"]
    assert read_record(mine).lessons[FIRST].cells == hash_cells((package / FIRST).read_bytes())
    assert "01 Four sources" not in (mine / "WHAT-IS-NEW.md").read_text()
    assert read_update(mine).waiting == (SECOND, THIRD)


def test_a_link_in_the_place_of_a_lesson_that_leads_nowhere_is_left_and_set_aside_on_request(mine, tmp_path):
    (mine / FIRST).unlink()
    (mine / FIRST).symlink_to(tmp_path / "on a stick" / FIRST)
    (mine / f"set-aside-{FIRST}").symlink_to("nowhere")
    assert update_working_copy(mine).waiting == (FIRST,)
    assert (mine / FIRST).is_symlink()
    assert [*reset_lessons(mine, ["01"])] == [(FIRST, "set-aside-01_four_sources-2.ipynb")]
    assert all((mine / f"set-aside-01_four_sources{end}.ipynb").is_symlink() for end in ("", "-2"))


def test_a_copy_belongs_to_one_case(mine, small):
    before = content(mine)
    for change in (lambda: update_working_copy(mine), lambda: [*reset_lessons(mine, ["01"])]):
        with pytest.raises(CourseError, match="is a working copy of another case, 'paris-2015'; this one is 'gull-bank-1994'"):
            change()
    assert content(mine) == before


@pytest.mark.parametrize("folder", [CHECKOUT, CHECKOUT / "deep" / "mine", Path(helpers.__file__).parent, CHECKOUT.parent / "seeds" / "x"])
def test_nobody_works_in_the_files_of_the_course_itself(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    for way in (folder, tmp_path / "link"):
        with pytest.raises(CourseError, match="belongs to the course itself; choose a folder of your own"):
            update_working_copy(way)
    assert not (folder / ".course").exists()


def test_only_a_working_copy_and_a_lesson_of_the_course_can_be_reset(mine, tmp_path):
    with pytest.raises(CourseError, match="is no working copy of the course"):
        next(reset_lessons(tmp_path, ["01"]))
    before = content(mine)
    with pytest.raises(CourseError, match="lesson '77' does not exist"):
        next(reset_lessons(mine, ["01", "77"]))
    assert content(mine) == before


def test_a_folder_in_the_place_of_a_lesson_is_left_alone_and_set_aside_on_request(mine):
    (mine / FIRST).unlink()
    (mine / FIRST).mkdir()
    assert update_working_copy(mine).waiting == (FIRST,)
    assert [*reset_lessons(mine, ["01"])] == [(FIRST, f"set-aside-{FIRST}")]
    assert (mine / f"set-aside-{FIRST}").is_dir()


def test_the_folder_is_the_one_asked_for_or_the_copy_that_we_are_in_or_a_new_one_here(mine, tmp_path, monkeypatch):
    monkeypatch.chdir(mine / "answers")
    assert choose_folder() == mine
    assert choose_folder(Path("other")) == Path("other")
    monkeypatch.chdir(tmp_path)
    assert choose_folder() == Path("my-course")


def test_a_full_disk_leaves_no_half_lesson_and_a_later_start_goes_on(small_disk):
    (small_disk / "ballast").write_bytes(b"x" * 40_000)
    with pytest.raises(CourseError, match="free some space"):
        update_working_copy(small_disk / "mine")
    assert [path.name for path in (small_disk / "mine").iterdir() if path.name != ".course"] == []
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    update_working_copy(small_disk / "mine")
    assert update_working_copy(small_disk / "mine").waiting == ()


def test_a_full_disk_keeps_a_spoilt_lesson_in_its_place(small_disk, mine):
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    full = Path(shutil.copytree(mine, small_disk / "mine"))
    spoilt = edit(full / FIRST, 2, " spoilt")
    with (small_disk / "ballast").open("wb") as file:
        while True:
            try:
                os.write(file.fileno(), b"x" * 4096)
            except OSError:
                break
    with pytest.raises(CourseError, match="No space left"):
        next(reset_lessons(full, ["01"]))
    assert (full / FIRST).read_bytes() == spoilt
    assert list(full.glob("set-aside*")) == []
    assert update_working_copy(full).waiting == ()  # where nothing is to be written, a full disk does not matter


def test_a_folder_that_cannot_be_written_is_told_in_one_line(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(CourseError, match="no working copy can be kept here: Read-only file system; choose a folder that you may write to"):
        update_working_copy(small_disk / "mine")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
