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

from steps.evidence.png import png_size, top_of
from steps.evidence.run_records import Difference, Moment, Picture, where_of
from steps.evidence.run_results import read_results

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
    path: Path
    size: tuple[int, int]


@dataclass(frozen=True)
class PictureDifference:
    """Two pictures of the same step that differ.

    share: how many of the pixels, in percent, of the part that both have from the top; None for pictures that
    are not equally wide, which are not compared. image: a PNG that shows where; None where nothing differs
    there. also: further steps at which the same two pictures stand.
    """

    ours: Shown
    theirs: Shown
    share: float | None = None
    image: bytes | None = None
    also: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The difference in words."""
        share = f"{max(self.share, 0.01):.2f}% の点が違います" if self.share else "同じです"
        if self.ours.size == self.theirs.size:
            return share
        sizes = f"大きさが違います（{_words(self.ours.size)} と {_words(self.theirs.size)}）"
        return sizes if self.share is None else f"{sizes}。上から同じ高さまでは、{share}"

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
        unlike = (each for digests, each in pairs.items() if len(set(digests)) > 1)
        found = (_compared(each, Path(place_for_images)) for each in unlike)
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
                path = folder / picture.file
                yield key, Shown(where, picture, path, png_size(path.read_bytes()))


def _compared(pairs: list[tuple[Shown, Shown]], folder: Path) -> PictureDifference | None:
    """Return what differs in two pictures; None where nobody could see it. folder: a place to write to."""
    (mine, other), *more = pairs
    also = tuple(dict.fromkeys(each.where for each, _ in more if each.where != mine.where))
    files = [_top(each, mine.size, other.size, folder / f"{name}.png") for name, each in enumerate(pairs[0])]
    one, two = files
    if one is None or two is None:
        return PictureDifference(mine, other, also=also)
    image = folder / "difference.png"
    how = {"threshold": THRESHOLD, "antialiasing": True, "compression": COMPRESSION}
    result = blazediff.compare(str(one), str(two), str(image), **how)
    if result.diff_count:
        return PictureDifference(mine, other, result.diff_percentage, image.read_bytes(), also)
    return None if mine.size == other.size else PictureDifference(mine, other, 0.0, also=also)


def _top(shown: Shown, one: tuple[int, int], two: tuple[int, int], file: Path) -> Path | None:
    """Return the file of a picture down to the lower of two heights; None for pictures not equally wide.

    file: where it is written if it has to be cut.
    """
    height = min(one[1], two[1])
    if one[0] != two[0]:
        return None
    if shown.size[1] == height:
        return shown.path
    top = top_of(shown.path.read_bytes(), height)
    if top is None:
        return None
    file.write_bytes(top)
    return file


def _words(size: tuple[int, int]) -> str:
    return f"{size[0]}×{size[1]}"
