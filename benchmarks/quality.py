"""The page `docs/quality.md`: every figure that we state about quality, measured anew.

python benchmarks/quality.py                       measures all but the slow sections (a few minutes; needs the four originals)
python benchmarks/quality.py speed class faults    measures these alone: the finder's speed, the class, the faults

The slow ones need `pip install '.[bench]'` and a machine that does nothing else; `class` takes about two hours, and
`--kept FILE` takes it from what `classroom.py --json FILE` kept.

Each section is a function that measures and returns Markdown. A test compares the quick ones with the page.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).resolve().parent
sys.path[:0] = [str(BENCHMARKS.parent), str(BENCHMARKS)]

import annotate  # noqa: E402
import classroom_table  # noqa: E402
import edits  # noqa: E402
import scoring  # noqa: E402
import speakers  # noqa: E402
import two_versions  # noqa: E402
from tables import as_table  # noqa: E402

from helpers.agreement import disagreements, reliability  # noqa: E402
from helpers.annotation import KINDS, annotations  # noqa: E402
from helpers.articles import find_originals, load_articles, load_catalogue  # noqa: E402
from helpers.conflict import conflicts  # noqa: E402
from helpers.files import read_text, write_atomic  # noqa: E402

FRESH = range(21, 25)  # seeds 1 to 20 were used while anchors were made careful
PAGE = BENCHMARKS.parent / "docs" / "quality.md"
HEAD = """# How good is it?

