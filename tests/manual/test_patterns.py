"""Each wording of a step is stated once: what is planned is what is bound, and a new wording is neither."""

from __future__ import annotations

import pytest

from simulator.manual.features import features
from simulator.manual.patterns import SENTENCE, Trial, is_for_training_only, trial_of
from simulator.manual.scenarios import played_scenarios
from tests.conventions.feature_faults import definitions_of

SEND = "「ログイン」ボタンをクリックする"
TEXTS = sorted({line.text for each in features() for scenario in each.played for line in scenario.lines})


@pytest.mark.parametrize(
    ("text", "trial"),
    [
        (f"「ログイン ID」を次の値にして{SEND}", Trial("values", "ログイン ID", "ログイン")),
        (f"「ログイン ID」を「a」にして{SEND}", Trial("value", "ログイン ID", "ログイン")),
        (f"「ログイン ID」を「」にして{SEND}", Trial("value", "ログイン ID", "ログイン")),
        (f"「ログイン ID」の 2 箇所目だけを「a」にして{SEND}", Trial("second", "ログイン ID", "ログイン")),
        (f"「ログイン ID」を 6 回間違えて{SEND}", Trial("mistype", "ログイン ID", "ログイン", 6)),
    ],
)
def test_a_trial_is_planned_and_bound(text: str, trial: Trial) -> None:
    assert trial_of(text) == trial
    assert definitions_of(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"「ログインパスワード」を 6 度間違えて{SEND}",
        f"「ログインパスワード」を間違えて{SEND}",
        f"「ログインパスワード」を続けて 6 回間違えて{SEND}",
        f"「ログインパスワード」を以下の値にして{SEND}",
        f"「ログインパスワード」の 1 箇所目だけを「a」にして{SEND}",
        "「ログインパスワード」を 6 回間違えて「ログイン」リンクをクリックする",
    ],
)
def test_a_trial_in_an_unknown_wording_is_an_unbound_step(text: str) -> None:
    assert trial_of(text) is None
    assert definitions_of(text) == 0


def test_every_trial_of_the_features_is_known_to_the_plan() -> None:
    trying = [text for text in TEXTS if "にして" in text or "間違えて「" in text]
    assert len(trying) > 20
    assert [text for text in trying if trial_of(text) is None] == []
    assert [text for text in TEXTS if trial_of(text) and SENTENCE.fullmatch(text)] == []


def test_what_moves_a_banks_date_or_settings_is_for_training_only() -> None:
    assert [each for each in map(str.strip, TEXTS) if is_for_training_only(each)] == [
        text
        for text in TEXTS
        if ("の有効期限の" in text and text.endswith("になる"))
        or text.endswith(("設定である", "申し出ます。", "離れます。"))
    ]
    assert sum(each.is_for_training_only for each in played_scenarios()) == 5
