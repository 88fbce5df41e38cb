"""The value at its field: what is said of a text while it is typed, and after it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.coach.drawn import box, shown

if TYPE_CHECKING:
    from tests.coach.drawn import Drawn


def test_what_is_typed_is_looked_at_before_it_is_sent(drawn: Drawn) -> None:
    shown(drawn, "normal")
    chip, field = drawn.page.locator("densai-value"), drawn.page.get_by_label("ユーザID", exact=True)
    for typed, said in {
        "1560hekishin ": "最後に空白が入っています",
        " 1560": "最初に空白が入っています",
        "1560 hekishin": "5文字目に空白が入っています",
        "15６0": "3文字目が全角です",
        "1560H": "大文字になっています",
    }.items():
        field.fill(typed)
        expect(chip.locator(".warn")).to_have_text(said)
    field.fill("1560hekishin ")
    chip.get_by_role("button", name="空白を取る").click()
    expect(field).to_have_value("1560hekishin")
    expect(chip.locator(".ok")).to_be_visible()


def test_two_passwords_of_ones_own_choice_have_to_be_the_same(drawn: Drawn) -> None:
    shown(drawn, "normal")
    page = drawn.page
    for label, text in (
        ("ユーザID", "1560hekishin"),
        ("ユーザ名", "碧海　花子"),
        ("メールアドレス", "hanako@hekishin.example.jp"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("メールアドレス（再入力）", exact=True).fill("hanako@hekishin.example.jp")
    chip = page.locator("densai-value", has=page.locator(".chip"))
    expect(chip.locator(".tag")).to_have_text("例")
    expect(chip).to_contain_text("別の値にするときは、控えてください。案内には、その値が分かりません。")
    page.get_by_label("初回ログインパスワード", exact=True).fill("kaeta5678")
    expect(chip.locator(".tag")).to_have_text("もう一度入力")
    page.get_by_label("初回ログインパスワード（再入力）", exact=True).fill("kaeta5679")
    expect(chip).to_contain_text("2か所の入力が違います")
    page.get_by_label("初回ログインパスワード（再入力）", exact=True).fill("kaeta5678")
    expect(page.locator("densai-value .ok").last).to_have_text("✓ 入力できました")
    assert drawn.page.locator("densai-coach").evaluate("c => c.target.textContent") == "登録"


def test_a_refused_field_shows_what_was_typed_beside_the_sample(drawn: Drawn) -> None:
    coach = shown(drawn, "refusal_2")
    chip = drawn.page.locator("densai-value .slot.ng")
    expect(chip.locator(".tag")).to_have_text(["直すところ", "見本"])
    expect(chip.locator("mark.ok")).to_have_text(["1"])
    expect(box(coach, "refusal").locator(".c-faults b")).to_have_text(
        ["ユーザID", "メールアドレス（再入力）"]
    )
    expect(box(coach, "refusal").locator(".cmp mark")).to_have_text(["１", "1", "o", "p"])


def test_the_third_refusal_spells_the_value_and_the_fourth_offers_to_act(drawn: Drawn) -> None:
    coach = shown(drawn, "refusal_3")
    expect(box(coach, "refusal").locator(".spell b")).to_have_text([*"pzc69q68"])
    expect(box(coach, "refusal").locator(".spell b.d")).to_have_text([*"6968"])
    expect(box(coach, "refusal").locator(".c-left")).to_have_text("あと3回間違えると、ロックされます。")
    coach = shown(drawn, "refusal_4")
    expect(box(coach, "refusal").get_by_role("button")).to_have_text(["案内に操作を任せる", "講師を呼ぶ"])
