"""Every page has one frame."""

import re

from course.page_frame import FOR_TEACHERS, page_html


def test_a_page_is_one_file_with_a_language_a_title_one_main_part_and_its_style_for_screen_and_print():
    page = page_html("A & B", "<p>body</p>")
    assert '<html lang="en">' in page
    assert "<title>A &amp; B</title>" in page
    assert page.count("<main>") == page.count("<h1>") == 1
    assert "@media print" in page
    assert not re.search(r"<script|<link|url\(|@import|https?:", page)


def test_a_teachers_page_says_so_before_anything_else():
    assert f'<h1>Keys</h1><p class="audience">{FOR_TEACHERS}</p>body' in page_html("Keys", "body", for_teachers=True)
    assert FOR_TEACHERS not in page_html("Packet", "body")
