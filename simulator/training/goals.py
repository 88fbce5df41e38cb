"""The goal of each procedure, and the state of the bank after it, in the coach's words."""

from __future__ import annotations

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.world import World

TARO, HANAKO = "碧海\u00a0太郎さん", "碧海\u00a0花子さん"  # a name holds together
GOALS = {
    "1-1": f"{TARO}として、通知書面のIDとパスワードでログインする",
    "1-2": "初回のログインパスワードを、新しいログインパスワードに変更する",
    "1-3": "承認パスワードを設定し、トップ画面を表示する",
    "1-4": f"{TARO}に、すべての取引権限と口座権限を設定する",
    "2-1": f"一般ユーザの{HANAKO}を作成する",
    "2-2": f"ユーザ更新を行い、{HANAKO}が利用できるようにする",
    "2-3": f"{HANAKO}に、すべての取引権限と口座権限を設定する",
    "3-1": f"{HANAKO}として、受け取ったIDとパスワードでログインする",
    "3-2": "初回ログインパスワードを、新しいログインパスワードに変更する",
    "3-3": "初期承認パスワードを、ご自分の承認パスワードに変更する",
    "4": "2回のログアウトを行い、ウィンドウを閉じる",
}
_DONE = {
    "1-1": f"{TARO}がログインしました。",
    "1-2": "次のログインからは、新しいログインパスワードを使います。",
    "1-3": "承認パスワードを設定しました。",
    "1-4": f"{TARO}の権限リストが、すべて○になりました。",
    "2-1": f"一般ユーザの{HANAKO}が登録されました。",
    "2-2": f"{HANAKO}が、最新の状態になりました。",
    "2-3": f"{HANAKO}に、取引権限と初期承認パスワードを設定しました。",
    "3-1": f"{HANAKO}がログインしました。",
    "3-2": "次のログインからは、花子さんが決めたパスワードを使います。",
    "3-3": f"{HANAKO}の承認パスワードが設定されました。",
    "4": "2回のログアウトを終えました。だれもログインしていません。",
}


def done_words(lesson: str, world: World) -> str:
    """Return what is true once a procedure is done, "" for a drill's own part.

    lesson: the procedure's number. world: the bank, whose date of expiry 1-3 tells.
    """
    expires = world.users[MASTER_ID].approval_expires if MASTER_ID in world.users else None
    if lesson == "1-3" and expires:
        return f"{_DONE[lesson]}有効期限は{expires:%Y/%m/%d}です。"
    return _DONE.get(lesson, "")


def name_of(login_id: str) -> str:
    """Return the name of one of the story's two people with さん; the ログインID of anybody else."""
    return {MASTER_ID: TARO, GENERAL_ID: HANAKO}.get(login_id, login_id)
