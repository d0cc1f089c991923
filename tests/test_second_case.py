"""Another crisis, of our own invention, goes through the whole course: no code knows which case it works on.

The case is ``tests/cases/gull-bank``: invented states and an invented treaty, three texts, one of them in two versions.
"""

import shutil
from pathlib import Path

import pytest
from builders import CASE, write_lesson

from course.case import check_case
from course.lessons import read_lesson, read_notebook
from course.packets import build_packets
from course.plan import plan_runs
from course.pool import run_all
from course.validate import check_rights
from helpers import figures, incident_tester, matrix_view, passages, tables, widgets
from helpers.annotation import KINDS, annotations, unanchored
from helpers.annotator import annotate_article, to_page
from helpers.articles import find_originals, load_articles, load_catalogue
from helpers.codebook import load_codebook
from helpers.conflict import conflicts
from helpers.events import consultations, contributions, incidents, invocations, timeline
from helpers.files import read_text
from helpers.questions import load_items
from helpers.stances import compare, evidence, positions
from helpers.treaties import members_at, provisions, state_names

ASKED, MET = "1994-06-13", "1994-06-15"


@pytest.fixture(autouse=True)
def second_case(monkeypatch, tmp_path) -> Path:
    """The case in use, and a folder without answers."""
    monkeypatch.setenv("ALLIANCE_SEEDS", str(CASE))
    monkeypatch.chdir(tmp_path)
    return CASE


def originals() -> dict[str, str]:
    files = find_originals()
    return {entry["id"]: read_text(files[entry["sha256"]]) for entry in load_catalogue()["articles"]}


def test_the_case_has_lost_nothing_and_shares_no_twelve_words_with_its_originals():
    assert check_case() == []
    assert check_rights([]) == []


def test_nothing_of_the_courses_case_is_in_it(seeds, monkeypatch):
    book = load_codebook()
    ours = {*book.actors, *book.issues, *state_names(), *provisions()["provision"], *incidents()}
    monkeypatch.setenv("ALLIANCE_SEEDS", str(seeds))
    other = load_codebook()
    assert not ours & {*other.actors, *other.issues, *state_names(), *provisions()["provision"], *incidents()}


def test_both_editions_have_the_same_passages_and_every_annotation_finds_its_phrase_in_each():
    editions = [load_articles("reading"), load_articles("original")]
    ids = [[p.id for one in edition for version in one.versions for p in version.passages] for edition in editions]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 8 + 7 + 9 + 7
    marks = annotations(kind=None, coder=None)
    assert {mark.kind for mark in marks} == set(KINDS)
    for edition in editions:
        assert unanchored(edition, marks) == []


def test_every_character_of_an_original_is_in_a_passage_or_in_named_furniture():
    texts = originals()
    for article in load_articles("original"):
        text = texts[article.id]
        spans = [(p.start, p.end) for version in article.versions for p in version.passages]
        spans += [(span.start, span.end) for span in article.furniture]
        told = [0] * len(text)
        for start, end in spans:
            told[start:end] = [count + 1 for count in told[start:end]]
        assert all(count == 1 for letter, count in zip(text, told, strict=True) if not letter.isspace())


def test_the_mention_finder_works_on_the_cases_own_lexicon():
    texts, found = originals(), {}
    for article in load_articles("original"):
        for place, mention in annotate_article(article, texts[article.id]):
            assert texts[article.id][mention.start : mention.end] == mention.text
            found.setdefault(place, set()).add((mention.kind, mention.value))
    assert found["harbour-1994:p01"] >= {("actor", "XCO"), ("actor", "XOS"), ("organisation", "GSP"), ("provision", "GSP-3")}
    assert found["harbour-1994:p01"] >= {("date", ASKED), ("figure", "4")}
    assert found["harbour-1994:p03"] >= {("provision", "GSP-3"), ("provision", "GSP-7")}
    assert found["harbour-1994:p05"] >= {("person", "Sanna Veil"), ("actor", "XIL"), ("actor", "XTA")}
    assert found["ledger-1994:p02"] >= {("provision", "GSP-3"), ("actor", "XCO")}  # Thorne stands for its government
    assert found["wire-1994:v1-p06"] >= {("person", "Hanne Quist"), ("organisation", "GSP")}
    assert ("provision", "GSP-7") in found["wire-1994:v2-p06"] and ("provision", "GSP-7") not in found["wire-1994:v1-p06"]
    known = {*state_names(), *members_at(MET, "GSP")}
    assert {value for values in found.values() for kind, value in values if kind == "actor"} <= known


def test_quotations_have_their_speakers():
    texts = originals()
    said = {
        mention.value.strip(",."): mention.details["speaker"]
        for article in load_articles("original")
        for _, mention in annotate_article(article, texts[article.id])
        if mention.kind == "quotation"
    }
    assert said["Joint patrols can begin this week"] == "Jole Marrick"
    assert said["A flag is a flag"] == "Lene Harrow"
    assert said["speaks with Ostrel every day"] == "Hanne Quist"


def test_an_article_becomes_an_annotation_page():
    article = load_articles("original")[1]
    items = to_page(article, originals()[article.id])["items"]
    assert {item["body"]["kind"] for item in items} >= {"provision", "actor", "quotation", "date", "person", "figure"}


