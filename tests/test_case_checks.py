"""Each kind of loss is seen, and told with the file and the line where it has to be mended."""

from hashlib import sha256

import pytest

from course.case_checks import CHECKS, check_annotations, check_articles, check_editions
from helpers.errors import CourseError


def all_findings() -> list[str]:
    lines = []
    for check in CHECKS:
        try:
            lines += [f"{finding.where}: {finding.message}" for finding in check()]
        except CourseError as error:
            lines.append(str(error))
    return lines


# What is changed, in which file; the line and the message of the finding. The line is found by its text, so that an edit
# of the case moves nothing here.
SPOILT = [
    ("annotations/harbour-1994.jsonl", '"X01"', "X01: actor 'XXX'", '"actor": "XCO"', '"actor": "XXX"'),
    ("annotations/harbour-1994.jsonl", '"X01"', "X01: stance 9", '"stance": -1', '"stance": 9'),
    ("annotations/harbour-1994.jsonl", '"X01"', "X01: voice 'Z'", '"voice": "P"', '"voice": "Z"'),
    ("annotations/harbour-1994.jsonl", '"X23"', "X23: provision 'GSP-9'", '"provision": "GSP-7"', '"provision": "GSP-9"'),
    ("annotations/harbour-1994.jsonl", '"X21"', "X21: conflict 'G9'", '"conflict": "G1"', '"conflict": "G9"'),
    ("annotations/harbour-1994.jsonl", '"X01"', "in the reading edition passage harbour-1994:p77", "harbour-1994:p02", "harbour-1994:p77"),
    ("annotations/harbour-1994.jsonl", '"X01"', "X01 quotes more than 8 words", "not seek the", "not at all and never at all seek the"),
    ("annotations/second/wire-1994.jsonl", '"second/X77"', "second/X77 codes X77 again", '"id": "second/X11"', '"id": "second/X77"'),
    ("annotations/ledger-1994.jsonl", '"X24"', "X24: on_behalf_of 'YYY'", '"on_behalf_of": "XCO"', '"on_behalf_of": "YYY"'),
    ("catalogue.toml", 'passages = ["v1-p08", "v1-p77"]', "the inferred passage v1-p77", "v1-p09", "v1-p77"),
    ("catalogue.toml", "[[articles]]", "has no layout under its SHA-256", 'sha256 = "5', 'sha256 = "6'),
    (
        "catalogue.toml",
        "[[articles]]",
        "published_basis 'guessed' is unknown",
        'published_basis = "inferred"',
        'published_basis = "guessed"',
    ),
    ("conflicts.toml", "[[conflicts]]", "conflict G7 has no passage", 'id = "G1"', 'id = "G7"'),
    ("events/timeline.csv", "T02", "the row has no source", "alliance,The Harbour Post,", "alliance,,"),
    (
        "events/timeline.csv",
        "T01",
        "confidence 'W' is unknown; use one of K, V, V2",
        "attack,The Harbour Post,V2",
        "attack,The Harbour Post,W",
    ),
    ("events/timeline.csv", "T01,1994-06-13", "id T01 stands twice, first at timeline.csv:2", "T02,", "T01,"),
    ("events/timeline.csv", "T03", "actors 'XXX' is unknown", "GSP XCO XBE", "GSP XXX XBE"),
    ("catalogue.toml", "[[articles]]", "published '13 June' is no day", "published = 1994-06-13", 'published = "13 June"'),
    ("events/timeline.csv", "T01", "date '3 June' is no day", "T01,1994-06-12", "T01,3 June"),
    ("events/timeline.csv", "T02", "end '1994' is no day", "T02,1994-06-13,,", "T02,1994-06-13,1994,"),
    ("treaties/memberships.csv", "XIL", "joined '19610402' is no day", "GSP,XIL,1961-04-02", "GSP,XIL,19610402"),
    ("layouts.toml", "harbour-1994", "the text has 2077 characters, not 77", "characters = 2077", "characters = 77"),
    ("layouts.toml", "harbour-1994", "'characters' is missing", "characters = 2077", ""),
    ("given_names.csv", "Edda", "the row does not have 2 cells", "Edda,f", "Edda"),
    ("events/timeline.csv", "some day", "malformed", "T02,1994-06-13", "T02,some day"),
    ("events/invocations.csv", "I02", "provision 'GSP-4' is unknown", "1994-06-15,GSP-3", "1994-06-15,GSP-4"),
    ("events/consultations.csv", "C1994-XCO", "requested_by 'ZZZ' is unknown", ",XCO,Shots", ",ZZZ,Shots"),
    ("events/contributions.csv", "XIL-1", "state 'ZZZ' is unknown", "XIL-1,XIL", "XIL-1,ZZZ"),
    ("events/incidents.toml", "[[tests]]", "provision 'GSP-9' is unknown", 'provision = "GSP-3"', 'provision = "GSP-9"'),
    ("events/incidents.toml", "[[incidents]]", "armed_attack is missing or has no test", 'element = "armed_attack"\nf', 'element = "x"\nf'),
    ("events/incidents.toml", "[[incidents]]", "ally 'ZZZ' is unknown", 'ally = "XCO"', 'ally = "ZZZ"'),
    ("treaties/memberships.csv", "XIL", "the row has no source", "GSP,XIL,1961-04-02,,,the pact’s register", "GSP,XIL,1961-04-02,,,"),
    ("treaties/memberships.csv", "ZZZ", "state 'ZZZ' is unknown", "GSP,XIL", "GSP,ZZZ"),
    ("treaties/provisions.toml", "[[provisions.elements]]", "element 'x' is unknown", 'element = "trigger"', 'element = "x"'),
    ("treaties/provisions.toml", "[[provisions]]", "org 'XXX' is unknown", 'org = "GSP"', 'org = "XXX"'),
    ("glossary.toml", "[[terms]]", "the row has no source", 'source = "the treaty"', 'source = ""'),
    ("glossary.toml", "[[terms]]", "'cutter' has no definition", "A small, fast ship of a customs service.", ""),
    ("questions/01.toml", "[[items]]", "01-q1 rests on X77, which does not exist", '"X19"', '"X77"'),
    ("questions/01.toml", "ledger-1994:p77", "speaks of ledger-1994:p77", "(ledger-1994:p02)", "(ledger-1994:p77)"),
    ("lexicon.jsonl", '"Belmark"', "'label' is missing", '"label"', '"lable"'),
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=[message for _, _, message, _, _ in SPOILT])
def test_what_is_lost_is_told_with_its_line(small, spoilt):
    file, line, message, old, new = spoilt
    path = small / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    told = [found for found in all_findings() if message in found and found.startswith(f"{path}:")]
    assert told, all_findings()
    number = told[0].removeprefix(f"{path}:").split(":")[0]
    assert line in lines[int(number) - 1]


