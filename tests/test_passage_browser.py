"""Passages filtered by article and by code."""

from pathlib import Path

import pytest
from builders import parts_of

from helpers.annotation import annotations
from helpers.errors import ParameterError
from helpers.passage_browser import browse_passages


def ids(view) -> list[str]:
    return [line[1:].partition("]")[0].split()[0] for line in view.text.splitlines() if line.startswith("[")]


def test_without_a_filter_every_passage_is_shown_coded_or_not():
    view = browse_passages()
    assert len(ids(view)) == 117 and view.text.startswith("117 of 117 passages: no filter")
    assert "No codes: nobody coded a phrase of this passage." in view.text


def test_an_article_and_a_code_are_looked_for_together():
    assert ids(browse_passages("stripes-2015", actor="DEMPSEY")) == ["stripes-2015:p09", "stripes-2015:p11"]


def test_actor_issue_and_voice_have_to_stand_on_one_annotation():
    wanted = {m.passage for m in annotations() if (m.codes["actor"], m.codes["issue"], m.codes["voice"]) == ("USA", "RUSCOORD", "Q")}
    assert ids(browse_passages(actor="USA", issue="RUSCOORD", voice="Q")) == sorted(wanted) == ["wsws-2015:p10", "wsws-2015:p13"]


def test_a_provision_is_looked_for_on_any_annotation_of_the_passage():
    found = ids(browse_passages(actor="FRA", provision="NAT-5"))
    assert found and {"nyt-2015:v2-p14"} <= {*found}
    for id in found:
        marks = [mark for kind in ("stance", "provision") for mark in annotations(kind=kind) if mark.passage == id]
        assert {"FRA", "NAT-5"} <= {str(code) for mark in marks for code in mark.codes.values()}


def test_phrases_are_marked_and_codes_stand_in_words():
    view = browse_passages("stripes-2015", issue="ART5", actor="NATO")
    assert "<mark>no such request at this stage</mark>" in view.html
    assert "E55 | stance | NATO, Invoke NATO Article 5: 0 neutral or balanced | Q | no such request at this stage" in view.text
    assert "S03 | quotation | unnamed NATO official, for NATO | Q" in view.text


def test_where_nothing_fits_a_sentence_says_so():
    view = browse_passages("wsws-2015", actor="EU")
    assert view.text == "0 of 117 passages: article wsws-2015, actor EU. None fits all of them."


@pytest.mark.parametrize("name", ["article", "actor", "provision", "issue", "voice"])
def test_a_wrong_value_lists_the_known_ones(name):
    with pytest.raises(ParameterError, match=f"{name}: 'nonsense' is not allowed; use one of"):
        browse_passages(**{name: "nonsense"})


def test_a_live_kernel_offers_five_labelled_lists_and_a_change_redraws(live):
    widget = browse_passages("stripes-2015").widget()
    boxes = {box.description: box for box in parts_of(widget, "Dropdown")}
    assert list(boxes) == ["Article", "Actor", "Provision", "Issue", "Voice"]
    assert [box.label for box in boxes.values()] == ["stripes-2015", "all", "all", "all", "all"]
    _, told, page = parts_of(widget, "HTML")
    boxes["Actor"].value = "NATO"
    assert "article stripes-2015, actor NATO" in told.value and "stripes-2015:p01<" not in page.value
    boxes["Actor"].value = ""
    boxes["Article"].value = ""
    assert "117 of 117 passages: no filter" in told.value and "stripes-2015:p01<" in page.value


def test_what_a_filter_comes_to_show_is_what_the_static_twin_has(live):
    widget = browse_passages("wsws-2015").widget()
    {box.description: box for box in parts_of(widget, "Dropdown")}["Voice"].value = "P"
    text = browse_passages("wsws-2015", voice="P").html
    assert parts_of(widget, "HTML")[-1].value.count("<blockquote>") == text.count("<blockquote>") == 4


def test_another_case_is_browsed_too(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(Path(__file__).with_name("cases") / "gull-bank"))
    assert ids(browse_passages(actor="XCO")) and browse_passages(actor="XCO", voice="Q").html
