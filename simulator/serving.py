"""Runs the server: listens, prints the address to open, and ends cleanly."""

from __future__ import annotations

import contextlib
import errno
import logging
import select
import signal
import sys
from typing import TYPE_CHECKING, Any

from waitress import create_server
from waitress.server import BaseWSGIServer

from simulator import database_trouble
from simulator.app import create_app
from simulator.console import say
from simulator.manual.features import FeatureError
from simulator.patient_channel import KEEP_SECONDS, PatientChannel
from simulator.store import address

if TYPE_CHECKING:
    from types import FrameType

    from flask import Flask

    from simulator.settings import Settings
    from simulator.store import Worlds

THREADS = 8
# The 1,024 descriptors of select() are no limit where there is poll().
CONNECTIONS = 2000 if hasattr(select, "poll") else 400
OTHER_DESCRIPTORS = 200
MOST_BODY_BYTES = 1024 * 1024
# Threads that hash or render hand over ten times sooner than by default: the slowest answers get quicker.
SWITCH_SECONDS = 0.0005


class StartError(Exception):
    """The server cannot start; the message is one sentence that says why."""


def serve(settings: Settings) -> int:
    """Serve until stopped. Return 0 then, or 1 when it could not start (one sentence says why)."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    tune()
    try:
        app = _open(settings)
        server = _listen(app, settings)
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    worlds: Worlds = app.extensions["densai"]
    signal.signal(signal.SIGTERM, _stop)
    # Ctrl+C may come as soon as the first line is printed.
    with contextlib.suppress(KeyboardInterrupt):
        say(announcement(settings, _port_of(server), worlds.copy_before))
        server.run()
    worlds.close()
    say("\n終了しました。続きは同じコマンドで始められます。\n")
    return 0


def tune() -> None:
    """Set this process up for many short requests."""
    # A busy moment is no fault: it would only fill the trainer's screen.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sys.setswitchinterval(SWITCH_SECONDS)
    with contextlib.suppress(ImportError):  # Windows has no such limit
        _allow_descriptors()


def _allow_descriptors() -> None:
    """Room for every connection: many systems begin with 1,024 and let a program ask for more."""
    import resource  # noqa: PLC0415  there is none on Windows

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_DESCRIPTORS
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


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


def _open(settings: Settings) -> Flask:
    """The application on its database."""
    try:
        return create_app(settings)
    except FeatureError as error:
        message = f"マニュアルのファイルを読めません: {error} A feature file cannot be read."
        raise StartError(message) from error
    except database_trouble.OPENING as error:
        raise StartError(database_trouble.why(error)) from error


def _listen(app: Flask, settings: Settings) -> Any:
    listening: dict[int, object] = {}  # one server for each address that a name stands for
    try:
        server = create_server(
            app,
            map=listening,
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=KEEP_SECONDS,
            cleanup_interval=1,
            max_request_body_size=MOST_BODY_BYTES,
            ident="densai",
            clear_untrusted_proxy_headers=True,
            **_proxy(settings),
        )
    except OSError as error:
        raise StartError(_why_not(error, settings)) from error
    for each in listening.values():
        if isinstance(each, BaseWSGIServer):
            each.channel_class = PatientChannel
    return server


def _proxy(settings: Settings) -> dict[str, object]:
    """The proxy that says who visits, by which name and scheme; its last word alone counts."""
    if not settings.proxy:
        return {}
    return {
        "trusted_proxy": settings.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"},
    }


def _why_not(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"ポート {settings.port} は使用中です。--port {settings.port + 1} のように指定してください。 "
            f"Port {settings.port} is in use: try --port {settings.port + 1}."
        )
    place = f"{settings.host}:{settings.port}"
    return f"{place} で待ち受けできません。 Cannot listen on {place} ({error.strerror or error})."


def _port_of(server: Any) -> int:
    """The port in use, also where 0 asked for a free one."""
    listening = getattr(server, "effective_listen", None)
    return int(listening[0][1] if listening else server.effective_port)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """A stop asked for by another program is as clean as Ctrl-C."""
    raise KeyboardInterrupt
