"""Bringing the original articles: files are recognised by their content, whatever their names."""

from pathlib import Path

from helpers.articles import find_originals, fingerprint, load_catalogue
from helpers.errors import CourseError
from helpers.files import write_atomic
from helpers.paths import originals_folder


def add_originals(paths: list[Path]) -> list[tuple[Path, str, bool]]:
    """Copy the files that are originals of the case into its folder; what was done with each, and whether it is one now.

    A folder stands for the files in it. Nothing is overwritten, and a file that is not recognised is left alone.
    """
    ids = {entry["sha256"]: entry["id"] for entry in load_catalogue()["articles"]}
    files, done = _list_files(paths), []
    for path in files:
        try:
            sha = fingerprint(path) if path.is_file() or not path.exists() else None  # a pipe would keep us waiting
        except OSError as error:
            done.append((path, f"cannot be read: {error.strerror}", False))
            continue
        if sha not in ids:
            mark = f"its SHA-256 is {sha}" if sha else "it is no file"
            done.append((path, f"not an original of this case ({mark}); left alone", False))
        elif sha in find_originals():
            done.append((path, f"{ids[sha]} is in place already", True))
        else:
            write_atomic(originals_folder() / f"{ids[sha]}.txt", path.read_bytes())
            done.append((path, f"added as {ids[sha]}", True))
    if not files:
        raise CourseError("no files here", where=", ".join(map(str, paths)), todo="give the files of the articles, or their folder")
    return done


def _list_files(paths: list[Path]) -> list[Path]:
    try:
        return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path]) if not file.is_dir()]
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=str(error.filename)) from None


def originals_status() -> list[tuple[str, str]]:
    """Each article of the case with the file that holds its original, or ``not in place``."""
    files = find_originals()
    return [
        (entry["id"], str(files[entry["sha256"]]) if entry["sha256"] in files else "not in place") for entry in load_catalogue()["articles"]
    ]
