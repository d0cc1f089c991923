"""Who said what in the originals: quotations found, speakers, verbs and voices right, against the reference beside this file.

python benchmarks/speakers.py          (needs the four originals in seeds/originals)
"""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from helpers.articles import find_originals, load_articles, load_catalogue
from helpers.files import read_text
from helpers.mentions import Mention
from helpers.quotations import find_quotations

REFERENCE = Path(__file__).with_name("speakers.json")


def measure() -> dict[str, Any]:
    """How many of the reference's quotations are found, with the right speaker, verb and voice; and what is wrong.

    ``extra`` counts quotations that the reference doesn't have. A name counts as the same without accents and initials.
    """
    wanted = json.loads(REFERENCE.read_text(encoding="utf-8"))["quotations"]
    found = _found()
    total = {"quotations": len(wanted), "found": 0, "speaker": 0, "verb": 0, "voice": 0, "extra": sum(map(len, found.values()))}
    wrong: list[str] = []
    for row in wanted:
        match = next((one for one in found.get(row["passage"], []) if _plain(one.value).startswith(_plain(row["start"]))), None)
        if match is None:
            wrong.append(f"{row['passage']} “{row['start']}…”: not found")
            continue
        found[row["passage"]].remove(match)
        total["found"] += 1
        total["extra"] -= 1
        for name in ("speaker", "verb", "voice"):
            right = _same(match.details[name], row[name])
            total[name] += right
            if not right:
                wrong.append(f"{row['passage']} “{row['start']}…”: {name} {match.details[name]!r}, not {row[name]!r}")
    return {**total, "wrong": wrong}


def _found() -> dict[str, list[Mention]]:
    files = find_originals()
    paths = {entry["id"]: files[entry["sha256"]] for entry in load_catalogue()["articles"]}
    found: dict[str, list[Mention]] = {}
    for article in load_articles("original"):
        text = read_text(paths[article.id])
        for version in article.versions:
            places = [(passage.id, passage.start or 0, passage.end or 0) for passage in version.passages]
            for one in find_quotations(text, [(start, end) for _, start, end in places]):
                passage = next(id for id, start, end in places if start <= one.start < end)
                found.setdefault(passage, []).append(one)
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _same(one: str, other: str) -> bool:
    names = (re.sub(r"\b[A-Z]\.", "", unicodedata.normalize("NFKD", name)) for name in (one, other))
    plain = [_plain("".join(letter for letter in name if not unicodedata.combining(letter))) for name in names]
    return plain[0] == plain[1]


def main() -> None:
    """Print the table and what is wrong."""
    figures = measure()
    count = figures["quotations"]
    for name in ("found", "speaker", "verb", "voice"):
        print(f"{name:8}  {figures[name]:3} of {count}  {figures[name] / count:.3f}")
    print(f"extra     {figures['extra']:3}")
    for line in figures["wrong"]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
