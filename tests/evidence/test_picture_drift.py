"""Pictures of the same step in two runs: a difference is shown to a person, and fails nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fixtures.page_check import syntax_faults_of
from steps.evidence import drift, sealing, verify
from steps.evidence.disk import hash_of, write_file
from steps.evidence.pages import data_uri
from steps.evidence.picture_drift import KIND, compare_pictures
from steps.evidence.png import SIGNATURE, png_size, top_of
from steps.evidence.run_records import DRIFT_PAGE, SCREENS, Moment, Picture
from steps.exit_codes import ExitCode
from tests.evidence.sample_evidence import FIRST, recorder

WHITE, GREY, BLACK = b"\xff\xff\xff", b"\x5e\x5e\x5e", b"\0\0\0"
BOX = (10, 5, 8, 5, BLACK)  # 5 % of the smaller picture
SCREEN = b'{"at":"","key":"%b","place":1,"title":"\xe7\x94\xbb\xe9\x9d\xa2"}\n' % FIRST.key.encode()


def png(width: int = 40, height: int = 20, *boxes: tuple[int, int, int, int, bytes]) -> bytes:
    """Return a white picture with boxes: left, top, width, height and colour."""
    rows = [[WHITE] * width for _ in range(height)]
    for left, top, wide, high, colour in boxes:
        for y in range(top, top + high):
            rows[y][left : left + wide] = [colour] * wide
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"".join(row) for row in rows))
    parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    chunks = (struct.pack(">I", len(data)) + kind + data + crc(kind + data) for kind, data in parts)
    return SIGNATURE + b"".join(chunks)


def crc(content: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(content))


def run(folder: Path, *pictures: bytes, moments: Sequence[Moment] = ("came",)) -> Path:
    """Record a run of numbered steps with one picture each."""
    made = recorder(folder)
    made.begin_scenario(FIRST)
    for number, content in enumerate(pictures, 1):
        made.begin_step("もし", f"{number}. 表示します。", number)
        for moment in moments:
            file = f"pictures/{number:04}_{moment}.png"
            write_file(folder / file, content)
            made._write(Picture(moment, file, hash_of(content), "http://127.0.0.1/", f"画面{number}", 1))
        made.end_step("passed")
    made.end_scenario("passed")
    (folder / SCREENS).write_bytes(SCREEN)
    made.finish()
    return folder


def told(tmp_path: Path, ours: bytes, theirs: bytes) -> list[str]:
    pair = run(tmp_path / "ours", ours), run(tmp_path / "theirs", theirs)
    return [each.told for each in compare_pictures(*pair)]


def test_the_same_picture_is_no_difference(tmp_path: Path) -> None:
    assert told(tmp_path, png(), png()) == []


def test_how_much_differs_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, png(), png(40, 20, BOX)) == ["5.00% の点が違います"]


def test_a_password_that_was_painted_over_in_both_makes_no_difference(tmp_path: Path) -> None:
    masked = (10, 5, 8, 5, GREY)
    assert told(tmp_path, png(40, 20, masked), png(40, 20, masked, (0, 0, 1, 1, b"\xfe\xff\xff"))) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (png(), png(50, 20), "（40×20 と 50×20）"),
        (png(), png(40, 30), "（40×20 と 40×30）。上から同じ高さまでは、同じです"),
        (png(40, 30, BOX), png(), "（40×30 と 40×20）。上から同じ高さまでは、5.00% の点が違います"),
    ],
    ids=["wider", "higher", "lower and other"],
)
def test_another_size_is_told_and_what_both_have_from_the_top_is_compared(
    tmp_path: Path, ours: bytes, theirs: bytes, words: str
) -> None:
    assert told(tmp_path, ours, theirs) == [f"大きさが違います{words}"]


def test_each_moment_of_each_step_is_compared_and_each_pair_told_once(tmp_path: Path) -> None:
    moments: tuple[Moment, ...] = ("before_click", "came", "failed")
    ours = run(tmp_path / "ours", png(), png(), png(40, 20, (0, 0, 9, 9, BLACK)), moments=moments)
    theirs = run(tmp_path / "theirs", *[png(40, 20, BOX)] * 3, moments=moments)
    one, two = compare_pictures(ours, theirs)
    assert (one.ours.where, one.also) == ("手順1-1 の 1.", ("手順1-1 の 2.",))
    assert (two.ours.where, two.also) == ("手順1-1 の 3.", ())
    assert {each.ours.picture.moment for each in (one, two)} == {"before_click"}


def test_differences_of_pictures_are_shown_and_fail_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = run(tmp_path / "ours", png(), png())
    theirs = run(tmp_path / "theirs", png(40, 20, BOX), png(40, 30))
    assert drift.main([str(ours), str(theirs)]) == ExitCode.PASSED
    out = capsys.readouterr().out
    assert "違い 0 件" in out
    assert "画像の違い（要確認） 2 件" in out
    html = (theirs / DRIFT_PAGE).read_text(encoding="utf-8")
    assert syntax_faults_of(html) == []
    triple, pair = html.split("<article")[1:]
    assert [each.count('src="data:image/png;base64,') for each in (triple, pair)] == [3, 2]
    assert "5.00% の点が違います" in triple
    assert "大きさが違います（40×20 と 40×30）" in pair
    assert 'class="triple two"' in pair
    assert KIND in (theirs / "report.html").read_text(encoding="utf-8")
    assert verify.verify(theirs).code == verify.WHOLE


def test_the_gate_result_of_both_is_kept(tmp_path: Path) -> None:
    ours, theirs = run(tmp_path / "ours", png()), run(tmp_path / "theirs", png(40, 30))
    sealing.rebuild(ours)  # whose secrets are not known any more
    drift.write(ours, theirs)
    manifest = sealing.read_manifest(theirs)
    assert manifest
    assert manifest.gate == "not_run"


def test_a_picture_that_a_browser_took_can_be_cut(page: Page) -> None:
    page.set_content("<body style='background: linear-gradient(red, blue)'><p>高さ</p>")
    taken = page.screenshot(clip={"x": 0, "y": 0, "width": 60, "height": 50})
    cut = top_of(taken, 20)
    assert cut
    assert png_size(cut) == (60, 20)
    pixels = """async uri => { const image = new Image(); image.src = uri; await image.decode();
        const canvas = document.createElement("canvas"); canvas.width = 60; canvas.height = 20;
        const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
        return Array.from(context.getImageData(0, 0, 60, 20).data) }"""
    assert page.evaluate(pixels, data_uri(cut)) == page.evaluate(pixels, data_uri(taken))
