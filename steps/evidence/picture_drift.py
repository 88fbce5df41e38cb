"""Masked pictures of the same steps in two runs, compared pixel by pixel: what a person should look at.

A difference is no failure: two sites look different by right. Passwords were painted over in the same grey as
the pictures were taken, so what stood there makes no difference.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import blazediff

from steps.evidence.run_records import Difference, Moment, Picture, where_of
from steps.evidence.run_results import read_results
from steps.evidence.sheets import png_size

KIND = "画像（要確認）"
MOMENTS: tuple[Moment, ...] = ("came", "before_click")
THRESHOLD = 0.1  # of the greatest difference in colour that the eye can tell, as pixelmatch's own
COMPRESSION = 3  # of the picture of the difference, 0 to 9: more takes twice the time
# The key of a scenario, how many times it had run before, the step, the moment, and which of that moment.
Place = tuple[str, int, int, Moment, int]


@dataclass(frozen=True)
class Shown:
    """A picture with the step that it belongs to, in words, and its size in pixels."""

    where: str
    picture: Picture
    size: tuple[int, int]


@dataclass(frozen=True)
class PictureDifference:
    """Two pictures of the same step that differ.

    share: how many of the pixels, in percent; None for pictures of different sizes, which are not compared.
    image: a PNG that shows where, None likewise. also: further steps at which the same two pictures stand.
    """

    ours: Shown
    theirs: Shown
    share: float | None = None
    image: bytes | None = None
    also: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The difference in words."""
        if self.share is None:
            return f"大きさが違います（{_words(self.ours.size)} と {_words(self.theirs.size)}）"
        return f"{max(self.share, 0.01):.2f}% の点が違います"

    def as_difference(self) -> Difference:
        """Return it as an item of drift.json."""
        ours, theirs = (f"{each.picture.file}（{_words(each.size)}）" for each in (self.ours, self.theirs))
        return Difference(self.ours.where, self.ours.picture.title, KIND, (ours,), (theirs, self.told))


def compare_pictures(ours: Path, theirs: Path) -> list[PictureDifference]:
    """Return the pictures that differ, in the order of our steps; each pair of two pictures once.

    Raises ValueError for records that cannot be read.
    """
    mine, other = dict(_shown(ours)), dict(_shown(theirs))
    pairs: dict[tuple[str, str], list[tuple[Shown, Shown]]] = {}
    for place in (each for each in mine if each in other):
        pair = mine[place], other[place]
        pairs.setdefault((pair[0].picture.sha256, pair[1].picture.sha256), []).append(pair)
    with tempfile.TemporaryDirectory() as place_for_images:
        image = Path(place_for_images) / "difference.png"
        unlike = (each for digests, each in pairs.items() if len(set(digests)) > 1)
        found = (_compared(ours, theirs, each, image) for each in unlike)
        return [each for each in found if each]


def _shown(folder: Path) -> Iterator[tuple[Place, Shown]]:
    runs: Counter[str] = Counter()
    for scenario in read_results(folder).scenarios:
        run = runs[scenario.info.key]
        runs[scenario.info.key] += 1
        procedure = scenario.info.procedure
        number = 0
        for place, step in enumerate(scenario.steps, 1):
            number = step.began.number or number
            where = where_of(scenario.info.key, procedure, number or None, place)
            counts: Counter[Moment] = Counter()
            for picture in (each for each in step.pictures if each.moment in MOMENTS):
                key = scenario.info.key, run, place, picture.moment, counts[picture.moment]
                counts[picture.moment] += 1
                yield key, Shown(where, picture, png_size((folder / picture.file).read_bytes()))


def _compared(
    ours: Path, theirs: Path, pairs: list[tuple[Shown, Shown]], image: Path
) -> PictureDifference | None:
    """Return what differs in two pictures; None where nobody could see it. image: a file to write to."""
    (mine, other), *more = pairs
    also = tuple(dict.fromkeys(each.where for each, _ in more if each.where != mine.where))
    if mine.size != other.size:
        return PictureDifference(mine, other, also=also)
    files = (str(ours / mine.picture.file), str(theirs / other.picture.file), str(image))
    result = blazediff.compare(*files, threshold=THRESHOLD, antialiasing=True, compression=COMPRESSION)
    if result.match_result or not result.diff_count:
        return None
    return PictureDifference(mine, other, result.diff_percentage, image.read_bytes(), also)


def _words(size: tuple[int, int]) -> str:
    return f"{size[0]}×{size[1]}"
