"""The coach's sentences on what was wrong with a form. Words in braces are what a cause tells besides."""

from __future__ import annotations

# The cause of one fault.
CAUSES = {
    "blank_end": "最後に空白（スペース）が入っていました。",
    "blank_start": "最初に空白（スペース）が入っていました。",
    "blank_inside": "{place}文字目に空白（スペース）が入っていました。",
    "blank_somewhere": "空白（スペース）が入っていました。",
    "full_width": "{place}文字目の「{letter}」が全角です。半角の「{half}」に直します。",
    "full_width_other": "{place}文字目の「{letter}」が全角です。半角で入力します。",
    "full_width_secret": "{place}文字目が全角です。半角に直します。",
    "no_prefix": "先頭の「d-」がありません。",
    "mismatch": "2回目の入力が1回目と違います。",
    "differs": "値が見本と違います。",
    "differs_end": "最後の1文字が見本と違います。",
    "case": "大文字と小文字が違います。",
    "look_alike": "「{want}」（{want_kind}）と「{have}」（{have_kind}）が違います。",
    "other_password": "{other}が入力されていました。この欄は{this}です。",
    "old_password": "{paper}は使用済みです。{step}",
    "not_own": "控えの値ではなく、{step}",
}
SET_AT = "手順{step}で設定した値を入力します。"
LOOK_ALIKES = {
    "1": "数字",
    "l": "英字のエル",
    "I": "英字のアイ",
    "0": "数字",
    "O": "英字のオー",
    "o": "英字のオー",
}

# The box with the faults.
REFUSED, NTH = "受け付けられませんでした", "（{count}回目）"
MORE = "ほか{more}件は画面のメッセージにあります。"
SEVERAL_FIELDS, THIS_FIELD = "この{count}つの欄を直します。", "この欄を直します。"
PASSWORDS_AGAIN = "パスワードの欄は送るたびに空になるので、もう一度入力します。"
WITHOUT_BLANKS = "空白を入れずに、もう一度入力します。"
TO_DO = {
    "blank_end": WITHOUT_BLANKS,
    "blank_start": WITHOUT_BLANKS,
    "blank_inside": WITHOUT_BLANKS,
    "full_width": "半角に切り替えて、もう一度入力します。",
}
LOWER = "英字はすべて小文字です。"
TINTED = "色の付いた文字は数字です。"
