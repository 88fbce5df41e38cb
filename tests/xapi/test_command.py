"""`densai xapi` where something is wrong: one sentence and an exit code, and a login in none of them."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from simulator.xapi import command
from simulator.xapi import lrs as lrs_module
from simulator.xapi.lrs import AddressError, lrs_at
from tests.loopback import AUTHORITY
from tests.xapi.strict_lrs import LOGIN, served

if TYPE_CHECKING:
    from pathlib import Path

    from tests.xapi.conftest import Classroom
    from tests.xapi.strict_lrs import StrictLrs

USER, PASSWORD = LOGIN


def refused(capsys: pytest.CaptureFixture[str], classroom: Classroom, *options: str, code: int = 1) -> str:
    """The one sentence of a command that has not sent everything."""
    classroom.send(*options, code=code)
    said = capsys.readouterr()
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    assert PASSWORD not in said.out + said.err
    return said.err


@pytest.fixture
def done(classroom: Classroom) -> Classroom:
    """A class with something to send."""
    classroom.begin()
    return classroom


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (307, "別のアドレスを示しました"),
        (400, "LRS が記録を受け付けませんでした。 The LRS refuses the statements (400)."),
        (401, "利用者名とパスワードを受け付けませんでした"),
        (403, "権限がありません"),
        (404, "LRS のアドレスが違います"),
        (413, "LRS が記録を受け付けませんでした"),
        (429, "混んでいます"),
        (500, "LRS で障害が起きています"),
    ],
)
def test_a_refusal_is_told_by_its_status(
    done: Classroom, lrs: StrictLrs, capsys: pytest.CaptureFixture[str], status: int, words: str
) -> None:
    lrs.status = status
    assert words in refused(capsys, done)
    assert len(lrs.seen) == 1  # and no redirect is followed


def test_an_lrs_that_is_not_there_is_told(done: Classroom, capsys: pytest.CaptureFixture[str]) -> None:
    done.lrs = f"http://{USER}:{PASSWORD}@127.0.0.1:1/xAPI"
    assert "LRS につながりません。 The LRS cannot be reached (Connection refused)." in refused(capsys, done)


def test_an_lrs_that_never_answers_is_not_waited_for(
    done: Classroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lrs_module, "SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done.lrs = f"http://127.0.0.1:{silent.getsockname()[1]}/xAPI"
        assert "The LRS cannot be reached (timed out)." in refused(capsys, done)


def test_an_answer_that_is_no_http_is_told_without_its_words(
    done: Classroom, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def answer() -> None:
            with rude.accept()[0] as line:
                line.recv(65536)
                line.sendall(b"\x1b[31mSSH-2.0\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        done.lrs = f"http://127.0.0.1:{rude.getsockname()[1]}/xAPI"
        told = refused(capsys, done)
        thread.join()
    assert "LRS につながりません。" in told
    assert "SSH" not in told
    assert "\x1b" not in told


def test_a_certificate_is_verified_by_the_authority_that_is_named(
    done: Classroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(tls=True) as lrs:
        done.lrs = lrs.address
        assert "LRS の証明書を確かめられません。" in refused(capsys, done)
        assert lrs.kept == {}
        monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY / "ca.pem"))
        done.send()
        assert lrs.verbs == ["attempted"]


@pytest.mark.parametrize("body", [b"<html>welcome</html>", b'{"ok": true}', b'["another"]', b"\xff"])
def test_a_server_that_is_no_lrs_has_taken_nothing(
    done: Classroom, lrs: StrictLrs, capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    lrs.body = body
    assert "LRS ではないサーバが応答しました。" in refused(capsys, done)
    lrs.body = b""
    done.send()
    assert len(lrs.calls) == 2  # it was sent again


def test_a_class_that_there_is_not_is_told(done: Classroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert "クラスコードが違います。" in refused(capsys, done, "--class", "nani-mono", code=2)


def test_a_code_is_taken_as_it_is_printed(done: Classroom, lrs: StrictLrs) -> None:
    done.send("--class", f"{done.code[:4]}－{done.code[4:]}".upper())
    assert lrs.verbs == ["attempted"]


def test_a_database_that_is_not_there_is_not_made(
    done: Classroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there_is_not = tmp_path / "nai.sqlite3"
    assert "densai のデータベースがありません。" in refused(capsys, done, "--database", str(there_is_not))
    assert not there_is_not.exists()


def test_an_old_database_is_not_changed(done: Classroom, capsys: pytest.CaptureFixture[str]) -> None:
    with done.training.worlds.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert "densai database upgrade" in refused(capsys, done)


def test_a_record_that_cannot_be_read_is_told(done: Classroom, capsys: pytest.CaptureFixture[str]) -> None:
    done.stop()
    with done.training.worlds.writing() as connection:
        connection.exec_driver_sql("UPDATE practices SET document = x'7b'")
    assert "データベースに読めない記録があるため、送れません。" in refused(capsys, done)


def test_a_login_in_the_address_is_used_and_never_told(
    done: Classroom, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(command.PASSWORD, "chigau")
    done.lrs = lrs.address.replace("//", f"//{USER}:{PASSWORD}@")
    done.send()
    assert lrs.verbs == ["attempted"]
    assert PASSWORD not in "".join(capsys.readouterr())
    assert PASSWORD not in repr(lrs_at(done.lrs, "", "", plain_http=False))


def test_a_password_that_is_missing_is_asked_for_at_a_terminal(
    done: Classroom, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(command.PASSWORD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert command.PASSWORD in refused(capsys, done, code=2)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: PASSWORD)
    done.send()
    assert lrs.verbs == ["attempted"]

    def nothing_typed(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nothing_typed)
    assert command.PASSWORD in refused(capsys, done, code=2)


@pytest.mark.parametrize(
    "typed",
    [
        "lrs.example/xAPI",
        "ftp://lrs.example/",
        "https://",
        "https://lrs.example:port/",
        "https://lrs.example/x y",
        "https://lrs.example/\nX: y",
        "https://lrs.example/?a=b",
        "https://[::1/",
        "https://でんさい.example/",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AddressError, match="--lrs"):
        lrs_at(typed, "", "", plain_http=True)


def test_records_do_not_go_in_clear_over_a_network_unless_asked(
    done: Classroom, capsys: pytest.CaptureFixture[str]
) -> None:
    done.lrs = f"http://{USER}:{PASSWORD}@lrs.example/xAPI"
    assert "--plain-http" in refused(capsys, done, code=2)
    assert lrs_at(done.lrs, "", "", plain_http=True).address == "http://lrs.example/xAPI/statements"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://lrs.example/xAPI/", "https://lrs.example/xAPI/statements"),
        ("https://lrs.example/xAPI/statements", "https://lrs.example/xAPI/statements"),
        ("https://u%40x:p@lrs.example:8443", "https://lrs.example:8443/statements"),
        ("http://[::1]:8100/xAPI", "http://[::1]:8100/xAPI/statements"),
    ],
)
def test_an_address_leads_to_the_statements(typed: str, address: str) -> None:
    assert lrs_at(typed, "", "", plain_http=False).address == address


def test_this_computer_is_not_asked_for_by_way_of_a_proxy(
    done: Classroom, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    done.send()
    assert lrs.verbs == ["attempted"]
