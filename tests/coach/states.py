"""An example of each state of the coach that the server makes, as the JSON data that a page gets.

The states that only a browser can know are the browser's own: a window closed, the person's click, no server,
a value that is right or wrong while it is typed.
"""

from __future__ import annotations

from simulator.training.coach_state import CoachState
from tests.coach.state_parts import (
    ACT,
    CALL,
    HANAKO,
    TARO,
    box,
    button,
    fact,
    note,
    press,
    pulse,
    state,
    step,
    windows,
)
from tests.coach.state_refusals import coach_refused, locked, own_value, refusal, unlocked, waiting
from tests.coach.state_steps import approving, go_back, look_only, review, step_4


def _checking() -> CoachState:
    every = {
        "①": ("承認不要業務　利用", "権限リスト（承認不要業務）", ["company_info", "densai", "partners"]),
        "②": (
            "承認対象業務　担当者・承認者",
            "権限リスト（承認対象業務）",
            ["trades.preparer", "trades.approver"],
        ),
    }
    shown = step(
        "1-4.5",
        "手順1-4　5.",
        "利用する業務および口座をチェックし、「確認」ボタンをクリックします。",
        checks=[
            {
                "mark": mark,
                "title": title,
                "heading": heading,
                "boxes": [
                    {"name": "rights", "value": right, "words": f"{right}の「利用」"} for right in rights
                ],
            }
            for mark, (title, heading, rights) in every.items()
        ],
        actions=[{"do": "tick"}, press("確認")],
        manual=[note("①", "「承認不要業務」は、担当者と承認者の区別がなく、承認の必要がない業務です。")],
    )
    return state("normal", shown)


def _way_back() -> CoachState:
    shown = step(
        "",
        "",
        "「トップ」タブをクリックします。",
        heading="この手順の前に：「トップ」画面へ移動します",
        then="移動した後の手順：手順2-1　1.",
        actions=[{**press("トップ"), "kind": "tab"}],
    )
    return state("way_back", shown, turn="prep")


def _nothing_here() -> CoachState:
    line = "「戻る」で前の画面に戻ってください。"
    told = box("nothing_here", "wait", "この画面では操作しません", line)
    return state("nothing_here", go_back(), told, turn="prep", foot=[CALL])


def _window() -> CoachState:
    shown = step("2-1.1", "手順2-1　1.", "[ユーザ管理業務] ボタンをクリックします。")
    return state("normal", shown, turn="off", windows=windows("c", "b"))


def _confirm(*, differs: bool) -> CoachState:
    if not differs:
        words = "「変更後」の○を確認してから、画面の下へ進みます。"
        return state(
            "confirm_right", approving(), box("confirm_right", "good", "変更の内容は、課題どおりです", words)
        )
    told = box(
        "confirm_differs", "wait", "課題と違うところが2か所あります", "［戻る］をクリックして直します。"
    )
    told["items"] = [
        "指定許可管理の「承認者」にチェックがありません。",
        "口座（普通 1562032）は課題にありません。",
    ]
    back = {**approving("2-3.7"), "actions": [press("戻る")]}
    return state("confirm_differs", back, told, acts=False)  # type: ignore[arg-type]


def _wrong_user() -> CoachState:
    told = box(
        "wrong_user",
        "wait",
        "別のユーザを開いています",
        f"開いているのは、{TARO}さん（マスターユーザ）です。この手順では、{HANAKO}さん（一般ユーザ）を変更します。",
        "［戻る］をクリックし、花子さんの行の［変更］を選び直します。まだ何も変更されていません。",
    )
    return state("wrong_user", go_back(), told, turn="prep", acts=False)


def _wrong_person() -> CoachState:
    words = f"この手順は、{HANAKO}さん（一般ユーザ）が操作します。いったんログアウトします。"
    told = box("wrong_person", "wait", f"{TARO}さんがログインしています", words)
    shown = step("4.1", "手順4　1.", "[ログアウト] ボタンをクリックします。", actions=[press("ログアウト")])
    return state("wrong_person", shown, told, turn="prep")


def _session_over() -> CoachState:
    words = f"［ログインへ］をクリックし、{TARO}さんとしてログインし直します。"
    told = box("session_over", "wait", "ログインが切れました", words)
    return state("session_over", step("", "", "", actions=[press("ログインへ")]), told, turn="prep")


