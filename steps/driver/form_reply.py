"""A site's reply to a form, where the screen that should follow does not come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from simulator.manual.wording import fold
from steps.driver.word_engine import inventory, sayings, standing

MOST_QUOTED, LONGEST = 3, 200
SITE_SAYS = "サイトの表示: "
# What a site says of a value that it has refused. On another screen everything is new, advice included, so
# words as 「…してください」 tell nothing there.
REFUSED = re.compile(
    "誤りが(?:あり|ござ)|誤って(?:い|お)|間違って(?:い|お)|違って(?:い|お)|(?:違い|異なり)ます|正しく入力|無効です"
    "|(?:一致し|正しく(?:あり|ござい)|存在し)ません|登録されて(?:いな|いま|おり)|失敗しました|できませんでした"
    "|(?:ログイン|認証|ご利用)(?:は|が)?できません|不正です|入力エラー|エラーが発生|エラーです|ロックされ"
)
ERROR_TITLE = re.compile("エラー|失敗")
NOT_THE_VALUE = "入力した値は受け付けられ、次の画面の名前が違うようです（設定ファイルの [screens]）。"
NOT_THE_NAME = "画面の名前の違いではなく、入力した値の誤りのようです。"
NOTHING_SAID = "入力した値の誤りか、ボタンが働いていないようです。"


@dataclass(frozen=True)
class Reply:
    """A site's reply. told: a line with its words and their likely meaning. refused: it is a refusal."""

    told: str = ""
    refused: bool = False


NO_REPLY = Reply()


class FormReplies:
    """Remembers the form that was sent last, and reads the reply to it."""

    def __init__(self) -> None:
        self._form: tuple[str, ...] = ()
        self._texts: frozenset[str] = frozenset()

    def sending(self, pages: Sequence[Page]) -> None:
        """Remember the window in front before a button is pressed in it."""
        self._form, self._texts = _standing(pages)

    def forget(self) -> None:
        """Take what comes from now on for no reply any more."""
        self._form, self._texts = (), frozenset()

    def reply(self, pages: Sequence[Page]) -> Reply:
        """Return what the window in front says in reply; NO_REPLY where no form was sent, or all has gone."""
        if not any(self._form) or not pages:
            return NO_REPLY
        form, _ = _standing(pages)
        said, titles = self._said(pages[0]), _titles(pages[0])
        refusing = [each for each in said if REFUSED.search(fold(each))]
        if form == self._form:
            meaning = NOT_THE_NAME if said else NOTHING_SAID
            return Reply(
                f"{_quoted(refusing or said, 'なし（同じ画面のままです）')}{meaning}\n", refused=True
            )
        if refusing or any(map(ERROR_TITLE.search, titles)):
            return Reply(f"{_quoted(refusing or said)}{NOT_THE_NAME}\n", refused=True)
        return Reply(f"{_quoted(titles[:1], '見出しのない画面')}{NOT_THE_VALUE}\n", refused=False)

    def _said(self, page: Page) -> list[str]:
        found: list[str] = []
        with suppress(PlaywrightError):  # a frame has just gone
            for frame in page.frames:
                found += [each.text for each in sayings(frame, None, [*self._texts])]
        return list(dict.fromkeys(found))


def _standing(pages: Sequence[Page]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what tells the forms in front from others, and the keys of the texts around them."""
    frames: list[tuple[str, list[str]]] = []
    with suppress(PlaywrightError):
        frames += [standing(frame) for page in pages[:1] for frame in page.frames]
    return tuple(form for form, _ in frames), frozenset(key for _, keys in frames for key in keys)


def _titles(page: Page) -> list[str]:
    with suppress(PlaywrightError):
        return [title for frame in page.frames for title in inventory(frame)["titles"]]
    return []


def _quoted(texts: Sequence[str], otherwise: str = "") -> str:
    words = " ".join(texts[:MOST_QUOTED])
    return f"{SITE_SAYS}{f'「{words[:LONGEST]}」' if words else otherwise}。"
