"""Zip files that learners sent: each file in them by its name and content, within bounds, and nothing is unpacked to the disk.

An archive comes from strangers: names that point elsewhere are only names here, and what unpacks to more than a class could
have written is left alone.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from helpers.errors import CourseError

from .handed_in import LIMIT, is_passed_over

MOST_FILES = 20_000  # in one archive
MOST_BYTES = 512_000_000  # unpacked, of one archive with those in it
DEEPEST = 2  # an archive, and the archives in it
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError, MemoryError),
    RuntimeError,  # also NotImplementedError: packed in a rare way
)
_LOCKED = 0x1

Part = tuple[str, bytes | str]  # where it stands, and its content or what keeps it from being read


def is_archive(path: Path) -> bool:
    """Whether a file begins like a zip file, whatever its name."""
    try:
        with path.open("rb") if path.is_file() else io.BytesIO() as file:  # a pipe would wait for whoever writes to it
            return file.read(4) in _MAGIC
    except OSError:
        return False


def read_archive(path: Path) -> Iterator[Part]:
    """Every file of a zip file and of the zip files in it: where it stands, and its content or what keeps it from being read.

    Hidden files and what computers leave behind (``__MACOSX``) are passed over.

    Raises
    ------
    CourseError
        When the file cannot be read, or is larger than :data:`MOST_BYTES`.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CourseError(f"is larger than {MOST_BYTES // 1_000_000} MB", where=str(path), todo="unpack it and give the folder")
        with path.open("rb") as file:
            yield from _parts(file, str(path), DEEPEST, [MOST_BYTES])
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=str(path), todo="make it readable for you") from None


def _parts(file: IO[bytes], where: str, depth: int, left: list[int]) -> Iterator[Part]:
    try:
        archive = zipfile.ZipFile(file)
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not is_passed_over(entry.filename)]
    except _BROKEN:
        yield where, "is a broken zip file; ask for it again"
        return
    for entry in entries[:MOST_FILES]:
        place, content = f"{where}/{entry.filename}", _content(archive, entry, left)
        if isinstance(content, bytes) and content.startswith(_MAGIC):
            if depth > 1:
                yield from _parts(io.BytesIO(content), place, depth - 1, left)
            else:
                yield place, "is a zip file in a zip file in a zip file; unpack it first"
        else:
            yield place, content
        if left[0] <= 0:
            yield where, f"unpacks to more than {MOST_BYTES // 1_000_000} MB, which no class’s answers do; the rest of it was left alone"
            return
    if len(entries) > MOST_FILES:
        yield where, f"holds {len(entries)} files; those after {MOST_FILES} were left alone"


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: list[int]) -> bytes | str:
    if entry.flag_bits & _LOCKED:
        return "is locked with a password; ask for it without"
    most = 8 * LIMIT if PurePosixPath(entry.filename).suffix.lower() == ".zip" else LIMIT
    try:
        with archive.open(entry) as file:
            content = file.read(most + 1)  # what the entry says of its size may be a lie
    except _BROKEN as error:
        known = isinstance(error, NotImplementedError)
        return "is packed in a way that cannot be opened here; ask for a plain zip file" if known else "is broken; ask for it again"
    left[0] -= len(content)
    return content if len(content) <= most else f"is larger than {most // 1_000_000} MB, which no learner’s answers are; leave it out"
