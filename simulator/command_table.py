"""The commands of `densai`, each with its purpose in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

SERVE = "訓練用サーバを起動します (start the training bank)"


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
        "画面の入ったマニュアルを作ります (publish the manual)",
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
}
