"""A line of waitress that is soon let go while idle, but never with a request or an answer half sent."""

from __future__ import annotations

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from simulator import protection
from simulator.observing import Seen

# Browsers keep several lines open each, so a full class would fill any table of lines.
KEEP_SECONDS = 1
# A slow or broken network may stop in the middle of a form, an upload or a page.
PATIENCE_SECONDS = 60
# Each turn of the server looks at every line, idle ones too: beyond so many that costs more than new ones.
CROWD = 100


class ProtectedErrorTask(ErrorTask):  # type: ignore[misc]  # waitress is not typed
    """A refusal of the server's own, as 400 or 431, with the headers of every other answer."""

    def execute(self) -> None:
        """Write the answer."""
        self.response_headers.extend({**protection.HEADERS, **protection.NOT_KEPT}.items())
        try:
            super().execute()
        finally:
            self._note()

    def _note(self) -> None:
        """Tell the server's listeners. Behind a proxy the visitor is the proxy: nothing more was read."""
        method, visitor = str(getattr(self.request, "command", None) or ""), self.channel.addr[0]
        seen = Seen(method, "", "", int(self.status[:3]), 0.0, self.content_length, visitor, "")
        for listener in getattr(self.channel.server, "listeners", ()):
            listener(seen)


class PatientChannel(HTTPChannel):  # type: ignore[misc]  # waitress is not typed
    """A line that the server's ``channel_timeout`` of KEEP_SECONDS ends only while nothing is under way."""

    error_task_class = ProtectedErrorTask
    _active_at = 0.0

    def service(self) -> None:
        """Answer a request; the last on this line where the server is ending, or has many lines to watch."""
        if getattr(self.server, "is_ending", False) or len(self._map) > CROWD:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()

    @property
    def last_activity(self) -> float:
        """Return when the line was last used, in seconds as time.time(), with more to come counted in."""
        is_under_way = self.request is not None or self.total_outbufs_len
        return self._active_at + (PATIENCE_SECONDS if is_under_way else 0)

    @last_activity.setter
    def last_activity(self, moment: float) -> None:
        self._active_at = moment
