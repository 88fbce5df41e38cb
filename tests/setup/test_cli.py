"""The options that `densai serve` accepts and refuses, before anything is started."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from simulator import cli
from simulator.announcing import announcement, root_address
from simulator.command_options import command_parser
from simulator.settings import Settings


def settings(*typed: str) -> Settings:
    return cli.settings_from(command_parser().parse_args(["serve", *typed]))


def test_by_default_only_this_computer_is_answered() -> None:
    made = settings()
    assert (made.host, made.port, made.allow_hosts, made.operator_code) == ("127.0.0.1", 8000, (), "")
    assert made.database == "sqlite:///densai.sqlite3"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "trainer.local"])  # noqa: S104  refused
def test_another_address_needs_to_say_for_whom(host: str) -> None:
    with pytest.raises(cli.UsageError, match="--allow-host"):
        settings("--host", host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"])
def test_loopback_needs_nothing(host: str) -> None:
    assert settings("--host", host).operator_code == ""


def test_others_meet_a_code_that_differs_each_time() -> None:
    made = [settings("--host", "0.0.0.0", "--allow-host", "trainer.example") for _ in range(2)]  # noqa: S104
    assert len({each.operator_code for each in made}) == 2
    assert all(len(each.operator_code) == cli.OPERATOR_CODE_LENGTH for each in made)


def test_a_proxy_on_this_computer_is_others_too() -> None:
    assert settings("--allow-host", "densai.example").operator_code


def test_a_database_is_a_path_or_a_url() -> None:
    assert settings("--database", "class a.db").database == "sqlite:///class a.db"
    assert settings("--database", "postgresql+psycopg://u@h/d").database == "postgresql+psycopg://u@h/d"


def test_what_was_answered_outlives_a_power_cut_unless_speed_is_asked_for() -> None:
    assert settings().durability == "full"
    assert settings("--durability", "normal").durability == "normal"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_is_a_port(port: str) -> None:
    with pytest.raises(SystemExit):
        settings("--port", port)


def test_a_refusal_is_one_sentence_and_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104
    assert capsys.readouterr().err.count("\n") == 1


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "serve" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("made", "address"),
    [
        (Settings(), "http://127.0.0.1:9"),
        (Settings(host="::1"), "http://[::1]:9"),
        (Settings(allow_hosts=("t.example",)), "https://t.example"),
        (Settings(allow_hosts=("t.example",), plain_http=True), "http://t.example:9"),
    ],
)
def test_the_address_is_the_one_people_type(made: Settings, address: str) -> None:
    assert root_address(made, 9) == address


def test_the_announcement_hides_a_database_password() -> None:
    shown = announcement(Settings(database="postgresql://user:tanuki9@db/densai"), 8000)
    assert "tanuki9" not in shown
    assert "postgresql://user:***@db/densai" in shown


def test_the_announcement_gives_the_operator_code_and_warns_of_plain_http() -> None:
    made = Settings(allow_hosts=("t.example",), plain_http=True, operator_code="abcd2345")
    shown = announcement(made, 8000)
    assert "起動時の確認コード  abcd2345" in shown
    assert "暗号化されません" in shown


def test_the_announcement_says_where_to_click_and_what_is_there() -> None:
    alone, shared = (announcement(Settings(allow_hosts=hosts), 8000) for hosts in ((), ("t.example",)))
    assert "  http://127.0.0.1:8000/\n" in alone
    assert "（ひとりで始める、クラスに参加する、講師用画面を開く、のどれかを選びます）" in alone
    assert "起動時の確認コード" not in alone
    assert "  https://t.example/\n" in shared
    assert "（クラスに参加する、講師用画面を開く、のどれかを選びます）" in shared
    assert "https の中継サーバ" in shared


def test_the_announcement_says_where_the_database_was_copied_to() -> None:
    assert "更新前の控え  /data/d-v0000.sqlite3\n" in announcement(Settings(), 8000, "/data/d-v0000.sqlite3")
    assert "更新前の控え" not in announcement(Settings(), 8000)


def test_the_parser_keeps_every_allowed_host() -> None:
    typed = command_parser().parse_args(["serve", "--allow-host", "a.example", "--allow-host", "b.example"])
    assert typed.allow_host == ["a.example", "b.example"]


def test_the_version_is_that_of_the_installed_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"densai {version('densai-sandbox')}\n"
