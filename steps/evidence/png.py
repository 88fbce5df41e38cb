"""PNG files by their chunks: the size, what stands beside the pixels, and a picture without its foot."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
AROUND = 12  # bytes of a chunk besides its data: length, kind and checksum
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by the kind of colours


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield kind and data of each chunk up to the last whole one or IEND, with the place where it ends."""
    place, kind = len(SIGNATURE), b""
    while place + AROUND <= len(content) and kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, place)
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += AROUND + length
        yield kind, data, place


def png_size(content: bytes) -> tuple[int, int]:
    """Return the width and the height in pixels."""
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def top_of(content: bytes, height: int) -> bytes | None:
    """Return the picture down to this height; None for one that is not stored row by row."""
    found = [(kind, data) for kind, data, _ in chunks(content)]
    width, _, bits, colours, *_, interlaced = struct.unpack(">IIBBBBB", found[0][1])
    if interlaced:
        return None
    row = 1 + (width * bits * CHANNELS[colours] + 7) // 8  # a byte for its filter, which looks upwards only
    pixels = zlib.decompress(b"".join(data for kind, data in found if kind == b"IDAT"))
    changed = {
        b"IHDR": struct.pack(">II", width, height) + found[0][1][8:],
        b"IDAT": zlib.compress(pixels[: row * height], 1),
    }
    kept = dict.fromkeys(kind for kind, _ in found)  # each kind once: the pixels are in one chunk now
    return SIGNATURE + b"".join(_chunk(kind, changed.get(kind, dict(found)[kind])) for kind in kept)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
