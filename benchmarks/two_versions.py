"""How well lines of two-version pages are split: pages are made from pairs of texts, split, and compared.

    python benchmarks/two_versions.py [--pages 300] [--seed 1] [--half all|odd|even] [--json]

The pairs are in ``tests/samples/pairs``: each block holds a paragraph as the older version has it (``1``), as the newer
has it (``2``), or as both have it (``=``). A page takes a run of blocks of a pair and edits them further: paragraphs
left as they were, dropped, added, swapped or merged, a stop lost at the seam, a quotation that never closes. The rows
are laid out as News Sniffer does: paragraphs that did not change side by side, changed ones between them in order.
"""

import argparse
import difflib
import itertools
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "tests" / "samples" / "pairs"
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from helpers.sniffer import FLOOR, read_page  # noqa: E402

BANDS = [0.0, FLOOR, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01]


@dataclass(frozen=True)
class Page:
    """A page and the truth about it: the two sides of each row (an empty text where there is none)."""

    text: str
    rows: tuple[tuple[str, str], ...]


def read_pairs(half: str = "all") -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Titles and blocks of the pairs; the odd ones are those that the weights were set on."""
    pairs = []
    for path in sorted(PAIRS.glob("*.txt")):
        if half == "all" or int(path.name[:2]) % 2 == (half == "odd"):
            title, *blocks = [_block(block) for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
            pairs.append((title[0], list(itertools.chain(*blocks))))
    return pairs


def make_page(random_: random.Random, pairs: list) -> Page:
    """One page, edited at random."""
    title, blocks = random_.choice(pairs)
    length = random_.randint(5, len(blocks))
    first = random_.randint(0, len(blocks) - length)
    older, newer = _edit(random_, blocks[first : first + length])
    titles = title if random_.random() < 0.4 else (title[1], title[1])
    rows = [(_spoil(random_, left) if right else left, right) for left, right in _lay_out(older, newer)]
    number = random_.randint(1, 6)
    head = [
        "This article is from the source 'post' and was first published or seen on . The next check for changes will be soon.",
        "",
        f"The article has changed {number + 2} times. There is an RSS feed of changes available.",
        "",
        f"Version {number} Version {number + 1}",
        " ".join(titles),
        f"(about {random_.randint(2, 9)} hours later)",
    ]
    lines = [" ".join(side for side in row if side) for row in rows]
    return Page("\n".join([*head, *lines]), tuple(rows))


def measure(pages: int = 300, seed: int = 1, half: str = "all") -> dict:
    """Shares of seams (rows with two different sides) that are right, wrong though told surely, and left undecided."""
    random_ = random.Random(seed)
    pairs = read_pairs(half)
    judged = {"seam": [], "one side": [], "same text twice": []}
    for _ in range(pages):
        page = make_page(random_, pairs)
        for kind, right, confidence in judge(page):
            judged[kind].append((right, confidence))
    figures = {kind: _figures(found) for kind, found in judged.items()}
    both = [*judged["seam"], *judged["one side"]]
    table = [_band(both, low, high) for low, high in itertools.pairwise(BANDS)]
    return {"pages": pages, "seed": seed, "pairs": len(pairs), "floor": FLOOR, **figures, "calibration": table}


def judge(page: Page) -> list[tuple[str, bool, float]]:
    """For each row its kind, whether it was split rightly, and the confidence that was told (0: undecided)."""
    pieces = [piece for piece in read_page(page.text).pieces if piece.is_passage]
    start = len(page.text) - sum(len(" ".join(side for side in row if side)) + 1 for row in page.rows) + 1
    verdicts = []
    for row in page.rows:
        length = len(" ".join(side for side in row if side))
        own = [piece for piece in pieces if start <= piece.start < start + length]
        found = {piece.version: page.text[piece.start : piece.end] for piece in own}
        truth = {version: side for version, side in zip(("v1", "v2"), row, strict=True) if side}
        kind = "same text twice" if row[0] == row[1] else "seam" if all(row) else "one side"
        verdicts.append((kind, found == truth, 0.0 if None in found else min(piece.confidence or 1.0 for piece in own)))
        start += length + 1
    return verdicts


def _block(block: str) -> list[tuple[str, str]]:
    sides: list[tuple[str, str]] = []
    for line in block.split("\n"):
        mark, text = line[0], line[2:]
        if mark == "2" and sides and not sides[-1][1]:
            sides[-1] = (sides[-1][0], text)
        else:
            sides.append(("" if mark == "2" else text, "" if mark == "1" else text))
    return sides


def _edit(random_: random.Random, blocks: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    older, newer = [], []
    for left, right in blocks:
        kind = random_.random() if len(blocks) > 5 else random_.uniform(0.12, 1)
        if 0.12 <= kind < 0.27:
            older.append(left or right)
            newer.append(left or right)
            continue
        # Some paragraphs are dropped, some are added.
        older += [left] if left and kind >= 0.07 else []
        newer += [right] if right and not 0.07 <= kind < 0.12 else []
    for side in (older, newer):
        for at in range(len(side) - 1, 0, -1):
            if random_.random() < 0.08:
                side[at - 1 : at + 1] = [f"{side[at - 1]} {side[at]}"]
    if len(newer) > 2 and random_.random() < 0.3:
        at = random_.randint(1, len(newer) - 1)
        newer[at - 1 : at + 1] = reversed(newer[at - 1 : at + 1])
    return older, newer


def _lay_out(older: list[str], newer: list[str]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for _, low, high, other_low, other_high in difflib.SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        rows += itertools.zip_longest(older[low:high], newer[other_low:other_high], fillvalue="")
    return rows


def _spoil(random_: random.Random, left: str) -> str:
    kind = random_.random()
    if kind < 0.04 and left.endswith("."):
        return left[:-1]
    if kind < 0.07 and left.endswith(("”", '"')):
        return left[:-1]
    return left


def _figures(found: list[tuple[bool, float]]) -> dict:
    count = max(len(found), 1)
    return {
        "count": len(found),
        "right": round(sum(right for right, _ in found) / count, 3),
        "wrong": round(sum(not right and confidence > 0 for right, confidence in found) / count, 3),
        "wrong at 0.8 or more": round(sum(not right and confidence >= 0.8 for right, confidence in found) / count, 3),
        "undecided": round(sum(confidence == 0 for _, confidence in found) / count, 3),
    }


def _band(found: list[tuple[bool, float]], low: float, high: float) -> dict:
    own = [right for right, confidence in found if low <= confidence < high]
    return {"from": low, "to": min(high, 1.0), "count": len(own), "right": round(sum(own) / len(own), 3) if own else None}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="How well two-version pages are split.")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--half", choices=["all", "odd", "even"], default="all", help="the weights were set on the odd pairs")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.pages, options.seed, options.half)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(*([f"{name}:"] + [f"  {row}" for row in value] if isinstance(value, list) else [f"{name}: {value}"]), sep="\n")


if __name__ == "__main__":
    main()
