"""The case's codebook: who may hold a stance, on what, how strongly, and in whose voice it is told."""

from dataclasses import dataclass
from typing import Any

from .files import data_of, read_toml
from .paths import seeds_folder


@dataclass(frozen=True)
class Actor:
    """Somebody who holds stances: a state (ISO 3166-1 alpha-3 code), an organisation, a person, an outlet."""

    code: str
    name: str
    kind: str
    role: str = ""


@dataclass(frozen=True)
class Issue:
    """A question of the case, as the proposition that a stance is about."""

    code: str
    label: str
    proposition: str


@dataclass(frozen=True)
class Code:
    """Any other code of the book (a stance, a voice, a confidence mark) with its label and meaning."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Codebook:
    """All codes of the case, in the order in which tables and figures show them."""

    actors: dict[str, Actor]
    issues: dict[str, Issue]
    stances: dict[int, Code]
    voices: dict[str, Code]
    confidence: dict[str, Code]
    bases: dict[str, Code]
    blank: str
    blank_meaning: str


def load_codebook() -> Codebook:
    """The codebook of the case in use.

    Raises
    ------
    SeedError
        When ``codebook.toml`` is missing, malformed or lacks a part.

    Examples
    --------
    >>> book = load_codebook()
    >>> book.blank, book.stances[-2].label
    ('not reported', 'rejects')
    """
    path = seeds_folder() / "codebook.toml"
    data = read_toml(path)
    with data_of(path):
        return Codebook(
            actors={row["code"]: _actor(row) for row in data["actors"]},
            issues={row["code"]: Issue(row["code"], row["label"], row["proposition"]) for row in data["issues"]},
            stances={int(row["value"]): Code(spell_stance(row["value"]), row["label"], row["meaning"]) for row in data["stances"]},
            voices=_codes(data["voices"]),
            confidence=_codes(data["confidence"]),
            bases=_codes(data["bases"]),
            blank=data["blank"],
            blank_meaning=data["blank_meaning"],
        )


def spell_stance(value: int) -> str:
    """A stance as a key, in ASCII: with its sign, nought without one.

    Examples
    --------
    >>> spell_stance(-2), spell_stance(0), spell_stance(1)
    ('-2', '0', '+1')
    """
    return f"{value:+d}" if value else "0"


def with_minus(code: str) -> str:
    """A code as readers are used to see it: a negative number has a minus sign, which a hyphen is not.

    Examples
    --------
    >>> with_minus("-2"), with_minus("+1"), with_minus("NAT-5")
    ('−2', '+1', 'NAT-5')
    """
    return code.replace("-", "−") if code[1:].isdigit() else code


def _actor(row: dict[str, Any]) -> Actor:
    return Actor(row["code"], row["name"], row["kind"], row.get("role", ""))


def _codes(rows: list[dict[str, Any]]) -> dict[str, Code]:
    return {row["code"]: Code(row["code"], row.get("label", row["code"]), row["meaning"]) for row in rows}
