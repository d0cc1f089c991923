"""HTML on its way to a reader: what is ours stays, what could run, load or mislead goes."""

import re

import pytest

from helpers.clean import clean_html
from helpers.views import View


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<a href=" JaVa\tScript:alert(1)">x</a>',
        "<svg onload=alert(1)></svg>",
        '<iframe src="https://x.example"></iframe>',
        '<p style="background:url(https://x.example/track)">x</p>',
        '<form action="https://x.example"><input onfocus=alert(1) autofocus></form>',
        "<style>@import url(https://x.example/a.css)</style>",
        '<math><mtext></p><style><img src="</style><img src onerror=alert(1)>">',
        '<meta http-equiv="refresh" content="0;url=https://x.example">',
    ],
)
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(attack):
    clean = clean_html(attack)
    assert not re.search(r"<script|\son\w+\s*=|javascript:|data:text|<iframe|<svg|<form|<style|<meta|url\(", clean, re.IGNORECASE), clean
    assert "x.example" not in re.sub(r'<a href="[^"]*"', "", clean)


def test_what_a_lesson_shows_stays():
    html = (
        '<figure><img src="data:image/png;base64,AAAA" alt="a matrix" style="max-width:100%"><figcaption>One</figcaption></figure>'
        '<section class="item"><p>A <mark>phrase</mark></p><details><summary>feedback</summary>yes</details></section>'
        '<table><thead><tr><th scope="col" style="text-align:left">state</th></tr></thead></table>'
    )
    assert clean_html(html) == html


def test_controls_that_turn_the_direction_of_text_are_left_out():
    assert clean_html("<p>user\u202egpj.exe</p>") == "<p>usergpj.exe</p>"


def test_cleaning_twice_changes_nothing_more():
    once = clean_html("<p style='text-align:left;position:fixed'>a &amp; b <b>c")
    assert clean_html(once) == once


def test_every_view_of_a_notebook_is_cleaned():
    shown = View(text="x", html="<p onclick=steal()>x<script>steal()</script></p>")._repr_mimebundle_()
    assert shown["text/html"] == "<p>x</p>"
