"""The feature files as data. Only this module runs Gherkin's parser and reads what it returns.

It knows what a feature file is made of; the modules beside it know what the manual's sentences mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulator.banks.chosen import retold

# In the tree and in the installed package alike, features/ stands beside simulator/.
VERBATIM = Path(__file__).parents[2] / "features"
FEATURES = retold(VERBATIM)  # in the words of this process's bank; pytest-bdd opens its files itself
DRILLS = "drills"  # the folder of the features that are not the manual's
ENCODING = "utf-8-sig"  # an editor of Windows may have put a byte order mark before the text
CHOSEN, DESTRUCTIVE = "選択", "破壊的"  # tags: chosen where the manual is silent; locks, deletes or spends

Rows = tuple[tuple[str, ...], ...]


class FeatureError(ValueError):
    """A feature file that cannot be used. The message begins with the file's name and the line's number."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}:{line}: {reason}")
        self.path, self.line = path, line


@dataclass(frozen=True)
class Line:
    """One step of a scenario, with the cells of the table under it.

    kind: Context for 前提, Action for もし, Outcome for ならば; かつ goes on with that of the step before.
    number: its line in the file, from 1.
    """

    kind: str
    text: str
    rows: Rows = ()
    number: int = 0


@dataclass(frozen=True)
class Scenario:
    """One scenario of a feature.

    stem: the file's name without its ending. feature: the feature's title. tags: those of the feature, of the
    rule and its own, without @. rule: the sentence of the rule that it belongs to, "" for none.
    """

    stem: str
    feature: str
    name: str
    tags: tuple[str, ...]
    lines: tuple[Line, ...]
    rule: str = ""
    description: str = ""
    number: int = 0


@dataclass(frozen=True)
class Rule:
    """A ルール of a feature: its sentence and its own tags, R01 and the like."""

    sentence: str
    tags: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True)
class Feature:
    """One feature file.

    scenarios are as written; in played, an outline stands once for each of its examples, with the example's
    values in its lines.
    """

    path: Path
    title: str
    tags: tuple[str, ...]
    description: str
    rules: tuple[Rule, ...]
    scenarios: tuple[Scenario, ...]
    played: tuple[Scenario, ...]

    @property
    def is_drill(self) -> bool:
        """Whether it is a drill's, and so not the manual's."""
        return self.path.parent.name == DRILLS


def feature_files(folder: Path = FEATURES) -> list[Path]:
    """Return every feature file below a folder in the order of their names: the manual's, then the drills."""
    return sorted(folder.rglob("*.feature"))


@cache
def features(folder: Path = FEATURES) -> tuple[Feature, ...]:
    """Return every feature below a folder, in the order of their files' names. Raises FeatureError."""
    return tuple(read_feature(path) for path in feature_files(folder))


def manual_features(folder: Path = FEATURES) -> tuple[Feature, ...]:
    """Return the features that hold the manual, without the drills. Raises FeatureError."""
    return tuple(each for each in features(folder) if not each.is_drill)


def fingerprint(folder: Path = FEATURES) -> str:
    """Return what tells one text of the manual's features from another: 12 hexadecimal digits.

    How an editor ends lines makes no difference. Raises FeatureError.
    """
    texts = (_text_of(each.path).splitlines() for each in manual_features(folder))
    return sha256("\0".join("\n".join(lines) for lines in texts).encode()).hexdigest()[:12]


def drill_features(folder: Path = FEATURES) -> tuple[Feature, ...]:
    """Return the drills' features. Raises FeatureError."""
    return tuple(each for each in features(folder) if each.is_drill)


def read_feature(path: Path) -> Feature:
    """Return a feature file as data. Raises FeatureError for one that cannot be read or holds no feature."""
    document = _parsed(path)
    feature = document.get("feature")
    if feature is None:
        raise FeatureError(path, 1, "機能がありません。 It holds no feature.")
    tags = _tags(feature)
    scenarios = dict(_scenarios(path.stem, feature["name"], feature, tags))
    return Feature(
        path,
        feature["name"],
        tags,
        feature["description"],
        tuple(Rule(each["name"], _tags(each), each["description"]) for each in _of_kind(feature, "rule")),
        tuple(scenarios.values()),
        tuple(_played(document, scenarios)),
    )


