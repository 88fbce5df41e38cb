"""`python -m simulator` is `densai`."""

from simulator.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
