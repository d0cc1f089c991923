"""The figure of the seats says in words and numbers what its bars show."""

import pandas as pd

from helpers.figures_seats import draw_seats
from helpers.seat_packs import tabulate_seats


def test_the_figure_has_its_numbers_beside_it_and_names_the_silent_seats():
    view = draw_seats(tabulate_seats())
    assert "No code: Ankara, A neutral EU member: Ireland." in view.text
    assert "Washington | 14 | 5" in view.text and view.png and view.html.count("<tr>") == 10


def test_where_every_seat_is_coded_nobody_is_called_silent():
    table = tabulate_seats().head(3)
    assert "No code: no seat." in draw_seats(table).text


def test_a_case_without_seats_gets_a_sentence():
    assert draw_seats(pd.DataFrame()).text == "There are no seats."
