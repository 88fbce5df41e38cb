"""`densai bank new NAME` writes the draft of a bank pack; `densai bank check FILE` tells what it changes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from simulator.banks.keys import BY_NAME, KEYS
from simulator.banks.pack import Pack, PackError, listed
from simulator.banks.reading import DEFAULT, default_pack, read_pack
from simulator.banks.sentences import put_in
from simulator.banks.words import Words
from simulator.console import say
from simulator.manual.features import ENCODING, VERBATIM
from simulator.manual.pack_check import mistakes, texts

FAILED = 1
HEAD = """\
# {name} の銀行パックの下書きです（densai bank new）。右の値をすべて、この銀行のものに書き換えてください。
# 書き換えたら、densai bank check {name}.toml で点検します。書き方は docs/ja/bank-pack.md にあります。
# 訓練用であることの表示は変えられません。ロゴは使いません。
"""
WORDS_HELP = """\
# そのほかの言葉。左に既定の言葉、右にこの銀行の言葉を書きます。行の数は自由です。
# "お客様ID" = "ご契約ID"

# 言い方が文ごと違う手順。左に手順の番号、右にこの銀行のマニュアルの文（同じ操作のもの）を書きます。
# [sentences]
# "2-1.3" = "「ID 新規作成」ボタンをクリックする。"
"""


def run(doing: str, target: str) -> int:
    """Do it and return the exit code: 0 when it is done, 1 when not."""
    try:
        return _new(target) if doing == "new" else _check(Path(target))
    except PackError as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"{target} に書けません（{error.strerror}）。 The draft cannot be written.\n")
    return FAILED


def _new(name: str) -> int:
    """Write the draft beside nothing of that name. Raises PackError and OSError."""
    if fault := BY_NAME["bank.id"].fault(name):
        raise PackError(f"パックの名前には、{fault}")
    if name == default_pack().id:
        raise PackError(f"「{name}」は既定のパックの名前です。別の名前にしてください。")
    path = Path(f"{name}.toml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(draft(name))
    except FileExistsError:
        raise PackError(f"{path} はすでにあります。上書きしません。 It exists already.") from None
    except OSError:
        path.unlink(missing_ok=True)  # no half of a draft stays
        raise
    say(f"下書きを {path} に書きました。値を書き換えてから、densai bank check {path} で点検してください。\n")
    return 0


def draft(name: str) -> str:
    """Return the default pack with a comment on each key, under another name."""
    lines = [HEAD.format(name=name)]
    table = ""
    written = DEFAULT.read_text(encoding=ENCODING).replace(f'"{default_pack().id}"', f'"{name}"')
    for line in written.splitlines():
        if found := re.fullmatch(r"\[(.+)\]", line):
            table = found[1]
        elif found := re.match(r"(\w+) = ", line):
            lines.append(f"# {BY_NAME[f'{table}.{found[1]}'].about}")
        if not line.startswith("#"):
            lines.append(line)
    return "\n".join(lines).replace("\n\n\n", "\n\n") + f"\n{WORDS_HELP}"


def _check(path: Path) -> int:
    """Tell what a pack changes, key by key and sentence by sentence. Raises PackError."""
    pack = read_pack(path)
    if found := mistakes(pack):
        raise PackError(listed(path, found))
    say(f"{path}: 誤りはありません（{pack.id}、{pack.text('bank.name')}）。\n")
    say("".join(differences(pack)) or "既定との違いはありません。\n")
    return 0


def differences(pack: Pack) -> Iterator[str]:
    """Yield the lines that tell the keys and the lines of texts in which a pack differs from the default."""
    words, usual = Words(pack), default_pack()
    yield "\n既定と違う値\n"
    for key in KEYS:
        if pack.values[key.name] != usual.values[key.name]:
            yield f"  {key.name}: {usual.values[key.name]} → {pack.values[key.name]}\n"
    for old, new in pack.words.items():
        yield f"  words.{old} → {new}\n"
    for step, sentence in pack.sentences.items():
        yield f"  sentences.{step} → {sentence}\n"
    for path, text in texts():
        changed = [*_changed_lines(text, put_in(words.retell(text), pack.sentences))]
        if changed:
            yield f"\n{path.relative_to(VERBATIM.parent).as_posix()}\n"
            yield from (f"  {number}\n  - {old}\n  + {new}\n" for number, old, new in changed)


def _changed_lines(text: str, other: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each line that differs, with both: no line is ever added or taken away."""
    for number, (old, new) in enumerate(zip(text.splitlines(), other.splitlines(), strict=True), 1):
        if old != new:
            yield number, old.strip(), new.strip()
