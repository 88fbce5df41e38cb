"""`densai probe URL`: opens what is public, says what was found per screen, and writes a first file.

Nothing is typed and nothing is sent: links and the buttons that lead to ログイン are followed, no further.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import Fill, Press, Show
from simulator.manual.procedures import Step, procedure
from simulator.manual.wording import link_of
from steps.acceptance.connection_errors import ProxyWatch, reason_of, start_failure
from steps.acceptance.site_vocabulary import Learnt
from steps.acceptance.tls_pinning import args_for
from steps.acceptance.vocabulary_file import Lacking, lines_of
from steps.acceptance.vocabulary_proposals import listed, words_of
from steps.deployment import FOLDER, HOME, DeploymentError
from steps.driver.browser_search import BrowserError, find_browser
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.find import Finder
from steps.driver.naming_observer import Table
from steps.driver.profile import Profile, Timeouts
from steps.driver.windows import Windows
from steps.driver.word_engine import everything, register
from steps.proxy import Proxy, why_not

FOUND, NOTHING, USAGE, UNREACHABLE = 0, 1, 2, 3
KINDS = {"headings": "見出し", "buttons": "ボタン", "tabs": "タブ", "links": "リンク", "fields": "入力欄"}
LOG_IN, LOGIN = "1-1", "ログイン"
PATIENCE = 4.0


@dataclass(frozen=True)
class Way:
    """How the site is reached, by the keys of a deployment file's site; empty where nothing is special."""

    proxy: str = ""
    ca_file: str = ""
    channel: str = ""
    proxy_user_env: str = ""
    proxy_password_env: str = ""

    def through(self) -> Proxy:
        """The proxy with what it is told. Raises DeploymentError."""
        names = self.proxy_user_env, self.proxy_password_env
        if self.proxy and (wrong := why_not(self.proxy, self.ca_file, named=any(names))):
            raise DeploymentError(f"--proxy: {wrong}")
        if any(names) and not all((self.proxy, *map(os.environ.get, names))):
            raise DeploymentError(
                "--proxy、--proxy-user-env、--proxy-password-env は一緒に指定し、その環境変数に値を"
                "設定してください。 Give all three, and set the variables."
            )
        return Proxy(self.proxy, *(os.environ.get(name, "") for name in names))


