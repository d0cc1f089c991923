"""The case's data is checked as a whole, and each kind of loss is seen."""

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


def test_the_case_as_it_stands_has_lost_nothing():
    assert check_case() == []


def test_a_phrase_that_its_passage_lost_is_found(spoil):
    found = spoil("reading/stripes-2015.md", "France has not sought formal NATO support", "France has not asked NATO")
    assert len(found) == 1
    assert (
        "stripes-2015.jsonl, E03: in the reading edition “France has not sought formal NATO support” is not in stripes-2015:p07" in found[0]
    )


def test_a_passage_that_does_not_exist_is_found(spoil):
    assert "passage stripes-2015:p99 does not exist" in spoil("annotations/stripes-2015.jsonl", "stripes-2015:p07", "stripes-2015:p99")[0]


def test_a_quotation_of_more_than_eight_words_is_found(spoil):
    phrase = "France has not sought formal NATO support"
    spoil("reading/stripes-2015.md", phrase, f"{phrase} so far")
    assert any("quotes more than 8 words" in line for line in spoil("annotations/stripes-2015.jsonl", phrase, f"{phrase} so far"))


def test_a_code_that_the_codebook_lacks_is_found(spoil):
    assert "actor 'ATLANTIS' is not in the codebook" in spoil("annotations/stripes-2015.jsonl", '"actor": "FRA"', '"actor": "ATLANTIS"')[0]


def test_an_item_that_lost_its_evidence_is_found(spoil):
    found = spoil("questions/03.toml", '"atlantic-2015:p06"', '"atlantic-2015:p96"')
    assert any("rests on atlantic-2015:p96, which does not exist" in line for line in found)


def test_a_broken_line_is_told_with_file_and_number(spoil):
    found = spoil("annotations/stripes-2015.jsonl", '{"@context"', '{"@context')
    assert "stripes-2015.jsonl:1: not valid JSON" in found[0]
