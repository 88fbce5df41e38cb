"""A site's fault is told in one sentence, with a way to go on, and costs no attempt twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.bank.people import people
from steps.acceptance.connection_errors import open_failure, status_failure
from steps.exit_codes import ExitCode
from steps.ledger import Ledger, site_name
from tests.acceptance.canned import HOME, LOGIN, Page, served
from tests.acceptance.runs import SIMULATOR, accept, environment
from tests.loopback import AUTHORITY

QUICK = "\n[timeouts]\nfind = 2\npage = 10\n"
PEOPLE = people(7)


def file_with(folder: Path, extra: str = "", site: str = "") -> Path:
    """The simulator's file with something more in it."""
    file = folder / "site.toml"
    text = SIMULATOR.read_text(encoding="utf-8").replace("[people.master]", f"{site}\n[people.master]", 1)
    file.write_text(text + QUICK + extra, encoding="utf-8")
    return file


def tried(state: Path, start: str) -> int:
    ledger = Ledger(state / site_name(start) / "ledger", 6, success_resets=True)
    return ledger.account(PEOPLE.master.login_id).wrong["login"]


def test_an_address_that_is_refused_is_told_at_once_and_nothing_is_proposed(tmp_path: Path) -> None:
    with served({"/": (404, "<h1>Not Found</h1>")}) as start:
        run = accept(environment(PEOPLE, start), file=file_with(tmp_path), state=tmp_path / "state")
    assert run.code == ExitCode.STOPPED
    assert f"{start} を開くと、サイトがエラー 404 を返しました。" in run.told
    assert "綴りを確かめてください" in run.told
    assert "Not Found" not in run.told
    assert "写す行" not in run.told


def test_what_stands_before_the_host_of_an_address_is_not_told() -> None:
    address = "http://kensho:pass-w0rd@bank.example/a"
    for told in (status_failure(401, address), open_failure("net::ERR_CONNECTION_REFUSED", address)):
        assert told.startswith("http://bank.example/a を")
    assert "ユーザ名とパスワード" in status_failure(401, address)
    assert status_failure(200, address) == ""
    assert status_failure(503, address) == ""


def test_a_site_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    run = accept(
        environment(PEOPLE, "http://127.0.0.1:9/"), file=file_with(tmp_path), state=tmp_path / "state"
    )
    assert run.code == ExitCode.STOPPED
    assert "http://127.0.0.1:9/ を開けません。" in run.told
    assert "ERR_" in run.told
    assert "済んだ手順: なし" in run.told
    assert "--resume" in run.told
    assert "Traceback" not in run.told


@pytest.mark.parametrize(
    ("pages", "sentence"),
    [
        ({"/in": (500, "<h1>Internal Server Error</h1>")}, "サイトがエラー 500 を返しました。"),
        ({"/in": (503, "<h1>メンテナンスのお知らせ</h1>")}, "メンテナンス中、またはサービス時間外"),
        (
            {"/in": (200, f"{LOGIN}<p>ロックされています。</p>")},
            "止まったところ: 手順1-1。サイトの表示: 「ロックされています。」。画面の名前の違いではなく、",
        ),
        ({"/in": (200, "<h1>おしらせ</h1>セッションが無効です。")}, "セッションが切れたようです。"),
    ],
)
def test_a_failing_site_stops_the_run_and_the_attempt_stays_counted(
    tmp_path: Path, pages: dict[str, Page], sentence: str
) -> None:
    with served(pages) as start:
        state = tmp_path / "state"
        run = accept(environment(PEOPLE, start), file=file_with(tmp_path), state=state)
        assert run.code == ExitCode.STOPPED
        assert sentence in run.told
        assert "手順1-1 の 4. 当金庫からお渡しした通知書面" in run.told
        assert PEOPLE.master.issued_password not in run.told
        assert tried(state, start) == 1


def test_an_unexpected_dialog_is_told_in_its_own_words(tmp_path: Path) -> None:
    with served({"/": (200, f"{HOME}<script>alert('お知らせがあります')</script>")}) as start:
        run = accept(environment(PEOPLE, start), file=file_with(tmp_path), state=tmp_path / "state")
    assert run.code == 1
    assert "予期しないダイアログが表示されました: お知らせがあります" in run.told
    assert "手順1-1が終わらなかったため、実行できません" in run.told


def test_a_screen_for_a_person_is_waited_for(tmp_path: Path) -> None:
    ask = "<h1>追加の確認</h1><script>setTimeout(() => { location = '/login' }, 3500)</script>"
    guide = "<h1>「しんきん電子記録債権システム」案内画面</h1><a href='/extra' role='button'>ログイン</a>"
    pages = {"/guide": (200, guide), "/extra": (200, ask), "/in": (503, "メンテナンス")}
    with served(pages) as start:
        file = file_with(tmp_path, '[pause]\n"追加の確認" = "携帯に届いた番号を入力"\n')
        run = accept(environment(PEOPLE, start), file=file, state=tmp_path / "state")
    assert "「追加の確認」画面で、操作を待っています: 携帯に届いた番号を入力" in run.told
    assert "手順1-1 の 4. " in run.told  # it went on to log in


def test_a_secret_that_is_not_set_is_named_before_anything_is_touched(tmp_path: Path) -> None:
    environ = {**environment(PEOPLE, "http://127.0.0.1:9/"), "DENSAI_MASTER_APPROVAL": ""}
    run = accept(environ, state=tmp_path / "state")
    assert run.code == ExitCode.USAGE
    assert "people.master.approval_password: 環境変数 DENSAI_MASTER_APPROVAL" in run.told
    assert not (tmp_path / "state").exists()


def test_an_unknown_certificate_is_told_and_its_authority_is_enough(tmp_path: Path) -> None:
    with served({}, tls=True) as start:
        environ = environment(PEOPLE, start)
        run = accept(environ, "--tags=none", file=file_with(tmp_path), state=tmp_path / "a")
        assert run.code == ExitCode.STOPPED
        assert "証明書を確かめられません。" in run.told
        authority = f"ca_file = '{AUTHORITY / 'ca.pem'}'"
        run = accept(environ, "--tags=none", file=file_with(tmp_path, site=authority), state=tmp_path / "b")
        assert "手順1-1 の 4. " in run.told  # the pages before it were shown
        wrong = f"ca_file = '{AUTHORITY / 'server.key'}'"
        run = accept(environ, file=file_with(tmp_path, site=wrong), state=tmp_path / "c")
        assert run.code == ExitCode.USAGE
        assert "認証局の証明書として読めません" in run.told
