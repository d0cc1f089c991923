"""JupyterLab's page asks its server for the lessons and the news, and lets it give a lesson anew; a stranger is told nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import nbformat
import pytest
from browser import free_port, wait_for_server

from course.lab_server import describe_course
from course.working_copy import update_working_copy


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """``course lab`` for real, and a function that asks it: status and what it told."""
    folder, port = tmp_path_factory.mktemp("server") / "mine", free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALLIANCE_", "JUPYTER"))}
    environment |= {f"JUPYTER_{kind}_DIR": str(folder.parent / kind) for kind in ("CONFIG", "RUNTIME", "DATA")}
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--no-browser", "--IdentityProvider.token=secret"]
    with (folder.parent / "server.log").open("w") as log:
        command = [sys.executable, "-m", "course", "lab", "--folder", str(folder), *options]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def ask(what: str, sent: object = None, token: str = "secret") -> tuple[int, dict]:
        data = None if sent is None else json.dumps(sent).encode()
        request = Request(f"{ask.address}/alliance-course/{what}", data, {"Authorization": f"token {token}"})
        try:
            with urlopen(request) as told:
                return told.status, json.load(told)
        except HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")

    ask.address = f"http://127.0.0.1:{port}"
    try:
        wait_for_server(f"{ask.address}/api", process)
        yield ask, folder
    finally:
        process.terminate()
        process.wait(timeout=60)
    assert "Traceback" not in (folder.parent / "server.log").read_text()


@pytest.mark.slow
def test_the_page_is_told_the_lessons_and_a_lesson_begins_again(server):
    ask, folder = server
    status, told = ask("lessons")
    assert (status, told["news"]) == (200, None)
    assert told["lessons"][0] == {
        "path": "00_start.ipynb",
        "name": "00 Start here",
        "label": "Start here",
        "caption": "20 minutes. How do you run this course, and what is it built on?",
        "mark": "00",
    }
    assert told["lessons"][-1]["path"] == "glossary.ipynb"
    (folder / "01_four_sources.ipynb").write_text("spoilt")
    assert ask("reset", {"path": "01_four_sources.ipynb"}) == (200, {"aside": "set-aside-01_four_sources.ipynb"})
    assert nbformat.read(folder / "01_four_sources.ipynb", as_version=4).cells


@pytest.mark.slow
def test_a_stranger_is_told_nothing_and_changes_nothing(server):
    ask, folder = server
    before = sorted(path.name for path in folder.iterdir())
    assert [ask("lessons", token="wrong")[0], ask("reset", {"path": "02_reading_as_data.ipynb"}, token="wrong")[0]] == [403, 403]
    # Another page in the learner's browser could send their cookie, and not the token that only our page can read.
    signed_in = build_opener(HTTPCookieProcessor())
    signed_in.open(ask.address + "/lab?token=secret").close()
    assert signed_in.open(ask.address + "/alliance-course/lessons").status == 200
    with pytest.raises(HTTPError, match="403"):
        signed_in.open(ask.address + "/alliance-course/reset", b'{"path": "02_reading_as_data.ipynb"}')
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.slow
@pytest.mark.parametrize("sent", [{}, {"path": "../x.ipynb"}, {"path": 3}, ["path"], "x"])
def test_what_is_no_lesson_is_refused_in_one_line(server, sent):
    ask, folder = server
    before = sorted(path.name for path in folder.iterdir())
    status, told = ask("reset", sent)
    assert (status, told["message"].split(";")[0].endswith("does not exist")) == (409, True)
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.slow
def test_on_a_folder_that_is_no_working_copy_there_is_no_course(server):
    ask, folder = server
    record = folder / ".course" / "given.json"
    kept = record.rename(record.with_suffix(".away"))
    assert [ask("lessons")[0], ask("reset", {"path": "01_four_sources.ipynb"})[0]] == [404, 404]
    kept.rename(record)


def test_the_news_have_an_id_that_changes_with_what_they_say_and_a_lesson_that_is_gone_has_no_card(tmp_path):
    folder = Path(tmp_path / "mine")
    update_working_copy(folder)
    seen = []
    for name in ("01_four_sources.ipynb", "02_reading_as_data.ipynb"):
        (folder / name).write_bytes(b"")
        update_working_copy(folder)
        news = describe_course(folder)["news"]
        assert (news["path"], news["label"]) == ("WHAT-IS-NEW.md", "What is new")
        seen.append(news["id"])
    assert len(set(seen)) == 2
    (folder / "00_start.ipynb").unlink()
    (folder / "WHAT-IS-NEW.md").unlink()
    told = describe_course(folder)
    assert (told["lessons"][0]["mark"], told["news"]) == ("01", None)
