"""The errors of a browser that cannot reach a site or cannot start, in sentences for the tester."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Response

from steps.driver.browser_search import Browser
from steps.driver.page_errors import PROXY_ASKS, SERVER_ERROR, SITE_ASKS, code_of, meaning_of
from steps.proxy import Proxy
from steps.site_login import without_login

FORBIDDEN, PROXY_AUTHENTICATION = 403, 407
CLIENT_ERROR = 400
STATUSES = {
    401: SITE_ASKS,
    403: "このパソコンからの利用が許可されていません。",
    404: "アドレスが間違っているか、ページがありません。綴りを確かめてください。",
    407: PROXY_ASKS,
}


def open_failure(message: str, address: str) -> str:
    """Return one line on why an address could not be opened, with the browser's own code for it."""
    told = f"{without_login(address)} を開けません。{meaning_of(message)}"
    return f"{told} The site cannot be opened ({code_of(message)})."


def status_failure(status: int, address: str) -> str:
    """Return one line on an address that answers with this status, an error of the client; "" for others."""
    if not CLIENT_ERROR <= status < SERVER_ERROR:
        return ""
    meaning = STATUSES.get(status, "アドレスと、このパソコンから利用できるかを確かめてください。")
    told = f"{without_login(address)} を開くと、サイトがエラー {status} を返しました。"
    return f"{told}{meaning} The site answered {status}."


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
