"""The mention finder beside spaCy's blank pipeline with an entity ruler on the same lexicon, in the same run.

The peer does what our matcher does: it finds the lexicon's names. What the finder does beyond that is measured one step at a time.

python benchmarks/annotate.py [--counts 4,1000,10000] [--repeats 3] [--json]

Each measurement is a process of its own that reads generated articles one by one and keeps none: characters per second
of the finding alone (start-up and loading apart), and the peak memory of the process. The peer needs `pip install '.[bench]'`.
"""

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = {
    "spacy": "spaCy blank + entity ruler",
    "matcher": "our matcher, same lexicon",
    "named": "find_named: the rules on what was matched, too",
    "mentions": "find_mentions: dates, figures and persons, too",
    "annotate": "annotate: quotations and speakers, too",
}


def generate(count: int, seed: int = 2015) -> Iterator[str]:
    """That many articles of about 20 passages, drawn anew from the reading edition's passages (our own words)."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds" / "reading").glob("*.md")))
    passages = [" ".join(part.split()) for part in re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]]
    chance = random.Random(seed)
    for _ in range(count):
        yield "\n\n".join(chance.choices(passages, k=20))


def finder(tool: str) -> Callable[[str], object]:
    """The tool, loaded and warm."""
    if tool == "spacy":
        import spacy

        nlp = spacy.blank("en")
        nlp.add_pipe("entity_ruler").from_disk(ROOT / "seeds" / "lexicon.jsonl")
        return lambda text: nlp(text).ents
    from datetime import date

    from helpers.annotator import annotate
    from helpers.lexicon import find_mentions, find_named
    from helpers.patterns import load_matcher

    return {
        "matcher": load_matcher().find,
        "named": lambda text: list(find_named(text, date(2015, 11, 18))),
        "mentions": lambda text: find_mentions(text, date(2015, 11, 18)),
        "annotate": lambda text: annotate(text, date(2015, 11, 18)),
    }[tool]


def measure_here(tool: str, count: int) -> dict[str, float]:
    """Characters, seconds in the tool and peak memory (MiB) of this process."""
    find = finder(tool)
    find(next(generate(1)))
    characters, seconds = 0, 0.0
    for text in generate(count):
        started = time.perf_counter()
        find(text)
        seconds += time.perf_counter() - started
        characters += len(text)
    return {"characters": characters, "seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure(tool: str, count: int, repeats: int) -> dict[str, float]:
    """Median characters per second and peak memory over new processes."""
    runs = []
    for _ in range(repeats):
        command = [sys.executable, __file__, "--one", tool, "--counts", str(count)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
        if done.returncode:
            raise SystemExit(f"{tool}: {done.stderr.strip().splitlines()[-1]}")
        runs.append(json.loads(done.stdout))
    speed = statistics.median(run["characters"] / run["seconds"] for run in runs)
    return {
        "speed": speed,
        "peak": statistics.median(run["peak"] for run in runs),
        "seconds": statistics.median(run["seconds"] for run in runs),
    }


def main() -> None:
    """Print one line a tool and number of articles, with the ratio to the peer of the same number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", default="4,1000,10000", help="numbers of articles")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", choices=TOOLS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    counts = [int(count) for count in options.counts.split(",")]
    if options.one:
        print(json.dumps(measure_here(options.one, counts[0])))
        return
    rows = []
    for count in counts:
        # Tool by tool within a count, so that a noisy minute hits neighbours alike.
        repeats = options.repeats if count < 10_000 else 1  # minutes long: its own median
        found = {tool: measure(tool, count, repeats) for tool in TOOLS}
        for tool, row in found.items():
            rows.append({"articles": count, "tool": tool, **row, "ratio": row["speed"] / found["spacy"]["speed"]})
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print(
            f"{row['articles']:6} articles  {TOOLS[row['tool']]:50}  {row['speed'] / 1e6:8.2f} M characters/s"
            f"  {row['ratio']:6.1f} x  {row['seconds']:8.2f} s  peak {row['peak']:5.0f} MiB"
        )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
