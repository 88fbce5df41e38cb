"""Probing looks at what is public, types nothing, and writes a file that can be read at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from steps.deployment import load
from steps.exit_codes import ExitCode
from tests.acceptance.canned import LOGIN, served
from tests.acceptance.runs import COMMAND, ROOT, SECONDS, Run
from tests.loopback import AUTHORITY


def probe(url: str, out: Path, *more: str) -> Run:
    command = [sys.executable, "-c", COMMAND, "probe", url, "--out", str(out), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)
    return Run(done.returncode, done.stdout + done.stderr)


def test_the_way_to_log_in_is_found_and_written(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    with served({}) as start:
        run = probe(start, out)
    assert run.code == 0, run.told
    assert "「ログイン」画面: 見つかりました" in run.told
    assert "入力欄: お客様ID、ログインパスワード" in run.told
    made = load(out)
    assert made.site.start == start
    assert made.site.start_screen == "当金庫ホームページ"
    assert not made.lock.success_resets


def test_what_is_called_otherwise_is_told_with_what_there_is(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    home = "<h1>当金庫ホームページ</h1><a href='/service'>でんさいネット</a>"
    with served({"/": (200, home)}) as start:
        run = probe(start, out)
    assert run.code == 1, run.told
    assert "「へきしん電子記録債権サービス」画面: この名前では見つかりません" in run.told
    assert "リンク: でんさいネット" in run.told
    text = out.read_text(encoding="utf-8")
    assert '\n"へきしん電子記録債権サービス" = "？"   # 候補: "でんさいネット"\n' in text
    assert '\n"へきしん電子記録債権サービス" = "？"   # 候補: "でんさいネット"\n' in run.told
    assert "# まだ見ていない画面の言葉: へきしん電子記録債権サービスの案内、ログイン、" in text
    made = load(out)
    assert (made.name, made.words) == ("？", {"へきしん電子記録債権サービス": "？"})


def test_every_word_of_the_form_that_is_called_otherwise_gets_its_line(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    form = LOGIN.replace("お客様ID", "契約者番号").replace("ログインパスワード", "暗証")
    with served({"/login": (200, form.replace("<button>ログイン", "<button>入る"))}) as start:
        run = probe(start, out)
    assert run.code == 0, run.told
    text = out.read_text(encoding="utf-8")
    assert load(out).words == {"お客様 ID": "？", "ログインパスワード": "？", "ログイン": "？"}
    assert "# 手順1-1 の 4.「ログイン」ボタンが見つかりませんでした。「ログイン」画面にあるもの: " in text
    assert '"お客様 ID" = "？"   # 候補: "契約者番号"' in text
    assert '"ログイン" = "？"   # 候補: "入る"' in text
    assert "まだ見ていない" not in text


def test_a_first_page_of_another_name_gets_its_line(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    home = "<h1>碧海信用金庫</h1><a href='/service'>へきしん電子記録債権サービス</a>"
    with served({"/": (200, home)}) as start:
        run = probe(start, out)
    assert run.code == 1, run.told
    assert load(out).screens == {"当金庫ホームページ": "？"}
    assert '"当金庫ホームページ" = "？"   # 候補: "碧海信用金庫"' in run.told


def test_a_site_that_is_not_there_is_told_and_a_file_that_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    run = probe("http://127.0.0.1:9/", out)
    assert run.code == ExitCode.STOPPED
    assert "http://127.0.0.1:9/ を開けません。" in run.told
    out.write_text("mine", encoding="utf-8")
    assert probe("http://127.0.0.1:9/", out).code == ExitCode.USAGE
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_site_of_an_internal_authority_and_one_behind_a_proxy_are_reached_as_told(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    with served({}, tls=True) as start:
        assert "証明書を確かめられません。" in probe(start, out).told
        assert probe(start, out, f"--ca-file={AUTHORITY / 'ca.pem'}").code == 0
        assert load(out).site.ca_file == str(AUTHORITY / "ca.pem")
        wrong = probe(start, tmp_path / "b.toml", f"--ca-file={AUTHORITY / 'server.key'}")
    assert (wrong.code, "認証局の証明書として読めません" in wrong.told) == (ExitCode.USAGE, True)
    run = probe("http://127.0.0.1:8/", tmp_path / "c.toml", "--proxy=http://127.0.0.1:9")
    assert (run.code, "プロキシにつながりません。" in run.told) == (ExitCode.STOPPED, True)


def test_an_alert_on_the_first_page_is_told_without_an_end_to_it(tmp_path: Path) -> None:
    home = "<script>setInterval(() => alert('お知らせ'), 10)</script><h1>当金庫ホームページ</h1>"
    with served({"/": (200, home)}) as start:
        run = probe(start, tmp_path / "new.toml")
    assert run.code == ExitCode.STOPPED
    assert "予期しないダイアログが表示されました: お知らせ" in run.told
    assert "Traceback" not in run.told


def test_a_browser_that_is_not_installed_is_told(tmp_path: Path) -> None:
    run = probe("http://127.0.0.1:9/", tmp_path / "new.toml", "--channel=msedge-canary")
    assert run.code == ExitCode.STOPPED
    assert "msedge" in run.told


def test_an_address_that_is_refused_is_told_and_nothing_is_proposed(tmp_path: Path) -> None:
    with served({"/": (404, "<h1>Not Found</h1>")}) as start:
        run = probe(start, tmp_path / "new.toml")
    assert run.code == ExitCode.STOPPED
    assert "サイトがエラー 404 を返しました。" in run.told
    assert "候補" not in run.told
    assert not (tmp_path / "new.toml").exists()
