"""Two runs side by side: what one deployment shows and the other does not, step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from steps.evidence import drift, sealing, verify
from steps.evidence.run_records import DRIFT, DRIFT_PAGE, REPORT, Difference
from steps.exit_codes import ExitCode
from tests.evidence.sample_evidence import FIRST, recorder

OURS = "<title>t</title><h1>ログイン</h1><label>ログインID<input value='a'></label><button>変更</button>"
STEP = "手順1-1 の 4."


def run(folder: Path, page: Page, *screens: str) -> Path:
    recording = recorder(folder)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "ログインする", 4)
    for html in screens:
        page.set_content(html)
        recording.record_screen(page, "came")
        recording.begin_step("ならば", "画面が表示される")
    recording.finish()
    return folder


def found(tmp_path: Path, page: Page, *theirs: str) -> list[Difference]:
    ours = run(tmp_path / "ours", page, OURS)
    return drift.compare(ours, run(tmp_path / "theirs", page, *theirs))


def test_width_spaces_and_values_make_no_difference(tmp_path: Path, page: Page) -> None:
    theirs = OURS.replace("ログインID", "ログイン ＩＤ").replace("'a'", "'b'")
    assert found(tmp_path, page, theirs) == []


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("<h1>ログイン", "<h1>認証", ("画面名", ("ログイン",), ("認証",))),
        ("ログインID", "ユーザＩＤ", ("入力欄", ("ログインID",), ("ユーザＩＤ",))),
        ("変更</button>", "変更</button><button>変更</button>", ("ボタン", (), ("変更",))),
        ("<button>変更</button>", "", ("ボタン", ("変更",), ())),
        ("<button>", "<p role='alert'>誤り</p><button>", ("メッセージ", (), ("誤り",))),
    ],
)
def test_what_differs_is_told(
    tmp_path: Path,
    page: Page,
    old: str,
    new: str,
    difference: tuple[str, tuple[str, ...], tuple[str, ...]],
) -> None:
    assert found(tmp_path, page, OURS.replace(old, new)) == [Difference(STEP, "ログイン", *difference)]


def test_a_screen_that_only_one_shows_is_told_as_order(tmp_path: Path, page: Page) -> None:
    more = "<title>t</title><h1>お知らせ</h1>"
    assert found(tmp_path, page, OURS, more) == [
        Difference(STEP, "お知らせ", "画面の順序", (), ("お知らせ",))
    ]


def test_it_is_kept_as_a_file_and_in_the_report_and_sealed(tmp_path: Path, page: Page) -> None:
    ours = run(tmp_path / "ours", page, OURS)
    theirs = run(tmp_path / "theirs", page, OURS.replace("変更", "登録"))
    drift.write(ours, theirs)
    assert "登録" in (theirs / DRIFT).read_text(encoding="utf-8")
    assert "訓練用との違い" in (theirs / REPORT).read_text(encoding="utf-8")
    assert verify.verify(theirs).code == verify.WHOLE
    manifest = sealing.read_manifest(theirs)
    assert manifest
    assert manifest.gate == "passed"


def test_a_run_that_goes_on_has_not_been_compared(tmp_path: Path, page: Page) -> None:
    assert found(tmp_path, page, OURS.replace("<h1>ログイン", "<h1>認証"))
    goes_on = recorder(tmp_path / "theirs", resumed=True)
    goes_on.finish()
    assert not [name for name in (DRIFT, DRIFT_PAGE) if (tmp_path / "theirs" / name).exists()]
    assert verify.verify(tmp_path / "theirs").refusal() == ""


def test_what_a_site_says_otherwise_is_a_difference_too(tmp_path: Path, page: Page) -> None:
    ours, theirs = run(tmp_path / "ours", page, OURS), tmp_path / "theirs"
    recording = recorder(theirs)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "ログインする", 4)
    recording.record_difference("メッセージ", "正しくありません。", "誤りです。")
    page.set_content(OURS)
    recording.record_screen(page, "came")
    recording.finish()
    assert drift.compare(ours, theirs) == [
        Difference("手順1-1", FIRST.name, "メッセージの違い", ("正しくありません。",), ("誤りです。",))
    ]


def test_altered_evidence_is_not_compared(tmp_path: Path, page: Page) -> None:
    ours, theirs = (run(tmp_path / name, page, OURS) for name in ("ours", "theirs"))
    (ours / REPORT).write_text("", encoding="ascii")
    with pytest.raises(ValueError, match="変更されています"):
        drift.write(ours, theirs)


def test_the_command_tells_each_difference(
    tmp_path: Path, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = run(tmp_path / "ours", page, OURS)
    same, other = (
        run(tmp_path / "same", page, OURS),
        run(tmp_path / "other", page, OURS.replace("変更", "登録")),
    )
    assert drift.main([str(ours), str(same)]) == 0
    assert "違い 0 件" in capsys.readouterr().out
    assert drift.main([str(ours), str(other)]) == 1
    assert "登録" in capsys.readouterr().out
    assert drift.main([str(ours), str(tmp_path)]) == ExitCode.USAGE
    assert "証跡フォルダーではありません" in capsys.readouterr().err
