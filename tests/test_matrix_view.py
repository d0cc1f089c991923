"""The matrix to explore: every cell opens what stands behind it, tells its whole name, and opens at once."""

from builders import WIDGET, parts_of

from helpers.annotation import annotations
from helpers.codebook import load_codebook
from helpers.matrix_view import explore_matrix
from helpers.stances import positions


def grid_of(view):
    """The table of buttons of a live view, and the notice under it."""
    widget = view.widget()
    (box,), (shown,) = parts_of(widget, "Grid"), parts_of(widget, "HTML")
    return box, shown


def names_of(box):
    return [name for name, _ in box.options]


def test_in_print_the_matrix_is_its_figure_and_in_a_live_kernel_a_widget_stands_beside(live, monkeypatch):
    data = explore_matrix(positions(["USA"], ["ART5"]))._repr_mimebundle_()
    assert data[WIDGET]["model_id"] and data["image/png"].startswith(b"\x89PNG")
    monkeypatch.delenv("ALLIANCE_LIVE")
    assert WIDGET not in explore_matrix(positions(["USA"], ["ART5"]))._repr_mimebundle_()


def test_clicking_a_cell_of_the_matrix_opens_the_evidence_behind_it(live):
    box, page = grid_of(explore_matrix(positions(["USA", "RUS"], ["ART5", "RUSCOORD"])))
    assert box.cells == ["0", "−2…+1", "·", "0…+2"]
    box.index = 1
    table = positions(["USA"], ["RUSCOORD"])
    for id in table["evidence"].item():
        mark = next(mark for mark in annotations() if mark.id == id)
        assert f">{id}</td>" in page.value
        assert f"<footer>{mark.passage}</footer>" in page.value
    assert "E32" not in page.value


def test_a_cell_tells_its_actor_issue_and_stance_to_somebody_who_cannot_see_where_it_stands(live):
    box, _ = grid_of(explore_matrix(positions(["USA", "RUS"], ["ART5", "RUSCOORD"])))
    assert names_of(box) == [
        "United States, Invoke NATO Article 5: 0",
        "United States, Military coordination with Russia: −2 to +1",
        "Russia, Invoke NATO Article 5: not reported",
        "Russia, Military coordination with Russia: 0 to +2",
    ]
    assert not box.disabled


def test_every_issue_and_every_actor_has_a_heading(live):
    book = load_codebook()
    box, _ = grid_of(explore_matrix(positions(), "Positions"))
    assert box.columns == [issue.label for issue in book.issues.values()] and box.rows == [actor.name for actor in book.actors.values()]
    assert box.description == "Positions" and len(box.cells) == len(box.columns) * len(box.rows)


def test_clicking_a_blank_cell_says_that_silence_is_not_neutrality(live):
    box, page = grid_of(explore_matrix(positions(["RUS"], ["ART5"])))
    box.index = 0
    assert "Russia, Invoke NATO Article 5: not reported" in page.value
    assert "No passage is coded for it. That is silence, not neutrality." in page.value and "<table" not in page.value


def test_a_coded_zero_of_the_matrix_opens_its_evidence_and_is_no_blank(live):
    box, page = grid_of(explore_matrix(positions(["NATO"], ["ART5"])))
    box.index = 0
    assert "<footer>stripes-2015:p05</footer>" in page.value and "silence" not in page.value


def test_every_cell_of_the_whole_matrix_can_be_clicked(live):
    table = positions()
    box, page = grid_of(explore_matrix(table))
    assert len(box.options) == len(table)
    for at, row in enumerate(table.itertuples()):
        box.index = at
        assert all(f">{id}</td>" in page.value for id in row.evidence), (row.actor, row.issue)


def test_another_coders_matrix_opens_that_coders_reasons(live):
    box, page = grid_of(explore_matrix(positions(["RUS"], ["ART5"], coder="second")))
    assert (box.cells, names_of(box)) == (["−2"], ["Russia, Invoke NATO Article 5: −2"])
    box.index = 0
    assert ">second/E32</td>" in page.value and "<footer>nyt-2015:v2-p17</footer>" in page.value


def test_a_passage_whose_version_is_inferred_says_so_behind_its_cell(live):
    box, page = grid_of(explore_matrix(positions(["ISR"], ["GROUND"], version="v1")))
    box.index = 0
    assert "nyt-2015:v1-p24 (version inferred)" in page.value


def test_cells_that_were_taken_out_of_the_table_are_blanks(live):
    table = positions(["USA", "RUS"], ["ART5", "RUSCOORD"])
    view = explore_matrix(table[table["passages"] > 0])
    box, page = grid_of(view)
    assert names_of(box) == names_of(grid_of(explore_matrix(table))[0])
    assert view.text == explore_matrix(table).text and "1 are hatched" in view.text
    box.index = 2
    assert "Russia, Invoke NATO Article 5: not reported" in page.value
