"""The outputs of lessons in warm kernels, cell by cell beside those of ordinary ones; `benchmarks/soundness.py` does 300 runs."""

import nbformat
import pytest

from course.kernels import is_available
from course.lessons import lesson_paths
from course.soundness import compare_kernels, count_figures, differing, settled


def cell(*outputs, count=1):
    return nbformat.v4.new_code_cell("1", outputs=list(outputs), execution_count=count)


def stream(text):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


@pytest.mark.slow
@pytest.mark.skipif(not is_available(), reason="forks")
def test_lessons_give_the_same_in_warm_kernels_figures_and_all():
    verdict = compare_kernels(lesson_paths(["01", "03"]), runs=4, jobs=2)
    assert verdict.differences == ()
    assert verdict.figures >= 4
    assert str(verdict) == f"4 runs with warm kernels, {verdict.cells} cells, {verdict.figures} figures: no difference"


@pytest.mark.slow
@pytest.mark.skipif(not is_available(), reason="forks")
def test_a_notebook_that_tells_warm_from_ordinary_is_found_out(tmp_path):
    path = tmp_path / "telling.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import sys; 'pandas' in sys.modules")]), path)
    verdict = compare_kernels([path], runs=1, jobs=1)
    [line] = verdict.differences
    assert line.startswith("run 1, telling, code cell 1: expected 'False")
    assert str(verdict).endswith("1 difference")


def test_ids_and_addresses_do_not_count_but_their_order_does():
    one, other = "a" * 32, "b" * 32
    first = settled(nbformat.v4.new_notebook(cells=[cell(stream(f"{one} {other} {one} at 0x7f00aa"))]))
    second = settled(nbformat.v4.new_notebook(cells=[cell(stream(f"{other} {one} {other} at 0x7fffff"))]))
    swapped = settled(nbformat.v4.new_notebook(cells=[cell(stream(f"{one} {other} {other} at 0x7f00aa"))]))
    assert first == second != swapped


def test_a_stream_in_pieces_is_one_stream():
    whole = settled(nbformat.v4.new_notebook(cells=[cell(stream("ab"))]))
    pieces = settled(nbformat.v4.new_notebook(cells=[cell(stream("a"), stream("b"))]))
    assert whole == pieces


def test_a_vanished_figure_and_a_missing_cell_are_told():
    figure = nbformat.v4.new_output("display_data", data={"image/png": "iVBOR"})
    there = settled(nbformat.v4.new_notebook(cells=[cell(figure), cell()]))
    gone = settled(nbformat.v4.new_notebook(cells=[cell()]))
    assert (count_figures(there), count_figures(gone)) == (1, 0)
    assert len(differing("01", there, gone)) == 3
