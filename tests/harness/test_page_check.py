"""Every page that the tests see is checked, and each fault is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from fixtures.page_check import PageChecker, faults_of, shape_of, syntax_faults_of

GOOD = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>トップ｜訓練用</title>
<script src="/static/bank.js"></script></head>
<body><h1 id="a">トップ</h1><p id="b">訓練用</p></body></html>"""


def test_a_right_page_has_no_fault() -> None:
    assert faults_of(GOOD) + syntax_faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id="b"', 'id="a"', 'id "a" stands twice'),
        ("<title>トップ｜訓練用</title>", "<title> </title>", "no title"),
        ("<h1 ", "<h2 ", "0 h1"),
        ("<p id", "<h1>2</h1><p id", "2 h1"),
        ("訓練用", "本番", "訓練用 is missing"),
        ("<p id", "<p style='color: red' id", "script or style"),
        ("<p id", "<p onclick='x()' id", "script or style"),
        ("</head>", "<style>p {}</style></head>", "script or style"),
        ("</head>", "<script>x()</script></head>", "script or style"),
    ],
)
def test_each_fault_of_a_page_is_found(old: str, new: str, fault: str) -> None:
    assert [each for each in faults_of(GOOD.replace(old, new)) if fault in each]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<!doctype html>", "", "expected-doctype-but-got-start-tag"),
        ("<p id", "<p><div></p><p id", "unexpected-end-tag"),
        ("<p id", "<section><form></section><p id", "end-tag-too-early"),
        ("<p id", "<table><p></p></table><p id", "unexpected-start-tag-implies-table-voodoo"),
        ("<p id", '<p id="c" id', "duplicate-attribute"),
        ('<p id="b">', '<p id="b"class="c">', "unexpected-character-after-attribute-value"),
        ("<p id", "<p>&nosuch;</p><p id", "expected-named-entity"),
        ("<p id", "<p>< </p><p id", "expected-tag-name"),
        ("</body>", "<div></body>", "expected-one-end-tag-but-got-another"),
        ("</p>", "<b></p>", "unexpected-end-tag"),
    ],
)
def test_invalid_html_is_found(old: str, new: str, code: str) -> None:
    assert any(code in each for each in syntax_faults_of(GOOD.replace(old, new)))


def test_what_may_be_left_out_is_no_fault() -> None:
    assert syntax_faults_of(GOOD.replace("</p>", "")) == []


def test_words_and_values_do_not_make_another_shape() -> None:
    assert shape_of(GOOD) == shape_of(GOOD.replace("トップ", "別").replace('id="a"', 'id="z"'))
    assert shape_of(GOOD) != shape_of(GOOD.replace("<p ", "<b "))


def test_the_faults_of_served_pages_are_kept(tmp_path: Path) -> None:
    app = Flask(__name__)
    pages = {"/good": GOOD, "/bad": GOOD.replace("訓練用", "")}
    for path, html in pages.items():
        app.add_url_rule(path, path, lambda html=html: html)
    app.add_url_rule("/broken", "broken", lambda: ("だめ", 500))
    app.add_url_rule("/away", "away", lambda: ("<p>moved</p>", 303))
    kept = tmp_path / "faults.txt"
    app.wsgi_app = PageChecker(app.wsgi_app, kept)  # type: ignore[method-assign]
    for path in ("/good", "/away"):
        app.test_client().get(path)
    assert not kept.exists()
    for path in ("/bad", "/broken"):
        app.test_client().get(path)
    told = kept.read_text(encoding="utf-8")
    assert "GET /bad: 訓練用 is missing" in told
    assert "GET /broken: answered 500" in told
