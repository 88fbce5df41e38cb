"""The checked visitor notices an answer that is not right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.pages import Page
from tests.screens.visitor import Answer, check

if TYPE_CHECKING:
    from tests.screens.visitor import Visitor


def test_a_right_answer_passes(visitor: Visitor) -> None:
    check(visitor.open("login").answer)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("</form>", ""),
        ("<h1>", "<h1>二つ目</h1><h1>"),
        ("訓練用", "本番"),
        ("｜訓練用", ""),
        ('id="password"', 'id="login_id"'),
        ("<main>", "<main style='color: red'>"),
        ("<main>", "<main onclick='go()'>"),
        ("<main>", "<main><script>go()</script>"),
    ],
)
def test_a_seeded_fault_of_a_page_is_noticed(visitor: Visitor, right: str, wrong: str) -> None:
    answer = visitor.open("login").answer
    html = answer.body.decode()
    assert right in html
    with pytest.raises(AssertionError):
        check(Answer(answer.status, answer.headers, html.replace(right, wrong).encode()))


@pytest.mark.parametrize(
    "header",
    ["Cache-Control", "X-Frame-Options", "X-Content-Type-Options", "X-Robots-Tag", "Referrer-Policy"],
)
def test_a_missing_header_is_noticed(visitor: Visitor, header: str) -> None:
    answer = visitor.open("login").answer
    fewer = {name: value for name, value in answer.headers.items() if name != header}
    with pytest.raises(AssertionError):
        check(Answer(answer.status, fewer, answer.body))


def test_a_policy_that_lets_scripts_in_and_a_failing_server_are_noticed(visitor: Visitor) -> None:
    answer = visitor.open("login").answer
    loose = {**answer.headers, "Content-Security-Policy": "default-src 'self' 'unsafe-inline'"}
    with pytest.raises(AssertionError):
        check(Answer(200, loose, answer.body))
    with pytest.raises(AssertionError):
        check(Answer(500, answer.headers, answer.body))


def test_a_fault_that_is_not_tied_to_its_field_is_noticed(visitor: Visitor) -> None:
    html = visitor.log_in("", "").page.html
    assert Page(html).fault("login_id")
    with pytest.raises(AssertionError):
        Page(html.replace("aria-describedby", "data-nothing")).fault("login_id")
