"""The commands of `densai`, each with its purpose in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

SERVE = "訓練用サーバを起動します (start the training bank)"
XAPI = "クラスの結果を LRS に xAPI で送ります (send the results of a class to an LRS)"


@dataclass(frozen=True)
class Doing:
    """A command of `densai database`. argument, about: its one argument and the help on it, "" for none."""

    purpose: str
    argument: str = ""
    about: str = ""


DATABASE = {
    "upgrade": Doing("古い形式のデータベースを今の形式に更新します (bring the tables up to date)"),
    "check": Doing("壊れたところがないか調べます。何も変更しません (look through everything)"),
    "backup": Doing(
        "1 つのファイルに控えを取ります。サーバの稼働中でも使えます (copy into one file)",
        "FILE",
        "作る控えの名前",
    ),
    "restore": Doing("控えから元に戻します (put a backup in its place)", "FILE", "控えの名前"),
    "move": Doing(
        "中身をすべて、空のデータベースに移します (copy everything into an empty database)",
        "URL",
        "移す先。SQLAlchemy の URL、または SQLite のファイル",
    ),
}


PACK = "銀行パックの下書きと点検 (draft and look through a bank pack)"
BANK = {
    "new": Doing(
        "銀行パックの下書きを作ります (write a commented draft)", "NAME", "パックの名前。NAME.toml を作ります"
    ),
    "check": Doing(
        "銀行パックを点検し、既定との違いをすべて示します (tell what differs)", "FILE", "パックのファイル"
    ),
}


@dataclass(frozen=True)
class ExtraCommand:
    """A command of an optional extra: the function that runs it, and its purpose in one sentence.

    The function takes the arguments after the command's name and returns the exit code. extra: the extra that
    has its packages.
    """

    module: str
    function: str
    purpose: str
    extra: str = "test"


# The commands that drive a browser. This table is the only way from simulator to steps.
TESTING = {
    "publish": ExtraCommand(
        "steps.publishing.publish_command",
        "main",
        "画面の入ったマニュアルと体験版を作ります (publish the manual)",
        extra="publish",
    ),
    "accept": ExtraCommand(
        "steps.acceptance.accept_command", "accept", "実際のサイトをマニュアルで確かめます (test a site)"
    ),
    "probe": ExtraCommand(
        "steps.acceptance.probe", "main", "サイトを見て、設定の下書きを作ります (draft a file)"
    ),
    "drift": ExtraCommand("steps.evidence.drift", "main", "2 回の実行の画面を比べます (compare two runs)"),
    "verify": ExtraCommand("steps.evidence.verify", "main", "証跡フォルダーを確かめます (check evidence)"),
    "history": ExtraCommand(
        "steps.evidence.history", "main", "複数の実行の結果を 1 つの表にします (compare results of runs)"
    ),
    "sign": ExtraCommand("steps.evidence.sign", "main", "証跡に署名します (sign evidence off)"),
}
