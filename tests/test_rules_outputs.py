"""Every rule on outputs, figures, links and excuses is broken on purpose in a lesson of a copied case, and seen to fail."""

import nbformat
import pytest
from builders import LESSON

CODE = 12  # cell 13


def showing(output):
    """An edit that adds an output to cell 13."""
    return lambda notebook: notebook.cells[CODE].outputs.append(output)


def html(text: str):
    return nbformat.v4.new_output("display_data", {"text/html": text})


def saying(text: str):
    def edit(notebook):
        notebook.cells[9].source += f"\n\n{text}"

    return edit


def test_a_lesson_without_stored_outputs_is_found(change_lesson):
    def edit(notebook):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []

    assert change_lesson(edit) == [f"F {LESSON}: no stored outputs; run 'course refresh'"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (nbformat.v4.new_output("stream", text="done at 12:34:56\n"), "'12:34:56'"),
        (nbformat.v4.new_output("stream", text="<object at 0x7f00>\n"), "'object at 0x'"),
        (nbformat.v4.new_output("stream", text="/home/me/course\n"), "'/home/'"),
        (nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[]), "a stored error: ValueError"),
        (nbformat.v4.new_output("display_data", {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}), "a stored widget"),
        (nbformat.v4.new_output("display_data", {"image/png": "aGk="}), "a picture without alternative text"),
        (html('<img src="x" alt="A figure"><table></table>'), "does not describe"),
        (html('<img src="x" alt="Picture of all that one can see here"><table></table>'), "does not describe"),
        (html('<img src="x"><table></table>'), "does not describe"),
        (html('<img src="x" alt="one two three four five six">'), "a figure without its table"),
        (html('<a href="https://a.example">here</a>'), "the link “here” does not say where it leads"),
    ],
)
def test_an_output_that_is_unsettled_or_not_described_is_found_with_its_cell(change_lesson, output, message):
    assert any(line.startswith(f"F {LESSON}, cell 13: ") and message in line for line in change_lesson(showing(output)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Read [here](https://a.example).", "the link “here” does not say where it leads; name what it leads to"),
        ("Read more in [this link](https://a.example).", "the link “this link” does not say where it leads"),
        ("See [https://a.example](https://a.example).", "the link “https://a.example” is named by its address"),
        ("See https://a.example for it.", "the bare address https://a.example; write [what it is](address)"),
        ("See <https://a.example>.", "the bare address <https://a.example>"),
        ("![map](map.png)", "alternative text “map” does not describe the picture"),
    ],
)
def test_a_link_or_picture_in_prose_that_is_not_described_is_found(change_lesson, text, message):
    (found,) = change_lesson(saying(text))
    assert found.startswith(f"F {LESSON}, cell 10: {message}")


@pytest.mark.parametrize("text", ["Read [the treaty’s text](https://a.example).", "Write `https://a.example` into the box."])
def test_a_described_link_and_an_address_in_code_are_let_pass(change_lesson, text):
    assert change_lesson(saying(text)) == []


@pytest.mark.parametrize("tag", ["nbval-ignore-output", "nbval-skip", "raises-exception"])
def test_an_excuse_needs_a_reason(change_lesson, tag):
    (found,) = change_lesson(lambda notebook: notebook.cells[CODE].metadata.update(tags=[tag]))
    assert found.startswith(f"F {LESSON}, cell 13: excused from comparison without a reason")


def test_an_excuse_in_a_comment_counts_too(change_lesson):
    def edit(notebook):
        notebook.cells[CODE].source += "\n# PYTEST_VALIDATE_IGNORE_OUTPUT"

    assert any("without a reason" in line for line in change_lesson(edit))


def test_too_many_excuses_are_found(change_lesson):
    def edit(notebook):
        for cell in [cell for cell in notebook.cells if cell.cell_type == "code"][5:10]:
            cell.source = f"# because\n{cell.source}"
            cell.metadata["tags"] = ["nbval-ignore-output"]

    assert any("code cells are excused from comparison; at most a tenth" in line for line in change_lesson(edit))


def test_stored_widget_state_is_found(change_lesson):
    assert change_lesson(lambda notebook: notebook.metadata.update(widgets={"state": {}})) == [
        f"F {LESSON}: stored widget state; run 'course refresh'"
    ]


@pytest.mark.parametrize("comment", ["# NBVAL_IGNORE_OUTPUT", "# PYTEST_VALIDATE_IGNORE_OUTPUT", "#  ", "# NBVAL_SKIP -"])
def test_a_mark_is_no_reason_for_itself(change_lesson, comment):
    def edit(notebook):
        notebook.cells[CODE].source = f"{comment}\n{notebook.cells[CODE].source}"
        notebook.cells[CODE].metadata["tags"] = ["nbval-ignore-output"]

    assert any("without a reason" in line for line in change_lesson(edit))


@pytest.mark.parametrize("kind", ["image/svg+xml", "image/jpeg", "image/gif"])
def test_a_picture_of_any_kind_needs_words(change_lesson, kind):
    output = nbformat.v4.new_output("display_data", {kind: "<svg/>"})
    assert any("cell 13: a picture without alternative text" in line for line in change_lesson(showing(output)))


def test_the_time_of_an_event_is_no_clock(change_lesson, case):
    path = case / "events" / "timeline.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ",at 09:24:05 ", 20), encoding="utf-8")
    assert not any("09:24:05" in line for line in change_lesson(showing(nbformat.v4.new_output("stream", text="2015-11-24 09:24:05\n"))))
