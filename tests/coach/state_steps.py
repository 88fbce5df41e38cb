"""The steps of the example states."""

from __future__ import annotations

from simulator.training.coach_state import Step
from tests.coach.state_parts import (
    button,
    fills,
    note,
    press,
    step,
    value,
)

APPROVAL = value("承認パスワード", "pzc69q68", names=["承認パスワード"], secret=True)


def step_4() -> Step:
    """The form of ID 新規作成."""
    id_ = "ユーザID"
    mail, password = "メールアドレス", "初回ログインパスワード"
    example = value(f"{password} (2 箇所)", "vue24w23", names=[password], times=2, secret=True, kind="choose")
    return step(
        "2-1.4",
        "手順2-1　4.",
        "以下の一般ユーザの基本情報を入力し、[登録] ボタンをクリックします。",
        values=[
            value("ユーザ ID", "1560hekishin", names=["ユーザ ID"]),
            value("ユーザ名", "碧海 花子", names=["ユーザ名"]),
            value("メールアドレス (2 箇所)", "hanako@hekishin.example.jp", names=[mail], times=2),
            example,
        ],
        actions=[
            *fills(0, id_),
            *fills(1, "ユーザ名"),
            *fills(2, mail, 2),
            *fills(3, password, 2),
            press("登録"),
        ],
        manual=[
            note(
                "ユーザ ID",
                "“d-” はあらかじめ表示されているので、“d-” の後に続くログイン ID を入力してください。",
            )
        ],
    )


def approving(key: str = "1-4.6") -> Step:
    """A confirmation by the approval password."""
    return step(
        key,
        f"手順{key.replace('.', '　')}.",
        "承認パスワードを入力し、[変更] ボタンをクリックします。",
        values=[APPROVAL],
        actions=[*fills(0, "承認パスワード"), press("変更")],
        reads=True,
    )


def review() -> Step:
    """A step that looks over and goes on."""
    return step(
        "2-1.5",
        "手順2-1　5.",
        "ユーザ情報を確認し、[確定] ボタンをクリックします。",
        compared=[
            {"label": "ユーザ ID", "value": "d-1560hekishin"},
            {"label": "ユーザ名", "value": "碧海 花子"},
            {"label": "メールアドレス", "value": "hanako@hekishin.example.jp"},
        ],
        say=["3つとも同じなら［確定］をクリックします。違うときは［戻る］で直します。"],
        actions=[{"do": "review"}, press("確定")],
        reads=True,
    )


def look_only() -> Step:
    """A step that looks over and nothing else."""
    done = button("passed", "確認しました", main=True)
    words = "内容を確認します。"
    return step(
        "2-2.5", "手順2-2　5.", words, actions=[{"do": "review"}], buttons=[done], reads=True, unseen=True
    )


def go_back() -> Step:
    """A click on 戻る and no step of the manual."""
    return step("", "", "", actions=[press("戻る")])
