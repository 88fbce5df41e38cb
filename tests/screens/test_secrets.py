"""A password that is typed is never stored, shown or logged."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy.engine import make_url

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from tests.screens.doings import NEW_ID, choose_rights, enter_new_user
from tests.screens.visitor import URLENCODED

if TYPE_CHECKING:
    import pytest

    from simulator.store import Seat
    from tests.screens.banks import Bank

TYPED = "himitsu77"


def test_no_password_that_is_typed_is_ever_stored_shown_or_logged(
    densai: Bank, seat: Seat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    typed = [f"Z{number}zqxj{number}" for number in range(8)]
    at = densai.visitor(seat)
    issued = people_of(seat.seed).master.issued_password
    shown = [at.log_in(MASTER_ID, typed[0]).page.html]
    at.log_in(MASTER_ID, issued)
    shown.append(at.press("変更", current=typed[1], new=typed[2], again=typed[3]).page.html)
    at.press("変更", current=issued, new=typed[2], again=typed[2]).press("しんきん電子記録債権サービス")
    shown.append(at.press("実行", new=typed[4], again=typed[4]).page.html)
    shown.append(enter_new_user(at, password=typed[5], password_again=typed[5]).page.html)
    shown.append(at.press("確定").page.html)
    shown.append(at.open("user-update").press("確認").press("ユーザ更新", approval=typed[6]).page.html)
    shown.append(at.press("ユーザ更新", approval=typed[4]).page.html)
    choose_rights(at, ["trades.approver"], [], row=NEW_ID).press("確認", new=typed[7], again=typed[7])
    shown.append(at.press("変更", approval=typed[4]).page.html)
    assert at.heading == "ユーザ情報変更完了"
    database = Path(make_url(str(densai.worlds.engine.url)).database or "")
    stored = b"".join(each.read_bytes() for each in database.parent.glob(f"{database.name}*"))
    assert NEW_ID.encode() in stored
    for password in typed:
        assert password.encode() not in stored
        assert password not in caplog.text
        assert not any(password in html for html in shown)


def test_a_failure_inside_says_nothing_of_what_was_typed(
    densai: Bank, seat: Seat, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = densai.visitor(seat).open("login")

    def fail(*_: object) -> None:
        raise RuntimeError(TYPED)

    monkeypatch.setattr("simulator.bank.password_attempts.take", fail)
    form = at.page.form("ログイン")
    data = urlencode(form.data(login_id=MASTER_ID, password=TYPED)).encode()
    answer = at.browser.send("POST", form.action, data, URLENCODED)
    html = answer.body.decode()
    assert answer.status == 500
    assert "処理できませんでした" in html
    assert not {"Traceback", "RuntimeError", "attempts", TYPED} & set(html.split())
    assert TYPED not in html
    assert TYPED not in caplog.text
    assert "RuntimeError" in caplog.text
