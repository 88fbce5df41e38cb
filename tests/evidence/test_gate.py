"""The last gate finds a secret in whatever artefact, however it is spelled, and never names it."""

from __future__ import annotations

import base64
import html
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from steps.evidence import gate
from steps.evidence.png import SIGNATURE

SECRET = "hi<mitsu&1%"
RAW = SECRET.encode()


def png(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    head = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = (b"IDAT", zlib.compress(b"\0\0"))
    parts = [SIGNATURE]
    for kind, data in (head, *chunks, pixels, (b"IEND", b"")):
        parts.append(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return b"".join(parts) + after


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def uri(content: bytes) -> bytes:
    return b'<img src="data:image/png;base64,' + base64.b64encode(content) + b'">'


def in_base64(before: int) -> bytes:
    return b"auth: " + base64.b64encode(b"x" * before + RAW + b"yz")


PLANTED: dict[str, tuple[str, bytes]] = {
    "steps.jsonl": ("steps.jsonl", json.dumps({"text": f"値は{SECRET}"}).encode()),
    "report, as written": ("report.html", b"<p>" + html.escape(SECRET).encode()),
    "report, entities": ("report.html", "".join(f"&#x{ord(each):x};" for each in SECRET).encode()),
    "address": ("report.html", b"http://127.0.0.1/?p=" + quote(SECRET).encode()),
    "junit": ("junit.xml", html.escape(SECRET, quote=False).encode()),
    "utf-16": ("log.txt", SECRET.encode("utf-16")),
    **{f"base64 at {place}": ("log.txt", in_base64(place)) for place in range(3)},
    "hexadecimal": ("log.txt", RAW.hex().encode()),
    "text in a picture": ("1.png", png((b"tEXt", b"Comment\0" + RAW))),
    "compressed text in a picture": ("1.png", png((b"zTXt", b"Comment\0\0" + zlib.compress(RAW)))),
    "international text in a picture": (
        "1.png",
        png((b"iTXt", b"Comment\0\x01\0ja\0\0" + zlib.compress(RAW))),
    ),
    "behind a picture": ("1.png", png(after=RAW)),
    "picture in a report": ("report.html", uri(png((b"tEXt", b"Comment\0" + RAW)))),
    "sheet of a workbook": (
        "evidence.xlsx",
        zipped("xl/sharedStrings.xml", f"<t>{html.escape(SECRET)}</t>".encode()),
    ),
    "picture of a workbook": (
        "evidence.xlsx",
        zipped("xl/media/image1.png", png((b"tEXt", b"Comment\0" + RAW))),
    ),
    "trace in an archive": ("trace.zip", zipped("inner.zip", zipped("trace.network", RAW))),
    "name of a member": ("trace.zip", zipped(f"{SECRET}.txt", b"")),
    "name of a file": (f"{SECRET}.txt", b""),
}


@pytest.mark.parametrize(("name", "content"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_secret_is_found(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "clean.txt").write_text("何もありません", encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    found = gate.search([tmp_path], {SECRET})
    assert len(found) == 1
    assert found[0].startswith(name)


def test_what_is_clean_passes(tmp_path: Path) -> None:
    for name, make in CLEAN.items():
        (tmp_path / name).write_bytes(make())
    assert gate.search([tmp_path], {SECRET}) == []


CLEAN: dict[str, Callable[[], bytes]] = {
    "1.png": lambda: png((b"tEXt", b"Comment\0nothing")),
    "report.html": lambda: uri(png()),
    "evidence.xlsx": lambda: zipped("xl/media/image1.png", png()),
    "broken.zip": lambda: gate.ZIP + b"no archive",
    "broken.png": lambda: png()[:40],
}


def test_every_folder_and_every_depth_is_searched(tmp_path: Path) -> None:
    for place in ("a/b/c", "d"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "log.txt").write_text(SECRET, encoding="utf-8")
    assert gate.search([tmp_path / "a", tmp_path / "d"], {SECRET}) == ["b/c/log.txt", "log.txt"]


def test_what_it_tells_holds_no_secret(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text(f"前 {SECRET} 後", encoding="utf-8")
    assert SECRET not in "".join(gate.search([tmp_path], {SECRET}))
