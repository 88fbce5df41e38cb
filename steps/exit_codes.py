"""The exit codes of all commands of `densai` but `serve`, `database` and `xapi`: one number, one meaning.

0 and 1 mean what they mean to pytest. No other code of pytest (2 interrupted, 3 internal error, 4 usage
error, 5 no tests) is used with another meaning: our own begin at 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum


class ExitCode(IntEnum):
    """An exit code; MEANINGS has its meaning."""

    PASSED = 0
    FAILED = 1
    USAGE = 10
    STOPPED = 11
    SECRET = 12
    BESIDE = 13


# In Japanese and in English.
MEANINGS: dict[ExitCode, tuple[str, str]] = {
    ExitCode.PASSED: ("合格。すべて期待どおりです", "passed: everything is as it should be"),
    ExitCode.FAILED: (
        "不合格。失敗、違い、または見つからないものがあります",
        "failed: something failed, differs or was not found",
    ),
    ExitCode.USAGE: (
        "指定や設定ファイルの誤り。サイトには何もしていません",
        "wrong options or a wrong file: nothing was done to the site",
    ),
    ExitCode.STOPPED: (
        "中止。サイトを使えない、記録できない、または人が止めました（accept は --resume で続けます）",
        "stopped before its end, by the site, the disk or a person (accept goes on with --resume)",
    ),
    ExitCode.SECRET: (
        "証跡にパスワードが含まれています。渡さないでください",
        "a secret was found in the evidence: do not hand it on",
    ),
    ExitCode.BESIDE: (
        "証跡は封印されたときのままですが、封印されていないファイルが一緒に置かれています",
        "the evidence is as it was sealed, but files that were not sealed lie beside it",
    ),
}


def epilog(codes: Iterable[ExitCode] = ExitCode) -> str:
    """Return the end of a command's help: the given codes and their meanings in Japanese."""
    return "\n".join(["終了コード:", *(f"  {code:>2}  {MEANINGS[code][0]}" for code in codes)])


def markdown() -> str:
    """Return the table of all codes in Markdown, for the documentation."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| 終了コード | 意味 | Meaning |"
    yield "|---:|---|---|"
    for code, (japanese, english) in MEANINGS.items():
        yield f"| {code} | {japanese} | {english} |"
