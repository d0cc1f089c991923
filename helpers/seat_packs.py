"""What each seat of a Council could have known on the day: its pack, and what the packs say of the draft.

A pack holds what was public by its day, and nothing later: passages of articles that had appeared, what is coded in them,
dated events, what the treaties of the seat say, and earlier consultations. What is left out is told with its reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from .articles import Article, load_articles
from .codebook import load_codebook
from .council import Council, Seat, load_council, load_draft, seats
from .events import consultations, contributions, timeline
from .parameters import check_choice, last_day
from .stances import evidence
from .tables import format_range, with_confidence
from .treaties import describe_membership, members_at, organisations, provisions, state_names

_COMMENT = "V2"  # what others wrote about a clause, on a day that is not recorded
_UNDATED = "day not reported"


@dataclass(frozen=True, eq=False)
class SeatPack:
    """What a seat could have known on its ``day`` (ISO text).

    ``passages`` are ids; ``evidence``, ``events``, ``consultations`` and ``clauses`` are tables, and ``own`` in the first
    two says whether a row is about the seat itself; ``memberships`` are sentences; ``left_out`` says what is not in the
    pack and why.
    """

    seat: Seat
    day: str
    passages: tuple[str, ...]
    evidence: pd.DataFrame
    events: pd.DataFrame
    consultations: pd.DataFrame
    clauses: pd.DataFrame
    memberships: tuple[str, ...]
    left_out: pd.DataFrame

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that a memo from this seat may cite: its own evidence first, then events, clauses, the rest."""
        own, others = (list(self.evidence.loc[mask, "id"]) for mask in (self.evidence["own"], ~self.evidence["own"]))
        dated = [*self.events.sort_values("own", ascending=False, kind="stable")["id"], *self.consultations["id"]]
        return (*own, *dated, *dict.fromkeys(self.clauses["provision"]), *others, *self.passages)


@dataclass(frozen=True, eq=False)
class _Public:
    """What the case knows, loaded once for all seats, as far as it was public on the day."""

    council: Council
    articles: tuple[Article, ...]
    evidence: pd.DataFrame
    events: pd.DataFrame
    later: int
    consultations: pd.DataFrame
    provisions: pd.DataFrame


def seat_pack(seat: str) -> SeatPack:
    """What a seat could have known on the day of the Council.

    Parameters
    ----------
    seat : str
        An id of :func:`helpers.council.seats`.

    Raises
    ------
    ParameterError
        When there is no such seat; the message lists the seats.

    Examples
    --------
    >>> pack = seat_pack("neutral")
    >>> int(pack.evidence["own"].sum()), max(pack.events["date"]) <= pack.day, "TEU-42.7" in pack.ids
    (0, True, True)
    """
    known = seats()
    return _pack(known[check_choice("seat", seat, known)], _load_public())


def seat_packs() -> dict[str, SeatPack]:
    """The packs of all seats by their ids; empty where a case has none."""
    known = seats()
    public = _load_public() if known else None
    return {id: _pack(seat, public) for id, seat in known.items() if public}


def tabulate_seats() -> pd.DataFrame:
    """The seats with what their packs hold on themselves: ``seat, name, speaks_for, coded, own_events, interests, red_lines``.

    The last four are counts: codes, dated events, interests and red lines that passages support.

    Examples
    --------
    >>> tabulate_seats().set_index("seat").loc[["paris", "ankara", "neutral"], "coded"].tolist()
    [11, 0, 0]
    """
    columns = ["seat", "name", "speaks_for", "coded", "own_events", "interests", "red_lines"]
    rows = []
    for id, pack in seat_packs().items():
        seat, counts = pack.seat, (int(pack.evidence["own"].sum()), int(pack.events["own"].sum()))
        rows.append((id, seat.name, " ".join(seat.speaks_for), *counts, len(seat.interests), len(seat.red_lines)))
    return pd.DataFrame(rows, columns=columns)


def tabulate_draft() -> pd.DataFrame:
    """Where each seat is reported to stand on the contested sentences: ``seat``, and a column a sentence and issue.

    A cell holds the stance or its range with the evidence ids of the pack. An empty cell is "not reported": under a
    silence procedure a seat that says nothing consents, in this table it says nothing.

    Examples
    --------
    >>> table = tabulate_draft().set_index("seat")
    >>> table.loc[["Washington", "Ankara"], "3: Transition before cooperation"].tolist()
    ['+2 (E23)', '']
    """
    book = load_codebook()
    issues = [(sentence.id, issue) for sentence in load_draft() for issue in sentence.issues]
    columns = {f"{id}: {book.issues[issue].label}": issue for id, issue in issues}
    rows = []
    for pack in seat_packs().values():
        own = pack.evidence[pack.evidence["own"]]
        rows.append({"seat": pack.seat.name} | {name: _stance(own[own["issue"] == issue]) for name, issue in columns.items()})
    return pd.DataFrame(rows, columns=["seat", *columns])


