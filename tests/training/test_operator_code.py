"""Where others can reach the server: the operator code stands before the instructor's first password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.training import access
from tests.screens.banks import Bank, open_bank
from tests.training.conftest import CODE, HOST
from tests.training.guests import PASSWORD, Guest, code_of, training

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def at(guarded: Bank) -> Guest:
    """The first to come to the instructor's door."""
    return Guest(guarded).get("/desk/login")


def set_first(at: Guest, code: str = CODE) -> Guest:
    at.press("設定して開く", code=code, password=PASSWORD, again=PASSWORD)
    return at


WRONG = ["", "machigai", CODE.upper(), f"{CODE}x", CODE[:-1], "訓練", "\x00", "a" * 9999]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_code_sets_no_password(guarded: Bank, at: Guest, wrong: str) -> None:
    set_first(at, wrong)
    assert (at.status, "起動時の確認コードが正しくありません" in at.page.fault("code")) == (422, True)
    assert not training(guarded).key(access.PASSWORD)
    assert at.get("/desk").path == "/desk/login"
    assert at.heading == "講師用パスワードの設定"


def test_the_code_of_one_node_holds_at_the_other(guarded: Bank) -> None:
    url = guarded.worlds.engine.url.render_as_string(hide_password=False)
    first, second = (
        Bank(open_bank(url, operator_code=code, allow_hosts=(HOST,))) for code in ("ichiban2", "niban345")
    )
    code = second.app.extensions["densai-settings"].operator_code
    assert code == first.app.extensions["densai-settings"].operator_code == "ichiban2"
    at = Guest(second).get("/desk/login")
    set_first(at, "niban345")
    assert at.status == 422
    assert set_first(at, code).heading == "クラス一覧"
    third = Bank(open_bank(url, operator_code="sanban67", allow_hosts=(HOST,)))
    assert third.app.extensions["densai-settings"].operator_code == ""  # nothing is left to be set
    for node in (first, second, third):
        node.worlds.close()


def test_a_form_without_the_box_for_it_sets_none_either(guarded: Bank, at: Guest) -> None:
    at.send_form("/desk/login", password=PASSWORD, again=PASSWORD)
    assert at.status == 422
    assert not training(guarded).key(access.PASSWORD)


def test_the_right_code_sets_it_and_is_asked_no_more(guarded: Bank, at: Guest) -> None:
    assert set_first(at).heading == "クラス一覧"
    other = Guest(guarded).get("/desk/login")
    assert [box.attrs["name"] for box in other.page.top.all("input")] == ["csrf", "password"]
    assert other.open_desk().heading == "クラス一覧"
    assert Guest(guarded).open_desk("machigai-no-kagi").status == 403


def test_the_code_alone_opens_nothing_once_the_password_is_set(guarded: Bank, at: Guest) -> None:
    set_first(at)
    thief = Guest(guarded)
    thief.send_form("/desk/login", code=CODE, password="another-one", again="another-one")
    assert (thief.status, thief.get("/desk").path) == (403, "/desk/login")
    assert Guest(guarded).open_desk().heading == "クラス一覧"


def test_the_code_is_in_no_page_and_no_cookie(guarded: Bank, at: Guest) -> None:
    for page in (at, set_first(at, "machigai"), set_first(at), Guest(guarded).get("/")):
        assert CODE not in page.page.html
        assert CODE not in str(page.answer.headers)


def test_trainees_need_no_code_but_their_classs(guarded: Bank, at: Guest) -> None:
    class_id = set_first(at).make_class()
    trainee = Guest(guarded, HOST).join(code_of(guarded, class_id), "山田")
    assert trainee.heading == "席コードをお控えください"
    trainee.start()
    assert trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password).status == 200
    assert trainee.get("/my/letter").page.fact("訓練サイトのアドレス") == f"https://{HOST}/"


def test_nobody_begins_alone_where_others_can_reach_it(guarded: Bank) -> None:
    at = Guest(guarded).get("/")
    assert "ひとりで始める" not in at.page.text
    assert at.send_form("/alone").status == 403
    assert training(guarded).members(None) == []


def test_before_anything_is_set_up_no_seat_is_reached(guarded: Bank, at: Guest) -> None:
    class_id = set_first(at).make_class()
    stranger, member = Guest(guarded), training(guarded).members(class_id)[0]
    for path in (f"/bank/{member.seat}/", f"/bank/{member.seat}/login"):
        assert (stranger.get(path).status, stranger.heading) == (403, "この席は開けません")


@pytest.mark.parametrize(("host", "status"), [(HOST, 200), (f"{HOST}:8000", 200), ("other.example", 421)])
@pytest.mark.parametrize("path", ["/", "/desk/login", "/robots.txt"])
def test_only_the_names_that_were_given_are_answered(
    guarded: Bank, host: str, status: int, path: str
) -> None:
    answer = guarded.app.test_client().get(path, headers={"Host": host})
    assert answer.status_code == status


def test_behind_https_browsers_are_told_to_stay_there(guarded: Bank, densai: Bank) -> None:
    told = [
        bank.app.test_client().get("/").headers.get("Strict-Transport-Security") for bank in (guarded, densai)
    ]
    assert told == ["max-age=31536000", None]


def test_behind_https_no_other_host_can_set_a_cookie_of_training(at: Guest) -> None:
    """Browsers take the prefix __Host- from this host alone, for all of its paths, and with Secure."""
    set_first(at)
    for kind in ("form", "desk", "known"):
        found = at.client.get_cookie(f"__Host-densai-{kind}")
        assert found
        assert (found.secure, found.path, found.origin_only) == (True, "/", True)
    at.press("ログアウト")
    assert at.client.get_cookie("__Host-densai-desk") is None


def test_windows_are_kept_from_other_sites_where_a_browser_can(guarded: Bank, tmp_path: Path) -> None:
    plain = open_bank(tmp_path / "plain.sqlite3", plain_http=True)
    told = [
        app.test_client().get("/").headers.get("Cross-Origin-Opener-Policy") for app in (guarded.app, plain)
    ]
    plain.extensions["densai"].close()
    assert told == ["same-origin", None]
