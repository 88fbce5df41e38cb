"""The gate of the evidence: a search of every artefact for the known secrets, in any spelling and archive."""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes

from steps.evidence.png import SIGNATURE, chunks
from steps.masking import byte_spellings

ZIP = b"PK\x03\x04"
# A data URI of a page, and an attachment of Cucumber's messages.
EMBEDDED = re.compile(
    rb'(?:data:[a-z]+/[a-z0-9.+-]+;base64,|"contentEncoding":"BASE64","body":")([A-Za-z0-9+/=]+)'
)
# Pixels are compressed: no text can be read from them, and what they show was painted over when taken.
PIXELS = (b"IDAT",)
COMPRESSED_TEXT = (b"zTXt", b"iTXt", b"iCCP")
MOST_BYTES = 64 * 1024 * 1024  # of one member of an archive or one compressed text
DEEPEST = 5


def search(places: Iterable[Path], secrets: Iterable[str]) -> list[str]:
    """Return the parts of files that hold one of these secrets, each with the name of its file.

    places: folders and files; one that does not exist holds nothing. The secret itself is never named.
    """
    gate = _Gate(secrets)
    found = []
    for path, name in (each for place in places for each in _files(place)):
        parts = sorted(set(gate.parts(name, path.read_bytes())))
        found += [part if part.startswith(name) else f"{name}: {part}" for part in parts]
    return found


def _files(place: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file of a folder, or the file itself, with its name in messages."""
    if place.is_file():
        yield place, place.name
    for path in sorted(each for each in place.rglob("*") if each.is_file()):
        yield path, path.relative_to(place).as_posix()


class _Gate:
    """The secrets to search for, and the contents in which there are none."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._needles = {needle for secret in secrets if secret for needle in byte_spellings(secret)}
        self._clean: set[bytes] = set()

    def parts(self, name: str, content: bytes, depth: int = 0) -> Iterator[str]:
        """Yield the parts of a file that hold a secret."""
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
        embedded = [base64.b64decode(each + b"==") for each in EMBEDDED.findall(content)]
        text = EMBEDDED.sub(b"", content) if embedded else content
        if self._holds(text) or any(self._holds(each) for each in _decoded(text)):
            yield part
        for each in embedded if depth < DEEPEST else ():
            yield from self.parts(f"{part} の画像", each, depth + 1)

    def _holds(self, text: bytes) -> bool:
        return any(needle in text for needle in self._needles)


def _texts(name: str, content: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """Yield the readable parts of a file, each with its name."""
    if content.startswith(SIGNATURE):
        yield from ((f"{name} の画像情報", text) for text in _beside_pixels(content))
    elif content.startswith(ZIP) and depth < DEEPEST:
        yield from _members(name, content, depth)
    else:
        yield name, content


def _beside_pixels(content: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG except its pixels, compressed texts unpacked, and the bytes after its end."""
    found = list(chunks(content))
    for kind, data, _ in found:
        if kind not in PIXELS:
            yield kind + data
        if kind in COMPRESSED_TEXT:
            yield from _unpacked(data)
    yield content[found[-1][2] if found else len(SIGNATURE) :]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what can be unpacked in a chunk; its compressed text begins after one of its zero bytes."""
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
    """Yield the text with its percent signs, and with its entities, decoded as a browser does."""
    if b"%" in text:
        yield unquote_to_bytes(text)
    if b"&" in text:
        yield html.unescape(text.decode(errors="replace")).encode()
