"""The text that is printed at the start: the address to open, its entrances, and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.store import address

if TYPE_CHECKING:
    from simulator.settings import Settings


def announcement(settings: Settings, port: int, copy_before: str = "") -> str:
    """Return the text that is printed at the start: the address to open, and what is found there.

    copy_before: where the database was copied to before its tables were changed, "" for nowhere.
    """
    root = root_address(settings, port)
    doors = (
        "クラスに参加する、講師用画面を開く"
        if settings.allow_hosts
        else "ひとりで始める、クラスに参加する、講師用画面を開く"
    )
    lines = [
        "",
        "訓練用サーバを起動しました（架空の金庫です。実在のサービスではありません）",
        "",
        f"  ブラウザで開くアドレス  {root}/",
        f"  （{doors}、のどれかを選びます）",
        "",
        f"  データベース  {address.shown(settings.database)}",
        *([f"  新しい形式に更新しました。更新前の控え  {copy_before}"] if copy_before else []),
        *_notes(settings),
        "  終了するには Ctrl+C を押してください。",
        "",
    ]
    return "\n".join(lines) + "\n"


def root_address(settings: Settings, port: int) -> str:
    """Return the address that people type, without a slash at its end."""
    if settings.allow_hosts:
        name = settings.allow_hosts[0]
        return f"http://{name}:{port}" if settings.plain_http else f"https://{name}"
    return f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{port}"


def _notes(settings: Settings) -> list[str]:
    notes = []
    if settings.operator_code:
        notes.append(
            f"  起動時の確認コード  {settings.operator_code}  （講師用パスワードを決めるときに入力します）"
        )
    if settings.is_behind_https:
        notes.append("  https の中継サーバの後ろで使ってください。ない場合は --plain-http を付けます。")
    if settings.plain_http:
        notes.append("  注意: 通信は暗号化されません。訓練用の LAN だけで使ってください。")
    return notes
