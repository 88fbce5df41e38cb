"""Lines that a tester may copy into a deployment file, as a failure's message ends with them."""

from __future__ import annotations

import json


def to_copy(table: str, when: str = "", **keys: str) -> str:
    """Return a table of a deployment file with these keys, ready to be copied, as more lines of a message.

    when: a clause for which case the lines are meant.
    """
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    return "\n  ".join((f"\n  {when}設定ファイルに写す行:", table, *lines))
