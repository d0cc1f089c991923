"""The codebook as a page, written from the case's seeds: who is coded, on what, on which scale, and on which passages it rests."""

from collections.abc import Iterable
from typing import Any

from helpers.annotation import Annotation, annotations
from helpers.codebook import load_codebook, spell_stance, with_minus
from helpers.files import read_toml
from helpers.paths import seeds_folder
from helpers.treaties import provisions

from .tables import definition, table

_INTRO = """# Codebook

Who is coded, on which questions, on which scale, and in whose voice it is told. A coder reads a passage, asks who holds which stance on
which issue, and gives four codes: actor, issue, stance, voice. The ids behind an entry, such as E03, lead to the passages that were coded
with it; which stance they got is kept folded there, so that you can code first and look afterwards."""


def codebook_text() -> str:
    """The page in Markdown, with every code of the case in use."""
    book, data = load_codebook(), read_toml(seeds_folder() / "codebook.toml")
    marks = annotations()
    scale = [
        [with_minus(spell_stance(value)), stance.label, stance.meaning] for value, stance in sorted(book.stances.items(), reverse=True)
    ]
    organisations = [[f"`{row['code']}`", row["name"], row.get("definition", "")] for row in data.get("organisations", [])]
    clauses = dict(provisions()[["provision", "name"]].itertuples(index=False, name=None))
    parts = [
        _INTRO,
        f"Where no passage holds evidence the cell is blank, which reads “{book.blank}”. {book.blank_meaning}",
        "## Issues\n\nAn issue is a proposition. A stance is always a stance on the sentence in italics.",
        *(_entry(row, row["label"], f"*{row['proposition']}*", _with(marks, "issue", row)) for row in data["issues"]),
        "## Stances",
        table(["stance", "label", "when to give it"], scale),
        "## Voices\n\nThe voice says whose words tell of the stance.",
        table(["voice", "label", "meaning"], _codes(book.voices.values())),
        "## Actors",
        *(_entry(row, row["name"], row.get("role", ""), _with(marks, "actor", row)) for row in data["actors"]),
        "## Organisations\n\nOrganisations are also found by name in any text.",
        table(["code", "name", "definition"], organisations),
        "## Provisions",
        table(["code", "name"], [[f"`{code}`", name] for code, name in clauses.items()]),
        "## How sure we are",
        table(["mark", "label", "meaning"], _codes(book.confidence.values())),
        "## How a thing is known",
        table(["basis", "meaning"], [[one.code, one.meaning] for one in book.bases.values()]),
    ]
    return "\n\n".join(parts) + "\n"


def _entry(row: dict[str, Any], name: str, what: str, marks: list[Annotation]) -> str:
    told = f"Coded with it: {', '.join(mark.id for mark in marks)}" if marks else "No passage is coded with it."
    rule = " ".join(filter(None, [row.get("definition", ""), row.get("voice_note", "")]))
    return definition(f"**{name}** `{row['code']}`", f"{what}{'.' * (not what.rstrip('*').endswith('.'))}" if what else "", rule, told)


def _with(marks: Iterable[Annotation], kind: str, row: dict[str, Any]) -> list[Annotation]:
    return [mark for mark in marks if mark.codes[kind] == row["code"]]


def _codes(codes: Iterable[Any]) -> list[list[str]]:
    return [[f"`{one.code}`", one.label, one.meaning] for one in codes]