@dataclass(frozen=True)
class Compiled:
    """A feature as Cucumber's messages have it: its document, and a pickle for each scenario to be played."""

    document: dict[str, Any]
    pickles: list[dict[str, Any]]


def compile_texts(texts: Mapping[str, str]) -> Iterator[Compiled]:
    """Yield each of the features, given by their addresses, with ids that no two of them share.

    Raises FeatureError.
    """
    from gherkin.ast_builder import AstBuilder  # noqa: PLC0415  late, like the parser
    from gherkin.parser import Parser  # noqa: PLC0415
    from gherkin.pickles.compiler import Compiler  # noqa: PLC0415
    from gherkin.stream.id_generator import IdGenerator  # noqa: PLC0415

    ids = IdGenerator()
    for uri, text in texts.items():
        with _parser_errors(Path(uri)):
            document: Any = {**Parser(AstBuilder(ids)).parse(text), "uri": uri}
        pickles: Any = Compiler(ids).compile(document)
        yield Compiled(document, pickles)


def _parsed(path: Path) -> dict[str, Any]:
    """The document that Cucumber's own parser makes of a file."""
    # Imported late: a server that coaches nobody yet needs no parser.
    from gherkin.parser import Parser  # noqa: PLC0415

    with _parser_errors(path):
        return dict(Parser().parse(_text_of(path)))


@contextmanager
def _parser_errors(path: Path) -> Iterator[None]:
    """Turn the first error of the parser into a FeatureError."""
    from gherkin.errors import CompositeParserException, ParserError  # noqa: PLC0415  late, like the parser

    try:
        yield
    except ParserError as error:
        first = error.errors[0] if isinstance(error, CompositeParserException) else error
        line = int((getattr(first, "location", None) or {}).get("line", 1))
        raise FeatureError(path, line, str(first)) from error


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode(ENCODING)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FeatureError(path, line, "UTF-8 で保存してください。 It is not in UTF-8.") from error


def _of_kind(part: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The children of a feature or a rule that are of this kind: rule, scenario or background."""
    return [child[kind] for child in part["children"] if kind in child]


def _tags(part: dict[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in part["tags"])


def _scenarios(
    stem: str, title: str, part: dict[str, Any], tags: tuple[str, ...], rule: str = "", before: Any = ()
) -> Iterator[tuple[str, Scenario]]:
    """The scenarios of a feature or a rule by their ids; before: the steps of the 背景 around it."""
    steps = [*before, *(step for each in _of_kind(part, "background") for step in each["steps"])]
    for each in _of_kind(part, "scenario"):
        lines = tuple(_lines([*steps, *each["steps"]])) if each["steps"] else ()
        number, description = each["location"]["line"], each["description"]
        held = (*tags, *_tags(each))
        yield each["id"], Scenario(stem, title, each["name"], held, lines, rule, description, number)
    for each in _of_kind(part, "rule"):
        yield from _scenarios(stem, title, each, (*tags, *_tags(each)), each["name"], steps)


def _lines(steps: Sequence[dict[str, Any]]) -> Iterator[Line]:
    kind = "Unknown"
    for step in steps:
        kind = kind if step["keywordType"] == "Conjunction" else step["keywordType"]
        yield Line(kind, step["text"], _rows(step.get("dataTable")), step["location"]["line"])


def _rows(table: dict[str, Any] | None) -> Rows:
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"]) if table else ()


def _played(document: dict[str, Any], scenarios: dict[str, Scenario]) -> Iterator[Scenario]:
    """The scenarios as Cucumber runs them."""
    from gherkin.pickles.compiler import Compiler  # noqa: PLC0415  late, like the parser

    compiled: Any = Compiler().compile({**document, "uri": ""})  # type: ignore[typeddict-item]
    for pickle in compiled:
        written = scenarios[pickle["astNodeIds"][0]]
        lines = tuple(
            replace(line, text=step["text"], rows=_rows(step.get("argument", {}).get("dataTable")))
            for line, step in zip(written.lines, pickle["steps"], strict=True)
        )
        tags = tuple(tag["name"].removeprefix("@") for tag in pickle["tags"])
        yield replace(written, name=pickle["name"], tags=tags, lines=lines)
