"""The pages for a class: the projection and the letters, with an address that the class can open."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import segno
from markupsafe import Markup

from simulator.settings import Settings
from simulator.training import classes, site_address
from tests.training.guests import Guest, code_of, training

if TYPE_CHECKING:
    from tests.screens.banks import Bank

HOME = "http://kunren-pc:8000/"


def path_of(svg: str) -> str:
    """The drawn modules of a QR code."""
    return svg.partition(' d="')[2].partition('"')[0]


def drawn(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, omitsize=True)
    return path_of(out.getvalue().decode())


# The wall --------------------------------------------------------------------------------------


def test_the_wall_shows_the_address_the_code_and_how_many_have_come(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    page = desk.get(f"/desk/classes/{class_id}").press("投影用の画面").page
    code = classes.shown_code(code_of(densai, class_id))
    for words in ("http://localhost/", code, "参加 1／3", "四月の研修", "「お名前」を入力し"):
        assert words in page.text
    assert path_of(page.html) == drawn(f"http://localhost/?class={code}")
    Guest(densai).join(code, "佐藤 花子")
    assert "参加 2／3" in desk.get(f"/desk/classes/{class_id}/projection").page.text
    assert trainee.seat.code not in page.html


def test_by_press_the_wall_shows_the_pause_or_the_message_and_only_what_is_true(
    desk: Guest, class_id: int
) -> None:
    wall = f"/desk/classes/{class_id}/projection"
    assert not {"一時停止中", "メッセージ"} & set(desk.get(wall).page.links)
    for asked in ("pause", "message", "nonsense", "<b>"):
        assert "アドレスを開きます" in desk.get(f"{wall}?show={asked}").page.text
    desk.send_form(f"/desk/classes/{class_id}/pause", on="1")
    desk.send_form(f"/desk/classes/{class_id}/message", message="休憩は<b>15時</b>まで")
    page = desk.get(wall).follow("一時停止中").page
    assert "アドレスを開きます" not in page.text
    assert "一時停止中" in page.text
    page = desk.follow("メッセージ").page
    assert "休憩は<b>15時</b>まで" in page.text
    assert "アドレスを開きます" in desk.follow("参加の案内").page.text
    desk.send_form(f"/desk/classes/{class_id}/pause", on="0")
    assert "アドレスを開きます" in desk.get(f"{wall}?show=pause").page.text  # it is over


# Letters ---------------------------------------------------------------------------------------


def test_each_letter_has_the_qr_code_of_its_seat(densai: Bank, desk: Guest, class_id: int) -> None:
    page = desk.get(f"/desk/classes/{class_id}/cards").page
    sheets = [each for each in page.top.all("section") if each.attrs.get("class") == "sheet"]
    for sheet, member in zip(sheets, training(densai).members(class_id), strict=True):
        (path,) = sheet.all("path")
        assert path.attrs["d"] == drawn(f"http://localhost/?seat={classes.shown_code(member.code)}")
    member = training(densai).members(class_id)[1]
    at = Guest(densai).get(f"/?seat={classes.shown_code(member.code)}").press("席を開く")
    assert at.heading == "わたしの訓練"


def test_where_nobody_else_can_open_the_address_the_letters_ask_first(desk: Guest, class_id: int) -> None:
    page = desk.get(f"/desk/classes/{class_id}/cards").page
    assert "このパソコンでしか開けません" in page.text
    assert "このまま印刷する" in page.buttons
    page = desk.press("アドレスを空欄にして印刷する").page
    assert "http" not in page.text
    assert not list(page.top.all("path"))
    assert "このパソコンでしか開けません" not in page.text
    assert any("data-print-now" in button.attrs for button in page.top.all("button"))
    assert "http://localhost/" in desk.press("アドレスを入れる").page.text


# The address -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/projection", "/cards"])
def test_a_server_on_loopback_warns_and_says_how_to_start_it(
    desk: Guest, class_id: int, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "kunren-pc")
    monkeypatch.delenv("MAKELEVEL", raising=False)
    text = desk.get(f"/desk/classes/{class_id}{path}").page.text
    assert "このアドレス（http://localhost/）は、このパソコンでしか開けません。" in text
    assert "densai serve --host 0.0.0.0 --allow-host kunren-pc --plain-http" in text
    monkeypatch.setenv("MAKELEVEL", "1")
    text = desk.get(f"/desk/classes/{class_id}{path}").page.text
    assert 'make serve ARGS="--host 0.0.0.0 --allow-host kunren-pc --plain-http' in text


COMMANDS = {
    "as it was started by default": (Settings(), "pc1", "--host 0.0.0.0 --allow-host pc1 --plain-http"),
    "another port": (Settings(port=9000), "pc1", "--allow-host pc1 --plain-http --port 9000"),
    "a free port": (Settings(port=0), "pc1", "--host 0.0.0.0 --allow-host pc1 --plain-http"),
    "another file": (
        Settings(database="sqlite:////data/x.sqlite3"),
        "pc1",
        "--plain-http --database /data/x.sqlite3",
    ),
    "no name": (Settings(), "localhost", "--allow-host このパソコンの名前 --plain-http"),
    "nothing": (Settings(), "", "--allow-host このパソコンの名前 --plain-http"),
}


@pytest.mark.parametrize("why", COMMANDS)
def test_the_command_keeps_what_the_server_was_started_with(why: str) -> None:
    settings, computer, end = COMMANDS[why]
    command = site_address.restart_command(settings, computer, by_make=False)
    assert command.startswith("densai serve --host 0.0.0.0")
    assert command.endswith(end)


def test_a_server_with_a_name_does_not_warn_and_shows_that_name_wherever_the_desk_is_opened(
    guarded: Bank,
) -> None:
    desk = Guest(guarded)
    desk.get("/desk/login").press(
        "設定して開く", code="unneisha", password="tsukue-no-kagi", again="tsukue-no-kagi"
    )
    class_id = desk.make_class()
    for path in ("", "/projection", "/cards"):
        text = desk.get(f"/desk/classes/{class_id}{path}").page.text
        assert "このパソコンでしか開けません" not in text
    assert "https://kyoshitsu.example/" in desk.get(f"/desk/classes/{class_id}/cards").page.text
    assert "https://kyoshitsu.example/" in desk.get(f"/desk/classes/{class_id}/projection").page.text


@pytest.mark.parametrize(
    ("home", "only_here"),
    [
        ("http://127.0.0.1:8000/", True),
        ("http://localhost/", True),
        ("http://[::1]:8000/", True),
        (HOME, False),
        ("https://kunren.example/", False),
    ],
)
def test_an_address_of_this_computer_alone_is_known(home: str, only_here: bool) -> None:
    assert site_address.is_only_here(home) is only_here


def test_a_qr_code_is_drawn_with_attributes_alone_and_shows_nothing_else() -> None:
    drawn_code = site_address.qr_code(site_address.for_class(HOME, "kszu-8emv"))
    assert isinstance(drawn_code, Markup)
    assert path_of(drawn_code) == drawn(f"{HOME}?class=kszu-8emv")
    assert "style=" not in drawn_code
    assert "kszu" not in drawn_code
    assert 'aria-hidden="true"' in drawn_code
