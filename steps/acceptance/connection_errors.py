"""The errors of a browser that cannot reach a site or cannot start, in sentences for the tester."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Response

from steps.driver.browser_search import Browser
from steps.proxy import Proxy

FORBIDDEN, PROXY_AUTHENTICATION = 403, 407
PROXY_ASKS = "プロキシの名前とパスワードを site.proxy_user と site.proxy_password で確かめてください。"
CLIENT_ERROR, SERVER_ERROR = 400, 500
STATUSES = {
    401: "ユーザ名とパスワード（HTTP の認証）を求めています。サイトの管理者に確かめてください。",
    403: "このパソコンからの利用が許可されていません。",
    404: "アドレスが間違っているか、ページがありません。綴りを確かめてください。",
    407: PROXY_ASKS,
}
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
    "ERR_CONNECTION_": "接続が切れました。",
    "ERR_EMPTY_RESPONSE": "サイトが何も答えずに接続を切りました。",
    "ERR_ABORTED": "ページではないもの（ダウンロードなど）が返されました。",
    "Timeout": "時間内にページが開きません（timeouts.page）。",
}


def open_failure(message: str, address: str) -> str:
    """Return one line on why an address could not be opened, with the browser's own code for it."""
    code = found[0] if (found := re.search(r"ERR_\w+|Timeout", message)) else message.splitlines()[0]
    meaning = next((text for sign, text in MEANINGS.items() if sign in message), "")
    return f"{_bare(address)} を開けません。{meaning} The site cannot be opened ({code})."


def status_failure(status: int, address: str) -> str:
    """Return one line on an address that answers with this status, an error of the client; "" for others."""
    if not CLIENT_ERROR <= status < SERVER_ERROR:
        return ""
    meaning = STATUSES.get(status, "アドレスと、このパソコンから利用できるかを確かめてください。")
    told = f"{_bare(address)} を開くと、サイトがエラー {status} を返しました。"
    return f"{told}{meaning} The site answered {status}."


def _bare(address: str) -> str:
    """Return an address without a user name and a password in it."""
    return re.sub(r"(?<=://)[^/@]*@", "", address)


def start_failure(error: Exception, executable: str | None, channel: str) -> str:
    """Return one line on why the browser did not start, with the place where another one can be named."""
    if not channel:
        return str(Browser(executable, ()).start_failure(error))
    reason = str(error).strip().partition("\n")[0]
    return (
        f"ブラウザー {channel} を起動できません。インストールするか、site.channel を直してください。 "
        f"The browser did not start ({reason})."
    )


class ProxyWatch:
    """Watches for a proxy that answers in the site's place, with a page of its own that looks like any other.

    why: why the last page was refused, in a sentence; empty where it was not.
    """

    def __init__(self, proxy: Proxy) -> None:
        self._proxy, self.why = proxy, ""

    def heard(self, response: Response | None) -> None:
        """Note whether a page was refused; None and the parts of a page are passed over."""
        with suppress(PlaywrightError):  # a worker's request belongs to no frame
            if response and response.request.is_navigation_request():
                self.why = self._why(response.status) if self._proxy.server else ""

    def _why(self, status: int) -> str:
        if status == PROXY_AUTHENTICATION:
            return f"プロキシ {self._proxy.server} に断られました。{PROXY_ASKS} The proxy answered {status}."
        if status == FORBIDDEN:
            return (
                f"プロキシ {self._proxy.server} か、その先のサイトに断られました。"
                "このアドレスへの接続が許可されているかを確かめてください。 "
                f"The proxy or the site answered {status}."
            )
        return ""
