"""The matrix to explore: every cell opens what stands behind it, tells its whole name, and opens at once."""

from builders import WIDGET, buttons_of, parts_of

from helpers.annotation import annotations
from helpers.codebook import load_codebook
from helpers.controls import STYLE
from helpers.matrix_view import explore_matrix
from helpers.stances import positions


def names_of(buttons):
    return [tuple(button.description.split("\n")) for button in buttons]


def test_in_print_the_matrix_is_its_figure_and_in_a_live_kernel_a_widget_stands_beside(live, monkeypatch):
    data = explore_matrix(positions(["USA"], ["ART5"]))._repr_mimebundle_()
    assert data[WIDGET]["model_id"] and data["image/png"].startswith(b"\x89PNG")
    monkeypatch.delenv("ALLIANCE_LIVE")
    assert WIDGET not in explore_matrix(positions(["USA"], ["ART5"]))._repr_mimebundle_()


def test_clicking_a_cell_of_the_matrix_opens_the_evidence_behind_it(live):
    buttons, page = buttons_of(explore_matrix(positions(["USA", "RUS"], ["ART5", "RUSCOORD"])))
    assert [short for short, _ in names_of(buttons)] == ["0", "−2…+1", "·", "0…+2"]
    buttons[1].click()
    table = positions(["USA"], ["RUSCOORD"])
    for id in table["evidence"].item():
        mark = next(mark for mark in annotations() if mark.id == id)
        assert f">{id}</td>" in page.value
        assert f"<footer>{mark.passage}</footer>" in page.value
    assert "E32" not in page.value


def test_a_cell_tells_its_actor_issue_and_stance_to_somebody_who_cannot_see_where_it_stands(live):
    buttons, _ = buttons_of(explore_matrix(positions(["USA", "RUS"], ["ART5", "RUSCOORD"])))
    assert [name for _, name in names_of(buttons)] == [
        "United States, Invoke NATO Article 5: 0",
        "United States, Military coordination with Russia: −2 to +1",
        "Russia, Invoke NATO Article 5: not reported",
        "Russia, Military coordination with Russia: 0 to +2",
    ]
    assert not any(button.disabled or button.tabbable is False for button in buttons)


def test_every_issue_has_a_heading_that_breaks_no_word_and_is_turned_where_its_column_is_narrow(live):
    headings = [part.value for part in parts_of(explore_matrix(positions(["USA"])).widget(), "HTML") if "alliance-head" in part.value]
    headings = [value for value in headings if not value.startswith(STYLE)]
    assert len(headings) == len(load_codebook().issues)
    assert not any(word in STYLE for word in ("overflow-wrap:anywhere", "hyphens:auto", "break-all"))
    assert "writing-mode:vertical-rl" in STYLE and all(
        f'"alliance-head">{issue.label}<' in "".join(headings) for issue in load_codebook().issues.values()
    )


def test_clicking_a_blank_cell_says_that_silence_is_not_neutrality(live):
    buttons, page = buttons_of(explore_matrix(positions(["RUS"], ["ART5"])))
    buttons[0].click()
    assert "Russia, Invoke NATO Article 5: not reported" in page.value
    assert "No passage is coded for it. That is silence, not neutrality." in page.value and "<table" not in page.value


def test_a_coded_zero_of_the_matrix_opens_its_evidence_and_is_no_blank(live):
    buttons, page = buttons_of(explore_matrix(positions(["NATO"], ["ART5"])))
    buttons[0].click()
    assert "<footer>stripes-2015:p05</footer>" in page.value and "silence" not in page.value


def test_every_cell_of_the_whole_matrix_can_be_clicked(live):
    table = positions()
    buttons, page = buttons_of(explore_matrix(table))
    assert len(buttons) == len(table)
    for button, row in zip(buttons, table.itertuples(), strict=True):
        button.click()
        assert all(f">{id}</td>" in page.value for id in row.evidence), (row.actor, row.issue)


def test_another_coders_matrix_opens_that_coders_reasons(live):
    buttons, page = buttons_of(explore_matrix(positions(["RUS"], ["ART5"], coder="second")))
    assert names_of(buttons) == [("−2", "Russia, Invoke NATO Article 5: −2")]
    buttons[0].click()
    assert ">second/E32</td>" in page.value and "<footer>nyt-2015:v2-p17</footer>" in page.value


def test_a_passage_whose_version_is_inferred_says_so_behind_its_cell(live):
    buttons, page = buttons_of(explore_matrix(positions(["ISR"], ["GROUND"], version="v1")))
    buttons[0].click()
    assert "nyt-2015:v1-p24 (version inferred)" in page.value


def test_cells_that_were_taken_out_of_the_table_are_blanks(live):
    table = positions(["USA", "RUS"], ["ART5", "RUSCOORD"])
    view = explore_matrix(table[table["passages"] > 0])
    buttons, page = buttons_of(view)
    assert names_of(buttons) == names_of(buttons_of(explore_matrix(table))[0])
    assert view.text == explore_matrix(table).text and "1 are hatched" in view.text
    buttons[2].click()
    assert "Russia, Invoke NATO Article 5: not reported" in page.value
