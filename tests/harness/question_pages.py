"""Small pages with one content in two markups: with roles, as the simulator's, and as layout tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Ask:
    """A field; errors are shown for it, before stands in front of it, hint below it."""

    label: str
    value: str = ""
    errors: tuple[str, ...] = ()
    before: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Content:
    """The parts of a page, in this order; loose are errors of the form as a whole."""

    tabs: Sequence[str] = ()
    loose: Sequence[str] = ()
    texts: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    fields: Sequence[Ask] = ()
    rules: Sequence[str] = ()
    tables: Sequence[Rows] = field(default_factory=list)
    buttons: Sequence[str] = ()
    links: Sequence[str] = ()


def semantic(content: Content) -> str:
    """Roles, labels, descriptions, and a summary of the errors that links to the fields."""
    tabs = "".join(f"<a role=tab href='#'>{label}</a>" for label in content.tabs)
    fields = "".join(_group(number, ask) for number, ask in enumerate(content.fields))
    facts = "".join(f"<div><dt>{label}</dt><dd>{text}</dd></div>" for label, text in content.facts)
    rules = f"<ul>{''.join(f'<li>{rule}</li>' for rule in content.rules)}</ul>" if content.rules else ""
    tables = "".join(map(_table, content.tables))
    things = "".join(f"<button type=button>{label}</button>" for label in content.buttons)
    things += "".join(f"<a href='#top'>{label}</a>" for label in content.links)
    return (
        f"<title>画面</title><nav role=tablist>{tabs}</nav><main><h1>画面</h1>{_summary(content)}"
        f"{''.join(f'<p>{text}</p>' for text in content.texts)}<dl>{facts}</dl><form>{fields}</form>"
        f"{rules}{tables}{things}</main>"
    )


def _summary(content: Content) -> str:
    tied = [
        f"<li><a href='#f{number}'>{ask.label}：{error}</a></li>"
        for number, ask in enumerate(content.fields)
        for error in ask.errors
    ]
    items = "".join([*tied, *(f"<li>{error}</li>" for error in content.loose)])
    return f"<div role=alert><h2>入力内容をご確認ください</h2><ul>{items}</ul></div>" if items else ""


def _group(number: int, ask: Ask) -> str:
    shown = f"<p class=fault id=e{number}>{' '.join(ask.errors)}</p>" if ask.errors else ""
    return (
        f"<div role=group><label for=f{number}>{ask.label}</label><span>{ask.before}</span>"
        f"<input id=f{number} value='{ask.value}' aria-describedby='e{number} h{number}'>"
        f"<p id=h{number}>{ask.hint}</p>{shown}</div>"
    )


def _table(rows: Rows) -> str:
    heads = "".join(f"<th scope=col>{head}</th>" for head in rows[0])
    body = "".join(
        f"<tr><th scope=row>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>"
        for row in rows[1:]
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def layout(content: Content) -> str:
    """Tables in tables, links and cells for buttons and tabs, an error in the cell beside its field."""
    tabs = "".join(
        f"<td style='cursor: pointer' onclick='void 0'><img alt='{label}' width=9 height=9></td>"
        for label in content.tabs
    )
    lines = [f"<font color=red>{error}</font>" for error in content.loose]
    lines += [*content.texts, *(f"・{rule}" for rule in content.rules)]
    lines += [f"<a href='javascript:void(0)'>{label}</a>" for label in (*content.buttons, *content.links)]
    facts = "".join(f"<tr><td>{label}：</td><td>{text}</td></tr>" for label, text in content.facts)
    rows = "".join(map(_row, content.fields))
    inner = "".join(f"<table border=1>{_lines(rows)}</table>" for rows in content.tables)
    return (
        f"<title>画面</title><table><tr>{tabs}</tr><tr><td colspan=9><b>画面</b></td></tr><tr><td colspan=9>"
        f"<table>{facts}{rows}</table>{inner}<table>{''.join(f'<tr><td>{line}</td></tr>' for line in lines)}"
        "</table></td></tr></table>"
    )


def _row(ask: Ask) -> str:
    errors = "<br>".join(f"<font color=red>{error}</font>" for error in ask.errors)
    return (
        f"<tr><td>■{ask.label}</td><td>{ask.before}<input value='{ask.value}'><br>{ask.hint}</td>"
        f"<td>{errors}</td></tr>"
    )


def _lines(rows: Rows) -> str:
    gap = f"<tr><td colspan={len(rows[0])} height=1></td></tr>"
    return gap.join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
