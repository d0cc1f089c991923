"""A learners' copy is whole, runs by itself, and holds nothing that only teachers may read; otherwise there is none."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from builders import course, write_lesson

from course.case_notebook import NAME
from course.lessons import lesson_paths
from course.release import refuse_learners_copy, release_course, write_checked
from course.withheld import check_release
from helpers.errors import CourseError
from helpers.questions import KEYS, load_items

ROOT = Path(__file__).resolve().parent.parent


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def exam_item():
    return next(item for item in load_items() if item.mode == "exam")


def secret() -> str:
    """Feedback that only whoever marks an exam item reads."""
    return max((option.feedback for option in exam_item().options), key=len)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The learners' copy of two lessons; to be read, never to be written."""
    folder = tmp_path_factory.mktemp("handed-out") / "copy"
    assert [finding for finding in release_course(folder, ["00", "03"]) if finding.level == "F"] == []
    return folder


@pytest.fixture
def in_copy(copy, tmp_path):
    """A function that runs Python in a folder of its own, with the copy's packages in place of ours."""

    def run(*arguments: str) -> subprocess.CompletedProcess:
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


@pytest.mark.slow
def test_the_copy_holds_what_a_learner_works_with_and_no_page_of_a_teacher(copy):
    names = set(content(copy))
    assert {"README.md", "pyproject.toml", "constraints.txt", "environment.yml", "postBuild", "LICENSE", "LICENSE-CC-BY-4.0"} <= names
    lessons = [path.name for path in lesson_paths(["00", "03"])]
    assert sorted(name for name in names if name.startswith("notebooks/")) == [f"notebooks/{name}" for name in [*lessons, "glossary.ipynb"]]
    assert {"seeds/catalogue.toml", "seeds/questions/03.toml", "helpers/__init__.py", "course/cli.py"} <= names
    for part in (KEYS, "originals", "notes", "plans", "rubrics", "tests", "__pycache__"):
        assert not [name for name in names if part in name.split("/")], part


