"""placeholder"""

from collections.abc import Iterator

from tests.bench.table import Row


def rows() -> Iterator[Row]:
    yield from ()
