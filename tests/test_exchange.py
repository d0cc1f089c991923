"""Annotations go out to other programs and come back as they were, and what is no annotation is told in one line."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from helpers.anchors import Quote
from helpers.annotation import KINDS, VERDICTS, Annotation, annotations
from helpers.articles import load_articles
from helpers.errors import CourseError, ParameterError
from helpers.exchange import COLUMNS, FORMATS, check_page, export_annotations, import_annotations, to_page

MARK = Annotation("X1", "a:p01", Quote("an ally", prefix="as "), "provision", {"provision": "NAT-5"}, note="so it says")
# Whatever UTF-8 can hold; with what trips spreadsheets, and without half characters, which no file can hold.
TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=20) | some.sampled_from(
    ["=1+1", "'=x", "''@y", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a\r\nb", 'say "so", he', "a;b;c", "a:b", "\ufeffx", " x ", "É 🇫🇷", "\0"]
)


@some.composite
def marks(draw) -> Annotation:
    kind = draw(some.sampled_from(sorted(KINDS)))
    codes = {name: draw(TEXTS if wanted is str else some.integers(-2, 2)) for name, wanted in KINDS[kind].codes.items()}
    if "verdict" in codes:
        codes["verdict"] = draw(some.sampled_from(VERDICTS))
    quote = Quote(draw(TEXTS), draw(TEXTS), draw(TEXTS))
    return Annotation(draw(TEXTS), draw(TEXTS), quote, kind, codes, draw(TEXTS), draw(TEXTS))


@pytest.mark.parametrize("format", FORMATS)
@given(some.lists(marks(), max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_annotations_come_back_as_they_were(format, chosen):
    written = export_annotations(chosen, format).encode("utf-8").decode("utf-8")
    assert import_annotations(written, format) == tuple(chosen)


@pytest.mark.parametrize("format", FORMATS)
def test_the_annotations_of_the_case_come_back_as_they_were(format, reading):
    passages = {passage.id: passage.text for one in reading for version in one.versions for passage in version.passages}
    found = annotations(kind=None, coder=None)
    assert import_annotations(export_annotations(found, format, passages), format) == found


def test_a_page_of_the_case_is_valid_and_its_positions_hold():
    passages = {passage.id: passage.text for one in load_articles("reading") for version in one.versions for passage in version.passages}
    page = to_page(annotations(), passages)
    assert check_page(json.loads(json.dumps(page))) == []
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert passages[item["target"]["source"]][position["start"] : position["end"]] == quote["exact"]


def test_a_page_declares_every_name_that_the_w3c_context_does_not_know():
    model, own = (page := to_page(annotations(kind=None)))["@context"]
    assert model == "http://www.w3.org/ns/anno.jsonld"
    assert {name for item in page["items"] for name in item["body"]} == {"type", "purpose", "value", *own}
    assert not set(own) & {"source", "value", "id", "type", "body", "target", "selector", "state", "text", "name", "label"}, "W3C terms"


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ([], [], "the page is no object"),
        (["@context"], "http://example.org", "@context does not name http://www.w3.org/ns/anno.jsonld"),
        (["id"], None, "the page has no id"),
        (["type"], "Page", "type is not 'AnnotationPage'"),
        (["items"], {}, "there is no list of items"),
        (["items", 0], "x", "item 1: it is no object"),
        (["items", 0, "id"], 7, "item 1: there is no id"),
        (["items", 0, "type"], "Note", "item 1 (X1): type is not 'Annotation'"),
        (["items", 0, "target"], None, "item 1 (X1): there is no target"),
        (["items", 0, "target", "source"], None, "item 1 (X1): a target has no source"),
        (["items", 0, "motivation"], "guessing", "item 1 (X1): 'guessing' is no motivation of the model"),
        (["items", 0, "body", "value"], None, "item 1 (X1): a textual body has no value"),
        (["items", 0, "body"], [7], "item 1 (X1): a body is neither an address nor an object"),
        (["items", 0, "target", "selector", 0, "exact"], 7, "item 1 (X1): a quote has no exact text"),
        (["items", 0, "target", "selector", 0, "prefix"], 7, "item 1 (X1): the context of a quote is no text"),
        (["items", 0, "target", "selector", 0, "type"], None, "item 1 (X1): a selector has no type"),
        (["items", 0, "target", "selector", 1, "end"], -1, "item 1 (X1): a position has no start and end in whole numbers"),
    ],
)
def test_a_page_that_lacks_what_the_model_requires_is_told_item_by_item(path, value, told):
    page = json.loads(json.dumps(to_page([MARK], {"a:p01": "treat it as an ally"})))
    assert check_page(page) == []
    place = page
    for step in path[:-1]:
        place = place[step]
    if path:
        place[path[-1]] = value
    else:
        page = value
    assert check_page(page) == [told]
    with pytest.raises(CourseError) as error:
        import_annotations(json.dumps(page), "jsonld", "x.jsonld")
    assert str(error.value) == f"x.jsonld: not a W3C AnnotationPage: {told}"


def test_a_valid_page_of_somebody_else_is_refused_with_what_it_lacks():
    page = to_page([MARK])
    del page["items"][0]["body"]["kind"]
    with pytest.raises(CourseError, match=r"x\.jsonld, item 1 \(X1\): not an annotation: 'kind' is missing"):
        import_annotations(json.dumps(page), "jsonld", "x.jsonld")


def test_a_spreadsheet_gets_a_mark_of_utf_8_and_no_formula_but_a_readable_stance():
    stance = Annotation("X1", "a:p01", Quote("=1+1"), "stance", {"actor": "@A", "issue": "-B", "stance": -1, "voice": "Q"}, note="'+x")
    text = export_annotations([stance], "csv")
    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert list(row) == list(COLUMNS)
    assert (row["exact"], row["actor"], row["issue"], row["note"], row["stance"]) == ("'=1+1", "'@A", "'-B", "''+x", "-1")


@pytest.mark.parametrize(("was", "saved"), [("+1", "1"), ("+1", "−1"), (",", ";"), (",", "\t"), ("\r\n", "\n")])
def test_what_a_spreadsheet_saves_is_read(was, saved):
    stance = Annotation("X1", "a:p01", Quote("an ally"), "stance", {"actor": "A", "issue": "B", "stance": 1, "voice": "Q"})
    (back,) = import_annotations(export_annotations([stance], "csv").replace(was, saved), "csv")
    assert {**back.codes, "stance": abs(int(back.codes["stance"]))} == stance.codes


@pytest.mark.parametrize(
    ("format", "text", "told"),
    [
        ("csv", "", "x: column 'id' is missing; the columns are id, passage"),
        ("csv", ",".join(COLUMNS) + "\nX1,a:p01\n", r"x, row 1 \(X1\): the row does not have 22 cells"),
        ("csv", ",".join(COLUMNS) + '\n"X1', "x: not valid CSV: unexpected end of data"),
        ("csv", ",".join(COLUMNS) + "\nX1,a:p01,ally" + "," * 19, r"x, row 1 \(X1\): not an annotation: kind '' is unknown; use one of"),
        ("jsonld", "{", "x: not valid JSON"),
        ("hypothesis", "{}", "x: not annotations of Hypothesis: there is no list of rows"),
        ("hypothesis", "[7]", "x, row 1: not an annotation of Hypothesis with a quote"),
        ("hypothesis", '[{"id": "h1", "uri": "a", "tags": ["important"], "target": [{}]}]', r"x, row 1 \(h1\): not an annotation of Hypo"),
    ],
)
def test_a_file_of_another_shape_is_told_in_one_line(format, text, told):
    with pytest.raises(CourseError, match=f"^{told}") as error:
        import_annotations(text, format, "x")
    assert "\n" not in str(error.value)


def test_a_row_of_hypothesis_without_our_tags_says_how_to_tag_it():
    data = json.loads(export_annotations([MARK], "hypothesis"))
    data["rows"][0]["tags"] = ["important"]
    with pytest.raises(CourseError, match=r"row 1 \(X1\): there is no tag for its kind or coder; tag it as in kind:provision"):
        import_annotations(json.dumps(data), "hypothesis")


def test_a_stance_that_is_no_number_is_told_with_its_row():
    stance = Annotation("X1", "a:p01", Quote("an ally"), "stance", {"actor": "A", "issue": "B", "stance": 2, "voice": "Q"})
    with pytest.raises(CourseError, match=r"row 1 \(X1\): not an annotation of a stance: 'stance' is no whole number"):
        import_annotations(export_annotations([stance], "csv").replace("+2", "strong"), "csv")


def test_a_row_has_what_the_hypothesis_api_has():
    (row,) = json.loads(export_annotations([MARK], "hypothesis", {"a:p01": "treat it as an ally"}))["rows"]
    assert {"id", "uri", "text", "tags", "group", "permissions", "target", "document"} <= set(row)
    assert row["tags"] == ["kind:provision", "provision:NAT-5", "coder:reference"]
    assert [one["type"] for one in row["target"][0]["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]


def test_an_unknown_format_lists_the_known_ones():
    with pytest.raises(ParameterError, match="format: 'xlsx' is not allowed; use one of jsonld, csv, hypothesis"):
        export_annotations([], "xlsx")
