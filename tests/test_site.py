"""The site is built without a network and without a warning, holds what it promises and no secret, and is read in a browser."""

import doctest
import os
import re
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path

import pytest
from browser import MARKS, SCREENSHOTS, find_bare_figures, find_cut_text, find_violations, open_page
from builders import CASE

from course.lessons import find_lessons, read_notebook
from helpers.annotation import annotations
from helpers.articles import index_passages, load_articles
from helpers.codebook import load_codebook
from helpers.questions import load_items

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# One page of each kind, for what takes long.
KINDS = {
    "home": "index.html", "lesson": "lessons/03_nato_articles_4_5.html", "glossary": "case/glossary.html",
    "codebook": "case/codebook.html", "passages": "case/nyt-2015.html", "plan": "teach/plans/45.html", "note": "teach/notes/03.html",
    "ways": "learn/ways-in.html", "commands": "maintain/commands.html", "search": "search.html?q=consensus",
}  # fmt: skip
SCROLLS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def in_browser(test):
    """The test with the marks of those that need a Chromium."""
    for mark in MARKS:
        test = mark(test)
    return test


@pytest.fixture(autouse=True)
def documents(monkeypatch):
    """The folder of the site's own modules can be imported from."""
    monkeypatch.syspath_prepend(str(DOCS))


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The built pages, made as ``make site`` makes them, with every connection beyond this machine refused and noted."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed; run 'make site', or install the extra 'site'")
    folder = tmp_path_factory.mktemp("site")
    outside = folder / "outside.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALLIANCE_")}
    environment |= {"PYTHONPATH": str(ROOT / "course" / "offline"), "COURSE_OUTSIDE": str(outside)}
    command = [sys.executable, str(DOCS / "make_site.py"), "--out", str(folder)]
    built = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-3000:] + built.stdout[-3000:]
    assert not outside.exists(), outside.read_text()
    return folder / "html"


@pytest.fixture(scope="module")
def address(site):
    """The address of a server on loopback that has the pages."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            """Say nothing of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(address):
    """A browser's page on a phone; at its end nothing has failed, was missing, or was asked for beyond this machine."""
    with open_page(viewport=PHONE) as page:
        page.on("response", lambda answer: page.found.append(answer.url) if answer.status >= 400 else None)
        yield page


