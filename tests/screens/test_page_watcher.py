"""Another package may watch the bank's pages: it hears of each before it is drawn, and adds to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask, before_render_template
from markupsafe import Markup

from simulator.bank.people import MASTER_ID
from simulator.bank.web import title_of, watch_pages
from simulator.domain.rules.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Template

    from simulator.store import Seat
    from tests.screens.banks import Bank

Heard = list[tuple[str, dict[str, str], list[Failure]]]


@pytest.fixture
def heard(densai: Bank) -> Iterator[Heard]:
    """A watcher that keeps every page it is told of, and puts a mark on it."""
    found: Heard = []

    def watcher(title: str, labels: Mapping[str, str], refusals: Sequence[Failure]) -> Markup:
        found.append((title, dict(labels), list(refusals)))
        return Markup('<p id="watched">見ました</p>')

    known = densai.app.extensions["densai-page-watcher"]
    watch_pages(densai.app, watcher)
    yield found
    densai.app.extensions["densai-page-watcher"] = known


def test_a_page_is_heard_of_once_with_its_title_and_its_fields(
    densai: Bank, seat: Seat, heard: Heard
) -> None:
    at = densai.visitor(seat).open("login")
    assert heard == [("ログイン", {"login_id": "お客様ID", "password": "ログインパスワード"}, [])]
    assert '<p id="watched">見ました</p>\n</body>' in at.page.html


def test_a_refusal_is_heard_of_with_its_page(densai: Bank, seat: Seat, heard: Heard) -> None:
    at = densai.visitor(seat)
    assert at.log_in(MASTER_ID, "").status == 422
    assert [(title, refusals) for title, _, refusals in heard if refusals] == [
        ("ログイン", [Failure("password", "required")])
    ]
    assert "ログインパスワード：入力してください。" in at.page.text


def test_a_page_is_heard_of_before_it_is_drawn(densai: Bank, seat: Seat) -> None:
    def breaks(*_: object) -> Markup:
        raise RuntimeError("watching")

    drawn: list[str | None] = []

    def note(_app: Flask, template: Template, **_: object) -> None:
        drawn.append(template.name)

    known = densai.app.extensions["densai-page-watcher"]
    watch_pages(densai.app, breaks)
    with before_render_template.connected_to(note, densai.app):
        answer = densai.app.test_client().get(f"/bank/{seat.code}/", headers={"Host": "localhost"})
    densai.app.extensions["densai-page-watcher"] = known
    assert (answer.status_code, drawn) == (500, ["error.html"])


def test_a_title_is_known_without_the_page(densai: Bank) -> None:
    with densai.app.app_context():
        assert title_of("bank/homepage/guide.html") == "「しんきん電子記録債権システム」案内画面"
        assert title_of("training/paused.html") == "講師が一時停止しています"
