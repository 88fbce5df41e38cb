"""One word for one thing: the words that the trainer no longer uses stand nowhere that people read.

Searched are templates, strings of Python and JavaScript, drills and the Japanese documentation.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SIMULATOR = ROOT / "simulator"
# Old words wherever they stand.
PHRASES = (
    "習う",
    "習った",
    "「試す」",
    "**試す**",
    "測る",
    "「見る」",
    "**見る**",
    "講師の机",
    "ようす",
    "進みぐあい",
    "まん中の席",
    "いちばん進んだ席",
    "いまの",
    "止まっている席",
    "窓口に申し出ています",
    "一歩",
    "ブラウザのきまり",
    "代わりに操作",
    "準備（「",
    "ほかのウィンドウで操作します",
    "光っているところ",
    "最後まで終わりました",
    "最後までできました",
    "ヘルプ",
    "もう覚えました",
    "練習をやめました",
    "こまったときの練習",
    "課題と違います",
    "手順にない操作",
    "控え（パスワード）",
    "はじめの画面",
    "日付を動かす",
    "架空データの番号",
    "手順のはじめに戻す",
    "練習の方法",
    "練習する内容",
    "訓練の入り口",
    "いまの状態で判定",
    "ひらく",
    "操作コード",
    "もう一度練習しましょう",
    "クラス全体への操作",
)
# Old words that others contain, or that mean something else in a sentence: as the whole of a text.
WHOLE = (
    "見る",
    "未",
    "見た",
    "できた",
    "試す",
    "止まっています",
    "やめる",
    "手順ごと",
    "章ごと",
    "全体",
    "席を離れる",
    "方法",
    "準備",
)

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
BETWEEN_TAGS = re.compile(r">([^<>]+)<")


def python_texts(source: str) -> Iterator[str]:
    """Every string of a module, the parts of f-strings and the docstrings included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def template_texts(source: str) -> Iterator[str]:
    """Return the text between the tags of a template, and its strings: of attributes and of Jinja."""
    yield from BETWEEN_TAGS.findall(JINJA.sub("<>", source).join("><"))
    yield from script_texts(source)


def script_texts(source: str) -> Iterator[str]:
    """Every string of a script."""
    for groups in QUOTED.findall(source):
        yield from groups


TEXTS = {".py": python_texts, ".html": template_texts, ".js": script_texts}


def old_words(file: Path) -> set[str]:
    """The old words in a file."""
    source = file.read_text(encoding="utf-8")
    texts = list(TEXTS[file.suffix](source)) if file.suffix in TEXTS else [source]
    return {word for word in PHRASES if any(word in text for text in texts)} | {
        word for word in WHOLE if any(word == text.strip() for text in texts)
    }


def files() -> list[Path]:
    """Return all text that people read: the pages, messages, drills, the Japanese documentation."""
    found = [file for suffix in TEXTS for file in SIMULATOR.rglob(f"*{suffix}")]
    found += (ROOT / "features" / "drills").glob("*.feature")
    found += (ROOT / "docs" / "ja").glob("*.md")
    return sorted([*found, ROOT / "README.ja.md"])


def test_no_old_word_stands_where_people_read() -> None:
    found = {str(file.relative_to(ROOT)): sorted(old_words(file)) for file in files()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("name", "source", "word"),
    [
        ("x.py", 'def f() -> str:\n    """It is 測る."""\n    return f"{1}の講師の机"', "講師の机"),
        ("x.py", 'STATES = ("未", "途中")', "未"),
        ("x.html", "<p>{{ name }}のようす</p>", "ようす"),
        ("x.html", "<button>\nやめる\n</button>", "やめる"),
        ("x.html", "<td>{{ '見た' if seen else '' }}</td>", "見た"),
        ("x.js", 'this.press("ひらく", () => {});', "ひらく"),
        ("x.md", "「測る」で測ります。", "測る"),
    ],
)
def test_an_old_word_is_noticed(tmp_path: Path, name: str, source: str, word: str) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    assert word in old_words(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x.py", 'TEXT = "手順ごとの間違い、章ごとの記録、全体の時間"  # 測る'),
        ("x.html", "<p>時間も止まっています。</p><p>途中でやめるときは</p>{# 講師の机 #}"),
        ("x.js", "// 習う\nconst text = `開く`;"),
    ],
)
def test_other_words_and_comments_are_not(tmp_path: Path, name: str, source: str) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    assert old_words(tmp_path / name) == set()
