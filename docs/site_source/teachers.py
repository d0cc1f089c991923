"""Teachers' pages for a public site: plans and notes linked to the lessons, without what learners must not read.

A note's section of keys is left out, and so is every point that names an exam item: beside a misconception its id would tell
a wrong answer. ``course notes NN`` prints a note whole.
"""

import re
from collections.abc import Iterable

from course.lessons import Lesson
from course.teaching import read_page
from helpers.counted_nouns import count_of
from helpers.errors import CourseError
from helpers.questions import load_items

from .links import Places, link_markdown
from .tables import table

FOLDER = "teach"
_KEYS = re.compile(r"^## Keys\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_POINT = re.compile(r"^[-*] .*\n(?:  .*\n)*|^(?:[^\n#|*-].*\n)+", re.MULTILINE)  # a point of a list with its lines, or a paragraph
_PLAN_ROW = re.compile(r"^(\| *\d+ *\| *(?:class|home) *\| *)(\d\d)( *\| *)(.*)$", re.MULTILINE)
_SECTION = re.compile(r"(?<!\*)\*(?P<title>[^*\n]+)\*(?!\*)|\b(?P<exercise>[Ee]xercise \d)\b(?! (?:to|and) \d)")


def note_of(lesson: Lesson) -> str:
    """The staged file of a lesson's note."""
    return f"{FOLDER}/notes/{lesson.number}.md"


def note_text(lesson: Lesson, places: Places) -> str:
    """A lesson's note in Markdown, as far as the public may read it, with what is left out told at its end."""
    text, left = public_note(read_page(lesson.number))
    told = f"; so {'is' if left == 1 else 'are'} {count_of(left, 'point')} about exam items" if left else ""
    tail = f"Keys are left out here{told}. `course notes {lesson.number}` prints the whole note."
    linked = link_sections(text.rstrip("\n"), lesson.number, places)
    page, origin = note_of(lesson), f"course/notes/{lesson.number}.md"
    lead = f"To the lesson: [{lesson.number} {lesson.title}](../../{places.pages[f'notebooks/{lesson.path.name}']})"
    title, _, body = link_markdown(linked, page, origin, places).partition("\n")
    return f"{title}\n\n{lead}\n{body}\n\n```{{note}}\n{tail}\n```\n"


def public_note(text: str) -> tuple[str, int]:
    r"""A note without its keys and without the points that name an exam item; how many of these there were.

    Raises
    ------
    CourseError
        When it has no section of keys: under another heading they would be published.

    Examples
    --------
    >>> public_note("# 03\n\n## Likely misconceptions\n\n- One.\n- Two: 03-q1.\n\n## Keys\n\n- 03-q9: (b)\n")
    ('# 03\n\n## Likely misconceptions\n\n- One.\n- Two: 03-q1.\n\n', 0)
    """
    exam, left = {item.id for item in load_items() if item.mode == "exam"}, 0

    def keep(point: re.Match[str]) -> str:
        nonlocal left
        named = exam.intersection(re.findall(r"\b\d\d-[a-z]+\d+\b", point[0]))
        left += bool(named)
        return "" if named else point[0]

    told, sections = _KEYS.subn("", text)
    if sections != 1:
        title = text.partition("\n")[0].removeprefix("# ")
        raise CourseError("has no section “## Keys” to be left out", where=f"the note “{title}”", todo="call its section of keys so")
    return _POINT.sub(keep, told), left


def plan_text(name: str, page: str, lessons: Iterable[Lesson], places: Places) -> str:
    """A plan in Markdown, with its lessons, sections and exercises linked."""
    files = {lesson.number: f"../../{places.pages[f'notebooks/{lesson.path.name}']}" for lesson in lessons}

    def settle(row: re.Match[str]) -> str:
        before, number, between, what = row.groups()
        return f"{before}[{number}]({files[number]}){between}{link_sections(what, number, places)}" if number in files else row[0]

    text = link_markdown(read_page(name), page, f"course/plans/{name}.md", places)
    return _PLAN_ROW.sub(settle, text)


def link_sections(text: str, number: str, places: Places) -> str:
    """The text with links at the headings (in italics) and exercises of a lesson."""

    def settle(match: re.Match[str]) -> str:
        title = match["title"] or match["exercise"].capitalize()
        anchor = places.names.get(f"{number} {title}")
        return f"[{match[0]}](#{anchor})" if anchor else match[0]

    return _SECTION.sub(settle, text)


def notes_text(lessons: Iterable[Lesson]) -> str:
    """The page that leads to the notes, in Markdown."""
    rows = [[f"[{one.number} {one.title}]({one.number}.md)", str(one.teaching), str(one.exercises)] for one in lessons]
    return f"""# Notes on the lessons

A page or two for each lesson: what takes how long, what learners get wrong, what to skip, what to ask at the end. Learners may read
here, too, so keys and whatever speaks of exam items are left out. `course notes 03` prints a note whole.

{table(["lesson", "minutes teaching", "minutes exercises"], rows)}
"""
