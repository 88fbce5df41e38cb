"""Why a database cannot be used, in one sentence for the console."""

from __future__ import annotations

import errno
import sqlite3

from simulator.store import DatabaseError, trouble_of
from simulator.store.maintenance import HeldError, NothingThereError, UnsoundError
from simulator.store.schema import (
    DamagedError,
    ForeignError,
    NewerError,
    NoCopyError,
    OlderError,
    OtherBankError,
    SchemaError,
)
from simulator.store.transfer import DifferentError, NotEmptyError

NO_DRIVER = (
    "PostgreSQL を使うには追加の部品が必要です: pip install 'densai-sandbox[server]' "
    "PostgreSQL needs the server extra."
)
# Why a database cannot be opened, by Trouble.kind.
NOT_OPENED = {
    "busy": "ほかのプログラムがデータベースを使っています。そのプログラムを終了してください。",
    "full": "ディスクに空きがないため、データベースを使えません。",
    "read_only": "データベースに書き込めません。ファイルとフォルダーの権限を確かめてください。",
    "unreadable": "データベースを開けません。--database のファイルとフォルダーを確かめてください。",
    "away": "データベースにつながりません。PostgreSQL が起動していることと、--database を確かめてください。",
    "other": "データベースを開けません。--database を確かめてください。",
}
# By the class of the error; {0} is its argument.
SENTENCES: dict[type[Exception], str] = {
    NewerError: "データベースは、より新しい版の densai で作られています。densai を更新してください。 "
    "The database was made by a newer version of densai (tables {0}).",
    OlderError: "データベースの形式が古いため使えません。サーバをすべて終了してから、"
    "densai database upgrade を実行してください。 "
    "The tables are those of an older version: run densai database upgrade.",
    ForeignError: "densai のデータベースではありません。--database を確かめてください。 "
    "This database belongs to another program.",
    OtherBankError: "データベースは、別の銀行パック（{0}）で作られています。その --bank で起動するか、"
    "--database に別のファイルを指定してください。 "
    "The database belongs to another bank pack.",
    NoCopyError: "更新前の控えを作れないため、データベースを更新しません。"
    "空き容量とフォルダーの権限を確かめてください。 "
    "The file cannot be copied before its tables change ({0}).",
    DamagedError: "データベースに読めない記録があるため、更新しません。何も変更していません。 "
    "A record cannot be read, and nothing was changed ({0}).",
    HeldError: "サーバがデータベースを使っています。サーバを終了してから、もう一度実行してください。 "
    "A server has the database open: {0}",
    NothingThereError: "densai のデータベースがありません。ファイル名を確かめてください。 "
    "There is no database of densai.",
    UnsoundError: "ファイルが壊れているため使えません。別の控えを指定してください。 "
    "The file is damaged ({0}).",
    NotEmptyError: "移す先のデータベースが空ではありません。新しいデータベースを指定してください。 "
    "The target holds something already: name an empty database.",
    DifferentError: "移した件数が一致しないため、取り消しました。何も変更していません。 "
    "Not every row arrived, and nothing is kept ({0}).",
    FileExistsError: "同じ名前のファイルがあります。別の名前を指定してください。 "
    "The file exists already: {0}",
}
# What opening a database may raise, and what working on the whole of one may.
OPENING = (DatabaseError, SchemaError, ImportError)
WORKING = (
    *OPENING,
    HeldError,
    NothingThereError,
    UnsoundError,
    NotEmptyError,
    DifferentError,
    sqlite3.Error,
    OSError,
)


def why(error: Exception) -> str:
    """Return the sentence for one of WORKING: with the driver's reason, never the URL and its password."""
    if sentence := SENTENCES.get(type(error)):
        return sentence.format(*error.args or [""])
    if getattr(error, "name", None) == "psycopg":
        return NO_DRIVER
    if isinstance(error, DatabaseError | sqlite3.Error):
        trouble = trouble_of(error)
        told, reason = NOT_OPENED[trouble.kind], trouble.reason
    elif isinstance(error, OSError):
        told, reason = (
            NOT_OPENED["full" if error.errno == errno.ENOSPC else "unreadable"],
            error.strerror or "",
        )
    else:
        told, reason = NOT_OPENED["other"], str(error).partition("\n")[0]
    return f"{told} The database cannot be opened ({reason})."
