"""What is new is told in a line each, and on a page with links."""

from course.given import Changes
from course.whats_new import news_lines, news_page

TITLES = {"03_votes.ipynb": "03 Votes", "05_seats.ipynb": "05 Seats", "10_peace.ipynb": "10 Peace"}
CHANGES = Changes("1.1", added=("10_peace.ipynb",), renewed=("03_votes.ipynb",), gone=("07_war.ipynb",))


def test_every_kind_of_change_is_told_and_how_to_take_what_waits():
    stays, end = "Not as the course gives it, so it stays as it is", "brings the course's edition, your answers stay"
    assert news_lines(CHANGES, ["05_seats.ipynb", "glossary.ipynb"], TITLES) == [
        "New: 10 Peace",
        "Renewed, as you had changed nothing there: 03 Votes",
        "No longer in the course, yours stays: 07_war.ipynb",
        f"{stays}: 05 Seats; 'course reset 05' {end}",
        f"{stays}: glossary.ipynb; 'course reset glossary' {end}",
    ]


def test_the_page_links_the_lessons_and_says_where_the_menu_is():
    page = news_page(CHANGES, ["05_seats.ipynb"], TITLES)
    heading, version, lines, again = page.rstrip().split("\n\n")
    assert (heading, version) == ("# What is new", "You have version 1.1 of the course. Your answers are as you left them.")
    assert lines.startswith("- New: [10 Peace](10_peace.ipynb)\n- Renewed")
    assert lines.endswith("- Not as the course gives it, so it stays as it is: [05 Seats](05_seats.ipynb)")
    assert "choose *Begin This Lesson Again…* in the menu *Course*, or write `course reset 05` in a terminal" in again
    assert "menu" not in news_page(CHANGES, [], TITLES)


def test_without_news_there_is_nothing_to_read():
    assert news_lines(Changes(), [], TITLES) == []
    assert news_page(Changes("1.1"), [], TITLES) == ""
