"""The report of a plan for the tester: what will be done, changed, sent wrong and left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.manual.order import ORDER
from simulator.manual.procedures import titles
from simulator.manual.scenarios import PlayedScenario
from simulator.manual.wording import GENERAL, MASTER
from steps.acceptance.asked_part import Asked
from steps.acceptance.feature_rewriting import is_invented, tries_login_ids
from steps.acceptance.plan import Planned, wrong_attempts_allowed
from steps.deployment import without_secrets
from steps.deployment_file import Deployment
from steps.ledger import SHORT, WORDS
from steps.never_asked import by_rule


def plan_report(deployment: Deployment, asked: Asked, planned: Sequence[Planned]) -> str:
    """Return the text that `--plan` prints."""
    lines = [*_head(deployment, asked), *_journey(deployment, planned), *_after_journey(deployment, planned)]
    lines += [*_left_behind(deployment, planned), *_wrong_passwords(deployment, planned)]
    lines += [*_never_asked(planned), *_not_run(planned)]
    return "\n".join(lines) + "\n"


def _head(deployment: Deployment, asked: Asked) -> Iterator[str]:
    people = deployment.people
    yield f"計画: {deployment.name}（サイトには触れていません）"
    yield f"  始めるところ: {without_secrets(deployment).start} 「{deployment.site.start_screen}」画面"
    yield f"  マスターユーザ: {people.master.login_id} {people.master.name}"
    yield f"  作成する一般ユーザ: {people.general.login_id} {people.general.name}（1 人）"
    yield "  必要な値: " + "、".join(source.name for _, source in deployment.sources())
    if asked.first or asked.last:
        yield f"  範囲: 手順{asked.first or '1-1'} から 手順{asked.last or '4'} まで"


def _journey(deployment: Deployment, planned: Sequence[Planned]) -> Iterator[str]:
    yield ""
    yield "実行すること（この順）"
    for each in planned:
        if each.why_not or each.disposable:
            continue
        scenario = each.scenario
        if scenario.is_procedure:
            place = ORDER[int(each.place)]
            yield f"  手順{place}  {titles()[scenario.procedure]}"
            yield from (f"      変更: {change}" for change in each.changes)
        else:
            note = "（受け付けられる値は送りません）" if each.refusals_only else ""
            yield f"    {_rules(scenario)}  {scenario.name}{note}{_about_nobody(deployment, scenario)}"


def _tags(scenario: PlayedScenario) -> list[str]:
    return [tag for tag in scenario.tags if tag.startswith("R")]


def _rules(scenario: PlayedScenario) -> str:
    return "・".join(_tags(scenario))


def _on_disposable_users(planned: Sequence[Planned]) -> list[Planned]:
    return [each for each in planned if each.disposable and not each.why_not]


def _after_journey(deployment: Deployment, planned: Sequence[Planned]) -> Iterator[str]:
    """Yield the scenarios on disposable users, how many of these are needed and what becomes of them."""
    last, rule = _on_disposable_users(planned), deployment.people.spare
    if not last or not rule:
        return
    yield ""
    yield "最後に、使い捨ての利用者で実行すること（この順）"
    users = sum(each.users for each in last)
    yield f"  必要な利用者: {users} 人。手順2-1で作成し、次の利用者を作成する前に削除します"
    yield f"  ログインID: {rule.login_id} に英数字を続けたもの（実行のたびに変わります）"
    yield f"  ユーザ名: {rule.name} 01 など"
    yield "  パスワードとメールアドレス: people.general と同じもの"
    for each in last:
        yield f"    {_rules(each.scenario)}  {each.scenario.name}"
        yield from (f"        変更: {change}" for change in each.changes)


def _about_nobody(deployment: Deployment, scenario: PlayedScenario) -> str:
    """Return a note on the login IDs that the feature has invented; empty where there are none."""
    tables = (line.rows[1:] for line in scenario.lines if tries_login_ids(line.text))
    found = [row[0] for rows in tables for row in rows if is_invented(row[0])]
    if not found:
        return ""
    if deployment.people.nobody:
        return (
            f"（「{'、'.join(found)}」の代わりに people.nobody の「{deployment.people.nobody}」を送ります）"
        )
    return f"（「{'、'.join(found)}」は他人のものかもしれないため送りません。people.nobody があれば送ります）"


def _left_behind(deployment: Deployment, planned: Sequence[Planned]) -> Iterator[str]:
    done = {each.scenario.procedure for each in planned if each.scenario.is_procedure and not each.why_not}
    master, general = deployment.people.master.login_id, deployment.people.general.login_id
    effects = {
        "1-2": f"{master} のログインパスワードが、ファイルの people.master.password に変わります",
        "1-3": f"{master} に承認パスワードが設定されます",
        "1-4": f"{master} にすべての取引権限と口座権限が付きます",
        "2-1": f"一般ユーザ {general} が作成されます",
        "2-2": "更新を待っているすべてのユーザに「ユーザ更新」が行われます",
        "2-3": f"{general} にすべての取引権限と口座権限が付きます",
        "3-2": f"{general} のログインパスワードが変わります",
        "3-3": f"{general} に承認パスワードが設定されます",
    }
    yield ""
    yield "終わった後に残るもの（元に戻しません）"
    left = [text for id_, text in effects.items() if id_ in done]
    yield from (f"  {text}" for text in left or ["ありません"])
    if _on_disposable_users(planned):
        yield "  使い捨ての利用者は残りません。削除できなかったときだけ残り、そのログインIDを表示します"


def _wrong_passwords(deployment: Deployment, planned: Sequence[Planned]) -> Iterator[str]:
    yield ""
    locks_at = deployment.lock.after
    most = f"{locks_at} 回でロックの前提で、{locks_at - SHORT} 回までしか送りません"
    yield f"わざと間違えるパスワード（{most}）"
    for person in (MASTER, GENERAL):
        for kind, word in WORDS.items():
            counts = [each.wrong.get((person, kind), 0) for each in planned if not each.why_not]
            if sum(counts):
                yield f"  {person}の{word}: 合計 {sum(counts)} 回（続けて最大 {max(counts)} 回）"
    for each in _on_disposable_users(planned):
        for (person, kind), wrong in each.wrong.items():
            if wrong > wrong_attempts_allowed(deployment):
                count = f"{wrong} 回（ロックしてもよい利用者です）"
                yield f"  {person}の{WORDS[kind]}: {count}　{each.scenario.name}"
    if not deployment.lock.success_resets:
        yield "  正しいパスワードで数え直しになるか分からないため、合計で数えます（lock.success_resets）"


def _never_asked(planned: Sequence[Planned]) -> Iterator[str]:
    left_out = ((_tags(each.scenario), each.scenario.name, each.why_not) for each in planned)
    if found := by_rule(left_out):
        yield ""
        yield "実際のサイトでは確かめられないこと（きまりごと。合格しても、確かめたことにはなりません）"
    for rule, scenarios in found.items():
        yield f"  {rule}"
        yield from (f"    {name}: {reason}" for name, reason in scenarios)


def _not_run(planned: Sequence[Planned]) -> Iterator[str]:
    yield ""
    yield "実行しないこと"
    reasons: dict[str, list[str]] = {}
    for each in planned:
        if each.why_not:
            reasons.setdefault(each.why_not, []).append(each.scenario.name)
    for reason, names in reasons.items():
        yield f"  {reason}: {len(names)}"
        yield from (f"    {name}" for name in dict.fromkeys(names))
