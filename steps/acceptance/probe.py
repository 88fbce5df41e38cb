"""`densai probe URL`: opens the public screens, reports what is on each, and drafts a deployment file.

Nothing is typed and nothing is sent: links and the buttons that lead to ログイン are followed, no further.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import Fill, Press, Show
from simulator.manual.procedures import Step, procedure
from simulator.manual.wording import link_of
from steps.acceptance.connection_errors import ProxyWatch, open_failure, start_failure, status_failure
from steps.acceptance.probe_draft import KINDS, LOG_IN, LOGIN, ProbedPage, Route, draft, report
from steps.acceptance.site_vocabulary import SiteVocabulary
from steps.acceptance.tls_pinning import args_for
from steps.command_line import CommandParser
from steps.deployment import DeploymentError, bare_and_login
from steps.deployment_file import HOME
from steps.driver.browser_search import BrowserError, find_browser
from steps.driver.browser_watch import BrowserWatch
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.site_watch import SiteWatch
from steps.driver.windows import Windows
from steps.driver.word_engine import everything, register
from steps.exit_codes import ExitCode
from steps.masking import masked
from steps.proxy import Proxy, address_mistake
from steps.site_login import SiteLogin, secret_name

Look = Callable[[], object]
PATIENT = Profile(timeouts=Timeouts(find=4))
# The environment variables of a draft for a user name and a password that stood in the address.
USER_ENV, PASSWORD_ENV = "DENSAI_SITE_USER", "DENSAI_SITE_PASSWORD"


class _StatusWatch(SiteWatch):
    """Notices errors alone: a public page may well announce maintenance for some other day."""

    def suspicion(self, pages: Sequence[Page]) -> str:  # noqa: ARG002  as every Watch is called
        """Return no reason."""
        return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Probe a site; return PASSED if the whole way to ログイン was found, FAILED for a part of it."""
    typed = probe_parser().parse_args(arguments)
    if typed.out and typed.out.exists():
        sys.stderr.write(f"{typed.out} はすでにあります。上書きしません。 It exists already.\n")
        return ExitCode.USAGE
    route = Route(**{each.name: getattr(typed, each.name) for each in fields(Route)})
    try:
        url, login = address_and_login(typed.url, route)
    except DeploymentError as error:
        return _failed(ExitCode.USAGE, str(error))
    secrets = {secret_name(login.user), login.password} - {""}
    try:
        pages = look(url, route, login)
    except DeploymentError as error:
        return _failed(ExitCode.USAGE, str(error))
    except (BrowserError, StepFailure) as error:
        return _failed(ExitCode.STOPPED, masked(str(error), secrets))
    except PlaywrightError as error:
        return _failed(ExitCode.STOPPED, masked(open_failure(error.message, url), secrets))
    sys.stdout.write(masked("\n".join(report(pages)), secrets) + "\n")
    if typed.out:
        named = replace(
            route, user_env=route.user_env or USER_ENV, password_env=route.password_env or PASSWORD_ENV
        )
        typed.out.write_text(masked(draft(url, pages, named if login else route), secrets), encoding="utf-8")
        sys.stdout.write(f"下書きを {typed.out} に書きました。「？」を直してから densai accept --plan へ。\n")
        if login and not route.user_env:
            sys.stdout.write(
                f"サイトの名前とパスワードは、環境変数 {USER_ENV} と {PASSWORD_ENV} に入れてください。\n"
            )
    found = all(each.known for each in pages) and pages[-1].screen == LOGIN
    return ExitCode.PASSED if found else ExitCode.FAILED


def _failed(code: ExitCode, told: str) -> ExitCode:
    sys.stderr.write(f"{told}\n")
    return code


def address_and_login(url: str, route: Route) -> tuple[str, SiteLogin]:
    """Return the bare address and the login that it, or the environment, gives. Raises DeploymentError."""
    names = route.user_env, route.password_env
    if any(names) and not all(map(os.environ.get, names)):
        raise DeploymentError(
            "--user-env と --password-env は一緒に指定し、その環境変数に値を設定してください。 "
            "Give both, and set the variables."
        )
    by_name = SiteLogin(*(os.environ.get(name, "") for name in names)) if all(names) else SiteLogin()
    return bare_and_login(url, by_name)


def probe_parser() -> argparse.ArgumentParser:
    """Return the parser of `densai probe`."""
    used = (ExitCode.PASSED, ExitCode.FAILED, ExitCode.USAGE, ExitCode.STOPPED)
    parser = CommandParser("probe", more="公開されている画面だけを見ます。何も入力しません。", codes=used)
    parser.add_argument("url", help="始めるページのアドレス")
    parser.add_argument("--user-env", default="", metavar="NAME", help="サイトが求める名前を入れた環境変数")
    parser.add_argument("--password-env", default="", metavar="NAME", help="同じくパスワード")
    parser.add_argument("--proxy", default="", metavar="URL", help="プロキシのアドレス（site.proxy）")
    parser.add_argument("--proxy-user-env", default="", metavar="NAME", help="プロキシの名前を入れた環境変数")
    parser.add_argument("--proxy-password-env", default="", metavar="NAME", help="同じくパスワード")
    parser.add_argument("--ca-file", default="", metavar="FILE", help="社内の認証局の証明書（site.ca_file）")
    parser.add_argument("--channel", default="", help="使うブラウザー。例: msedge（site.channel）")
    parser.add_argument("--out", type=Path, metavar="FILE", help="設定ファイルの下書きを書く場所")
    return parser


