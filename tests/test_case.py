"""The case's data is checked as a whole, and each kind of loss is seen."""

import shutil

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


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("annotations/stripes-2015.jsonl", "there are no annotations"),
        ("questions", "there are no items"),
        ("events/timeline.csv", "timeline.csv"),
        ("events/incidents.toml", "incidents.toml"),
        ("treaties/memberships.csv", "memberships.csv"),
        ("states.csv", "states.csv"),
        ("layouts.toml", "layouts.toml"),
    ],
)
def test_a_file_that_is_gone_is_found(case, gone, message):
    path = case / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert any(message in str(finding) for finding in check_case())


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("events/timeline.csv", "T01,2015-09-07", "T01,some day", "timeline.csv:2: malformed"),
        ("events/timeline.csv", "T02,2015-09-27", "T01,2015-09-27", "id T01 stands twice"),
        ("events/consultations.csv", ",V,", ",ZZ,", "confidence 'ZZ' is unknown; use one of K, V, V2"),
        ("events/contributions.csv", "DEU-1,DEU", "DEU-1,GER", "state 'GER' is unknown"),
        ("events/incidents.toml", 'element = "area"\nfinding', 'element = "elsewhere"\nfinding', "elsewhere is missing or has no test"),
        ("events/incidents.toml", "outcome_known", "outcome_then", "'outcome_known' is missing"),
        ("treaties/provisions.toml", "[[provisions.elements]]\nelement", "[[provisions.elements]]\nelemment", "'element' is missing"),
        ("catalogue.toml", "[[articles]]", "[[article]]", "catalogue.toml"),
    ],
)
def test_a_malformed_entry_is_found_with_its_file(spoil, file, old, new, message):
    assert any(message in line for line in spoil(file, old, new))


def test_one_broken_file_does_not_hide_what_is_wrong_with_another(spoil, case):
    (case / "events" / "timeline.csv").unlink()
    found = spoil("reading/wsws-2015.md", "treat it as an ally", "see in it an ally")
    assert any("timeline.csv" in line for line in found)
    assert any("E34" in line for line in found)
