"""A new case is a whole skeleton or nothing, and its own comments lead to a whole case."""

import csv
import json
import re
import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from course.case import check_case
from course.skeleton import new_case
from helpers.annotation import build, to_lines
from helpers.articles import load_articles
from helpers.errors import CourseError


def uncomment(path: Path) -> None:
    """What a teacher does: take the first example out of its comments, but not what is only for other cases."""
    text = path.read_text(encoding="utf-8")
    for example in re.findall(r"^# \[\[?.*?(?=^#\n# Only|^$|\Z)", text, re.MULTILINE | re.DOTALL):
        text = text.replace(example, re.sub(r"^# ?", "", example, flags=re.MULTILINE), 1)
    path.write_text(text, encoding="utf-8")


def steps(folder: Path) -> list[str]:
    return [f"{Path(finding.where).name.partition(':')[0]}: {finding.message.split(';')[0]}" for finding in check_case(folder)]


def test_a_new_case_is_told_step_by_step_what_to_do(tmp_path):
    assert new_case(tmp_path / "deep" / "mine") == tmp_path / "deep" / "mine"
    assert steps(tmp_path / "deep" / "mine") == [
        "catalogue.toml: step 1: there are no articles",
        "layouts.toml: step 2: no article is cut into passages",
        "reading: step 3: there is no reading edition",
        "codebook.toml: step 4: there are no actors",
        "codebook.toml: step 5: there are no issues",
        "annotations: step 6: no passage is coded",
        "timeline.csv: step 7: nothing has happened yet",
        "incidents.toml: step 8: there is no incident to hold against the clauses",
        "glossary.toml: step 9: no term is explained",
        "01.toml: step 10: there are no items",
    ]


def test_a_step_leads_to_the_line_of_its_example_and_knows_the_file_that_lies_there(tmp_path):
    folder = new_case(tmp_path / "mine")
    (folder / "originals" / "article.txt").write_text("Text.", encoding="utf-8")
    first = check_case(folder)[0]
    number = int(first.where.removeprefix(f"{folder / 'catalogue.toml'}:"))
    assert (folder / "catalogue.toml").read_text(encoding="utf-8").split("\n")[number - 1] == "# [[articles]]"
    assert f"article.txt has the SHA-256 {sha256(b'Text.').hexdigest()}" in first.message


def test_taking_the_steps_one_by_one_ends_in_a_whole_case(tmp_path, monkeypatch):
    folder = new_case(tmp_path / "mine")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(folder))
    readme = (folder / "README.md").read_text(encoding="utf-8")

    def uncomment_in(name: str) -> Callable[[], None]:
        return lambda: uncomment(folder / name)

    def restate() -> None:
        example = re.search(r"^    # The Gazette.*?^(?=## )", readme, re.MULTILINE | re.DOTALL)
        assert example
        (folder / "reading" / "gazette-2024.md").write_text(re.sub(r"^    ", "", example[0], flags=re.MULTILINE), encoding="utf-8")

    def code() -> None:
        example = re.search(r"^    \[\{.*?\}\]", readme, re.MULTILINE | re.DOTALL)
        assert example
        built, lost = build(json.loads(example[0]), load_articles())
        assert lost == []
        (folder / "annotations" / "gazette-2024.jsonl").write_text(to_lines(built), encoding="utf-8")

    def happen() -> None:
        with (folder / "events" / "timeline.csv").open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(["T01", "2024-01-01", "", "Shots.", "EST", "attack", "The Gazette", "V2", "2024-01-31", ""])

    takes = [*map(uncomment_in, ("catalogue.toml", "layouts.toml")), restate, uncomment_in("codebook.toml"), code, happen]
    takes += map(uncomment_in, ("events/incidents.toml", "glossary.toml", "questions/01.toml", "conflicts.toml"))
    for left, take in zip([10, 8, 7, 5, 4, 3, 2, 1, 0, 0], takes, strict=True):
        take()
        assert len(check_case(folder)) == left, [str(finding) for finding in check_case(folder)]


def test_what_is_filled_in_is_the_packages_own_and_nothing_of_its_crisis(tmp_path, seeds):
    folder = new_case(tmp_path / "mine")
    ours, new = (tomllib.loads((case / "codebook.toml").read_text(encoding="utf-8")) for case in (seeds, folder))
    assert all(new[name] == ours[name] for name in ("stances", "voices", "confidence", "bases", "blank", "blank_meaning"))
    for name in ("timeline", "consultations", "invocations", "contributions"):
        header = (seeds / "events" / f"{name}.csv").read_text(encoding="utf-8").split("\n")[0]
        assert (folder / "events" / f"{name}.csv").read_text(encoding="utf-8") == header + "\n"
    lexicon = [json.loads(line) for line in (folder / "lexicon.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"STATE", "ORGANISATION"} <= {line["label"] for line in lexicon}
    assert not {"EVENT", "PERSON"} & {line["label"] for line in lexicon}


def test_every_file_says_what_it_holds_and_where_it_is_used(tmp_path):
    folder = new_case(tmp_path / "mine")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path in filter(Path.is_file, folder.rglob("*")):
        if path.suffix == ".toml":
            assert path.read_text(encoding="utf-8").startswith("# "), path
        name = path.relative_to(folder).as_posix()
        mentioned = {name, f"{name}/", f"{name.split('/')[0]}/", re.sub(r"\w+\.csv$", "*.csv", name), name.replace("01", "NN")}
        assert name == "README.md" or any(f"`{one}`" in readme for one in mentioned), name


@pytest.mark.parametrize("name", ["full", "file", "."])
def test_a_place_that_is_taken_is_refused_and_stays_as_it_was(tmp_path, monkeypatch, name):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError) as error:
        new_case(Path(name))
    assert "\n" not in str(error.value)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "mine.txt"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "empty").mkdir()
    assert (new_case(tmp_path / "empty") / "catalogue.toml").is_file()


def test_a_full_disk_leaves_nothing_behind(small_disk):
    (small_disk / "filler").write_bytes(bytes(40_000))
    with pytest.raises(CourseError, match=r"no case can be made: No space left on device"):
        new_case(small_disk / "mine")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_an_interrupt_leaves_nothing_behind(tmp_path, monkeypatch):
    # The moment before the skeleton gets its name: what is interrupted there has been written whole.
    def interrupt(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        new_case(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
