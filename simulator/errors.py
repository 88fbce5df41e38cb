"""The page for every HTTP error: plain Japanese, marked 訓練用, without a traceback."""

from __future__ import annotations

import logging
from contextlib import suppress
from http import HTTPStatus

from flask import Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound

from simulator.store import DatabaseError, SeatGoneError, Worlds, trouble_of

_TEXTS = {
    400: (
        "受け付けられない内容です",
        "送られた内容を受け付けられませんでした。何も変更していません。前の画面に戻って、もう一度操作してください。",
    ),
    403: ("表示できません", "この画面を表示する権限がありません。"),
    404: ("画面が見つかりません", "指定された画面はありません。アドレスをお確かめください。"),
    405: ("画面が見つかりません", "この画面は直接開くことができません。前の画面から操作してください。"),
    413: (
        "入力が長すぎます",
        "送られた内容が大きすぎるため、受け付けられませんでした。何も変更していません。",
    ),
    421: (
        "表示できません",
        "このアドレスでは表示できません。訓練用サーバの起動時に案内されたアドレスを開いてください。",
    ),
    500: (
        "処理できませんでした",
        "訓練用サーバで問題が起きたため、処理できませんでした。もう一度操作してください。",
    ),
}
# What a database that does not answer means for the person at the page, by Trouble.kind: only where others
# write, or a server is started anew, does trying again help.
_NOT_KEPT = {
    "busy": "ほかの処理が続いているため、処理できませんでした。何も変更していません。"
    "しばらくしてから、もう一度操作してください。",
    "full": "記録する場所（ディスク）に空きがないため、処理できませんでした。何も変更していません。"
    "空きができるまでは、操作しても処理できません。講師または訓練用サーバの担当者に知らせてください。",
    "read_only": "記録を書き込めないため、処理できませんでした。何も変更していません。"
    "講師または訓練用サーバの担当者に知らせてください。",
    "unreadable": "記録を読めないため、処理できませんでした。"
    "講師または訓練用サーバの担当者に知らせてください。",
    "away": "記録を保存するデータベースにつながらないため、処理できませんでした。"
    "しばらくしてから、もう一度操作してください。続くときは、講師または訓練用サーバの担当者に知らせてください。",
    "other": "記録の読み書きで問題が起きたため、処理できませんでした。"
    "講師または訓練用サーバの担当者に知らせてください。",
}
_log = logging.getLogger("densai")


def install(app: Flask) -> None:
    """Register the handlers that answer every error with one page."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(SeatGoneError, _gone)
    app.register_error_handler(DatabaseError, _not_kept)
    app.register_error_handler(Exception, _failed)


def _answer(error: HTTPException) -> ResponseReturnValue:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # a redirect
    ours = code >= HTTPStatus.INTERNAL_SERVER_ERROR
    title, text = _TEXTS.get(code, _TEXTS[500 if ours else 400])
    return render_template("error.html", title=title, text=text, home=_home(code)), code


def _home(code: int) -> str:
    """The front page of the seat that was asked for, where there is one to go back to."""
    named = request.path.split("/")[1:3]
    if len(named) != 2 or named[0] != "bank" or code == HTTPStatus.MISDIRECTED_REQUEST:  # noqa: PLR2004
        return ""
    worlds: Worlds = current_app.extensions["densai"]
    with suppress(DatabaseError):  # it may be the database that has failed
        return url_for("bank.homepage.front", seat=named[1]) if worlds.seat(named[1]) else ""
    return ""


def _gone(_error: SeatGoneError) -> ResponseReturnValue:
    # Removed by the instructor in the middle of the request: the same as a moment later.
    return _answer(NotFound())


def _not_kept(error: DatabaseError) -> ResponseReturnValue:
    trouble = trouble_of(error)
    _log.error("the database does not answer: %s", trouble.reason)
    passes = trouble.kind in ("busy", "away")
    code = HTTPStatus.SERVICE_UNAVAILABLE if passes else HTTPStatus.INTERNAL_SERVER_ERROR
    text = _NOT_KEPT[trouble.kind]
    return render_template("error.html", title=_TEXTS[500][0], text=text, home=_home(code)), code


def _failed(error: Exception) -> ResponseReturnValue:
    # The kind and the place alone: the message of an exception may hold what was typed.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    _log.error("%s at %s", type(error).__name__, where)
    return _answer(InternalServerError())
