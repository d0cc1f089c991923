"""What a worker is sent arrives whole, and it says what it lacks; what it does with a run is tested with a cluster."""

import os
from dataclasses import replace

import pytest

pytest.importorskip("distributed", reason="the extra 'dist' is not installed")

from course.worker import Terms, find_unfitness, full_fingerprint, lay_files, mark_of, read_files


def test_files_arrive_as_they_were(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "ä.txt").write_bytes(b"\r\n\x00")
    lay_files(read_files(tmp_path / "a"), tmp_path / "copy")
    lay_files(read_files(tmp_path / "a" / "b" / "ä.txt"), tmp_path / "one" / "ä.txt")
    assert (tmp_path / "copy" / "b" / "ä.txt").read_bytes() == (tmp_path / "one" / "ä.txt").read_bytes() == b"\r\n\x00"
    assert read_files(tmp_path / "missing") == {}


def test_a_machine_says_what_it_lacks(small, tmp_path):
    like = Terms("1", full_fingerprint(), 60)
    assert find_unfitness(like) == ""
    other = replace(like.expected, versions=("python 2.7",))
    assert find_unfitness(replace(like, session="2", expected=other)).startswith("differs from this machine: python 2.7 here, anywidget")
    assert find_unfitness(replace(like, session="3", shared=str(tmp_path))) == f"does not see {tmp_path}"
    (tmp_path / mark_of("4")).touch()
    assert find_unfitness(replace(like, session="4", shared=str(tmp_path))) == ""
    (small / "catalogue.toml").unlink()
    assert "no catalogue.toml" in find_unfitness(replace(like, session="5"))


def test_what_a_worker_was_started_with_reaches_no_kernel(small, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", "/somebody/else")
    find_unfitness(Terms("6", full_fingerprint(), 60))
    assert "ALLIANCE_ANSWERS" not in os.environ
