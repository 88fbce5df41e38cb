"""The example states after a refusal, and of passwords that are locked or not known."""

from __future__ import annotations

from simulator.training.coach_state import CoachState
from tests.coach.state_parts import (
    CALL,
    TARO,
    box,
    button,
    fault,
    note,
    state,
    value,
)
from tests.coach.state_steps import approving, step_4

LOCKED_NOTE = note(
    "パスワードのロック",
    "パスワードは 6 回入力を間違えるとロックがかかり、利用できなくなりますので、ご注意ください。",
)
NOT_COUNTED = "この間違いは、ロックの回数に入りません。"
PASSWORDS_AGAIN = "パスワードの欄は送るたびに空になるので、もう一度入力します。"
SPELL = "英字はすべて小文字です。色の付いた文字は数字です。"


def refusal(count: int) -> CoachState:
    """Return the box after this number of refusals at one step."""
    told = "受け付けられませんでした" + (f"（{count}回目）" if count > 1 else "")
    if count == 1:
        faults = [
            fault("password", "ログインパスワード", "最後に空白（スペース）が入っていました。", "blank_end")
        ]
        first = box(
            "refusal", "bad", told, "空白を入れずに、もう一度入力します。", faults=faults, small=[NOT_COUNTED]
        )
        return state("refusal", step_4(), first)
    if count == 2:
        cause = "1文字目の「１」が全角です。半角の「1」に直します。"
        twice = [
            fault("user_id", "ユーザID", cause, "full_width", "1560hekishin", "１560hekishin"),
            fault("mail_again", "メールアドレス（再入力）", "最後の1文字が見本と違います。", "differs_end",
                  "hanako@hekishin.example.jp", "hanako@hekishin.example.jo"),
        ]  # fmt: skip
        second = box("refusal", "bad", told, f"この2つの欄を直します。{PASSWORDS_AGAIN}", faults=twice)
        return state("refusal", step_4(), second)
    other = "ログインパスワードが入力されていました。この欄は承認パスワードです。"
    faults = [fault("approval", "承認パスワード", other, "other_password")]
    left = f"あと{6 - count}回間違えると、ロックされます。"
    third = box(
        "refusal", "bad", told, PASSWORDS_AGAIN, faults=faults, spell="pzc69q68", small=[SPELL], left=left
    )
    if count >= 4:
        third["lines"].append("この手順は、案内に操作を任せることができます。")
        third["buttons"] = [button("act", "案内に操作を任せる", main=True), CALL]
        third["small"] = ["任せた手順は、「案内つき」の記録になります。"]
        third["spell"] = ""
    return state("refusal", approving(), third)


def own_value() -> CoachState:
    """An approval password that its owner has chosen."""
    own = value("承認パスワード", "", names=["承認パスワード"], secret=True, kind="own")
    restore = button("restore", "忘れたので、控えの値に戻す", secret="approval", user="d-1560heki")
    told = box(
        "own_value",
        "wait",
        "この承認パスワードは、ご自分で決めた値です",
        "手順1-3で設定した値を入力します。案内には、その値が分かりません。",
        buttons=[restore],
        small=["控えの値（pzc69q68）に戻り、間違いの回数は0回になります。"],
    )
    return state("own_value", {**approving(), "values": [own]}, told, foot=[CALL], acts=False)


def locked() -> CoachState:
    """A locked approval password."""
    words = f"{TARO}さんの承認パスワードを、続けて6回間違えました。"
    words += "解除されるまで、正しい値でも受け付けられません。"
    told = box(
        "locked",
        "bad",
        "承認パスワードがロックされました",
        words,
        buttons=[button("desk", "窓口に申し出る", main=True)],
    )
    return state("locked", {**approving(), "manual": [LOCKED_NOTE]}, told, foot=[CALL], acts=False)


def waiting() -> CoachState:
    """A lock that the bank's desk was asked to release."""
    told = box(
        "waiting",
        "wait",
        "窓口に申し出ました（10:42）",
        "講師がロックを解除するまで、このままお待ちください。解除されると、ここでお知らせします。",
        buttons=[button("desk_back", "申し出を取り消す")],
    )
    return state("waiting", approving(), told, foot=[CALL], acts=False)


def unlocked() -> CoachState:
    """A lock that was released."""
    words = "間違いの回数は0回に戻りました。承認パスワードをもう一度入力します。"
    return state("unlocked", approving(), box("unlocked", "good", "ロックが解除されました（10:45）", words))


def coach_refused() -> CoachState:
    """A refusal while the coach acted."""
    words = "間違いの回数には入りません。ご自分で操作するか、講師を呼んでください。"
    told = box("coach_refused", "bad", "案内の操作が受け付けられませんでした", words, buttons=[CALL])
    return state("coach_refused", step_4(), told)