def read(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_lesson_note_plan_article_decision_and_command_has_its_page(site):
    lessons = find_lessons()
    wanted = {f"lessons/{lesson.name}.html" for lesson in lessons} | {f"teach/notes/{lesson.number}.html" for lesson in lessons}
    wanted |= {f"teach/plans/{path.stem}.html" for path in (ROOT / "course" / "plans").glob("*.md")}
    wanted |= {f"case/{article.id}.html" for article in load_articles("reading")}
    wanted |= {f"maintain/decisions/{path.stem}.html" for path in (DOCS / "decisions").glob("*.md")}
    wanted |= {"index.html", "search.html", "case/codebook.html", "case/conflicts.html", "case/glossary.html", "maintain/commands.html"}
    assert sorted(name for name in wanted if not (site / name).is_file()) == []
    shown = re.findall(r"<h2>(course [a-z ]+)<", read(site, "maintain/commands.html"))
    assert {"course run", "course lab", "course case check"} <= set(shown)


@pytest.mark.slow
def test_a_lessons_page_shows_its_stored_outputs_and_every_figure_with_its_description(site):
    for lesson in find_lessons():
        page = read(site, f"lessons/{lesson.name}.html")
        outputs = [output for cell in read_notebook(lesson.path).cells for output in cell.get("outputs", [])]
        html = "".join(output.data.get("text/html", "") for output in outputs if "data" in output)
        assert re.findall(r'<img [^>]*alt="([^"]+)"', html) == [alt for alt in re.findall(r'<img [^>]*alt="([^"]+)"', page) if alt in html]
        assert page.count("<caption") >= html.count("<caption")


@pytest.mark.slow
def test_the_codebook_page_has_every_code_and_leads_to_the_passages_behind_it(site):
    book, page = load_codebook(), read(site, "case/codebook.html")
    for code in (*book.actors, *book.issues, *book.voices, *book.confidence):
        assert f">{code}</span>" in page, code
    for mark in annotations():
        place = f"passage-{mark.passage.replace(':', '-')}"
        assert f'href="{mark.article}.html#{place}"' in page and f'id="{place}"' in read(site, f"case/{mark.article}.html")


@pytest.mark.slow
def test_the_passages_are_those_of_the_reading_edition_with_their_codes_folded(site):
    from html import unescape

    for article in load_articles("reading"):
        page = " ".join(unescape(re.sub(r"<[^>]*>", "", read(site, f"case/{article.id}.html"))).split())
        for passage in index_passages([article]).values():
            assert passage.text in page, passage.id
        assert "<details open" not in read(site, f"case/{article.id}.html").partition("<article")[2]


@pytest.mark.slow
def test_what_lessons_plans_and_notes_name_is_a_link(site):
    assert 'href="../case/stripes-2015.html#passage-stripes-2015-p05"' in read(site, "lessons/03_nato_articles_4_5.html")
    assert 'href="../case/glossary.html#term-consensus"' in read(site, "lessons/03_nato_articles_4_5.html")
    assert 'href="../../lessons/03_nato_articles_4_5.html#item-03-q5"' in read(site, "teach/notes/03.html")
    assert 'href="../../lessons/02_reading_as_data.html#lesson-02-the-codebook"' in read(site, "teach/plans/45.html")


def test_a_public_note_has_no_keys_and_names_no_exam_item_and_says_so():
    from site_source.teachers import public_note

    from course.teaching import read_page

    exam, left = {item.id for item in load_items() if item.mode == "exam"}, 0
    for lesson in find_lessons():
        text, points = public_note(read_page(lesson.number))
        left += points
        assert not exam.intersection(re.findall(r"\d\d-[a-z]+\d+", text)) and "## Keys" not in text
        assert all(f"## {part}\n" in text for part in ("Timing", "Likely misconceptions", "What to skip", "Debrief question"))
    assert left > 5  # there was something to leave out


def test_a_note_whose_keys_stand_under_another_heading_is_not_published():
    from site_source.teachers import public_note

    from helpers.errors import CourseError

    for heading in ("## Answer keys", "## Key", "# Keys"):
        with pytest.raises(CourseError, match=r"^the note “03”: has no section “## Keys” to be left out; call its section of keys so$"):
            public_note(f"# 03\n\n## Timing\n\nLong.\n\n{heading}\n\n- 03-q9: (b)\n")


def test_a_key_is_found_in_a_note_in_what_is_searched_and_in_a_download_where_the_words_of_notes_are_none(tmp_path):
    from site_source import check_pages

    from course.teaching import read_page

    exam = next(item for item in load_items() if item.mode == "exam")
    key = next(option for option in exam.options if option.correct)
    told = f"{exam.id}: the correct answer is {key.key}"
    for name in ("teach/notes/03.html", "searchindex.js", "_downloads/1/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<p>{told}</p>")
    (tmp_path / "teach/notes/04.html").write_text(f"<p>{read_page('04').partition('## Keys')[0]}</p>")
    (tmp_path / "teach/notes/05.html").write_text(f"<p>{key.feedback}</p>")
    found = check_pages(tmp_path)
    for name, words in [("notes/03.html", "states the key"), ("searchindex.js", "states"), ("x.txt", "states"), ("05.html", "the key of")]:
        assert [line for line in found if name in line and words in line], name
    assert len(found) == 4


def test_a_link_to_a_file_that_is_not_there_stops_the_build_in_one_line():
    from site_source.links import Places, link_markdown

    from helpers.errors import CourseError

    places = Places({"docs/quality.md": "maintain/quality.md"}, {}, {})
    with pytest.raises(CourseError, match=r"^docs/x.md: links to nowhere.md, which is not there"):
        link_markdown("[x](nowhere.md)", "x.md", "docs/x.md", places)
    assert link_markdown("[a](quality.md#speed) `[x](y)` [b](../pyproject.toml)", "x.md", "docs/x.md", places) == (
        "[a](maintain/quality.md#speed) `[x](y)` b"
    )


def test_the_check_finds_a_broken_link_a_bare_picture_what_is_fetched_and_a_key(tmp_path):
    from site_source import check_pages

    exam = next(item for item in load_items() if item.mode == "exam")
    key = next(option for option in exam.options if option.correct)
    (tmp_path / "b.html").write_text('<p id="here">x</p>')
    (tmp_path / "a.html").write_text(f"""<html><head><link rel="stylesheet" href="https://fonts.example/x.css"></head><body id="a">
        <a href="b.html#here">good</a> <a href="b.html#gone">bad</a> <a href="c.html">worse</a> <a href="https://nato.int">out</a>
        <img src="data:image/png;base64,AA"><img src="x.png" alt="Two words"><script src="//cdn.example/x.js"></script>
        <p>{exam.id}: {key.feedback}</p></body></html>""")
    (tmp_path / "site.css").write_text("@import url('https://fonts.example/y.css'); a { background: url(x.png) }")
    found = "\n".join(check_pages(tmp_path))
    for wanted in ("b.html#gone, where no such place is", "c.html, which is no page", "no description", "fetches https://fonts.example/x.css",
                   "fetches //cdn.example/x.js", "site.css: fetches https://fonts.example/y.css", f"the key of {exam.id}"):  # fmt: skip
        assert wanted in found, wanted
    assert len(found.splitlines()) == 7


def test_the_examples_in_the_sites_code_hold():
    for path in (DOCS / "site_source").glob("[a-z]*.py"):
        assert doctest.testmod(import_module(f"site_source.{path.stem}")).failed == 0, path.name


def make_site(out: Path, **environment: str) -> tuple[int, str]:
    """The exit code of the command and what it wrote to stderr."""
    command = [sys.executable, str(DOCS / "make_site.py"), "--out", str(out)]
    run = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    return run.returncode, run.stderr


@pytest.mark.slow
def test_the_command_refuses_another_case_and_a_folder_that_cannot_be_in_one_line(tmp_path):
    pytest.importorskip("sphinx", reason="Sphinx is not installed; run 'make site', or install the extra 'site'")
    assert make_site(tmp_path, ALLIANCE_SEEDS=str(CASE)) == (
        2,
        f"{CASE}: the site is made of the course’s own case; unset ALLIANCE_SEEDS\n",
    )
    (tmp_path / "file").write_text("")
    code, told = make_site(tmp_path / "file" / "site")
    assert code == 2 and told.endswith("choose a folder that you may write to\n") and told.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["source", "html"])
