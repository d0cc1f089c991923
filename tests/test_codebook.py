"""Who may hold a stance, on what, how strongly, in whose voice."""

import pytest

from helpers.codebook import load_codebook
from helpers.errors import SeedError


def test_the_scale_runs_from_minus_two_to_two_and_every_step_has_a_meaning():
    stances = load_codebook().stances
    assert sorted(stances) == [-2, -1, 0, 1, 2]
    assert [stances[value].code for value in sorted(stances)] == ["-2", "-1", "0", "+1", "+2"]
    assert all(code.label and code.meaning for code in stances.values())


def test_a_blank_has_words_of_its_own_and_is_no_stance():
    book = load_codebook()
    assert book.blank == "not reported"
    assert book.blank not in {code.label for code in book.stances.values()}


def test_no_code_stands_twice_in_the_book(seeds):
    book = load_codebook()
    text = (seeds / "codebook.toml").read_text(encoding="utf-8")
    assert (len(book.actors), len(book.issues)) == (text.count("[[actors]]"), text.count("[[issues]]"))
    assert set(book.voices) == {"Q", "P", "J"}


def test_every_basis_that_the_catalogue_uses_is_explained(reading):
    used = {basis for one in reading for basis in (one.published_basis, one.authors_basis)}
    used |= {passage.basis for one in reading for version in one.versions for passage in version.passages}
    assert used <= set(load_codebook().bases)


def test_another_case_brings_its_own_actors(case):
    path = case / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Denmark"', '"Ruritania"'), encoding="utf-8")
    assert load_codebook().actors["DNK"].name == "Ruritania"


def test_a_book_without_voices_is_told_what_it_lacks(case):
    path = case / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[[voices]]", "[[choirs]]"), encoding="utf-8")
    with pytest.raises(SeedError, match=r"codebook\.toml: 'voices' is missing"):
        load_codebook()


def test_an_actor_without_a_name_is_told_what_it_lacks(case):
    path = case / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('name = "Denmark"\n', ""), encoding="utf-8")
    with pytest.raises(SeedError, match=r"codebook\.toml: 'name' is missing"):
        load_codebook()


def test_a_step_of_the_scale_that_is_no_number_is_told_with_the_file(case):
    path = case / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("value = 2\n", 'value = "two"\n'), encoding="utf-8")
    with pytest.raises(SeedError, match=r"codebook\.toml"):
        load_codebook()
