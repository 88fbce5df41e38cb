# All the commands there are. `make serve` and `make test` set up what they need the first time.
# Options: make serve ARGS="--port 9000"    make test ARGS="-k ログアウト --headed"
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
READY := .venv/.ready
# Some systems keep no bytecode (PYTHONDONTWRITEBYTECODE): each of the hundreds of programs that the tests start
# would compile all of this project anew.
export PYTHONDONTWRITEBYTECODE =
# One more than the two cores of a small machine: a browser waits for its pages most of the time.
WORKERS ?= 3
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --durations=10
# What every change must pass; tests/tiers.py says which tests drive a browser or start the program besides.
EVERY_CHANGE := not (long or browser or program)
SUDOLESS_APT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null

.PHONY: help serve cluster test test-all check bench prove whole publish docs lock
.DEFAULT_GOAL := help

help:
	@echo 'make serve  start the training bank and print the address to click'
	@echo 'make cluster  nginx, two nodes and PostgreSQL on this computer; ARGS=--check kills nodes while people work'
	@echo 'make test   drive it in a real browser by the sentences of the manual; what every change must pass'
	@echo 'make test-all  that and the rest: the coach, the driver, acceptances, evidence, commands'
	@echo 'make check  lint, format, types, dead code, layers of imports'
	@echo 'make bench  measure it, one table'
	@echo 'make prove  break the bank in every way of the catalogue: the features must notice each'
	@echo 'make whole  what takes too long for every change: an acceptance with everything allowed'
	@echo 'make publish  make the manual with pictures: ARGS="FOLDER"'
	@echo 'make docs   write the generated parts of the pages anew'
	@echo 'make lock   write requirements.lock anew from pyproject.toml'

serve: $(READY)
	@exec $(BIN)/python -m simulator serve $(ARGS)

cluster: $(READY)
	@exec $(BIN)/python -m tests.cluster $(ARGS)

test: $(READY)
	@$(BIN)/python -m fixtures.browser_setup
	$(PYTEST) -m '$(EVERY_CHANGE)' $(ARGS)

test-all: $(READY)
	@$(BIN)/python -m fixtures.browser_setup
	@$(BIN)/python -m fixtures.postgres
	$(PYTEST) $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/vulture
	$(BIN)/lint-imports --no-cache --no-logo

bench: $(READY)
	@$(BIN)/python -m fixtures.browser_setup
	@$(BIN)/python -m tests.bench $(ARGS)

prove: $(READY)
	@$(BIN)/python -m fixtures.browser_setup
	@$(BIN)/python -m tests.prove $(ARGS)

whole: $(READY)
	@$(BIN)/python -m fixtures.browser_setup
	DENSAI_FOREIGN_LATENESS=1 $(PYTEST) -m long $(ARGS)

publish: $(READY)
	@$(BIN)/python -m fixtures.browser_setup
	@$(BIN)/python -m simulator publish $(ARGS)

docs: $(READY)
	@$(BIN)/python -m tests.docs

lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --all-extras --python-version 3.11 --custom-compile-command 'make lock' --upgrade \
	  pyproject.toml --output-file requirements.lock

# The stamp makes the second start immediate; a changed lock or project file makes it anew.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Python 3.11 以上が必要です。 Python 3.11 or later is needed: try make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  $(SUDOLESS_APT) && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } || { \
	  echo 'Python の venv がありません。 Install the venv module, on Debian and Ubuntu: sudo apt-get install python3-venv' >&2; \
	  exit 1; }
	@echo '準備をしています（初回のみ、1 分ほど）… Setting up, the first time only …' >&2
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