@dataclass(frozen=True)
class ProbedPage:
    """One screen: the manual's name for it, whether it was known by that, and what stands on it.

    lacking: the lines of a deployment file for what was looked for up to here and not found.
    """

    screen: str
    known: bool
    title: str
    things: dict[str, list[str]]
    lacking: dict[tuple[Table, str], Lacking]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 the way to ログイン was found, 1 a part of it, 2 usage, 3 not reachable."""
    parser = argparse.ArgumentParser(prog="densai probe", description="公開されている画面だけを見ます。")
    parser.add_argument("url", help="始めるページのアドレス")
    parser.add_argument("--proxy", default="", metavar="URL", help="プロキシのアドレス（site.proxy）")
    parser.add_argument("--proxy-user-env", default="", metavar="NAME", help="プロキシの名前を入れた環境変数")
    parser.add_argument("--proxy-password-env", default="", metavar="NAME", help="同じくパスワード")
    parser.add_argument("--ca-file", default="", metavar="FILE", help="社内の認証局の証明書（site.ca_file）")
    parser.add_argument("--channel", default="", help="使うブラウザー。例: msedge（site.channel）")
    parser.add_argument("--out", type=Path, metavar="FILE", help="設定ファイルの下書きを書く場所")
    typed = parser.parse_args(arguments)
    if typed.out and typed.out.exists():
        sys.stderr.write(f"{typed.out} はすでにあります。上書きしません。 It exists already.\n")
        return USAGE
    try:
        way = Way(**{each.name: getattr(typed, each.name) for each in fields(Way)})
        seen = look(typed.url, way)
    except DeploymentError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    except (BrowserError, SiteTrouble, PlaywrightError) as error:
        told = reason_of(error.message, typed.url) if isinstance(error, PlaywrightError) else str(error)
        sys.stderr.write(f"{told}\n")
        return UNREACHABLE
    sys.stdout.write("\n".join(_told(seen)) + "\n")
    if typed.out:
        typed.out.write_text(draft(typed.url, seen, way), encoding="utf-8")
        sys.stdout.write(f"下書きを {typed.out} に書きました。「？」を直してから densai accept --plan へ。\n")
    return FOUND if all(each.known for each in seen) and seen[-1].screen == LOGIN else NOTHING


def look(url: str, way: Way) -> list[ProbedPage]:
    """The public screens from this address on.

    Raises PlaywrightError and SiteTrouble where it cannot be opened, BrowserError where there is nothing to
    open it with, DeploymentError for a certificate not vouched for.
    """
    proxy = way.through()
    pinned = args_for(url, way.ca_file, proxy)
    with sync_playwright() as playwright:
        register(playwright)
        options: dict[str, Any] = {"channel": way.channel} if way.channel else find_browser().launch_options()
        browser = _launched(playwright, {**options, "args": [*options.get("args", []), *pinned]})
        try:
            context = browser.new_context(locale="ja-JP", **proxy.options())
            return list(_walk(context, url, ProxyWatch(proxy)))
        finally:
            browser.close()


def _launched(playwright: Playwright, options: dict[str, Any]) -> Browser:
    try:
        return playwright.chromium.launch(**options)
    except PlaywrightError as error:
        told = start_failure(error, options.get("executable_path"), options.get("channel", ""))
        raise BrowserError(told) from None


def _walk(context: BrowserContext, url: str, watch: ProxyWatch) -> Iterator[ProbedPage]:
    profile = Profile(timeouts=Timeouts(find=PATIENCE))
    windows = Windows(context, profile.timeouts)
    find, learnt = Finder(windows, profile), Learnt(None, profile, set)
    find.notes = learnt
    watch.heard(windows.front.goto(url, wait_until="domcontentloaded"))
    if watch.why:
        raise SiteTrouble(watch.why)
    screens = [step.next_screen for step in procedure(LOG_IN).steps[:3]]
    start = next((screen for screen in reversed(screens) if find.shows(screen)), "")
    yield _seen(windows, start or HOME, learnt, known=_is_known(find, learnt, start))
    for step in procedure(LOG_IN).steps[screens.index(start or HOME) + 1 : 3]:
        known = _reached(find, learnt, step)
        yield _seen(windows, step.next_screen, learnt, known=known)
        if not known:
            return


def _is_known(find: Finder, learnt: Learnt, start: str) -> bool:
    """Whether the first screen is one of the manual's; if not, the home page's title is another."""
    with suppress(StepFailure):
        find.screen(start or HOME)
        if start == LOGIN:
            _look_for_form(find, learnt)
    return bool(start)


def _reached(find: Finder, learnt: Learnt, step: Step) -> bool:
    """Whether a step led to its screen; on the last nothing is typed, only looked for."""
    learnt.where = f"手順{LOG_IN} の {step.number}."
    try:
        for action in step.actions:
            _follow(find, action)
        find.screen(step.next_screen)
    except (StepFailure, PlaywrightError):
        return False
    if step.next_screen == LOGIN:
        _look_for_form(find, learnt)
    return True


def _look_for_form(find: Finder, learnt: Learnt) -> None:
    """Every word of the step that logs in, each by itself."""
    step = procedure(LOG_IN).steps[3]
    learnt.where = f"手順{LOG_IN} の {step.number}."
    for action in step.actions:
        match action:
            case Press():
                here = replace(action, screen=LOGIN)  # the screen before it has a button of this name, too
                looks: list[Callable[[], object]] = [partial(find.pressable, here)]
            case Fill(fields):
                looks = [partial(find.field, each.word) for each in fields]
            case _:
                continue
        for look in looks:
            with suppress(StepFailure, PlaywrightError):
                look()


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


def _seen(windows: Windows, screen: str, learnt: Learnt, *, known: bool) -> ProbedPage:
    page = windows.front
    things: dict[str, list[str]] = {kind: [] for kind in KINDS} | everything(page)
    return ProbedPage(screen, known, page.title(), things, dict(learnt.lacking))


def _told(seen: Sequence[ProbedPage]) -> Iterator[str]:
    for each in seen:
        verdict = "見つかりました" if each.known else "この名前では見つかりません（今の画面にあるもの）"
        yield f"「{each.screen}」画面: {verdict}  題名: {each.title}"
        for kind, name in KINDS.items():
            if each.things[kind]:
                yield f"  {name}: {'、'.join(each.things[kind])}"
        if each.screen == LOGIN and each.known:
            yield from _fields(each)
    if seen[-1].lacking:
        yield "設定ファイルに足りない行（「？」を直してください）"
        yield from lines_of(seen[-1].lacking)


def _fields(seen: ProbedPage) -> Iterator[str]:
    fill = next(action for action in procedure(LOG_IN).steps[3].actions if isinstance(action, Fill))
    yield f"  マニュアルの入力欄: {'、'.join(field.word for field in fill.fields)}"
    if len(seen.things["fields"]) < len(fill.fields):
        yield "  入力欄が足りません。フレームや遅れて出る画面でないか、確かめてください。"


def draft(url: str, seen: Sequence[ProbedPage], way: Way) -> str:
    """A first file: what is known is filled in, what is not is a 「？」 with what there was beside it."""
    ours = (FOLDER / "simulator.toml").read_text(encoding="utf-8")
    start = next((each.screen for each in seen if each.known), HOME)
    reached = "".join(_line(key, value) for key, value in asdict(way).items() if value)
    swaps = {
        r"\A(?:#.*\n)+": "# densai probe が書いた下書きです。「？」と people を直してください。\n",
        r'(?m)^name = "訓練用シミュレータ"$': 'name = "？"',
        r"(?m)^start = .*$": f'start = "{url}"{reached}',
        r"(?m)^start_screen = .*$": f'start_screen = "{start}"',
        r"(?m)^confirm = .*$": 'confirm = "auto"',
        r"(?m)^closes = .*$": 'closes = "auto"',
        r"(?m)^success_resets = .*$": "success_resets = false",
    }
    for pattern, text in swaps.items():
        ours = text.join(re.split(pattern, ours, maxsplit=1))
    there = [f"# 「{each.screen}」画面にあるもの: {listed(each.things)}" for each in seen]
    return "\n".join([ours, *there, *_not_seen(seen), "", *lines_of(seen[-1].lacking)])


def _line(key: str, value: str) -> str:
    if key.endswith("_env"):
        return f"\n{key.removesuffix('_env')} = {{ env = '{value}' }}"
    return f"\n{key} = '{value}'"


def _not_seen(seen: Sequence[ProbedPage]) -> Iterator[str]:
    """The words beyond the place where the way ended: nobody knows yet whether the site has them."""
    steps = procedure(LOG_IN).steps[:4]
    last = next((place for place, step in enumerate(steps) if step.next_screen == seen[-1].screen), 0)
    beyond = steps[last + 1 :] if not seen[-1].known else ()
    words = dict.fromkeys(word for step in beyond for each in step.actions for word in words_of(each))
    if words:
        yield f"# まだ見ていない画面の言葉: {'、'.join(words)}"
