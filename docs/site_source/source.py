"""The site's source: one folder with every page, staged from the repository, the case in use and the command's own help.

Nothing generated lies among the documents: pages are written below ``docs/_build``, and only what changed is written again.
"""

from collections.abc import Iterator
from pathlib import Path

from course.lessons import Lesson, find_lessons
from course.teaching import LENGTHS, SYLLABI
from helpers.articles import load_articles
from helpers.errors import CourseError
from helpers.files import read_text
from helpers.paths import packaged_seeds, seeds_folder

from . import codebook, evidence, lessons, reference, teachers
from .folders import MARK, claim_folder
from .links import ROOT, Places, link_markdown
from .tables import table

GLOSSARY = "case/glossary.md"
PLANS = ("README", *map(str, LENGTHS), *SYLLABI)
# Documents by their place on the site; those of docs/ that are not named here stand under `maintain`.
_DOCUMENTS = {
    "README.md": "maintain/overview.md",
    "CONTRIBUTING.md": "maintain/contributing.md",
    "CHANGELOG.md": "maintain/changelog.md",
    "docs/index.md": "index.md",
    "docs/learners.md": "learn/first-steps.md",
    "docs/ways-in.md": "learn/ways-in.md",
    "docs/teachers.md": "teach/index.md",
    "docs/classroom.md": "teach/classroom.md",
    "docs/annotator.md": "teach/annotator.md",
    "docs/cluster.md": "teach/cluster.md",
}
_FIRST = "learn/first-steps.md"
_LISTS = {  # what the index lists, beside what is generated: a caption and pages, if they are there
    "Learn": [_FIRST, "learn/ways-in.md", "LESSONS", GLOSSARY],
    "The case": ["case/codebook.md", "case/articles.md", "case/conflicts.md"],
    "Teach": ["teach/index.md", "teach/classroom.md", "teach/plans/README.md", "teach/notes/index.md", "teach/annotator.md"],
    "Maintain": [
        "maintain/overview.md",
        "maintain/contributing.md",
        "maintain/commands.md",
        "maintain/names.md",
        "REST",
        "maintain/changelog.md",
    ],
}
_REFERENCE = {"maintain/commands.md": reference.commands_text, "maintain/names.md": reference.names_text}
_TITLES = {"maintain/overview.md": "Overview and commands"}  # in the sidebar; the page has the site's own title
_WORKSHOP = ("_build", "site_source", "static", "templates")  # folders of docs/ that make the site and are not on it
Files = dict[str, str | bytes]


def write_source(folder: Path) -> list[str]:
    """Write the source of the site into a folder, take away what no longer belongs there, and give the names of its files.

    Raises
    ------
    CourseError
        When a lesson or a part of the case is malformed, a link leads nowhere, or another case is in use: its lessons and
        terms would not be those that the documents speak of. When the folder holds files and is not the site's.
    """
    if seeds_folder() != packaged_seeds():
        raise CourseError("the site is made of the course’s own case", where=str(seeds_folder()), todo="unset ALLIANCE_SEEDS")
    files = {name: content.encode() if isinstance(content, str) else content for name, content in _files().items()}
    claim_folder(folder)
    for path in [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).as_posix() not in {*files, MARK}]:
        path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return sorted(files)


def find_documents() -> dict[str, str]:
    """The written documents by their paths in the repository, each with its staged file."""
    found = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in path.parts]
    documents = {name: place for name, place in _DOCUMENTS.items() if (ROOT / name).is_file()}
    return documents | {name: f"maintain/{name.removeprefix('docs/')}" for name in found if name not in documents}


def find_places(found: list[Lesson], documents: dict[str, str]) -> Places:
    """What stands where: pages of documents, lessons and plans, and the anchors of all that a text may name."""
    files = [path for path in (ROOT / "docs").rglob("*") if path.is_file() and path.suffix != ".md" and not _is_made(path)]
    pages = {f"docs/{name}": f"files/{name}" for name in (path.relative_to(ROOT / "docs").as_posix() for path in sorted(files))}
    pages |= {name: f"files/{name}.txt" for name in ("LICENSE", "LICENSE-CC-BY-4.0")}
    pages |= documents | {"docs/decisions": documents["docs/decisions/README.md"]}
    pages |= {page: page for page in (*evidence.passage_anchors(), "case/conflicts.md")}
    pages |= {"notebooks/glossary.ipynb": GLOSSARY, "notebooks": "index.md", "course/plans": "teach/plans/README.md"}
    pages |= {f"notebooks/{lesson.path.name}": lessons.page_of(lesson) for lesson in found}
    pages |= {f"course/plans/{name}.md": f"teach/plans/{name}.md" for name in PLANS}
    pages |= {f"course/notes/{lesson.number}.md": teachers.note_of(lesson) for lesson in found} | {"course/notes": "teach/notes/index.md"}
    names, anchors = {}, dict.fromkeys(lessons.term_anchors().values(), GLOSSARY)
    for lesson in found:
        own = {f"{lesson.number} {title}": anchor for title, anchor in lessons.section_anchors(lesson).items()}
        own |= lessons.item_anchors(lesson)
        names = own | names  # an item that two lessons show is the first one's
        anchors = dict.fromkeys(own.values(), lessons.page_of(lesson)) | anchors
    for page, own in [*evidence.passage_anchors().items(), ("case/conflicts.md", evidence.conflict_anchors())]:
        names |= own
        anchors |= dict.fromkeys(own.values(), page)
    return Places(pages, anchors, names)


