"""The glossary as a page: a cell for each term that links can jump to, in step with the data and with the lessons."""

import re

import pytest
from builders import course, write_lesson
from nbformat import read, validate, write
from nbformat.v4 import new_markdown_cell

from course.glossary_page import PAGE, check_lessons_of_terms, find_links, glossary_page, is_fresh, load_terms, settle_links, slug_of
from course.glossary_page import write_glossary_page as write_page
from course.lessons import lesson_paths, notebooks_folder
from helpers.errors import SeedError

CONCEPTS = [
    "abandonment", "entrapment", "balance of threat", "burden sharing", "autonomy–security trade", "obligation types", "costly signal",
    "two-level game", "chain-ganging", "buck-passing", "tethering", "institutional choice / forum shopping", "entanglement doubts",
]  # fmt: skip


def test_every_term_has_its_cell_with_definition_source_mark_and_lessons():
    page = glossary_page()
    validate(page)
    cells = {cell.id: cell.source for cell in page.cells}
    for entry in load_terms():
        text = cells[slug_of(entry["term"])]
        assert text.startswith(f"### {entry['term']}\n\n{entry['definition']}")
        assert f"Source: {entry['source']}." in text
        assert ("*Unverified.*" in text) == (entry["confidence"] == "K")
        assert all(number in text.partition("Lessons: ")[2] for number in entry["lessons"])


def test_the_concepts_of_alliance_theory_stand_in_a_part_of_their_own():
    sources = [cell.source for cell in glossary_page().cells]
    part = next(at for at, source in enumerate(sources) if source.startswith("## Concepts of alliance theory"))
    headings = [source.split("\n")[0].removeprefix("### ") for source in sources[part + 1 :]]
    assert set(CONCEPTS) <= set(headings)


def test_slugs_are_ids_of_cells_and_no_two_terms_share_one():
    slugs = [slug_of(entry["term"]) for entry in load_terms()]
    assert all(re.fullmatch(r"[A-Za-z0-9-]{1,64}", slug) for slug in slugs)
    assert len(set(slugs)) == len(slugs)


def test_the_stored_page_is_the_one_that_the_glossary_makes():
    assert is_fresh(notebooks_folder())


def test_the_page_is_written_once_and_again_only_when_the_glossary_changes(case, tmp_path):
    assert write_page(tmp_path) == tmp_path / PAGE
    assert write_page(tmp_path) is None
    path = case / "glossary.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("One clause of a treaty", "A clause of a treaty"), encoding="utf-8")
    assert not is_fresh(tmp_path)
    assert write_page(tmp_path) == tmp_path / PAGE


def test_a_case_without_terms_gets_no_page(case, tmp_path):
    (case / "glossary.toml").unlink()
    assert load_terms() == []
    assert write_page(tmp_path) is None


def test_a_term_without_its_source_is_told_with_the_file(case):
    (case / "glossary.toml").write_text('[[terms]]\nterm = "x"\ndefinition = "y"\nconfidence = "V"\n')
    with pytest.raises(SeedError, match=r"glossary\.toml: 'source' is missing"):
        load_terms()


def test_links_are_found_in_both_forms_and_settled_to_the_one_that_works():
    text = "[a b](glossary.ipynb#a-b), [c](glossary.ipynb#cell-id=c), [d](other.ipynb#d)"
    assert [link[2] for link in find_links(text)] == ["a-b", "c"]
    settled = settle_links(text)
    assert settled == "[a b](glossary.ipynb#cell-id=a-b), [c](glossary.ipynb#cell-id=c), [d](other.ipynb#d)"
    assert settle_links(settled) == settled


def test_the_glossary_names_the_lessons_that_link_each_term():
    assert [str(finding) for finding in check_lessons_of_terms(lesson_paths())] == []


def test_a_lesson_that_links_a_term_and_is_not_named_there_is_warned_of(case, tmp_path):
    path = write_lesson(tmp_path / "77_x.ipynb", "1")
    notebook = read(path, as_version=4)
    notebook.cells.append(new_markdown_cell("By [consensus](glossary.ipynb#cell-id=consensus).", id="link"))
    write(notebook, path)
    lines = [str(finding) for finding in check_lessons_of_terms([path])]
    assert f'W {case}/glossary.toml: “consensus” is linked by 77; set lessons = ["77"]' in lines


@pytest.mark.slow
def test_refresh_settles_links_and_writes_the_page_of_a_case_of_its_own(case, tmp_path):
    path = write_lesson(case / "notebooks" / "01_x.ipynb", "1 + 1")
    notebook = read(path, as_version=4)
    notebook.cells.append(new_markdown_cell("By [consensus](glossary.ipynb#consensus).", id="link"))
    write(notebook, path)
    done = course("refresh", cwd=tmp_path, ALLIANCE_SEEDS=str(case))
    assert (done.returncode, done.stdout.splitlines()) == (0, ["stored 01_x", "wrote glossary.ipynb"]), done.stderr
    assert read(path, as_version=4).cells[-1].source == "By [consensus](glossary.ipynb#cell-id=consensus)."
    assert is_fresh(case / "notebooks")