def test_the_command_takes_nothing_away_from_a_folder_that_is_somebody_elses(name, tmp_path):
    pytest.importorskip("sphinx", reason="Sphinx is not installed; run 'make site', or install the extra 'site'")
    thesis = tmp_path / name / "thesis.md"
    thesis.parent.mkdir()
    thesis.write_text("three years of work")
    told = f"{thesis.parent}: holds files that are not the site’s; choose another folder with --out, or empty it\n"
    assert make_site(tmp_path) == (2, told)
    assert thesis.read_text() == "three years of work"


def test_a_folder_that_is_the_sites_own_is_emptied_and_an_empty_one_becomes_its_own(tmp_path):
    from site_source import claim_folder

    for _ in range(2):
        claim_folder(tmp_path / "html", empty=True)
        assert [path.name for path in (tmp_path / "html").iterdir()] == [".alliance-site"]
        (tmp_path / "html" / "old.html").write_text("a lesson that is gone")
    claim_folder(tmp_path / "html")
    assert (tmp_path / "html" / "old.html").is_file()


@pytest.mark.slow
def test_without_sphinx_the_command_says_what_to_install(tmp_path):
    (tmp_path / "sphinx.py").write_text("raise ImportError")
    told = make_site(tmp_path / "out", PYTHONPATH=str(tmp_path))
    assert told == (2, "Sphinx is not installed; run 'make site', or install the extra 'site'\n")
    assert not (tmp_path / "out").exists()