Every figure on this page is measured by `make quality`, `make class` or `make faults`, which write the page anew; what is quick is
compared with the page in every test run. Read them with their limits: the texts are few, and one person's labels are the measure.
"""
SETS = {
    "heldout": "texts that nobody has read who worked on the finders",
    "released": "texts that the developers learned from, so that these figures say little about new texts",
}


def loading() -> str:
    """Every character of the originals, accounted for."""
    files = find_originals()
    paths = {entry["id"]: files[entry["sha256"]] for entry in load_catalogue()["articles"]}
    rows = []
    for article in load_articles("original"):
        text = read_text(paths[article.id])
        spans = [(p.start or 0, p.end or 0) for version in article.versions for p in version.passages]
        covered = Counter(at for start, end in spans for at in range(start, end))
        inside = [span for span in article.furniture if any(start <= span.start < end for start, end in spans)]
        covered += Counter(at for span in article.furniture if span not in inside for at in range(span.start, span.end))
        once = sum(covered[at] == 1 for at, letter in enumerate(text) if not letter.isspace())
        solid = sum(not letter.isspace() for letter in text)
        rows.append((article.id, len(spans), len(article.furniture), solid, once))
    return as_table(("article", "passages", "furniture", "characters that are no space", "of them in exactly one piece"), rows)


def splitting() -> str:
    """Pages of two versions, generated from pairs of texts of our own."""
    figures = two_versions.measure()
    kinds = ("seam", "one side", "same text twice")
    names = ("count", "right", "wrong", "wrong at 0.8 or more", "undecided")
    rows = [(kind, *(figures[kind][name] for name in names)) for kind in kinds]
    bands = [(f"{band['from']:.2f}–{band['to']:.2f}", band["count"], band["right"]) for band in figures["calibration"][1:]]
    return (
        f"{figures['pages']} generated pages from {figures['pairs']} pairs of texts (seed {figures['seed']}). A line is cut where the best"
        f" cut is likelier right than wrong (confidence {figures['floor']} or more); else it stays whole and says that it is undecided.\n\n"
        f"{as_table(('lines', *names), rows)}\n"
        f"What a told confidence is worth:\n\n{as_table(('confidence', 'lines', 'share right'), bands)}"
    )


def mentions() -> str:
    """The mention finder and the speakers, on labelled texts."""
    parts = []
    for name, what in SETS.items():
        texts = scoring.load_texts(name)
        words = sum(len(text.text.split()) for text in texts)
        parts.append(f"**{name}**: {len(texts)} {what} ({words} words).\n\n{_scores(scoring.measure(texts, scoring.KINDS))}")
    return "\n".join(parts)


def mentions_in_the_articles() -> str:
    """The same on the four originals, which the finder was written on, and every quotation there."""
    found = speakers.measure()
    rows = [
        (name, found[name], found["quotations"], f"{found[name] / found['quotations']:.3f}")
        for name in ("found", "speaker", "verb", "voice")
    ]
    return (
        f"{_scores(scoring.measure_articles())}\nDirect quotations of the originals against a reference read by hand"
        f" (`benchmarks/speakers.json`), {found['extra']} more found than it has:\n\n{as_table(('right', 'number', 'of', 'share'), rows)}"
    )


def anchoring() -> str:
    """Phrases found again after 10,000 random edits."""
    parts = []
    for seed in FRESH:
        parts.append((f"seed {seed}", *(edits.measure(10_000, seed)["all"][outcome] for outcome in edits.OUTCOMES)))
    told = "Runs of 10,000 edited texts, on seeds that no threshold was set on; what counts as right stands in `benchmarks/edits.py`."
    return f"{told}\n\n{as_table(('run', *edits.OUTCOMES), parts)}"


def coding() -> str:
    """The reference set, and how far two coders agree."""
    marks = annotations(kind=None)
    kinds = as_table(("kind", "annotations"), [(kind, sum(mark.kind == kind for mark in marks)) for kind in KINDS] + [("all", len(marks))])
    told = [row for row in conflicts() if row.passages]
    alphas = [
        (row.code, row.issue, row.level, row.n, row.left_out, f"{row.agreement:.2f}" if row.n else "–", _alpha(row.alpha))
        for row in reliability().itertuples()
    ]
    differ = [(row.unit, row.passage, row.what, row.first, row.second, *row.reasons) for row in disagreements().itertuples()]
    return (
        f"{kinds}\n{len(told)} of {len(conflicts())} source conflicts have their passages; of the others no article speaks.\n\n"
        "The 76 stances were coded a second time, blind to the first coding: the second coder is a language model that saw the codebook,"
        " the phrases and their passages, and nothing else. Alpha is Krippendorff's; a stance is compared where both chose the same actor"
        " and issue (`left out` counts the rest), and alpha is not defined where all codes are the same. With so few units in an issue,"
        " alpha moves much with a single code.\n\n"
        f"{as_table(('code', 'issue', 'level', 'n', 'left out', 'agreement', 'alpha'), alphas)}\n"
        "Where the two differ, with the reasons of both. Nothing was changed afterwards: the reference coding is the first one.\n\n"
        f"{as_table(('unit', 'passage', 'code', 'first', 'second', 'note of the first', 'reason of the second'), differ)}"
    )


def speed() -> str:
    """The finder beside spaCy's blank pipeline with an entity ruler."""
    command = [sys.executable, str(BENCHMARKS / "annotate.py"), "--json"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return tell_speed(rows)


def tell_speed(rows: list[dict[str, Any]]) -> str:
    """What `annotate.py --json` measured, as Markdown."""
    cells = [
        (
            row["articles"],
            annotate.TOOLS[row["tool"]],
            f"{row['speed'] / 1e6:.2f}",
            f"{row['ratio']:.1f}",
            f"{row['seconds']:.2f}",
            f"{row['peak']:.0f}",
        )
        for row in rows
    ]
    head = ("articles", "tool", "million characters a second", "times spaCy", "seconds", "peak memory, MiB")
    told = "Each run is a process of its own (medians of three, one of 10,000 articles), on 2 cores; machines differ, so read the ratios."
    return f"{told} The peer finds the lexicon's names, as our matcher does; the lines below it do more.\n\n{as_table(head, cells)}"


def classes(kept: Path | None = None) -> str:
    """A class's runs beside their peers, measured now, or as they were kept by `classroom.py --json`."""
    with tempfile.TemporaryDirectory() as folder:
        if kept is None:
            kept = Path(folder) / "classroom.json"
            command = [sys.executable, str(BENCHMARKS / "classroom.py"), "--profile", "--at-most", "2400", "--json", str(kept)]
            for groups, repeat in (("1,6", "3"), ("30", "1")):
                subprocess.run([*command, "--groups", groups, "--repeat", repeat], check=True)
        return classroom_table.table(json.loads(read_text(kept)))


def faults() -> str:
    """What befalls a run, and what becomes of it."""
    return subprocess.run([sys.executable, str(BENCHMARKS / "faults.py")], check=True, stdout=subprocess.PIPE, text=True).stdout


SECTIONS: dict[str, Callable[[], str]] = {
    "Loading the four originals": loading,
    "Splitting pages of two versions": splitting,
    "Mentions and speakers in texts of our own": mentions,
    "Mentions and speakers in the four originals": mentions_in_the_articles,
    "Anchors after 10,000 edits": anchoring,
    "The reference coding, and a second coder": coding,
    "Speed": speed,
    "A class, beside papermill and nbmake": classes,
    "What befalls a run": faults,
}
SLOW = {"speed": speed, "class": classes, "faults": faults}


def read_sections() -> dict[str, str]:
    """The sections of the page as it stands."""
    parts = PAGE.read_text(encoding="utf-8").split("\n## ") if PAGE.is_file() else []
    return {title: body.strip() for title, _, body in (part.partition("\n") for part in parts[1:])}


def _scores(figures: dict[str, Any]) -> str:
    rates = {**figures["kinds"], "all": figures["all"], "all, same span": figures["strict"]}
    rows = [(kind, *(f"{rate[name]:.3f}" for name in ("precision", "recall", "f1")), rate["n"]) for kind, rate in rates.items()]
    told = figures["quotations"]
    return (
        f"{as_table(('kind', 'precision', 'recall', 'F1', 'labels'), rows)}\n"
        f"Quotations: {told['found']:.3f} of {told['n']} found, precision {told['precision']:.3f}; of those found, the speaker is right in"
        f" {told['speaker']:.3f} and the voice in {told['voice']:.3f}.\n"
    )


def _alpha(value: float) -> str:
    return "not defined" if value != value else f"{value:.2f}"  # noqa: PLR0124 - NaN is the only value that differs from itself


def main() -> None:
    """Write the page; a section that is not asked for stays as it stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="{speed,class,faults}", help="measure these alone; all but these when left out")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="the class as `classroom.py --json FILE` kept it")
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SLOW):
        parser.error(f"{', '.join(sorted(unknown))}: is none of {', '.join(SLOW)}")
    if options.kept and "class" not in options.sections:
        parser.error("--kept goes with the section class")
    chosen = [SLOW[name] for name in options.sections] or [measure for measure in SECTIONS.values() if measure not in SLOW.values()]
    old = read_sections()
    parts = [HEAD]
    for title, measure in SECTIONS.items():
        if measure in chosen:
            print(title)
            body = (classes(options.kept) if measure is classes else measure()).strip()
        else:
            body = old.get(title, "Not measured yet.")
        parts.append(f"## {title}\n\n{body}\n")
    write_atomic(PAGE, "\n".join(parts))
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
