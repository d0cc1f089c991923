"""What is new in a working copy, in words: lines for a terminal, and a page beside the lessons for whoever has none."""

from collections.abc import Callable, Iterable, Mapping

from .given import Changes

PAGE = "WHAT-IS-NEW.md"
HEADING = "# What is new"
_STAYS = "Not as the course gives it, so it stays as it is"
_AGAIN = (
    "To take the course’s edition, open your lesson and choose *Begin This Lesson Again…* in the menu *Course*, or write "
    "`course reset {}` in a terminal. Your notebook is kept beside it, and your answers stay."
)


def reset_name(name: str) -> str:
    """What ``course reset`` calls a file.

    Examples
    --------
    >>> reset_name("03_nato_articles_4_5.ipynb"), reset_name("glossary.ipynb")
    ('03', 'glossary')
    """
    return name[:2] if name[:2].isdecimal() else name.removesuffix(".ipynb")


def news_lines(changes: Changes, waiting: Iterable[str], titles: Mapping[str, str]) -> list[str]:
    """A line for each kind of change, and one for each lesson that waits.

    Parameters
    ----------
    changes : Changes
        What an update brought.
    waiting : iterable of str
        Files that stay as they are, while the course has another edition: the learner has changed them, or we do not know.
    titles : mapping
        The title of each file; one that is not in it is called by its name.

    Examples
    --------
    >>> news_lines(Changes("1.1", renewed=("03_votes.ipynb",)), ["04_seats.ipynb"], {"03_votes.ipynb": "03 Votes"})
    ['Renewed, as you had changed nothing there: 03 Votes',
     "Not as the course gives it, so it stays as it is: 04_seats.ipynb; 'course reset 04' brings the course's edition, your answers stay"]
    """
    end = "brings the course's edition, your answers stay"
    return [
        *_tell(changes, lambda name: titles.get(name, name)),
        *(f"{_STAYS}: {titles.get(name, name)}; 'course reset {reset_name(name)}' {end}" for name in waiting),
    ]


def news_page(changes: Changes, waiting: Iterable[str], titles: Mapping[str, str]) -> str:
    """The same as a page in Markdown, with links to the lessons; empty when there is nothing to tell."""
    waiting = list(waiting)
    lines = _tell(changes, lambda name: _link(name, titles)) + [f"{_STAYS}: {_link(name, titles)}" for name in waiting]
    if not lines:
        return ""
    first = f"You have version {changes.version} of the course. Your answers are as you left them." if changes.version else ""
    again = _AGAIN.format(" ".join(map(reset_name, waiting))) if waiting else ""
    parts = [HEADING, first, "\n".join(f"- {line}" for line in lines), again]
    return "\n\n".join(part for part in parts if part) + "\n"


def _link(name: str, titles: Mapping[str, str]) -> str:
    return f"[{titles.get(name, name)}]({name})"


def _tell(changes: Changes, spell: Callable[[str], str]) -> list[str]:
    kinds = {
        "New": changes.added,
        "Renewed, as you had changed nothing there": changes.renewed,
        "No longer in the course, yours stays": changes.gone,
    }
    return [f"{kind}: {', '.join(map(spell, names))}" for kind, names in kinds.items() if names]