def aftermath(seat: str) -> pd.DataFrame:
    """What is known to have happened after the day of the Council to a seat or to all: ``date, what, source, confidence``.

    For a look back, when every memo is written. Rows are events that name those for whom the seat speaks, acts of the
    bodies that concern every seat, and what the seat’s states are reported to have given; an undated one stands last.

    Examples
    --------
    >>> aftermath("neutral")["date"].tolist()
    ['2015-11-20', '2015-12-18', 'day not reported']
    """
    known = seats()
    one = known[check_choice("seat", seat, known)]
    council, events, given = load_council(), timeline(), contributions()
    events = events[(events["date"].map(last_day) > council.day) & _named(events["actors"], (*one.speaks_for, *council.common))]
    given = given[given["state"].isin(one.speaks_for) & (given["contribution"] != "")]
    given = given[(given["date"] == "") | (given["date"].map(last_day) > council.day)]
    what = [f"{row.contribution} ({row.figure})" if row.figure else row.contribution for row in given.itertuples()]
    given = given.assign(event=what, date=given["date"].replace("", _UNDATED))
    columns = ["date", "event", "source", "confidence"]
    table = pd.concat([events[columns], given[columns]]).sort_values("date", kind="stable", ignore_index=True)
    return with_confidence(table).rename(columns={"event": "what"})


def _load_public() -> _Public:
    council = load_council()
    events = timeline(as_of=council.day)
    later = len(timeline()) - len(events)
    events = events[events["end"].map(last_day) <= council.day]
    # Notes may know more than the day did.
    return _Public(
        council=council,
        articles=load_articles("reading"),
        evidence=evidence().drop(columns="note").sort_values("id", ignore_index=True),
        events=with_confidence(events.drop(columns=["note", "as_of"])),
        later=later,
        consultations=with_confidence(consultations(as_of=council.day).drop(columns=["note", "as_of"])),
        provisions=provisions(),
    )


def _pack(seat: Seat, public: _Public) -> SeatPack:
    passages, unread = _passages(seat, public)
    clauses, untold = _clauses(seat, public)
    marks, events = public.evidence[public.evidence["passage"].isin(passages)], public.events
    held = public.council.consultations_under in seat.treaties
    later = {f"{public.later} events of the course’s table": f"Later than {public.council.day}."} if public.later else {}
    left_out = {**later, **unread, **untold, **dict(public.council.never)}
    return SeatPack(
        seat=seat,
        day=public.council.day,
        passages=passages,
        evidence=marks.assign(own=marks["actor"].isin(seat.speaks_for)).reset_index(drop=True),
        events=events.assign(own=_named(events["actors"], seat.speaks_for)).reset_index(drop=True),
        consultations=(public.consultations if held else public.consultations.iloc[:0]).reset_index(drop=True),
        clauses=clauses,
        memberships=_memberships(seat, public.council.day),
        left_out=pd.DataFrame(list(left_out.items()), columns=["what", "why not"]),
    )


def _passages(seat: Seat, public: _Public) -> tuple[tuple[str, ...], dict[str, str]]:
    """The latest version of each article that had appeared, what the seat takes from an earlier one, and what is left."""
    found: list[str] = []
    left = {}
    for article in public.articles:
        if article.published is None or str(article.published) > public.council.day:
            left[article.id] = f"Not known to have appeared by {public.council.day}."
            continue
        latest = article.version()
        for version in article.versions:
            ids = [passage.id for passage in version.passages if version is latest or passage.id in seat.earlier]
            found += ids
            if rest := len(version.passages) - len(ids):
                left[f"{rest} passages of {article.id}, {version.id}"] = "An earlier state of an article whose later one is in the pack."
    return tuple(found), left


def _clauses(seat: Seat, public: _Public) -> tuple[pd.DataFrame, dict[str, str]]:
    table = public.provisions
    own = table[table["provision"].isin(seat.treaties)]
    kept = own[own["element"].isin(public.council.elements) & (own["confidence"] != _COMMENT)]
    left = {}
    if rest := len(own) - len(kept):
        left[f"{rest} statements on these clauses"] = "They tell how a clause was used or comment on it, and may be later than the day."
    for name in dict.fromkeys(table.loc[~table["provision"].isin(seat.treaties), "name"]):
        left[name] = "The seat is no party: it may read the clause, but owes and is owed nothing under it."
    columns = ["provision", "name", "label", "text", "quote", "source", "confidence"]
    return with_confidence(kept[columns]).sort_values("provision", kind="stable", ignore_index=True), left


def _memberships(seat: Seat, day: str) -> tuple[str, ...]:
    names, lines = state_names(), []
    for org in organisations():
        members = members_at(day, org)
        if org in seat.speaks_for:
            lines.append(f"{org}: {len(members)} members on {day}.")
        for code in [code for code in seat.speaks_for if code in names]:
            there = code in members
            lines.append(describe_membership(code, org, day) if there else f"{names[code]}: not among the {org} members on {day}.")
    return tuple(lines)


def _named(actors: pd.Series, codes: Iterable[str]) -> pd.Series:
    wanted = {*codes}
    return pd.Series([bool(wanted & {*row.split()}) for row in actors], index=actors.index, dtype=bool)


def _stance(own: pd.DataFrame) -> str:
    if own.empty:
        return ""
    return f"{format_range(own['stance'].min(), own['stance'].max())} ({' '.join(own['id'])})"
