"""Whether the manual can still be read in a bank pack's words: every sentence, to the same actions.

And whether the words of the pack are words: each is there, and none is a part of a longer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator.banks.chosen import bank
from simulator.banks.keys import SENTENCES, WORDS
from simulator.banks.pack import Mistake, Pack, PackError, listed
from simulator.banks.words import Words
from simulator.manual.features import (
    ENCODING,
    VERBATIM,
    Feature,
    Line,
    feature_files,
    read_feature,
)
from simulator.manual.grammar import SentenceError, parse
from simulator.manual.patterns import AT_SCREEN, NUMBERED, SCREEN_SHOWN, SENTENCE, trial_of
from simulator.manual.text import TEXT
from simulator.manual.wording import fold

PROGRAM = VERBATIM.parent / "simulator"
# What people read of the bank, beside the features: its pages, its messages and its labels.
READ = (
    "bank/templates",
    "templates",
    "training/templates",
    "bank/messages.py",
    "bank/labels.py",
    "domain/rules/rights.py",
)
TAG = "手順"  # of a feature: 手順2-1
SCREEN = "画面"  # a title is followed by it
KINDS = ("[ァ-ヺー]", "[一-鿿々]", "[0-9A-Za-z]", "[ａ-ｚＡ-Ｚ０-９]")


def check_sentences() -> None:
    """Return where the chosen pack's words fit into the manual. Raises PackError that lists why not."""
    pack = bank()
    if found := [*mistakes(pack)]:
        raise PackError(listed(pack.path, found))


def mistakes(pack: Pack) -> list[Mistake]:
    """Return what is wrong with a pack's words, by key; read_pack has found nothing in them."""
    words = Words(pack)
    found = [
        (f"words.{word}", "専用の項目があるので、[words] ではなくそこに書いてください。")
        for word in words.taken
    ]
    found += [*_of_places(pack, words), *_of_namesakes(pack)]
    return found or [*_of_lines(words, pack.sentences), *_of_steps(pack)]


def texts() -> Iterator[tuple[Path, str]]:
    """Yield the manual's files as they are, then what else people read."""
    for path in (*feature_files(VERBATIM), VERBATIM / TEXT.name):
        yield path, path.read_text(encoding=ENCODING)
    for name in READ:
        place = PROGRAM / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.html")):
            yield path, path.read_text(encoding="utf-8")


def _of_places(pack: Pack, words: Words) -> Iterator[Mistake]:
    """The words of [words] that are nowhere, or a part of longer words."""
    longer: dict[str, dict[str, None]] = {f"{WORDS}.{word}": {} for word in pack.words}
    unseen = set(longer)
    for _, text in texts():
        for key, found in words.hits(text):
            if key in longer:
                unseen.discard(key)
                longer[key].update(dict.fromkeys(filter(None, [_longer(found)])))
    for key in sorted(unseen):
        yield key, "マニュアルにも画面にもない言葉なので、何も変わりません。"
    for key, others in longer.items():
        if others:
            yield key, f"次の言葉の一部に当たります。これらも [words] に書いてください: {'、'.join(others)}"


def _of_namesakes(pack: Pack) -> Iterator[Mistake]:
    """The new words that are the name of something else already, or of two things."""
    known = [text for _, text in texts()]
    for word, other in pack.words.items():
        alone = (found for text in known for found in re.finditer(re.escape(other), text))
        if any(not _longer(found) for found in alone):
            yield f"{WORDS}.{word}", f"「{other}」は、ほかのものの名前として使われています。"
        if [*pack.words.values()].count(other) > 1:
            yield f"{WORDS}.{word}", f"「{other}」が 2 つ以上の言葉の代わりになっています。"


def _longer(found: re.Match[str]) -> str:
    """Return the longer word of one kind of letters in which a word was hit, "" for a word by itself."""
    text, start, end = found.string, *found.span()
    while start and _is_one_word(text[start - 1], text[start]):
        start -= 1
    while end < len(text) and not text.startswith(SCREEN, end) and _is_one_word(text[end - 1], text[end]):
        end += 1
    return text[start:end] if (start, end) != found.span() else ""


def _is_one_word(one: str, other: str) -> bool:
    return any(re.fullmatch(kind, one) and re.fullmatch(kind, other) for kind in KINDS)


