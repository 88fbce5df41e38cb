"""What a browser says when it cannot reach a site, in a sentence that a person can act on."""

from __future__ import annotations

import re

MEANINGS = {
    "ERR_NAME_NOT_RESOLVED": "アドレスの名前が見つかりません。綴りと、つながっている網を確かめてください。",
    "ERR_CONNECTION_REFUSED": "接続を断られました。アドレスと、サイトが動いているかを確かめてください。",
    "ERR_CONNECTION_TIMED_OUT": "応答がありません。プロキシ（site.proxy）が必要かもしれません。",
    "ERR_INTERNET_DISCONNECTED": "ネットワークにつながっていません。",
    "ERR_PROXY_CONNECTION_FAILED": "プロキシにつながりません。site.proxy を確かめてください。",
    "ERR_TUNNEL_CONNECTION_FAILED": "プロキシがこのサイトへの接続を断りました。",
    "ERR_CERT": "証明書を確かめられません。社内の認証局なら、その証明書を site.ca_file に書いてください。",
    "ERR_SSL": "暗号化通信を始められません。アドレスが http:// か https:// かを確かめてください。",
    "ERR_CONNECTION_": "接続が切れました。",
    "ERR_EMPTY_RESPONSE": "サイトが何も答えずに接続を切りました。",
    "ERR_ABORTED": "ページではないもの（ダウンロードなど）が返されました。",
    "Timeout": "時間内にページが開きません（timeouts.page）。",
}


def reason_of(message: str, address: str) -> str:
    """One line on why an address could not be opened, with the browser's own code for it."""
    code = found[0] if (found := re.search(r"ERR_\w+|Timeout", message)) else message.splitlines()[0]
    meaning = next((text for sign, text in MEANINGS.items() if sign in message), "")
    return f"{address} を開けません。{meaning} The site cannot be opened ({code})."
