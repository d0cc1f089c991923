"""No twelve words of an article stand in a row in anything that the repository holds."""

import codecs
import json
import os
import subprocess
import zipfile
from html import escape
from pathlib import Path

import nbformat
import pytest

from course.rights import repository_files, shared_runs
from helpers.articles import load_article

ROOT = Path(__file__).parent.parent


def test_no_file_of_the_repository_shares_twelve_words_with_an_original(original):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    assert len(files) > 50
    assert shared_runs(files) == []


def test_no_commit_message_shares_twelve_words_with_an_original(original, tmp_path):
    log = subprocess.run(["git", "log", "--format=%B"], cwd=ROOT, capture_output=True, check=False, text=True)
    (tmp_path / "log.txt").write_text(log.stdout)
    assert shared_runs([tmp_path / "log.txt"]) == []


def test_twelve_words_are_found_in_text_and_in_the_cells_and_outputs_of_a_notebook(original, tmp_path):
    words = load_article("stripes-2015", "original").versions[0].passages[0].text.split()
    (tmp_path / "eleven.txt").write_text(" ".join(words[:11]))
    (tmp_path / "twelve.txt").write_text(" ".join(words[:12]).upper())
    output = nbformat.v4.new_output("stream", text=" ".join(words[:6]) + "\n" + " ".join(words[6:12]))
    cells = [nbformat.v4.new_code_cell("1", outputs=[output])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "x.ipynb")
    found = shared_runs([tmp_path / "eleven.txt", tmp_path / "twelve.txt", tmp_path / "x.ipynb"])
    assert found is not None
    assert [Path(finding.where).name for finding in found] == ["twelve.txt", "x.ipynb"]


def test_without_originals_nothing_can_be_said(case):
    assert shared_runs([]) is None


def test_words_that_html_and_json_write_otherwise_are_still_found(original, tmp_path):
    # A passage with straight apostrophes, which HTML writes as numbers and JSON leaves between escapes.
    text = next(p.text for p in load_article("wsws-2015", "original").versions[0].passages if "'" in p.text[:60])
    phrase = " ".join(text.split()[:14])
    (tmp_path / "packet.html").write_text(f"<p>{escape(phrase)}</p>")
    (tmp_path / "lines.jsonl").write_text("\n" + json.dumps({"text": [phrase.replace(" ", "\u2009", 3)]}) + "\n{broken\n")
    found = shared_runs([tmp_path / "packet.html", tmp_path / "lines.jsonl"])
    assert found is not None
    assert len(found) == 2


def test_the_files_of_the_checkout_are_looked_through_and_originals_and_outputs_are_not():
    names = {path.relative_to(ROOT).as_posix() for path in repository_files()}
    assert {"README.md", "course/rights.py", "tests/test_rights.py", "seeds/catalogue.toml", "notebooks/00_start.ipynb"} <= names
    assert [name for name in names if name.startswith((".", "runs/", "seeds/originals/"))] == []


def test_an_installed_package_has_no_checkout_to_look_through(monkeypatch, tmp_path):
    monkeypatch.setattr("course.rights.packaged_seeds", lambda: tmp_path / "seeds")
    assert repository_files() == []


def test_folders_that_are_left_alone_are_not_even_entered(monkeypatch):
    entered = []
    walk = os.walk
    monkeypatch.setattr("os.walk", lambda top: (entered.append(step[0]) or step for step in walk(top)))
    assert repository_files()
    assert len(entered) > 5
    assert [folder for folder in entered if ".venv" in folder or ".git" in folder] == []


@pytest.fixture
def twelve(original) -> str:
    return " ".join(load_article("stripes-2015", "original").versions[0].passages[0].text.split()[:14])


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("x.html", "<p>a</p><!-- {} --><p>b</p>"),
        ("x.html", '<img alt="{}">'),
        ("x.py", "if a < b:\n    '{}'\nif c > d: pass"),
        ("x.md", "1 < 2. {} 3 > 2"),
    ],
)
def test_words_in_comments_attributes_and_between_two_signs_are_found(twelve, tmp_path, name, form):
    (tmp_path / name).write_text(form.format(twelve))
    assert len(shared_runs([tmp_path / name]) or ()) == 1


def test_words_across_the_tags_of_a_page_are_found(twelve, tmp_path):
    (tmp_path / "x.html").write_text("".join(f"<b class='x'>{word}</b> " for word in twelve.split()))
    assert len(shared_runs([tmp_path / "x.html"]) or ()) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_words_in_other_encodings_with_their_mark_are_found(twelve, tmp_path, encoding):
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    (tmp_path / "x.txt").write_bytes(mark + twelve.encode(encoding))
    assert len(shared_runs([tmp_path / "x.txt"]) or ()) == 1


def test_words_in_an_archive_are_found_and_a_broken_archive_is_told(twelve, tmp_path):
    whole, broken = tmp_path / "a.zip", tmp_path / "b.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("deep/x.txt", twelve)
    broken.write_bytes(whole.read_bytes()[:60])
    first, second = shared_runs([whole, broken]) or ()
    assert str(first).startswith(f"F {whole}, deep/x.txt: shares 12 words with an original")
    assert str(second) == f"F {broken}: is a broken archive, which nobody can look through; leave it out, or pack it anew"
