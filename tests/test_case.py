"""A case is checked as a whole: what is missing comes first, what lost its evidence is told with file and line."""

import os
import re
import shutil
from pathlib import Path

import pytest

from course.case import check_case


@pytest.fixture
def spoil(case):
    """Change a file of a copy of the case and see what the check finds: ``spoil(file, old, new)``."""

    def edit(file: str, old: str, new: str) -> list[str]:
        text = (case / file).read_text(encoding="utf-8")
        assert old in text
        (case / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(finding) for finding in check_case()]

    return edit


def line_with(path: Path, text: str) -> int:
    return next(number for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1) if text in line)


def test_the_case_as_it_stands_has_lost_nothing():
    assert check_case() == []


def test_a_phrase_that_its_passage_lost_is_told_with_the_line_of_its_annotation(spoil, case):
    found = spoil("reading/stripes-2015.md", "France has not sought formal NATO support", "France has not asked NATO")
    line = line_with(case / "annotations" / "stripes-2015.jsonl", '"id": "E03"')
    start = f"F {case}/annotations/stripes-2015.jsonl:{line}: E03: in the reading edition “France has not sought formal NATO support”"
    assert [text for text in found if text.startswith(start)]
    assert all("reading edition" in text for text in found)


def test_a_passage_that_does_not_exist_is_found(spoil):
    assert "passage stripes-2015:p99 does not exist" in spoil("annotations/stripes-2015.jsonl", "stripes-2015:p07", "stripes-2015:p99")[0]


def test_a_code_that_the_codebook_lacks_is_found(spoil):
    found = spoil("annotations/stripes-2015.jsonl", '"actor": "FRA"', '"actor": "ATLANTIS"')
    assert any("actor 'ATLANTIS' is not in the codebook" in line for line in found)


def test_an_actor_that_is_gone_takes_codes_and_figures_along(spoil, case):
    found = spoil("codebook.toml", 'code = "DNK"', 'code = "DK"')
    assert any("annotations/" in line and "actor 'DNK' is not in the codebook" in line for line in found)
    assert any(
        "06_us_russia_france.ipynb, parameters cell: actors may be DNK, which is not among the case's actors" in line for line in found
    )


def test_evidence_that_is_gone_is_missed_by_items_and_lessons(spoil, case):
    # Lesson 06 speaks of E17 in its cells, and its items rest on it.
    path = case / "annotations" / "wsws-2015.jsonl"
    line = next(line for line in path.read_text(encoding="utf-8").split("\n") if '"id": "E17"' in line)
    found = spoil("annotations/wsws-2015.jsonl", line + "\n", "")
    assert any("questions/06.toml:" in text and "E17, which does not exist" in text for text in found)
    assert any(re.search(r"06_us_russia_france.ipynb, cell \d+: speaks of E17, which does not exist", text) for text in found)


def test_a_clause_that_is_gone_takes_its_figures_along(spoil):
    found = spoil("events/invocations.csv", "TEU-42.7", "TEU-42-7")
    assert any("events/invocations.csv:" in line and "provision 'TEU-42-7' is unknown" in line for line in found)


def test_a_broken_line_is_told_with_file_and_number_and_without_repetition(spoil):
    found = spoil("annotations/stripes-2015.jsonl", '{"@context"', '{"@context')
    assert len([line for line in found if "stripes-2015.jsonl:1: not valid JSON" in line]) == 1


@pytest.mark.parametrize(
    "gone",
    [
        "annotations/wire-1994.jsonl", "annotations", "reading", "questions", "events/timeline.csv", "events/contributions.csv",
        "events/incidents.toml", "treaties/memberships.csv", "treaties/provisions.toml", "states.csv", "layouts.toml", "glossary.toml",
        "codebook.toml", "lexicon.jsonl",
    ],
)  # fmt: skip
def test_a_file_that_is_gone_is_found(small, gone):
    path = small / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert any(str(path) in str(finding) for finding in check_case())


def test_one_broken_file_does_not_hide_what_is_wrong_with_another(spoil, case):
    (case / "events" / "contributions.csv").unlink()
    found = spoil("reading/wsws-2015.md", "treat it as an ally", "see in it an ally")
    assert any("contributions.csv" in line for line in found)
    assert any("E34" in line for line in found)


def test_a_folder_that_is_no_case_is_told_in_one_line(tmp_path):
    (found,) = check_case(tmp_path / "nowhere")
    assert str(found) == f"F {tmp_path / 'nowhere'}: there is no catalogue.toml; 'course case new DIR' makes a new case"


def test_a_case_given_as_a_folder_leaves_the_case_in_use_alone(small, tmp_path, monkeypatch):
    shutil.copytree(small, tmp_path / "other")
    (small / "states.csv").unlink()
    assert check_case(tmp_path / "other") == []
    assert os.environ["ALLIANCE_SEEDS"] == str(small)
    monkeypatch.delenv("ALLIANCE_SEEDS")
    assert check_case(tmp_path / "other") == []
    assert "ALLIANCE_SEEDS" not in os.environ


def test_a_step_that_is_missing_comes_first_and_silences_what_cannot_be_told_before(small):
    (small / "catalogue.toml").write_text("[case]\nid = 'x'\n", encoding="utf-8")
    (small / "glossary.toml").unlink()
    found = check_case()
    assert [Path(finding.where).name for finding in found[:2]] == ["catalogue.toml", "glossary.toml"]
    assert [finding.message.split(":")[0] for finding in found[:2]] == ["step 1", "step 2"]
    assert not [finding for finding in found[2:] if "catalogue.toml" in finding.where]


def test_every_finding_is_one_line_that_says_what_to_do(small):
    for path in (*small.glob("*/*.csv"), *small.glob("questions/*")):
        path.unlink()
    (small / "annotations" / "wire-1994.jsonl").write_text("", encoding="utf-8")
    for finding in check_case():
        assert ";" in finding.message or finding.message.startswith("No such file"), finding
        assert "\n" not in str(finding)