@in_browser
def test_no_page_is_wider_than_a_phone(reader, address, site):
    wide = {}
    for path in sorted(site.rglob("*.html")):
        reader.goto(f"{address}/{path.relative_to(site).as_posix()}")
        if (over := reader.evaluate(SCROLLS)) > 0:
            wide[path.name] = over
    assert wide == {}


@in_browser
def test_pages_are_accessible_on_a_phone_and_at_a_desk(reader, address):
    found = {}
    for size, kinds in ((PHONE, ("home", "passages", "plan")), (DESK, KINDS)):
        reader.set_viewport_size(size)
        for kind in kinds:
            reader.goto(f"{address}/{KINDS[kind]}", wait_until="networkidle")  # the search fetches the pages that it found
            reader.screenshot(path=SCREENSHOTS / f"site-{kind}-{size['width']}.png")
            found |= {f"{kind} at {size['width']}": broken} if (broken := find_violations(reader)) else {}
    assert found == {}


@in_browser
def test_every_figure_of_a_lesson_is_described_and_has_its_table_beside_it(reader, address):
    seen = 0
    for lesson in find_lessons():
        reader.goto(f"{address}/lessons/{lesson.name}.html")
        shown, bare = find_bare_figures(reader)
        assert bare == []
        seen += shown
    assert seen > 15


@in_browser
def test_text_of_twice_the_size_loses_nothing_on_a_phone(reader, address):
    for kind, name in KINDS.items():
        reader.goto(f"{address}/{name}", wait_until="networkidle")
        reader.add_style_tag(content="html { font-size: 200% !important }")
        assert reader.evaluate(SCROLLS) <= 0, kind
        assert find_cut_text(reader, ["article.bd-article"]) == [], kind


@in_browser
def test_the_search_finds_a_word_of_a_lesson_and_the_keyboard_opens_it(reader, address):
    reader.goto(f"{address}/search.html?q=consensus")
    results = reader.locator("#search-results li a")
    results.first.wait_for()
    reader.wait_for_load_state("networkidle")
    assert {"Glossary", "03 NATO’s Articles 4, 5 and 6"} <= set(results.all_inner_texts())
    results.first.focus()
    reader.keyboard.press("Enter")
    reader.wait_for_url(re.compile(r"\.html"))
    assert "consensus" in reader.locator("main").inner_text().lower()


@in_browser
def test_on_a_phone_the_menu_opens_and_closes_by_the_keyboard(reader, address):
    reader.goto(f"{address}/index.html")
    entry = reader.get_by_role("link", name="Codebook")
    assert not entry.is_visible()
    reader.locator(".primary-toggle:visible").focus()
    reader.keyboard.press("Enter")
    entry.wait_for()
    reader.screenshot(path=SCREENSHOTS / "site-menu-390.png")
    reader.keyboard.press("Escape")
    entry.wait_for(state="hidden")


@in_browser
def test_an_id_leads_to_its_passage_and_its_codes_open_by_the_keyboard(reader, address):
    reader.goto(f"{address}/lessons/03_nato_articles_4_5.html")
    reader.locator('main a[href$="#passage-stripes-2015-p05"]').first.click()
    passage = reader.locator("#passage-stripes-2015-p05")
    assert passage.evaluate("element => element.getBoundingClientRect().top < innerHeight")
    codes = passage.locator("summary")
    codes.focus()
    assert not passage.locator("li").first.is_visible()
    reader.keyboard.press("Enter")
    assert passage.locator("li").first.is_visible()


@in_browser
def test_without_a_server_the_pages_and_the_search_work_too(site):
    with open_page() as page:
        page.goto(f"{(site / 'search.html').as_uri()}?q=Antalya")
        page.locator("#search-results li a").first.wait_for()
        page.wait_for_load_state("networkidle")
        # Without a server the lines around a word cannot be fetched, and are left out; nothing else fails.
        page.found = [error for error in page.found if error != "Failed to fetch"]


@in_browser
def test_the_form_writes_a_link_for_a_hub(reader, address):
    reader.goto(f"{address}/learn/ways-in.html")
    reader.get_by_label("Address of your hub").fill("https://hub.school.example")
    link = reader.get_by_label("Link for your hub").input_value()
    assert link.startswith("https://hub.school.example/hub/user-redirect/git-pull?repo=")