def test_evidence_becomes_positions_and_pairs():
    assert len(evidence()) == 18
    cells = {(row.actor, row.issue): (row.low, row.high, row.passages) for row in positions().itertuples() if row.passages}
    assert cells["XIL", "PATROL"] == (-2, 1, 2)
    assert cells["XCO", "PATROL"] == (2, 2, 1)
    assert {(row.actor, row.low) for row in positions(version="v1").itertuples() if row.evidence == ("X11",)} == {("XCO", 1)}
    gaps = {(row.first, row.second, row.issue): row.gap for row in compare(["XCO", "XBE"]).itertuples()}
    assert (gaps["XCO", "XBE", "ASSIST"], gaps["XCO", "XBE", "PATROL"]) == (2, 0)


def test_a_contradiction_between_the_sources_has_its_passages():
    first, second = conflicts()
    assert [(mark.article, mark.codes["says"]) for mark in first.passages] == [("harbour-1994", "four"), ("wire-1994", "three")]
    assert (second.passages, bool(second.note)) == ((), True)


VIEWS = {
    "matrix": lambda: figures.draw_matrix(positions()),
    "gaps": lambda: figures.draw_gaps(compare()),
    "tally": lambda: figures.tally_pairs(compare()),
    "timeline": lambda: figures.draw_timeline(timeline()),
    "members": lambda: figures.draw_members("GSP", MET),
    "consultations": lambda: figures.draw_consultations(consultations()),
    "contributions": lambda: figures.draw_contributions(contributions(), asked=ASKED, state="XBE"),
    "reporting": lambda: figures.draw_reporting(contributions(), MET, ("GSP", "HBU"), "XCO", state="XTA"),
    "passages": lambda: passages.show(["wire-1994:v1-p08", "harbour-1994:p05"]),
    "item": lambda: widgets.ask("01-q1"),
    "matrix to explore": lambda: matrix_view.explore_matrix(positions()),
    "members to explore": lambda: widgets.explore_members("HBU", MET),
    "contributions to explore": lambda: widgets.explore_contributions("XTA"),
    "incident": lambda: incident_tester.try_incident("cutter-1994"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_has_a_static_twin_and_a_widget_where_somebody_sits(name, live):
    shown = VIEWS[name]()
    assert shown.text and "<" in shown.html
    if shown.widget is not None:
        assert shown.widget().comm is not None


def test_what_is_drawn_is_what_the_data_say():
    assert "5 actors by 3 issues: 10 cells hold a stance" in VIEWS["matrix"]().text
    assert "listed, but not verified | 1 | Tarn" in VIEWS["reporting"]().text
    assert "4 on 1994-06-15" in VIEWS["members"]().text
    assert "Grey Sea Pact Article 7" in tables.clause_table(["GSP-3", "GSP-7"]).columns
    assert tables.membership_table(MET, ["GSP", "HBU"])["states"].tolist() == [2, 2, 1]
    assert invocations("GSP-3")["id"].tolist() == ["I01", "I02"]


def test_every_item_is_asked_in_words():
    assert [widgets.ask(item.id).text.split()[0] for item in load_items()] == ["01-q1", "01-q2", "01-q3"]


@pytest.mark.slow
def test_a_lesson_of_the_case_runs_and_makes_a_packet(tmp_path, monkeypatch):
    case = shutil.copytree(CASE, tmp_path / "case")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(case))
    lesson = write_lesson(
        case / "notebooks" / "01_tiny.ipynb",
        "from helpers import ask, figures, positions, show",
        "figures.draw_matrix(positions(who, ['PATROL', 'TALKS']))",
        "show('harbour-1994:p05')",
        "ask('01-q3')",
        parameters="who: list = ['XCO', 'XIL']  # who is compared; some of: XCO, XBE, XIL, XOS, GSP",
    )
    assert check_case() == []
    plan = plan_runs([read_lesson(lesson)], {"who": "XIL,XOS"})
    [result] = run_all(plan, tmp_path / "out", jobs=1, timeout=60)
    assert (result.state, result.error) == ("done", "")
    outputs = read_notebook(tmp_path / "out" / result.notebook).cells[-3].outputs
    assert "2 actors by 2 issues" in outputs[0].data["text/plain"]
    packet = build_packets(tmp_path / "out").parent / "class" / "packet.html"
    page = packet.read_text(encoding="utf-8")
    assert "Ilmara changed its mind." in page and "Ostrel" in page and "<mark>" in page


def test_a_lesson_notices_when_its_figure_loses_the_evidence(tmp_path, monkeypatch):
    case = shutil.copytree(CASE, tmp_path / "case")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(case))
    write_lesson(case / "notebooks" / "01_tiny.ipynb", "figures.draw_matrix(positions(['XBE'], ['ASSIST']))")
    assert check_case() == []
    for path in case.glob("annotations/**/ledger-1994.jsonl"):
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(line for line in lines if 'X08"' not in line), encoding="utf-8")
    (found,) = check_case()
    assert str(found).startswith(f"F {case}/notebooks/01_tiny.ipynb, cell 2: positions(['XBE'], ['ASSIST']) has lost its evidence")
