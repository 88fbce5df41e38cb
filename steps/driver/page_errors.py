"""The browser's and the server's errors for a page that does not come, in sentences for the tester."""

from __future__ import annotations

import re

SERVER_ERROR, UNAUTHORIZED = 500, 401
SITE_ASKS = (
    "ユーザ名とパスワード（Basic 認証など）を求めています。正しい値の置き場所を site.user と site.password に"
    "書いてください。"
)
PROXY_ASKS = "プロキシの名前とパスワードを site.proxy_user と site.proxy_password で確かめてください。"
MEANINGS = {
    "ERR_NAME_NOT_RESOLVED": "アドレスの名前が見つかりません。綴りと、つながっている網を確かめてください。",
    "ERR_CONNECTION_REFUSED": "接続を断られました。アドレスと、サイトが動いているかを確かめてください。",
    "ERR_CONNECTION_TIMED_OUT": "応答がありません。プロキシ（site.proxy）が必要かもしれません。",
    "ERR_INTERNET_DISCONNECTED": "ネットワークにつながっていません。",
    "ERR_PROXY_CONNECTION_FAILED": "プロキシにつながりません。site.proxy を確かめてください。",
    "ERR_PROXY_AUTH": PROXY_ASKS,
    "ERR_INVALID_AUTH_CREDENTIALS": PROXY_ASKS,
    "ERR_TUNNEL_CONNECTION_FAILED": "プロキシがこのサイトへの接続を断りました。",
    "ERR_CERT": "証明書を確かめられません。社内の認証局なら、その証明書を site.ca_file に書いてください。",
    "ERR_SSL": "暗号化通信を始められません。アドレスが http:// か https:// かを確かめてください。",
    "ERR_TOO_MANY_REDIRECTS": "転送がいつまでも終わりません。アドレスとサイトの設定を確かめてください。",
    "ERR_CONNECTION_": "接続が切れました。",
    "ERR_EMPTY_RESPONSE": "サイトが何も答えずに接続を切りました。",
    "ERR_ABORTED": "ページではないもの（ダウンロードなど）が返されました。",
    "interrupted by another navigation": "ページが次々に移り変わり、止まりません。",
    "Timeout": "時間内にページが開きません（timeouts.page）。",
}


def meaning_of(message: str) -> str:
    """Return what a browser's message about a page that did not come means; "" for one that is unknown."""
    return next((text for sign, text in MEANINGS.items() if sign in message), "")


def code_of(message: str) -> str:
    """Return the browser's own code in such a message; its first line where it has none."""
    found = re.search(r"ERR_\w+|Timeout", message)
    return found[0] if found else message.splitlines()[0]


def connection_trouble(message: str) -> str:
    """Return one line on a page in the middle of a run that did not come."""
    told = f"サイトの画面が届きませんでした。{meaning_of(message)}"
    return f"{told} The page did not come ({code_of(message)})."


def status_trouble(status: int, *, asks: bool) -> str:
    """Return one line on a page that came with this status; "" where that is no trouble.

    asks: whether the server has asked for a user name and password (WWW-Authenticate).
    """
    if status >= SERVER_ERROR:
        return f"サイトがエラー {status} を返しました。 The site answered {status}."
    if status == UNAUTHORIZED and asks:
        return f"サイトがエラー {status} を返しました。{SITE_ASKS} The site answered {status}."
    return ""
