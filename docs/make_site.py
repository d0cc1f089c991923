"""Build the site: ``python docs/make_site.py [--out DIR]``. No lesson is run, nothing is fetched, and a warning is an error."""

import argparse
import sys
from pathlib import Path

from site_source import check_pages, claim_folder, write_source

from helpers.errors import CourseError

DOCS = Path(__file__).resolve().parent
_SHOWN = 40  # findings


def main() -> int:
    """Stage the source, build the pages, check them, and say where they are; 0 when all is well."""
    parser = argparse.ArgumentParser(description="Build the course's site: static pages that need no network and no server.")
    parser.add_argument("--out", type=Path, default=DOCS / "_build", help="folder to build in (docs/_build)")
    out = parser.parse_args().out.resolve()
    try:
        from sphinx.cmd.build import main as build
    except ImportError:
        print("Sphinx is not installed; run 'make site', or install the extra 'site'", file=sys.stderr)
        return 2
    source, pages = out / "source", out / "html"
    try:
        claim_folder(pages, empty=True)  # a page of a lesson that is gone would stay
        write_source(source)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{out}: cannot be written: {error.strerror}; choose a folder that you may write to", file=sys.stderr)
        return 2
    if build(["--fail-on-warning", "--quiet", "-b", "html", "-c", str(DOCS), "-d", str(out / "doctrees"), str(source), str(pages)]):
        return 1
    for template in (pages / "_static").glob("*.html"):  # the themes copy their own into the site
        template.unlink()
    found = check_pages(pages)
    for line in found[:_SHOWN]:
        print(line, file=sys.stderr)
    if found:
        print(f"{len(found)} findings; the site is not fit to be published", file=sys.stderr)
        return 1
    number = sum(1 for _ in pages.rglob("*.html"))
    print(f"{number} pages, links and pictures checked: open {pages / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
