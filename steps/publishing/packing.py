"""Makes a screen's picture small: its few colours fit into a palette."""

from __future__ import annotations

import io

from PIL import Image

COLOURS = 256


def packed(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a picture as a PNG of 256 colours, and its size in pixels."""
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    made = io.BytesIO()
    few.save(made, "PNG", optimize=True)
    return made.getvalue(), few.size
