"""What an item is made of: its options, its fields, how a forecast came out, and the words for modes and statuses."""

from dataclasses import dataclass
from typing import Any

from .parameters import check_choice

MARKED = ("fact", "reported claim")  # the only statuses with a right answer
STATUSES = (*MARKED, "interpretation", "forecast")
CHOICES = ("check", "poll", "exam")  # modes in which one option is chosen
MODES = (*CHOICES, "forecast", "code", "mark", "memo")


@dataclass(frozen=True)
class Option:
    """One option of an item; a wrong one names the misconception behind it."""

    key: str
    text: str
    feedback: str = ""
    correct: bool = False
    misconception: str = ""


@dataclass(frozen=True)
class Field:
    """One thing to code: the choices, and what the reference coder chose and why."""

    name: str
    label: str
    choices: tuple[str, ...]
    reference: str = ""
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a forecast came out, known from the day ``known`` (ISO text)."""

    happened: bool
    known: str
    what: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Item:
    """An exercise.

    ``mode`` is ``check`` or ``exam`` (one option is right; of an exam item the learner sees neither key nor feedback),
    ``poll`` (none is), ``forecast`` (a probability from 0 to 1 that the answer is yes), ``code`` (a choice for each
    field), ``mark`` (phrases to choose in the passages of ``evidence``, and to code as annotations of a ``kind``) or
    ``memo`` (a text with evidence ids). ``words`` are the least and the most words of a memo, ``cites`` the
    least number of its evidence ids, ``sample`` one that would pass. A ``code`` item may name an ``incident`` to test.
    """

    id: str
    lesson: str
    objective: str
    mode: str
    status: str
    prompt: str
    minutes: int
    evidence: tuple[str, ...]
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    outcome: Outcome | None = None
    starter: str = ""
    words: tuple[int, int] = (1, 1000)
    cites: int = 0
    rubric: str = ""
    sample: Any = None
    incident: str = ""
    kind: str = ""

    def option(self, key: str) -> Option:
        """The option with this key."""
        return {option.key: option for option in self.options}[check_choice(self.id, key, [o.key for o in self.options])]
