"""No password gets into a screenshot or into the words of a screen, wherever on the page it stands."""

from __future__ import annotations

import struct
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Route

from steps.evidence import capture, chromium_protocol

SECRETS = ("himitsu1", "naisho22")


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screenshots are compared, and one that comes too late is taken in a slightly different way."""
    monkeypatch.setattr(capture, "TIMEOUT_MS", 60_000)


SHOWING = {
    "text": "<p>初回ログインパスワード: {secret}</p>",
    "plain box": "<input value='{secret}'>",
    "box that shows the password": "<input type='text' value='x{secret}y'>",
    "text area": "<textarea>{secret}</textarea>",
    "frame": "<iframe srcdoc=\"<p>{secret}</p><input value='{secret}'>\"></iframe>",
}


def screenshot(page: Page, html: str) -> bytes:
    page.set_content(f"<title>画面</title>{html}")
    return capture.masked_screenshot(page, SECRETS, capture.read_state(page, SECRETS))


@pytest.mark.parametrize("html", SHOWING.values(), ids=SHOWING.keys())
def test_what_shows_a_secret_is_painted_over(page: Page, html: str) -> None:
    first, second = (screenshot(page, html.format(secret=secret)) for secret in SECRETS)
    other = screenshot(page, html.format(secret="kokai333"))
    assert first == second
    assert first != other


BOXES = {
    "plain": "<input type='password' value='{value}'>",
    "page's own style": "<style>input#p {{ filter: none !important; background: #fff !important;"
    " transition: all 3s !important }}</style><input id='p' type='password' value='{value}'>",
    "box's own style": "<input type='password' value='{value}' style='filter: none ! important; color: red'>",
    "selected": "<input type='password' value='{value}'>"
    "<script>document.querySelector('input').select()</script>",
    "shadow": "<p><template shadowrootmode='open'><input type='password' value='{value}'></template></p>",
    "frame": "<iframe srcdoc=\"<input type='password' value='{value}'>\"></iframe>",
}


@pytest.mark.parametrize("html", BOXES.values(), ids=BOXES.keys())
def test_a_box_for_passwords_is_painted_over_even_when_nobody_knows_what_is_in_it(
    page: Page, html: str
) -> None:
    pictures = {screenshot(page, html.format(value=value)) for value in ("b", "a", "ab")}
    assert len(pictures) == 1
    assert screenshot(page, html.replace("password", "text").format(value="ab")) not in pictures


def test_a_box_for_passwords_is_masked_on_a_page_that_forbids_styles(page: Page) -> None:
    headers = {"Content-Security-Policy": "default-src 'none'", "Content-Type": "text/html"}

    def answer(route: Route) -> None:
        value = route.request.url.rpartition("/")[2]
        route.fulfill(body=BOXES["plain"].format(value=value), headers=headers)

    page.route("http://bank.test/*", answer)
    pictures = set()
    for value in ("a", "ab"):
        page.goto(f"http://bank.test/{value}")
        pictures.add(capture.masked_screenshot(page, SECRETS, capture.read_state(page, SECRETS)))
    assert len(pictures) == 1


def test_a_secret_that_comes_up_meanwhile_is_not_kept(page: Page) -> None:
    page.set_content("<p>まだです</p>")
    before = capture.read_state(page, SECRETS)
    page.set_content(f"<p>{SECRETS[0]}</p>")
    late = capture.masked_screenshot(page, SECRETS, before)
    assert late == screenshot(page, f"<p>{SECRETS[1]}</p>")


def test_a_page_that_comes_meanwhile_is_not_kept_unpainted(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.set_content("<input type='password'>")
    before, styled = capture.read_state(page, SECRETS), chromium_protocol._styled

    def lost(*_: object) -> AbstractContextManager[None]:
        monkeypatch.setattr(chromium_protocol, "_styled", styled)
        page.set_content("<p>次</p><input type='password' value='abc'>")
        return nullcontext()

    monkeypatch.setattr(chromium_protocol, "_styled", lost)
    late = capture.masked_screenshot(page, SECRETS, before)
    assert late == screenshot(page, "<p>次</p><input type='password' value='a'>")


def size_of(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", picture, 16)
    return width, height


@pytest.mark.parametrize("box", ["", "<input type='password'>"], ids=["plain", "painted"])
def test_a_picture_has_the_whole_page_whether_it_fits_the_window_or_not(page: Page, box: str) -> None:
    page.set_viewport_size({"width": 600, "height": 400})
    assert size_of(screenshot(page, box)) == (600, 400)
    long = f"{box}<style>body {{ margin: 0 }}</style><p style='height: 1500px'>"
    assert size_of(screenshot(page, long))[1] > 1500
    page.set_content(f"<p>{box}</p>")
    before = capture.read_state(page, SECRETS)
    page.set_content(f"{box}<div style='height: 1500px'>")
    assert size_of(capture.masked_screenshot(page, SECRETS, before))[1] > 1500


def test_what_the_browser_leaves_unanswered_is_pictured_in_another_way(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, send = [], chromium_protocol._send

    def send_in_vain(session: CDPSession, method: str, timeout_ms: float, **params: object) -> dict[str, Any]:
        sent.append(method)
        if method == "Page.captureScreenshot":
            never = "new Promise(() => {})"
            return send(session, "Runtime.evaluate", timeout_ms, expression=never, awaitPromise=True)
        return send(session, method, timeout_ms, **params)

    monkeypatch.setattr(capture, "TIMEOUT_MS", 1_000)
    monkeypatch.setattr(chromium_protocol, "_send", send_in_vain)
    html = "<div style='height: 1500px'><input type='password' value='{}'>"
    pictures = {screenshot(page, html.format(value)) for value in ("a", "b")}
    assert "Page.captureScreenshot" in sent
    assert [size_of(each)[1] > 1500 for each in pictures] == [True]


def test_a_window_that_has_gone_to_another_page_is_still_pictured(page: Page) -> None:
    first = screenshot(page, "<p>初めの画面</p>")
    page.goto("data:text/html,<p>2")
    page.goto("about:blank")
    assert screenshot(page, "<p>初めの画面</p>") == first


def test_taking_a_picture_leaves_no_trace_in_the_page(page: Page) -> None:
    page.set_content("<input><input type='password'><input type='hidden'>")
    before = page.content()
    capture.masked_screenshot(page, SECRETS, capture.read_state(page, SECRETS))
    assert page.content() == before


def test_what_was_typed_makes_a_screen_another_one(page: Page) -> None:
    page.set_content("<input aria-label='ID'><input type='password' aria-label='PW'>")
    states = [capture.read_state(page, SECRETS)]
    for label in ("ID", "PW"):
        page.get_by_label(label).fill("a")
        states.append(capture.read_state(page, SECRETS))
    assert len({each.fingerprint for each in states}) == 3
    assert capture.read_state(page, SECRETS) == states[-1]


def words_of(page: Page) -> dict[str, tuple[str, ...]]:
    state = capture.read_state(page, SECRETS, words=True)
    return {kind: texts for kind, texts in state.words.items() if texts}


def test_the_words_of_a_screen_are_its_labels_and_never_its_values(page: Page) -> None:
    page.set_content(
        """<h1>ログイン</h1><div role="alert"><ul><li>誤りがあります。</li></ul></div>
        <label>お客様ID <input value="d-1560heki"></label>
        <table><tr><td>ログインパスワード:</td><td><input type="password" value="himitsu1"></td></tr></table>
        <table><thead><tr><th scope="col">口座</th></tr></thead></table>
        <a href="#">使用方法</a><button>「ログイン」"へ"</button><button role="tab">管理</button>"""
    )
    assert words_of(page) == {
        "titles": ("ログイン",),
        "messages": ("誤りがあります。",),
        "fields": ("お客様ID", "ログインパスワード:"),
        "heads": ("口座",),
        "links": ("使用方法",),
        "buttons": ('「ログイン」"へ"',),
        "tabs": ("管理",),
    }


def test_the_words_of_a_screen_without_labels_are_those_beside_its_boxes(page: Page) -> None:
    page.set_content(
        """<table><tr><td>ユーザID</td><td>d-<input value="1560heki"></td></tr></table>
        <input type="radio" name="kind"> はい <input type="radio" name="kind"> いいえ
        <span role="checkbox">担当者</span><a href="#" role="button">検索</a><input type="image" alt="実行">
        <p><template shadowrootmode="open"><button>次へ</button></template></p>"""
    )
    assert words_of(page) == {
        "fields": ("ユーザID", "はい", "いいえ", "担当者"),
        "buttons": ("検索", "実行", "次へ"),
    }


def test_the_words_of_a_message_are_its_lines(page: Page) -> None:
    page.set_content(
        """<div role="alert">あと <b>3</b> 回です。<br>お確かめください。<p hidden>秘</p>
        <ul><li>1 件目</li><li>2 件目</li></ul><label>合言葉 <input value="himitsu1"></label>
        <a href="#">戻る</a></div>"""
    )
    assert words_of(page)["messages"] == (
        "あと 3 回です。",
        "お確かめください。",
        "1 件目",
        "2 件目",
    )


def test_the_words_of_frames_are_read_too(page: Page) -> None:
    page.set_content("<iframe srcdoc='<button>実行</button>'></iframe>")
    page.frame_locator("iframe").get_by_role("button").wait_for()
    assert words_of(page)["buttons"] == ("実行",)
    page.set_content("<frameset><frame src='data:text/html;charset=utf-8,<button>確認</button>'></frameset>")
    assert words_of(page)["buttons"] == ("確認",)


def test_the_words_of_a_dialog_are_a_message_once(page: Page) -> None:
    page.set_content(
        """<h1>ログアウト</h1><dialog open aria-labelledby="words"><p id="words">閉じますか？</p>
        <button>はい</button></dialog>"""
    )
    assert words_of(page) == {
        "titles": ("ログアウト",),
        "messages": ("閉じますか？",),
        "buttons": ("はい",),
    }
