"""How good the finders are against labels of an independent reader: precision, recall and F1 per kind, right speakers.

python benchmarks/scoring.py [--errors] [released|heldout|articles]

What is marked and why stands in ``benchmarks/gold/README.md``. Prints figures, asserts nothing.
"""

import argparse
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from helpers.articles import Version, load_articles
from helpers.files import read_text
from helpers.mentions import Mention

GOLD = Path(__file__).resolve().parent / "gold"
KINDS = ("provision", "actor", "organisation", "person", "date", "figure")
KINDS_OF_ARTICLES = ("provision", "actor", "organisation")  # what the originals are labelled for, besides quotations

Label = Mapping[str, Any]


@dataclass(frozen=True)
class Counts:
    """Right findings (``tp``), wrong ones (``fp``) and missed labels (``fn``)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


@dataclass(frozen=True)
class Text:
    """A text with what a reader marked in it; ``spans`` are its passages, ``None`` where all of it is prose."""

    name: str
    text: str
    published: date
    labels: Sequence[Label]
    spans: Sequence[tuple[int, int]] | None = None


@dataclass(frozen=True)
class Comparison:
    """Findings and labels: the pairs that agree, and what is left over on either side."""

    pairs: Sequence[tuple[Mention, Label]]
    wrong: Sequence[Mention]
    missed: Sequence[Label]

    @property
    def counts(self) -> Counts:
        """The counts; pairs with an optional label count neither way."""
        return Counts(sum(not label.get("optional") for _, label in self.pairs), len(self.wrong), len(self.missed))


def compare(found: Iterable[Mention], gold: Iterable[Label], kinds: Collection[str], strict: bool = False) -> Comparison:
    """Pair findings with labels of the same kind and value whose spans overlap (``strict``: are the same), each once.

    The same span is preferred to an overlap, and a label that counts to an optional one. Left-overs that are optional
    are dropped.
    """
    mentions = [mention for mention in found if mention.kind in kinds]
    labels = [label for label in gold if label["kind"] in kinds]
    candidates = [
        (not _same_span(mention, label), bool(label.get("optional")), -_overlap(mention, label), m, g)
        for m, mention in enumerate(mentions)
        for g, label in enumerate(labels)
        if (_same_span(mention, label) if strict else _overlap(mention, label) > 0) and _same_value(mention, label)
    ]
    taken: dict[int, int] = {}
    for *_, m, g in sorted(candidates):
        if m not in taken and g not in taken.values():
            taken[m] = g
    return Comparison(
        [(mentions[m], labels[g]) for m, g in sorted(taken.items())],
        [mention for m, mention in enumerate(mentions) if m not in taken and not mention.optional],
        [label for g, label in enumerate(labels) if g not in taken.values() and not label.get("optional")],
    )


def score(found: Iterable[Mention], gold: Iterable[Label], kinds: Collection[str], strict: bool = False) -> Counts:
    """The counts of :func:`compare`."""
    return compare(found, gold, kinds, strict).counts


def micro(counts: Counts) -> dict[str, float]:
    """Precision, recall and F1 (0-1), and ``n``, the number of labels that count; of nothing in nothing they are 1."""
    precision = counts.tp / (counts.tp + counts.fp) if counts.tp + counts.fp else 1.0
    recall = counts.tp / (counts.tp + counts.fn) if counts.tp + counts.fn else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "n": counts.tp + counts.fn}


def compare_quotations(found: Iterable[Mention], gold: Iterable[Label]) -> dict[str, list]:
    """Labels ``missed``, findings ``wrong``, and pairs: ``right`` those with the right speaker, ``mistaken`` the others.

    A finding may cover several labels (a quotation over paragraphs); a label goes with the finding that covers most of it.
    """
    mentions = [mention for mention in found if mention.kind == "quotation"]
    labels = [label for label in gold if label["kind"] == "quotation"]
    told: dict[str, list] = {"right": [], "mistaken": [], "missed": [], "wrong": []}
    for label in labels:
        best = max(mentions, key=lambda mention: _overlap(mention, label), default=None)
        if best is None or _overlap(best, label) <= 0:
            told["missed"] += [] if label.get("optional") else [label]
        elif not label.get("optional"):
            told["right" if same_speaker(str(best.details.get("speaker", "")), label["speaker"]) else "mistaken"].append((best, label))
    touched = [mention for mention in mentions if any(_overlap(mention, label) > 0 for label in labels)]
    told["wrong"] = [mention for mention in mentions if mention not in touched and not mention.optional]
    return told


def same_speaker(found: str, wanted: str) -> bool:
    """Whether two names of a speaker agree; of unnamed ones the noun must ("unnamed NATO official", "unnamed official").

    Examples
    --------
    >>> same_speaker("unnamed official", "unnamed NATO official"), same_speaker("Ann Lee", "Ann Low")
    (True, False)
    """
    name, names = found.casefold().strip(), [one.casefold() for one in wanted.split("|")]
    if name.startswith("unnamed "):
        return any(one.startswith("unnamed ") and one.split()[-1] == name.split()[-1] for one in names)
    return name in names


def load_texts(folder: str) -> list[Text]:
    """The labelled texts of ``released`` or ``heldout``, line ends as they stand in the files."""
    texts = []
    for path in sorted((GOLD / folder).glob("*.json")):
        data = json.loads(read_text(path))
        texts.append(Text(path.stem, read_text(path.with_suffix(".txt")), date.fromisoformat(data["published"]), data["labels"]))
    return texts


def load_originals() -> list[Text]:
    """The originals, each version one text: its passages with an empty line between.

    Raises
    ------
    SeedError
        When an original is not in place.
    """
    labels = json.loads(read_text(GOLD / "articles.json"))
    return [
        _join(f"{article.id}{f':{version.id}' if version.id else ''}", version, article.published or date.min, labels)
        for article in load_articles("original")
        for version in article.versions
    ]


def measure(texts: Iterable[Text], kinds: Sequence[str]) -> dict[str, Any]:
    """What the finders reach on these texts.

    Returns
    -------
    dict
        ``kinds``: :func:`micro` per kind; ``all`` of them together; ``strict``: the same with equal spans; ``quotations``:
        ``n``, ``found`` and ``precision`` (0-1), ``speaker`` and ``voice`` (share of the found ones that are right);
        ``errors``: one line each.
    """
    from helpers.lexicon import find_mentions
    from helpers.quotations import find_quotations

    counts = dict.fromkeys((*kinds, "strict"), Counts())
    told: dict[str, list] = {"right": [], "mistaken": [], "missed": [], "wrong": []}
    errors = []
    for text in texts:
        found = find_mentions(text.text, text.published, text.spans)
        for kind in kinds:
            compared = compare(found, text.labels, {kind})
            counts[kind] += compared.counts
            counts["strict"] += score(found, text.labels, {kind}, strict=True)
            errors += [_line(text, (one.start, one.end), f"wrong {kind} {one.value}") for one in compared.wrong]
            errors += [_line(text, (one["start"], one["end"]), f"missed {kind} {one['value']}") for one in compared.missed]
        quotations = compare_quotations(find_quotations(text.text, text.spans), text.labels)
        for outcome, ones in quotations.items():
            told[outcome] += ones
        errors += _quotation_errors(text, quotations)
    return {
        "kinds": {kind: micro(counts[kind]) for kind in kinds},
        "all": micro(sum((counts[kind] for kind in kinds), Counts())),
        "strict": micro(counts["strict"]),
        "quotations": _shares(told),
        "errors": errors,
    }


def measure_released() -> dict[str, Any]:
    """:func:`measure` on the texts that developers may read."""
    return measure(load_texts("released"), KINDS)


def measure_heldout() -> dict[str, Any]:
    """:func:`measure` on the texts that nobody reads who works on a finder."""
    return measure(load_texts("heldout"), KINDS)


def measure_articles() -> dict[str, Any]:
    """:func:`measure` on the originals; they must be in place."""
    return measure(load_originals(), KINDS_OF_ARTICLES)


def _overlap(mention: Mention, label: Label) -> int:
    return min(mention.end, label["end"]) - max(mention.start, label["start"])


def _same_span(mention: Mention, label: Label) -> bool:
    return (mention.start, mention.end) == (label["start"], label["end"])


def _same_value(mention: Mention, label: Label) -> bool:
    value = mention.value.casefold()
    return mention.kind == label["kind"] and any(one in ("*", value) for one in label["value"].casefold().split("|"))


def _join(name: str, version: Version, published: date, gold: Mapping[str, Sequence[Label]]) -> Text:
    text, spans, labels = "", [], []
    for passage in version.passages:
        text += "\n\n" if text else ""
        spans.append((len(text), len(text) + len(passage.text)))
        own = gold.get(passage.id, [])
        labels += [{**label, "start": label["start"] + len(text), "end": label["end"] + len(text)} for label in own]
        text += passage.text
    return Text(name, text, published, labels, spans)


def _shares(told: Mapping[str, list]) -> dict[str, float]:
    pairs = told["right"] + told["mistaken"]
    n, voiced = len(pairs) + len(told["missed"]), [pair for pair in pairs if pair[0].details.get("voice") == pair[1]["voice"]]
    return {
        "n": n,
        "found": len(pairs) / n if n else 1.0,
        "precision": len(pairs) / (len(pairs) + len(told["wrong"])) if pairs else 1.0,
        "speaker": len(told["right"]) / len(pairs) if pairs else 1.0,
        "voice": len(voiced) / len(pairs) if pairs else 1.0,
    }


def _line(text: Text, span: tuple[int, int], what: str) -> str:
    start, end = span
    before, exact, after = (
        " ".join(part.split()) for part in (text.text[max(0, start - 30) : start], text.text[start:end], text.text[end : end + 30])
    )
    return f"{text.name}: {what}: …{before} [{exact[:60]}] {after}…"


def _quotation_errors(text: Text, told: Mapping[str, list]) -> list[str]:
    lines = [_line(text, (one.start, one.end), f"wrong quotation of {one.details.get('speaker')}") for one in told["wrong"]]
    lines += [_line(text, (one["start"], one["end"]), f"missed quotation of {one['speaker']}") for one in told["missed"]]
    for one, label in told["mistaken"]:
        lines.append(_line(text, (label["start"], label["end"]), f"speaker {one.details.get('speaker')} for {label['speaker']}"))
    return lines


def _print(name: str, figures: Mapping[str, Any], errors: bool) -> None:
    print(f"{name:14} {'precision':>9} {'recall':>7} {'F1':>7} {'N':>5}")
    for kind, rates in {**figures["kinds"], "all": figures["all"], "all, strict": figures["strict"]}.items():
        print(f"  {kind:12} {rates['precision']:9.3f} {rates['recall']:7.3f} {rates['f1']:7.3f} {rates['n']:5}")
    shares = figures["quotations"]
    print(
        f"  quotations   found {shares['found']:.3f} of {shares['n']}, precision {shares['precision']:.3f}; "
        f"of the found: speaker {shares['speaker']:.3f}, voice {shares['voice']:.3f}"
    )
    for line in figures["errors"] if errors else []:
        print(f"    {line}")


def main() -> None:
    """Measure the sets that are named, or all of them."""
    sets = (measure_released, measure_heldout, measure_articles)
    measures = {measure.__name__.removeprefix("measure_"): measure for measure in sets}
    parser = argparse.ArgumentParser(description="Precision, recall and F1 of the finders, per kind.")
    parser.add_argument("sets", nargs="*", metavar="|".join(measures), help="all when none is named")
    parser.add_argument("--errors", action="store_true", help="list every error with the words around it")
    given = parser.parse_args()
    if unknown := set(given.sets) - set(measures):
        parser.error(f"no set {min(unknown)}: there are {', '.join(measures)}")
    for name in given.sets or measures:
        _print(name, measures[name](), given.errors)


if __name__ == "__main__":
    main()