def test_the_small_case_has_lost_nothing(small):
    assert all_findings() == []


def test_a_phrase_is_looked_for_in_the_original_too(small):
    for path in (small / "reading" / "harbour-1994.md", *small.glob("annotations/**/harbour-1994.jsonl")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Let us first hear Ostrel", "Let Ostrel speak first"), encoding="utf-8")
    found = [finding.message for finding in check_annotations()]
    assert [message.split(":")[0] for message in found] == ["X03", "second/X03"]
    assert "in the original edition “Let Ostrel speak first” is not in harbour-1994:p05" in found[0]


def test_editions_that_differ_are_told_by_their_passages(small):
    path = small / "reading" / "harbour-1994.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n## p09\nOne more.\n", encoding="utf-8")
    found = next(check_editions())
    assert found.where == str(path)
    assert "the editions differ in harbour-1994:p09" in found.message


def test_an_original_of_no_article_is_told_with_its_sha256(small):
    (small / "originals" / "stray.txt").write_bytes(b"Text.")
    (found,) = check_articles()
    assert found.where == str(small / "originals" / "stray.txt")
    assert f"add it there with sha256 = {sha256(b'Text.').hexdigest()}" in found.message


@pytest.mark.parametrize("file", ["reading/stray.md", "annotations/stray.jsonl", "annotations/third/stray.jsonl"])
def test_a_file_of_no_article_is_told(small, file):
    (small / file).parent.mkdir(exist_ok=True)
    (small / file).write_text("\n", encoding="utf-8")
    assert [finding.where for finding in check_editions()] == [str(small / file)]
