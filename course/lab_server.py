"""What our part of JupyterLab's page asks for: the lessons, what is new, and a lesson given anew. An extension of its server.

It is switched on by ``jupyter/jupyter_server_config.json``. On a folder that is no working copy it answers 404 and does nothing.
"""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from helpers.errors import CourseError

from .given import is_working_copy
from .glossary_page import PAGE as GLOSSARY
from .lessons import find_lessons
from .whats_new import PAGE as NEWS
from .whats_new import news_page
from .working_copy import read_update, reset_lessons

ADDRESS = "alliance-course"  # of the page's part, too


def describe_course(folder: Path) -> dict[str, Any]:
    """What the page shows: ``lessons`` that are there, in order, and ``news``.

    A lesson has its ``path``, its ``name``, and for a card ``label``, ``caption`` and ``mark``. ``news`` is ``None``, or the page of
    news with an ``id`` that changes with what it says.
    """
    shown = [
        {
            "path": lesson.path.name,
            "name": f"{lesson.number} {lesson.title}",
            "label": lesson.title,  # on a card, where the mark stands above it
            "caption": f"{lesson.teaching + lesson.exercises} minutes. {lesson.question}",
            "mark": lesson.number,
        }
        for lesson in find_lessons()
    ]
    glossary = "Glossary"
    shown.append({"path": GLOSSARY, "name": glossary, "label": glossary, "caption": "The terms, one sentence each", "mark": "A–Z"})
    update = read_update(folder)
    page = news_page(update.news, update.waiting, update.titles)
    news = {"path": NEWS, "label": "What is new", "id": hashlib.sha256(page.encode()).hexdigest()}
    return {
        "lessons": [one for one in shown if (folder / one["path"]).is_file()],
        "news": news if page and (folder / NEWS).is_file() else None,
    }


class CourseHandler(APIHandler):
    """Base of both requests: only for whoever is let in, and only in a working copy."""

    auth_resource = "contents"

    def initialize(self, folder: Path) -> None:
        """Keep the folder that JupyterLab shows."""
        self.folder = folder

    async def answer(self, make: Any, *arguments: Any) -> None:
        """Send what a function makes of the folder, in a thread, since it reads all lessons; an error of ours as one line."""
        if not is_working_copy(self.folder):
            raise web.HTTPError(404, "no working copy of the course")
        try:
            self.finish(json.dumps(await asyncio.to_thread(make, self.folder, *arguments)))
        except CourseError as error:
            self.set_status(409)
            self.finish(json.dumps({"message": str(error)}))


class LessonsHandler(CourseHandler):
    """``GET``: the lessons and what is new."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Send :func:`describe_course`."""
        await self.answer(describe_course)


class ResetHandler(CourseHandler):
    """``POST {"path": …}``: a lesson given anew; the answer is ``{"aside": …}``, the file that keeps the former one, or empty."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Give the lesson anew."""
        sent = self.get_json_body()
        path = sent.get("path") if isinstance(sent, dict) else None
        await self.answer(_begin_again, str(path))


def _begin_again(folder: Path, path: str) -> dict[str, str]:
    ((_, aside),) = reset_lessons(folder, [path])
    return {"aside": aside}


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    base, settings = server.web_app.settings["base_url"], {"folder": Path(server.root_dir)}
    handlers = [(url_path_join(base, ADDRESS, name), handler, settings) for name, handler in _HANDLERS.items()]
    server.web_app.add_handlers(".*$", handlers)


_HANDLERS = {"lessons": LessonsHandler, "reset": ResetHandler}