@pytest.mark.slow
def test_the_copy_runs_lessons_by_itself_and_finds_its_own_data(copy, in_copy, tmp_path):
    done = in_copy("-m", "course", "run", "00", "03", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    where = in_copy("-c", "import course, helpers.paths as p; print(course.__file__, p.seeds_folder())").stdout
    assert where.split() == [str(copy / "course" / "__init__.py"), str(copy / "seeds")]
    made = in_copy("-c", "from course.working_copy import *; print(len(update_working_copy(Path('mine')).titles))")
    assert made.stdout.strip() == "3", made.stderr  # two lessons and the glossary


@pytest.mark.slow
def test_an_exam_item_can_be_answered_in_the_copy_and_tells_nothing(in_copy):
    item = exam_item()
    program = "from helpers.questions import *; from helpers.item_views import *; import sys; item = load_item(sys.argv[1])"
    shown = in_copy("-c", f"{program}; print(reference_answer(item), item_text(item, item.options[0].key))", item.id)
    assert shown.stdout.startswith("None "), shown.stderr
    assert shown.stdout.strip().endswith("It is saved, and your teacher marks it.")
    assert not [option.feedback for option in item.options if option.feedback in shown.stdout]


@pytest.mark.slow
def test_validating_the_copy_as_a_release_finds_nothing(copy, tmp_path):
    done = course("validate", "--folder", str(copy), "--release", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_key_put_into_the_copy_afterwards_is_found_wherever_it_hides(copy, tmp_path):
    spoilt, words = shutil.copytree(copy, tmp_path / "spoilt"), secret()
    first, second = sorted((spoilt / "notebooks").glob("0*.ipynb"))
    notebook = nbformat.read(first, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": f"<p>{words.replace(' ', '</b> ', 1)}</p>"})]
    nbformat.write(notebook, first)
    notebook = nbformat.read(second, as_version=4)
    notebook.cells[0].metadata["hint"] = {"of": [words]}
    nbformat.write(notebook, second)
    table = spoilt / "seeds" / "events" / "timeline.csv"
    table.write_text(table.read_text(encoding="utf-8") + f'"{words}"\n', encoding="utf-8")
    with zipfile.ZipFile(spoilt / "more.zip", "w") as archive:
        archive.writestr("deep/x.txt", words)
    found = sorted(finding.where.removeprefix(f"{spoilt}/") for finding in check_release(spoilt) if finding.level == "F")
    assert found == ["more.zip, deep/x.txt", f"notebooks/{first.name}", f"notebooks/{second.name}", "seeds/events/timeline.csv"]


@pytest.mark.slow
def test_a_copy_cannot_be_made_from_a_copy(in_copy):
    done = in_copy("-m", "course", "release", "second")
    assert done.returncode == 2
    assert done.stderr.endswith("this is a learners' copy itself; make releases from the teacher's copy\n")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_wheel_can_be_built_from_the_copy_and_holds_its_lessons_and_data(copy, tmp_path):
    source = shutil.copytree(copy, tmp_path / "source")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"course/_notebooks/glossary.ipynb", "helpers/_seeds/catalogue.toml", "course/cli.py"} <= set(names)
    assert not [name for name in names if name.endswith(KEYS)]


@pytest.mark.slow
def test_words_of_a_key_in_the_cases_data_leave_no_copy_at_all(case, tmp_path):
    page = case / "questions" / "01.toml"
    page.write_text(f"# {secret()}\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    out = tmp_path / "deep" / "copy"
    found = [finding for finding in release_course(out, ["00"]) if finding.level == "F"]
    assert [finding.where for finding in found] == [str(out / "seeds" / "questions" / "01.toml")]
    assert list(out.parent.iterdir()) == []


def test_another_case_is_released_with_its_own_lessons_and_without_its_notes(small, tmp_path):
    write_lesson(small / "notebooks" / "01_gulls.ipynb", "1 + 1")
    write_lesson(small / "notebooks" / "02_banks.ipynb", "2 + 2")
    for name in ("notes/01.md", "originals/x.txt", "reading/draft.md.bak", "reading/.hidden", "answers/k7-fox.jsonl", NAME):
        (small / name).parent.mkdir(exist_ok=True)
        (small / name).write_text("kept back\n", encoding="utf-8")
    found = release_course(tmp_path / "copy", ["02"])
    assert [finding for finding in found if finding.level == "F"] == []
    names = content(tmp_path / "copy")
    assert [name for name in names if name.endswith(".ipynb")] == ["seeds/notebooks/02_banks.ipynb"]
    assert names["seeds/catalogue.toml"] == (small / "catalogue.toml").read_bytes()
    assert not [name for name, text in names.items() if text == b"kept back\n"]


def test_the_same_course_makes_the_same_copy_to_the_byte(small, tmp_path):
    release_course(tmp_path / "first", ["00", "03"])
    release_course(tmp_path / "second", ["03", "00"])
    assert content(tmp_path / "first") == content(tmp_path / "second")


def test_a_folder_that_is_in_use_is_left_alone(small, tmp_path, monkeypatch):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name, why in {"../used": "not empty", "../file": "not empty", ".": "the folder that you are in"}.items():
        with pytest.raises(CourseError, match=why):
            release_course(Path(name), ["00"])
    with pytest.raises(CourseError, match="no release can be made"):
        release_course(tmp_path / "file" / "below", ["00"])
    with pytest.raises(CourseError, match="lesson '77' does not exist"):
        release_course(tmp_path / "new", ["77"])
    assert sorted(path.name for path in tmp_path.rglob("*") if small not in (path, *path.parents)) == ["file", "here", "mine.txt", "used"]


def test_an_empty_folder_is_filled_and_a_warning_does_not_stop_it(tmp_path):
    from course.findings import Finding

    (tmp_path / "empty").mkdir()
    found = write_checked(tmp_path / "empty", {"a/b.txt": b"x"}, lambda folder: [Finding(str(folder / "a"), "was not read", "W")])
    assert content(tmp_path) == {"empty/a/b.txt": b"x"}
    assert [finding.where for finding in found] == [str(tmp_path / "empty" / "a")]


def test_a_full_disk_leaves_nothing_behind(small_disk, small):
    with pytest.raises(CourseError, match="no release can be made: No space left on device"):
        release_course(small_disk / "copy", ["00"])
    assert list(small_disk.iterdir()) == []


def test_without_the_teachers_pages_nobody_could_say_what_to_keep_back(tmp_path, monkeypatch):
    monkeypatch.setattr("course.release.NOTES", tmp_path)
    with pytest.raises(CourseError, match="a learners' copy itself"):
        refuse_learners_copy()


def test_a_part_that_cannot_be_read_is_named(small, tmp_path, monkeypatch):
    monkeypatch.setattr("course.release._PROJECT", ("pyproject.toml", "gone.txt"))
    with pytest.raises(CourseError, match=r"gone\.txt: cannot be read: No such file or directory; make it readable"):
        release_course(tmp_path / "copy", ["00"])


@pytest.mark.slow
@pytest.mark.parametrize("carried", [True, False])
def test_an_installed_course_makes_a_copy_if_it_carries_what_an_installation_needs(tmp_path, small, carried):
    # As pip installs it: no checkout around the packages, data and lessons inside them.
    site, without = tmp_path / "site", shutil.ignore_patterns("__pycache__", "originals")
    shutil.copytree(ROOT / "helpers", site / "helpers", ignore=without)
    shutil.copytree(ROOT / "course", site / "course", ignore=without)
    shutil.copytree(ROOT / "seeds", site / "helpers" / "_seeds", ignore=without)
    shutil.copytree(ROOT / "notebooks", site / "course" / "_notebooks", ignore=without)
    if carried:
        (site / "course" / "_project").mkdir()
        for name in ("pyproject.toml", "constraints.txt", "environment.yml", "postBuild", "LICENSE", "LICENSE-CC-BY-4.0"):
            shutil.copy(ROOT / name, site / "course" / "_project" / name)
    environment = os.environ | {"PYTHONPATH": str(site), "ALLIANCE_SEEDS": str(site / "helpers" / "_seeds")}
    command = [sys.executable, "-m", "course", "release", "copy", "00"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if carried:
        assert done.returncode == 0, done.stderr
        names = content(tmp_path / "copy")
        assert {"pyproject.toml", "seeds/catalogue.toml", "notebooks/glossary.ipynb", "course/release.py"} <= set(names)
        assert not [name for name in names if "_seeds" in name or "_notebooks" in name or "_project" in name]
    else:
        assert done.returncode == 2
        assert "no pyproject.toml is installed with the course; run this in a checkout" in done.stderr
        assert not (tmp_path / "copy").exists()