def _of_steps(pack: Pack) -> Iterator[Mistake]:
    """The sentences of steps that there are not."""
    known = {_step_of(feature, line) for feature in _verbatim() for line in _lines_of(feature)}
    for step in pack.sentences:
        if step not in known:
            yield f"{SENTENCES}.{step}", "この番号の手順はありません。2-1.4 のように書いてください。"


def _of_lines(words: Words, sentences: Mapping[str, str]) -> Iterator[Mistake]:
    """The lines of the features that mean something else in the pack's words, or nothing."""
    for feature in _verbatim():
        for line in _lines_of(feature):
            step = _step_of(feature, line)
            if step in sentences:
                yield from _of_sentence(words, line, step, sentences[step])
            else:
                yield from _of_line(words, line)


def _lines_of(feature: Feature) -> Iterator[Line]:
    return (line for scenario in feature.played for line in scenario.lines)


def _step_of(feature: Feature, line: Line) -> str:
    """Return the number of the manual's step that a line is, as 2-1.4; "" for other lines."""
    procedure = next((each.removeprefix(TAG) for each in feature.tags if each.startswith(TAG)), "")
    numbered = NUMBERED.fullmatch(line.text)
    return f"{procedure}.{numbered['number']}" if procedure and numbered else ""


def _of_sentence(words: Words, line: Line, step: str, sentence: str) -> Iterator[Mistake]:
    """A whole sentence of the bank's own that asks for other actions than the step does, or says the same."""
    usual, rows = words.retell(line.text), tuple(tuple(map(words.retell, row)) for row in line.rows)
    number = line.text.partition(" ")[0]
    if usual == f"{number} {sentence}":
        yield f"{SENTENCES}.{step}", "[words] などを使った文と同じです。何も変わりません。"
    elif not SENTENCE.fullmatch(sentence) or not _is_same(
        _meaning(line.text, line.rows), _meaning(f"{number} {sentence}", rows), words
    ):
        yield f"{SENTENCES}.{step}", f"この文が、同じ操作に読めません。元の文: {usual}"


@cache
def _verbatim() -> tuple[Feature, ...]:
    return tuple(read_feature(path) for path in feature_files(VERBATIM))


def _of_line(words: Words, line: Line) -> Iterator[Mistake]:
    new, rows = words.retell(line.text), tuple(tuple(map(words.retell, row)) for row in line.rows)
    if new == line.text and rows == line.rows:
        return
    before, after = _meaning(line.text, line.rows), _meaning(new, rows)
    if not _is_same(before, after, words):
        keys = sorted({key for text in (line.text, *sum(line.rows, ())) for key, _ in words.hits(text)})
        changed = [key for key in keys if words.retell(_old(words, key)) != _old(words, key)] or keys
        for key in changed:
            yield key, f"この文が、同じ操作に読めなくなります: {new}"


def _old(words: Words, key: str) -> str:
    return next(old for old, each in words.key.items() if each == key)


def _meaning(text: str, rows: Sequence[Sequence[str]]) -> object:
    """Return what a line asks for: a trial, a place, a screen, or actions; None for other lines."""
    if trial := trial_of(text):
        return trial
    if found := AT_SCREEN.fullmatch(text) or SCREEN_SHOWN.fullmatch(text):
        return tuple(found.groupdict().items())
    if found := NUMBERED.fullmatch(text) or SENTENCE.fullmatch(text):
        try:
            return parse(found["sentence"], rows)
        except SentenceError:
            return "unreadable"
    return None


def _is_same(before: Any, after: Any, words: Words) -> bool:
    """Return whether two readings are the same but for the words."""
    if isinstance(before, str) and isinstance(after, str):
        return fold(words.retell(before)) == fold(after)
    if type(before) is not type(after):
        return False
    if isinstance(before, tuple):
        return len(before) == len(after) and all(
            _is_same(one, other, words) for one, other in zip(before, after, strict=True)
        )
    if is_dataclass(before):
        return all(
            _is_same(getattr(before, each.name), getattr(after, each.name), words) for each in fields(before)
        )
    return bool(before == after) or (type(before) is int and type(after) is int)  # how often, by the rules
