"""Seats to look at: a seat's pack, a chooser for all seats, and what a memo from a seat may cite."""

from html import escape
from typing import Any

import pandas as pd

from .articles import index_passages, load_articles
from .controls import STYLE, page
from .council import Claim, load_draft, seats
from .events import consultations, timeline
from .inputs import choices
from .seat_packs import SeatPack, seat_pack, seat_packs
from .stances import evidence
from .tables import consultation_table, evidence_table
from .treaties import provisions
from .views import View, paragraph, say, table_html, table_text

_NO_SEATS = "This case has no seats."
_SILENT = "not reported"
_TREATIES = "What its treaties say"


def show_pack(seat: str) -> View:
    """What a seat could have known on the day of the Council, what it does not have and why, and what passages bear of its aims.

    Raises
    ------
    ParameterError
        When there is no such seat; the message lists the seats.

    Examples
    --------
    >>> print(show_pack("ankara").text.splitlines()[0])
    Ankara speaks for the government of Turkey. Its pack ends on 2015-11-19.
    """
    pack = seat_pack(seat)
    return View(_pack_text(pack), _pack_html(pack))


def choose_seat() -> View:
    """The seats of the Council side by side; in a live kernel with buttons to choose one and read its pack."""
    rows = [(seat.name, seat.who, len(seat.interests), len(seat.red_lines)) for seat in seats().values()]
    if not rows:
        return say(_NO_SEATS)
    table = pd.DataFrame(rows, columns=["seat", "speaks for", "interests", "red lines"])
    return View(table_text(table), table_html(table, "The seats, and how many interests and red lines passages support"), _seat_widget)


def show_draft() -> View:
    """The draft decision, sentence by sentence, open sentences marked in words.

    Examples
    --------
    >>> print(show_draft().text.splitlines()[1])
    2 (open). Members whose forces act against IS in Syria coordinate their operations, Russia’s among them.
    """
    lines = [f"{one.id} ({'open' if one.issues else 'settled'}). {one.text}" for one in load_draft()]
    if not lines:
        return say("This case has no draft.")
    return View("\n".join(lines), "".join(paragraph(line) for line in lines))


def list_choices(seat: str | None = None) -> dict[str, str]:
    """What a memo may cite, by id, each with its text: the seat's pack, or the whole case without a seat.

    Examples
    --------
    >>> choices = list_choices("paris")
    >>> choices["E06"].partition(":")[0], "T36" in choices, "T36" in list_choices()
    ('France (Use EU Article 42(7), +2)', False, True)
    """
    pack = seat_pack(seat) if seat is not None else None
    marks = pack.evidence if pack else evidence()
    texts = {id: passage.text for id, passage in index_passages(load_articles("reading")).items()}
    events = pack.events if pack else timeline()
    held = pack.consultations if pack else consultations()
    clauses = pack.clauses if pack else provisions()
    found = {row.id: _tell_mark(row, texts[row.passage]) for row in evidence_table(marks).itertuples()}
    found |= {row.id: f"{row.date}: {row.event}" for row in events.itertuples()}
    found |= {row.id: f"{row.date}: {row.occasion} {row.outcome}" for row in held.itertuples()}
    for row in clauses.itertuples():
        found[row.provision] = f"{found.get(row.provision, row.name + '.')} {row.label}: {row.text}"
    found |= texts
    return {id: found[id] for id in pack.ids} if pack else found


def _tell_mark(row, text: str) -> str:
    return f"{row.actor} ({row.issue}, {row.stance}): “{row.phrase}”, {row.voice}. {row.passage}: {text}"


def _seat_widget() -> Any:
    from ipywidgets import VBox

    packs, pages = seat_packs(), {}

    def render(id: str) -> str:
        if id not in pages:
            pages[id] = _pack_html(packs[id], folded=True)
        return STYLE + pages[id]

    names = {pack.seat.name: id for id, pack in packs.items()}
    box = choices("Seat", names, next(iter(packs)))
    shown = page(render(box.value))
    box.observe(lambda change: setattr(shown, "value", render(change["new"])), names="value")
    return VBox([box, shown])


def _head(pack: SeatPack) -> str:
    return f"{pack.seat.name} speaks for {pack.seat.who}. Its pack ends on {pack.day}."


def _claims(claims: tuple[Claim, ...]) -> list[str]:
    return [f"{claim.text} ({', '.join(claim.evidence)})" for claim in claims] or [f"{_SILENT}: no passage supports one."]


def _tables(pack: SeatPack) -> list[tuple[str, pd.DataFrame, str]]:
    """What the pack holds on the seat itself: a title, a table, and what to say where it is empty."""
    marks, events = evidence_table(pack.evidence[pack.evidence["own"]]), pack.events[pack.events["own"]]
    held = consultation_table(pack.consultations)
    held.insert(0, "id", pack.consultations["id"])
    clauses = pack.clauses.assign(text=[f"{row.text} (“{row.quote}”)" if row.quote else row.text for row in pack.clauses.itertuples()])
    return [
        ("What is coded of this seat", marks[["id", "issue", "stance", "voice", "phrase", "passage"]], _SILENT),
        ("What it did or met by its day", events[["id", "date", "event", "confidence"]], "no dated event names it"),
        ("Earlier consultations of its alliance, and other meetings", held, "none; it is no party to the clause"),
        (_TREATIES, clauses[["provision", "label", "text", "confidence"]], "it is party to none of the case’s clauses"),
        ("What is not in the pack", pack.left_out, "nothing"),
    ]


def _others(pack: SeatPack) -> list[tuple[str, list[str]]]:
    """What is in the pack besides and speaks of others: a heading and the ids."""
    marks, events = pack.evidence[~pack.evidence["own"]], pack.events[~pack.events["own"]]
    return [
        ("Coded of others", marks["id"].tolist()),
        ("Events of others", events["id"].tolist()),
        ("Passages", list(pack.passages)),
    ]


def _pack_text(pack: SeatPack) -> str:
    lines = [_head(pack), f"Finding: {pack.seat.finding}", *pack.memberships]
    for title, claims in [("Interests", pack.seat.interests), ("Red lines", pack.seat.red_lines)]:
        lines += [f"{title}:", *(f"  {line}" for line in _claims(claims))]
    for title, table, empty in _tables(pack):
        lines += [f"{title}:", table_text(table) if len(table) else f"  {empty}"]
    lines += [f"{title}, {len(ids)}: {' '.join(ids)}" for title, ids in _others(pack)]
    return "\n".join(lines)


def _pack_html(pack: SeatPack, folded: bool = False) -> str:
    """The pack; what its treaties say opens on request, and all tables when ``folded``."""
    parts = [paragraph(_head(pack)), paragraph(pack.seat.finding), _list([*pack.memberships])]
    for title, claims in [("Interests", pack.seat.interests), ("Red lines", pack.seat.red_lines)]:
        parts += [paragraph(title, "h4"), _list(_claims(claims))]
    for title, table, empty in _tables(pack):
        if table.empty:
            parts.append(paragraph(f"{title}: {empty}."))
        elif folded or title == _TREATIES:
            summary = f"<summary>{escape(title)}, {len(table)} lines</summary>"
            parts.append(f'<details class="printed">{summary}{table_html(table)}</details>')
        else:
            parts.append(table_html(table, title))
    parts += [
        f"<details><summary>{escape(title)}, {len(ids)}</summary><p>{escape(' '.join(ids))}</p></details>" for title, ids in _others(pack)
    ]
    return "".join(parts)


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(paragraph(line, 'li') for line in lines)}</ul>"
