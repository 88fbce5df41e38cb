"""`python -m simulator` is `densai`."""

import signal

# Ctrl+C while the program is still being read ends it quietly; cli.main listens for it from then on.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from simulator.cli import main  # noqa: E402

signal.signal(signal.SIGINT, signal.default_int_handler)

if __name__ == "__main__":
    raise SystemExit(main())