def _done(*, course: bool) -> CoachState:
    title = "手順2-1の練習が終わりました" if course else "手順2-1を終えました"
    told = box(
        "course_done" if course else "procedure_done",
        "good",
        title,
        f"一般ユーザの{HANAKO}さんが登録されました。",
    )
    told["facts"] = [fact("時間", "3分12秒"), fact("間違い", "1回")]
    result = button("result", "結果を見る", main=course)
    if course:
        told["buttons"] = [result, button("home", "わたしの訓練に戻る")]
    else:
        told["lines"].append("次は、手順2-2　一般ユーザを最新の状態にする")
        told["buttons"] = [
            button("next", "次の手順へ進む", main=True, course="2-2", mode="learn", keep="1"),
            result,
        ]
    return state(told["id"], None, told, turn="done", foot=[], pulse=pulse(outcome="done"))


TASK = (
    "<p>花子さんが、当座の口座で、でんさいの確認と、各種取引の仮登録だけをできるようにしてください。</p>"
    "<ul><li>でんさい確認：利用</li><li>各種取引：担当者</li><li>口座：当座 1560389</li></ul>"
)


def _test(*, over: bool = False) -> CoachState:
    submit = box(
        "submit", "wait", "提出しますか？", "提出すると採点します。提出した後は、操作をやり直せません。"
    )
    submit["buttons"] = [
        button("continue", "操作を続ける"),
        button("submit_now", "提出して採点する", main=True, key="k3"),
    ]
    made = state(
        "test",
        None,
        mode="measure",
        mode_name="テスト",
        turn="off",
        task_html=TASK,
        task_open=True,
        foot=[button("submit", "提出する"), CALL],
        acts=False,
        test={"submit": submit, "last_minute": "残り1分です"},
        pulse=pulse(left=222),
    )
    if over:
        told = box("time_up", "wait", "制限時間になりました", "ここまでの設定を採点しました。")
        told["buttons"] = [button("result", "結果を見る", main=True)]
        made |= {"state": "time_up", "boxes": [told], "foot": [], "test": None, "task_html": ""}
        made["pulse"] = pulse(outcome="failed", left=0)
    return made


def _teacher() -> CoachState:
    me = "講師から（鈴木\u00a0美咲さんへ）"
    news = [
        box("message", "teacher", "講師から（全員へ）", "10時40分まで続けます。", key="class 1"),
        box("message", "teacher", me, "2-1の4は、入力を半角に切り替えてください。", key="me 3"),
        box(
            "hand",
            "teacher",
            "講師を呼びました（10:42）",
            "そのままお待ちください。操作を続けてもかまいません。",
        ),
    ]
    news[0]["buttons"] = [button("read", "読みました", to="class", number="1")]
    news[1]["buttons"] = [button("read", "読みました", to="me", number="3")]
    news[2]["buttons"] = [button("uncall", "呼び出しを取り消す")]
    return state("normal", step_4(), pulse=pulse(news=news), foot=[ACT])


def _paused() -> CoachState:
    words = "再開されるまで、そのままお待ちください。入力した内容は残っています。"
    told = box(
        "paused", "wait", "講師が一時停止しています", words, small=["テストの制限時間も止まっています。"]
    )
    return state("normal", step_4(), pulse=pulse(paused=told))


def _alone() -> CoachState:
    shown = {**step_4(), "shown": {"sentence": False, "values": False, "marker": False}}
    return state(
        "normal",
        shown,  # type: ignore[arg-type]
        mode="try",
        mode_name="自力",
        foot=[button("help", "手順の文を見る"), CALL],
        note="ヒントを使うと、「自力で完了」にはなりません。",
        acts=False,
    )


STATES: dict[str, CoachState] = {
    "normal": state("normal", step_4()),
    "checking": _checking(),
    "way_back": _way_back(),
    "nothing_here": _nothing_here(),
    "confirm": state("confirm", review()),
    "confirm_right": _confirm(differs=False),
    "confirm_differs": _confirm(differs=True),
    "look_only": state("look_only", look_only()),
    "window": _window(),
    **{f"refusal_{count}": refusal(count) for count in (1, 2, 3, 4)},
    "coach_refused": coach_refused(),
    "own_value": own_value(),
    "locked": locked(),
    "waiting": waiting(),
    "unlocked": unlocked(),
    "wrong_user": _wrong_user(),
    "wrong_person": _wrong_person(),
    "session_over": _session_over(),
    "teacher": _teacher(),
    "paused": _paused(),
    "procedure_done": _done(course=False),
    "course_done": _done(course=True),
    "test": _test(),
    "time_up": _test(over=True),
    "alone": _alone(),
    "show": state("normal", step_4(), mode="show", mode_name="見本", foot=[]),
}
