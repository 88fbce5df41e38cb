"""One rule for secrets: whatever the gate would find in a text, masking has replaced before."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from steps.evidence import gate
from steps.evidence.run_records import Picture
from steps.masking import MASK, byte_spellings, masked, masked_struct, text_spellings

SECRET = "hi<mitsu&1%/ あ"
WRITTEN = {
    "as typed": SECRET,
    "in a URL": quote(SECRET, safe=""),
    "in a path": quote(SECRET),
    "in a form": quote_plus(SECRET),
    "in lower-case percent signs": quote(SECRET, safe="").lower(),
    "in HTML": html.escape(SECRET),
    "in HTML by numbers": "".join(f"&#{ord(each)};" for each in SECRET),
    "in JSON": json.dumps(SECRET)[1:-1],
    "as hexadecimal digits": SECRET.encode().hex(),
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_secret_is_masked_however_it_is_written(tmp_path: Path, text: str) -> None:
    hidden = masked(f"前 {text} 後", {SECRET, "himitsu2"})
    assert hidden == f"前 {MASK} 後"
    (tmp_path / "log.txt").write_text(hidden, encoding="utf-8")
    assert gate.search([tmp_path], {SECRET}) == []


def test_a_secret_within_base64_is_masked() -> None:
    """As a proxy is told a name and a password."""
    for name in ("a", "ab", "abc"):
        coded = base64.b64encode(f"{name}:himitsu12".encode()).decode()
        assert MASK in masked(f"Basic {coded}", {"himitsu12"})


def test_the_longer_of_two_secrets_is_masked_first() -> None:
    assert masked("himitsu123 と himitsu12", {"himitsu12", "himitsu123"}) == f"{MASK} と {MASK}"
    assert masked("a himitsu b", ["himitsu"]) == f"a {MASK} b"


@pytest.mark.parametrize("secrets", [set(), {""}])
def test_without_a_secret_nothing_is_masked(secrets: set[str]) -> None:
    assert masked("何も", secrets) == "何も"


def test_every_text_spelling_is_one_that_the_gate_looks_for() -> None:
    for secret in (SECRET, "himitsu1", "a", "12"):
        assert {each.encode() for each in text_spellings(secret)} <= byte_spellings(secret)
        assert "" not in text_spellings(secret)
        assert b"" not in byte_spellings(secret)


def test_every_text_of_a_record_is_masked() -> None:
    picture = Picture("came", "1.png", "ff", f"http://127.0.0.1/?p={quote(SECRET)}", SECRET, 1)
    assert masked_struct(picture, {SECRET}) == Picture(
        "came", "1.png", "ff", f"http://127.0.0.1/?p={MASK}", MASK, 1
    )
    assert masked_struct(picture, set()) == picture


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("\x9b2J\x85", "\ufffd2J\ufffd"),
        ("a\x00b\x7f", "a␀b␡"),
        ("一行\r\n二\t行", "一行\r\n二\t行"),
        ("不合格\r合格", "不合格␍合格"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_a_site_says_never_acts_on_a_terminal_or_in_a_file(said: str, told: str) -> None:
    assert masked(said, set()) == told
    record = Picture("came", "1.png", "ff", "http://127.0.0.1/", said, 1)
    for secrets in (set[str](), {SECRET}):
        assert masked_struct(record, secrets).title == told


def test_a_secret_behind_a_control_character_is_masked() -> None:
    assert masked("\x1b[1mhimitsu12\x1b[0m", {"himitsu12"}) == MASK
    assert masked("himi\x1b[0mtsu12", {"himitsu12"}) == MASK
