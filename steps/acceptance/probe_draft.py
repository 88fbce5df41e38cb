"""The results of `densai probe`: the report for the terminal, and the draft of a deployment file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import dropwhile

import tomlkit
from tomlkit.items import Table

from simulator.manual.grammar import Fill
from simulator.manual.procedures import procedure
from steps.acceptance.vocabulary_file import MissingEntry, missing_lines
from steps.acceptance.vocabulary_proposals import LONGEST, UNKNOWN, listed, quoted, words_of
from steps.deployment_file import FOLDER, HOME
from steps.driver.naming_observer import Table as TableName

KINDS = {"headings": "見出し", "buttons": "ボタン", "tabs": "タブ", "links": "リンク", "fields": "入力欄"}
LOG_IN, LOGIN = "1-1", "ログイン"
MOST_TOLD = 60  # of a kind
HEAD = "# densai probe が書いた下書きです。「？」と people を直してください。\n"


@dataclass(frozen=True)
class Route:
    """The way to a site, by the keys of a deployment file's table site; empty where nothing is special.

    user_env, password_env: names of environment variables with the user and password that the site asks for;
    proxy_user_env, proxy_password_env: the same for the proxy.
    """

    user_env: str = ""
    password_env: str = ""
    proxy: str = ""
    ca_file: str = ""
    channel: str = ""
    proxy_user_env: str = ""
    proxy_password_env: str = ""


@dataclass(frozen=True)
class ProbedPage:
    """A screen that was looked at.

    screen: the manual's title. known: whether the screen was found by it. names: what stands on the page, by
    kind. missing: the entries for a deployment file for what was looked for up to here and not found.
    """

    screen: str
    known: bool
    title: str
    names: dict[str, list[str]]
    missing: dict[tuple[TableName, str], MissingEntry]


def report(pages: Sequence[ProbedPage]) -> Iterator[str]:
    """Yield the lines of the report for the terminal."""
    for page in pages:
        verdict = "見つかりました" if page.known else "この名前では見つかりません（今の画面にあるもの）"
        yield f"「{page.screen}」画面: {verdict}  題名: {page.title}"
        for kind, name in KINDS.items():
            if page.names[kind]:
                yield f"  {name}: {'、'.join(each[:LONGEST] for each in page.names[kind][:MOST_TOLD])}"
        if page.screen == LOGIN and page.known:
            yield from _fields(page)
    if pages[-1].missing:
        yield "設定ファイルに足りない行（「？」を直してください）"
        yield from missing_lines(pages[-1].missing)


def _fields(page: ProbedPage) -> Iterator[str]:
    fill = next(action for action in procedure(LOG_IN).steps[3].actions if isinstance(action, Fill))
    yield f"  マニュアルの入力欄: {'、'.join(field.word for field in fill.fields)}"
    if len(page.names["fields"]) < len(fill.fields):
        yield "  入力欄が足りません。フレームや遅れて出る画面でないか、確かめてください。"


def draft(url: str, pages: Sequence[ProbedPage], route: Route) -> str:
    """Return a first deployment file: what is known is filled in, what is not is a 「？」 with proposals."""
    text = (FOLDER / "simulator.toml").read_text(encoding="utf-8")
    lines = dropwhile(lambda line: line.startswith("#"), text.splitlines(keepends=True))
    file = tomlkit.parse("".join(lines))
    file["name"] = UNKNOWN
    start = next((page.screen for page in pages if page.known), HOME)
    file["site"] = _site(url, start, route)
    _table(file, "windows").update({"confirm": "auto", "closes": "auto"})
    _table(file, "lock")["success_resets"] = False
    seen = [f"# 「{page.screen}」画面にあるもの: {listed(page.names)}" for page in pages]
    missing = missing_lines(pages[-1].missing)
    return "\n".join([HEAD + file.as_string(), *seen, *_words_beyond(pages), "", *missing])


def _table(file: tomlkit.TOMLDocument, name: str) -> Table:
    table = file[name]
    assert isinstance(table, Table)
    return table


def _site(url: str, start_screen: str, route: Route) -> Table:
    """Return the table site."""
    site = tomlkit.table()
    site.add("start", url)
    site.add("start_screen", start_screen)
    for key, value in asdict(route).items():
        if value and key.endswith("_env"):
            site.add(key.removesuffix("_env"), tomlkit.value(f"{{ env = {quoted(value)} }}"))
        elif value:
            site.add(key, value)
    site.add(tomlkit.nl())
    return site


def _words_beyond(pages: Sequence[ProbedPage]) -> Iterator[str]:
    """Yield a line with the manual's words beyond the end of the way, of which nothing is known yet."""
    steps = procedure(LOG_IN).steps[:4]
    last = next((place for place, step in enumerate(steps) if step.next_screen == pages[-1].screen), 0)
    beyond = steps[last + 1 :] if not pages[-1].known else ()
    words = dict.fromkeys(word for step in beyond for each in step.actions for word in words_of(each))
    if words:
        yield f"# まだ見ていない画面の言葉: {'、'.join(words)}"
