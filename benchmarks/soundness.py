"""Are warm kernels sound? Every lesson's outputs beside those of ordinary kernels, cell by cell, widget ids aside.

python benchmarks/soundness.py [--runs 300] [--jobs 4] [LESSON…]

Prints the verdict and every difference; exit 1 when there is one.
"""

import argparse
import sys

from course.lessons import lesson_paths
from course.soundness import compare_kernels


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="all by default")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=4)
    options = parser.parse_args()
    verdict = compare_kernels(lesson_paths(options.lessons), options.runs, options.jobs, print)
    print(verdict, *verdict.differences, sep="\n")
    return bool(verdict.differences)


if __name__ == "__main__":
    sys.exit(main())
