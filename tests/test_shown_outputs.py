"""Of every output one form, within limits, and a sentence on what is left out."""

import re

from course.shown_outputs import PICTURE, PICTURES, TEXT, shown_outputs


def display(**data):
    return {"output_type": "display_data", "data": {name.replace("_", "/", 1): text for name, text in data.items()}}


def shown(*outputs):
    """What is shown, as pairs of kind and text."""
    pairs = []
    for output in shown_outputs(list(outputs), "03_x.ipynb"):
        kind = output["output_type"]
        pairs += [(kind, output["text"])] if kind == "stream" else [(kind, output["traceback"][0])] if kind == "error" else []
        pairs += output.get("data", {}).items()
    return pairs


def test_the_form_that_needs_no_program_is_taken_and_a_live_widget_gives_way_to_its_twin():
    widget = display(text_html="<p>twin</p>", text_plain="twin", image_png="QUJD") | {}
    widget["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "1"}
    assert shown(widget) == [("text/html", "<p>twin</p>")]
    assert shown(display(text_plain="2", image_png="QUJD")) == [("image/png", "QUJD")]


def test_html_that_was_a_program_only_gives_way_to_the_next_form_or_a_sentence():
    program = "<div id='plot'></div><script>draw()</script>"
    assert shown(display(text_html=program, text_plain="Figure")) == [("text/plain", "Figure")]
    ((_, told),) = shown(display(text_html=program))
    assert "An output cannot be shown here (text/html). The whole is in the executed notebook 03_x.ipynb." in told


def test_an_output_of_an_unknown_kind_and_one_that_is_none_are_told():
    for odd in ({"output_type": "display_data", "data": {"application/x-odd": {}}}, {"output_type": "odd"}, {}, None, 5):
        ((kind, told),) = shown(odd)
        assert kind == "text/html"
        assert told.startswith('<p class="cut">An output cannot be shown here (')
    assert shown_outputs(None, "03_x.ipynb") == shown_outputs({}, "03_x.ipynb") == []


def test_a_long_print_is_cut_and_the_sentence_says_how_much_and_where_the_whole_is():
    (_, kept), (_, note) = shown({"output_type": "stream", "name": "stdout", "text": ["x" * 25_000_000] * 2})
    assert kept == "x" * TEXT
    assert "Cut: the first 200 kB of 50.0 MB are shown. The whole is in the executed notebook 03_x.ipynb." in note


def test_many_outputs_share_one_limit():
    pairs = shown(*[{"output_type": "stream", "name": "stdout", "text": "x" * 50_000}] * 9)
    assert sum(len(text) for kind, text in pairs if kind == "stream") == TEXT
    assert "Cut: 5 more outputs are not shown." in pairs[-1][1]


def test_a_large_picture_is_left_out_alone_or_inside_html_and_small_ones_stay():
    assert "A picture of 15.0 MB is left out." in shown(display(image_png="A" * 20_000_000))[0][1]
    html = f'<p>before</p><img alt="a" src="data:image/png;base64,{"A" * 3_000_000}"><p>after</p><img src="data:image/png;base64,QUJD">'
    (_, kept), (_, note) = shown(display(text_html=html))
    assert "before" in kept
    assert "after" in kept
    assert kept.count("<img") == 1
    assert "A picture of 2.3 MB is left out." in note
    many = shown(*[display(image_png="A" * (PICTURE - 1))] * 5)
    assert [kind for kind, _ in many] == ["image/png"] * (PICTURES // PICTURE + 1) + ["text/html"]


def test_long_html_is_cut_between_tags_and_what_it_leaves_open_swallows_nothing():
    rows = "<tr><td>cell</td></tr>" * 20_000
    (_, kept), (_, note) = shown(display(text_html=f"<!-- <table>{rows}"), display(text_html=f"<table>{rows}"))[-2:]
    assert len(kept) < TEXT + 100
    assert kept.endswith("</table>")
    assert not re.search(r"<t[rd]?$", kept)
    assert "Cut: the first" in note


def test_an_error_shows_its_traceback_or_at_least_its_name():
    assert shown({"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", 1]}) == [("error", "a\n1")]
    assert shown({"output_type": "error", "ename": "E", "evalue": "v"}) == [("error", "E: v")]
