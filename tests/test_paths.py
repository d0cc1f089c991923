"""Where the data, the originals and the answers are."""

from pathlib import Path

import pytest

from helpers.errors import SeedError
from helpers.paths import answers_folder, originals_folder, seeds_folder


def test_the_case_is_the_one_of_the_checkout(seeds):
    assert seeds_folder() == seeds


def test_another_case_is_used_with_its_own_originals(case):
    assert (seeds_folder(), originals_folder()) == (case, case / "originals")


def test_a_tilde_in_the_name_of_a_case_is_the_home_folder(case, monkeypatch):
    monkeypatch.setenv("HOME", str(case.parent))
    monkeypatch.setenv("ALLIANCE_SEEDS", "~/case")
    assert seeds_folder() == case


def test_a_folder_that_is_no_case_is_named_with_the_variable_to_mend(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(tmp_path / "nowhere"))
    with pytest.raises(SeedError, match=r"nowhere: no catalogue\.toml.*ALLIANCE_SEEDS"):
        seeds_folder()


def test_answers_lie_beside_the_notebook_that_runs(answers):
    assert answers_folder() == answers


def test_answers_can_be_put_elsewhere(monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", "~/mine")
    assert answers_folder() == Path.home() / "mine"


def test_asking_for_folders_makes_none(answers):
    answers_folder()
    assert list(answers.parent.iterdir()) == []