def _files() -> Files:
    found, documents = find_lessons(), find_documents()
    places = find_places(found, documents)
    ways = _FIRST if _FIRST in documents.values() else documents["README.md"]
    files: Files = {place: link_markdown(read_text(ROOT / name), place, name, places) for name, place in documents.items()}
    files |= {page: (ROOT / name).read_bytes() for name, page in places.pages.items() if page.startswith("files/")}
    files |= {lessons.page_of(one): lessons.lesson_page(one, ways, teachers.note_of(one), places) for one in found}
    files |= {teachers.note_of(one): teachers.note_text(one, places) for one in found}
    files |= {f"teach/plans/{name}.md": teachers.plan_text(name, f"teach/plans/{name}.md", found, places) for name in PLANS}
    files |= {GLOSSARY: lessons.glossary_text(found, GLOSSARY, places), "teach/notes/index.md": teachers.notes_text(found)}
    files |= dict(_case_pages(places))
    files |= {page: write() for page, write in _REFERENCE.items()}
    _add_contents(files, found)
    return files


def _case_pages(places: Places) -> Iterator[tuple[str, str]]:
    articles = load_articles("reading")
    pages = {"case/codebook.md": codebook.codebook_text(), "case/articles.md": evidence.articles_text(articles)}
    pages |= {"case/conflicts.md": evidence.conflicts_text()}
    pages |= {evidence.page_of(article): evidence.article_text(article) for article in articles}
    for page, text in pages.items():
        yield page, link_markdown(text, page, page, places)


def _add_contents(files: Files, found: list[Lesson]) -> None:
    """Put the list of lessons where the index wants it, and the contents that the sidebar shows where they belong."""
    rows = [[f"[{one.number} {one.title}]({lessons.page_of(one)})", str(one.teaching + one.exercises), one.question] for one in found]
    index = str(files["index.md"]).replace("<!-- lessons -->", table(["lesson", "minutes", "what it asks"], rows))
    beneath = {  # a page, and those that stand beneath it
        "maintain/decisions/README.md": sorted(name for name in files if name.startswith("maintain/decisions/0")),
        "teach/plans/README.md": [f"teach/plans/{name}.md" for name in PLANS[1:]],
        "teach/notes/index.md": [teachers.note_of(one) for one in found],
        "case/articles.md": [evidence.page_of(article) for article in load_articles("reading")],
    }
    named = {page for pages in (*_LISTS.values(), *beneath.values()) for page in pages} | set(beneath) | {"index.md"}
    rest = [name for name in sorted(files) if name.endswith(".md") and name not in named and name.startswith(("maintain/", "teach/"))]
    groups = {
        "LESSONS": [lessons.page_of(one) for one in found],
        "REFERENCE": list(_REFERENCE),
        "REST": ["maintain/decisions/README.md", *(page for page in rest if page not in _REFERENCE)],
    }
    for caption, pages in _LISTS.items():
        whole = [one for page in pages for one in groups.get(page, [page]) if one in files]
        index += _contents(whole, "index.md", caption)
    files["index.md"] = index
    for page, below in beneath.items():
        files[page] = str(files[page]) + _contents(below, page, "")


def _contents(pages: list[str], page: str, caption: str) -> str:
    # A page's name from the source's root, without its ending, is how Sphinx calls it.
    names = {name: f"/{name.rpartition('.')[0]}" for name in pages}
    entries = "\n".join(f"{_TITLES[name]} <{plain}>" if name in _TITLES else plain for name, plain in names.items())
    titled = f":caption: {caption}\n" if caption else ""
    return f"\n```{{toctree}}\n:hidden:\n{titled}\n{entries}\n```\n"


def _is_made(path: Path) -> bool:
    below = path.relative_to(ROOT / "docs").parts
    return len(below) == 1 or below[0] in _WORKSHOP or "__pycache__" in below