def look(url: str, route: Route, login: SiteLogin) -> list[ProbedPage]:
    """Return the public screens from this address on; login: what the site asks for before it shows any.

    Raises PlaywrightError and StepFailure where it cannot be opened, BrowserError where there is no browser,
    DeploymentError for wrong options and for a certificate that cannot be verified.
    """
    proxy = _proxy_of(route)
    pinned = args_for(url, route.ca_file, proxy)
    with sync_playwright() as playwright:
        register(playwright)
        channel = {"channel": route.channel}
        start: dict[str, Any] = channel if route.channel else find_browser().launch_options()
        browser = _launched(playwright, {**start, "args": [*start.get("args", []), *pinned]})
        options = {"locale": "ja-JP", **proxy.options(), **login.options(url)}
        try:
            return walked(browser, options, url, ProxyWatch(proxy))
        finally:
            with suppress(PlaywrightError):  # the watch has ended it
                browser.close()


def walked(
    browser: Browser, options: dict[str, Any], url: str, proxy: ProxyWatch, profile: Profile = PATIENT
) -> list[ProbedPage]:
    """Return the public screens in this browser. options: of its context. Raises as ``look`` does."""
    watch = BrowserWatch(profile.timeouts)
    with watch.watching(browser):
        context = browser.new_context(**options)
        watch.count_windows(context)
        return list(_walk(context, url, proxy, profile))


def _proxy_of(route: Route) -> Proxy:
    """Return the proxy with its user name and password. Raises DeploymentError."""
    names = route.proxy_user_env, route.proxy_password_env
    if route.proxy and (wrong := address_mistake(route.proxy, route.ca_file, named=any(names))):
        raise DeploymentError(f"--proxy: {wrong}")
    if any(names) and not all((route.proxy, *map(os.environ.get, names))):
        raise DeploymentError(
            "--proxy、--proxy-user-env、--proxy-password-env は一緒に指定し、その環境変数に値を"
            "設定してください。 Give all three, and set the variables."
        )
    return Proxy(route.proxy, *(os.environ.get(name, "") for name in names))


def _launched(playwright: Playwright, options: dict[str, Any]) -> Browser:
    try:
        return playwright.chromium.launch(**options)
    except PlaywrightError as error:
        message = start_failure(error, options.get("executable_path"), options.get("channel", ""))
        raise BrowserError(message) from None


def _walk(context: BrowserContext, url: str, watch: ProxyWatch, profile: Profile) -> Iterator[ProbedPage]:
    """Yield the screens on the way to ログイン, up to the first that does not come."""
    windows = Windows(context, profile.timeouts)
    find, vocabulary = Finder(windows, profile), SiteVocabulary(None, profile, set)
    find.notes, find.watch = vocabulary, _StatusWatch(context, print, lambda: False)
    answer = windows.front.goto(url, wait_until="domcontentloaded")
    watch.heard(answer)
    if why := watch.why or (status_failure(answer.status, url) if answer else ""):
        raise SiteTrouble(why)
    find.watch.look(windows.recent)
    screens = [step.next_screen for step in procedure(LOG_IN).steps[:3]]
    start = next((screen for screen in reversed(screens) if find.shows(screen)), "")
    yield _probed(windows, start or HOME, vocabulary, known=_is_known(find, vocabulary, start))
    for step in procedure(LOG_IN).steps[screens.index(start or HOME) + 1 : 3]:
        known = _reached(find, vocabulary, step)
        yield _probed(windows, step.next_screen, vocabulary, known=known)
        if not known:
            return


def _is_known(find: Finder, vocabulary: SiteVocabulary, start: str) -> bool:
    """Return whether the first screen is one of the manual's; if not, the home page's title is missing."""
    if _is_found(partial(find.screen, start or HOME)) and start == LOGIN:
        _look_for_form(find, vocabulary)
    return bool(start)


def _reached(find: Finder, vocabulary: SiteVocabulary, step: Step) -> bool:
    """Return whether a step led to its screen; on the last nothing is typed, only looked for."""
    vocabulary.where = f"手順{LOG_IN} の {step.number}."
    ways: list[Look] = [partial(_follow, find, action) for action in step.actions]
    ways.append(partial(find.screen, step.next_screen))
    if not all(map(_is_found, ways)):
        return False
    if step.next_screen == LOGIN:
        _look_for_form(find, vocabulary)
    return True


def _is_found(look: Look) -> bool:
    """Return whether a look finds what it looks for. Raises SiteTrouble: no other look would find more."""
    try:
        look()
    except SiteTrouble:
        raise
    except (StepFailure, PlaywrightError):
        return False
    return True


def _look_for_form(find: Finder, vocabulary: SiteVocabulary) -> None:
    """Look for every word of the step that logs in, each by itself."""
    step = procedure(LOG_IN).steps[3]
    vocabulary.where = f"手順{LOG_IN} の {step.number}."
    for action in step.actions:
        match action:
            case Press():
                here = replace(action, screen=LOGIN)  # the screen before it has a button of this name, too
                looks: list[Look] = [partial(find.pressable, here)]
            case Fill(fields):
                looks = [partial(find.field, each.word) for each in fields]
            case _:
                continue
        for look_once in looks:
            _is_found(look_once)


def _follow(find: Finder, action: object) -> None:
    """Click a link, or the button that opens ログイン."""
    match action:
        case Show(page):
            subject, about = link_of(page)
            find.link(subject, about=about).click()
            if about:
                find.screen_about(about)
        case Press():
            find.pressable(action).click()


def _probed(windows: Windows, screen: str, vocabulary: SiteVocabulary, *, known: bool) -> ProbedPage:
    page = windows.front
    names: dict[str, list[str]] = {kind: [] for kind in KINDS} | everything(page)
    return ProbedPage(screen, known, page.title(), names, dict(vocabulary.missing))
