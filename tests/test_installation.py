"""The self-check says plainly what is right and what is wrong."""

import ast
import re
import sys
from pathlib import Path

import pytest

from helpers import installation
from helpers.annotation import KINDS, annotations
from helpers.installation import check_installation


def lines_of(view):
    return view.text.splitlines()


@pytest.mark.usefixtures("answers")
def test_an_installation_in_order_is_right_in_every_part():
    lines = lines_of(check_installation())
    assert all(line.startswith("right: ") for line in lines[:-1])
    assert len(lines) == 6 and lines[-1] == "All parts are in place."


def test_looking_writes_nothing_and_tells_no_version(answers):
    view = check_installation()
    assert not answers.exists()
    assert not re.search(r"\d+\.\d+", view.text)


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(installation, "PACKAGES", (*installation.PACKAGES, "no_such_package"))
    lines = lines_of(check_installation())
    assert lines[0].startswith("wrong: the packages of the course are installed; no_such_package cannot be found: install")
    assert lines[-1].startswith("1 of 5 parts are wrong; do what the lines say")


def test_an_article_that_is_missing_takes_its_codes_with_it(case):
    next((case / "reading").glob("stripes*.md")).unlink()
    lines = lines_of(check_installation())
    assert lines[1].startswith("wrong: the articles can be read; ")
    assert lines[2].startswith("wrong: every code finds its phrase; ")


def test_a_phrase_that_was_edited_away_is_told_with_its_code(case):
    path = case / "reading" / "stripes-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("France has not sought formal NATO support", "It has not"), encoding="utf-8")
    assert re.search(r"wrong: every code finds its phrase; [^\n]*\bE03\b[^\n]* cannot be found in the articles", check_installation().text)


def test_a_folder_where_answers_cannot_be_saved_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "file" / "answers"))
    assert "wrong: answers can be saved beside the notebook; nothing can be written there" in check_installation().text


def test_an_error_with_markup_is_escaped(case):
    (case / "catalogue.toml").write_text("<b>", encoding="utf-8")
    view = check_installation()
    assert "wrong:" in view.text and "<b>" not in view.html


def test_everything_that_the_helpers_import_is_looked_for():
    imported = set()
    for path in Path(installation.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(str(node.module).partition(".")[0])
    assert imported - sys.stdlib_module_names <= set(installation.PACKAGES)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("coder", ["reference", "second"])
def test_a_phrase_of_any_kind_and_coder_that_is_lost_is_told(case, kind, coder):
    marks = [mark for mark in annotations(kind=kind, coder=coder) if len(mark.quote.exact) > 15]
    if not marks:
        pytest.skip("this coder codes nothing of the kind")
    path = next((case / "reading").glob(f"{marks[0].article}*.md"))
    path.write_text(path.read_text(encoding="utf-8").replace(marks[0].quote.exact, "something else"), encoding="utf-8")
    found = next(line for line in lines_of(check_installation()) if "finds its phrase" in line)
    assert found.startswith("wrong: ") and re.search(rf"\b{marks[0].id}\b", found)
