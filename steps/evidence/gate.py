"""The last gate: no artefact may hold a known secret, however it is spelled or wrapped."""

from __future__ import annotations

import base64
import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes

from steps.evidence.secret_spellings import spellings

PNG = b"\x89PNG\r\n\x1a\n"
ZIP = b"PK\x03\x04"
DATA_URI = re.compile(rb"data:[a-z]+/[a-z0-9.+-]+;base64,([A-Za-z0-9+/=]+)")
# Pixels are compressed: no text can be read from them, and what they show was painted over when taken.
PIXELS = (b"IDAT",)
COMPRESSED_TEXT = (b"zTXt", b"iTXt", b"iCCP")
MOST_BYTES = 64 * 1024 * 1024  # of one member of an archive or one compressed text
DEEPEST = 5


def search(folders: Iterable[Path], secrets: Iterable[str]) -> list[str]:
    """The files that hold one of these secrets, by their names and the parts in which it stands.

    The secret itself is never named.
    """
    gate = _Gate(secrets)
    found = []
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = path.relative_to(folder).as_posix()
            parts = sorted(set(gate.parts(name, path.read_bytes())))
            found += [part if part.startswith(name) else f"{name}: {part}" for part in parts]
    return found


class _Gate:
    """Knows what to look for, and what it has seen already."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._needles = {needle for secret in secrets if secret for needle in spellings(secret)}
        self._clean: set[bytes] = set()

    def parts(self, name: str, content: bytes, depth: int = 0) -> Iterator[str]:
        """The parts of a file that hold a secret."""
        if self._holds(name.encode()):
            yield "ファイル名"
        digest = sha256(content).digest()
        if digest in self._clean:
            return
        hits = [
            part for part, text in _texts(name, content, depth) for part in self._within(part, text, depth)
        ]
        if not hits:
            self._clean.add(digest)
        yield from hits

    def _within(self, part: str, content: bytes, depth: int) -> Iterator[str]:
        embedded = [base64.b64decode(each + b"==") for each in DATA_URI.findall(content)]
        text = DATA_URI.sub(b"", content) if embedded else content
        if self._holds(text) or any(self._holds(each) for each in _decoded(text)):
            yield part
        for each in embedded if depth < DEEPEST else ():
            yield from self.parts(f"{part} の画像", each, depth + 1)

    def _holds(self, text: bytes) -> bool:
        return any(needle in text for needle in self._needles)


def _texts(name: str, content: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """What can be read in a file, with the name of each part."""
    if content.startswith(PNG):
        yield from ((f"{name} の画像情報", text) for text in _beside_pixels(content))
    elif content.startswith(ZIP) and depth < DEEPEST:
        yield from _members(name, content, depth)
    else:
        yield name, content


def _beside_pixels(content: bytes) -> Iterator[bytes]:
    """Every chunk of a PNG but its pixels, compressed text unpacked, and what stands after its end."""
    place = len(PNG)
    while place + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind not in PIXELS:
            yield kind + data
        if kind in COMPRESSED_TEXT:
            yield from _unpacked(data)
        if kind == b"IEND":
            break
    yield content[place:]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The compressed text begins after one of the zero bytes that end the names before it."""
    for start in (place + 1 for place, byte in enumerate(data) if byte == 0):
        for skipped in (0, 1):
            try:
                yield zlib.decompressobj().decompress(data[start + skipped :], MOST_BYTES)
            except zlib.error:
                continue


def _members(name: str, content: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield f"{name} の注記", archive.comment
            for member in archive.infolist():
                part = f"{name} の {member.filename}"
                yield part, member.filename.encode() + member.comment + member.extra
                with archive.open(member) as file:
                    yield from _texts(part, file.read(MOST_BYTES), depth + 1)
    except (zipfile.BadZipFile, RuntimeError, zlib.error):
        yield name, content


def _decoded(text: bytes) -> Iterator[bytes]:
    """The same as a browser would read it: percent signs and entities undone."""
    if b"%" in text:
        yield unquote_to_bytes(text)
    if b"&" in text:
        yield html.unescape(text.decode(errors="replace")).encode()
