"""The mistakes of a table that a JSON schema describes, each by its key, in sentences for the table's author.

No value is ever repeated: it may be a password written where only its place belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from simulator.toml_text import closest

KINDS = {
    "string": '文字列（"…"）',
    "integer": "整数",
    "number": "数",
    "boolean": "true か false ",
    "array": "並び（[…]）",
    "object": "表（キー = 値）",
}
# The sentences of a struct, and of a pattern, that have one of their own.
STRUCTS = {"Source": '値そのものではなく { env = "環境変数名" } か { keyring = "サービス名/ユーザ名" }'}
LOGIN_ID = "「d-」で始まる半角英数字"
LIMITS = {
    "minimum": "{0} 以上の",
    "exclusiveMinimum": "{0} より大きい",
    "minLength": "{0} 文字以上の",
    "maxLength": "{0} 文字以内の",
}
Mistake = tuple[str, str]


def mistakes(table: object, schema: Mapping[str, Any], structs: Mapping[str, type]) -> list[Mistake]:
    """Return key and sentence of each mistake. structs: those of the schema with checks of their own."""
    found = [each for error in Draft202012Validator(schema).iter_errors(table) for each in _mistakes(error)]
    checks = _StructChecks(schema, structs, [key for key, _ in found])
    return [*dict.fromkeys(found), *checks.mistakes(schema, table, "")]


def sentence(error: msgspec.ValidationError) -> str:
    """Return the message of a struct's own check as a sentence, without the place that msgspec adds."""
    return f"{str(error).partition(' - at `')[0].rstrip('。')}。"


def _mistakes(error: Any) -> Iterator[Mistake]:
    """Yield the mistakes of one error of the validator: most are of one key, some of several."""
    # The first of several is 1 to the author of a table.
    steps = (each + 1 if isinstance(each, int) else each for each in error.absolute_path)
    place = _joined("", *map(str, steps))
    match error.validator:
        case "additionalProperties":
            known = error.schema["properties"]
            for key in error.instance.keys() - known.keys():
                yield _joined(place, key), f"知らない項目です。{closest(key, known)}"
        case "required":
            for key in (each for each in error.validator_value if each not in error.instance):
                yield _joined(place, key), "必要な項目がありません。"
        case "anyOf":
            yield from _of_any(place, error)
        case _:
            yield place, f"{_wanted(error.validator, error.schema)}を書いてください。"


def _of_any(place: str, error: Any) -> Iterator[Mistake]:
    """Yield the mistakes within the branch of the value's own kind; without one, name all branches."""
    mine = list(error.absolute_path)
    other = {
        each.schema_path[0]: each.schema
        for each in error.context
        if each.validator == "type" and list(each.absolute_path) == mine
    }
    meant = [each for each in error.context if each.schema_path[0] not in other]
    for each in meant:
        yield from _mistakes(each)
    if not meant:
        kinds = [_wanted("type", schema) for schema in other.values() if schema.get("type") != "null"]
        yield place, f"{'、または'.join(kinds)} を書いてください。"


def _wanted(validator: str, schema: Mapping[str, Any]) -> str:
    """Return a phrase for the value that is wanted, to be followed by を書いてください."""
    match validator:
        case "enum":
            return f"次のどれか: {'、'.join(map(str, schema['enum']))} "
        case "pattern":
            return _formed(schema["pattern"])
        case "minimum" | "exclusiveMinimum" | "minLength" | "maxLength":
            return LIMITS[validator].format(schema[validator]) + KINDS[schema["type"]]
        case _:
            return STRUCTS.get(schema.get("title", ""), KINDS.get(schema.get("type", ""), "別の値"))


def _formed(pattern: str) -> str:
    if "d-" not in pattern:
        return f"{pattern} の形の文字列"
    length = re.search(r"\{(\d+),(\d+)\}", pattern)
    return f"「d-」の後に半角英数字 {length[1]}～{length[2]} 文字" if length else LOGIN_ID


class _StructChecks:
    """The checks of the structs in a table, run on each one in which the schema has found no mistake.

    bad: the keys of the mistakes that the schema has found.
    """

    def __init__(self, schema: Mapping[str, Any], structs: Mapping[str, type], bad: list[str]) -> None:
        self._known, self._structs, self._bad = schema["$defs"], structs, bad

    def mistakes(self, schema: Mapping[str, Any], value: object, place: str) -> Iterator[Mistake]:
        """Yield the mistakes that the structs at and under this place find."""
        if isinstance(value, list):
            for number, each in enumerate(value, 1):
                yield from self.mistakes(schema.get("items", {}), each, _joined(place, str(number)))
        if not isinstance(value, dict):
            return
        for branch in schema.get("anyOf", (schema,)):
            name = branch.get("$ref", "").rpartition("/")[2]
            if name in self._structs and not self._is_bad(place):
                yield from _own_check(self._structs[name], value, place)
            yield from self._under(self._known.get(name, branch), value, place)

    def _under(self, node: Mapping[str, Any], value: dict[str, object], place: str) -> Iterator[Mistake]:
        others = node.get("additionalProperties") or {}
        for key, each in value.items():
            yield from self.mistakes(node.get("properties", {}).get(key, others), each, _joined(place, key))

    def _is_bad(self, place: str) -> bool:
        return any(key == place or key.startswith(f"{place}.") for key in self._bad)


def _own_check(struct: type, value: object, place: str) -> Iterator[Mistake]:
    try:
        msgspec.convert(value, struct)
    except msgspec.ValidationError as error:
        yield place, sentence(error)


def _joined(*parts: str) -> str:
    return ".".join(filter(None, parts))
