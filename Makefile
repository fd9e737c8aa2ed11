# Verbs for people and for CI alike. Everything is installed into .venv, and the client for Node
# beside the tests that run it; nowhere else.

PYTHON ?= python3
BIN := .venv/bin
# Real configuration exports, where they stand beside this folder: the flow runs on each of them.
ARCHIVES := $(addprefix --archive=,$(wildcard ../shared/configs/*.json))
# Compiled once: every command is a process of its own, and may not be allowed to keep what it compiles.
CODE := fakes harness reports scenarios conftest.py
ARGS ?=
TESTS ?=

.PHONY: help setup clients run test lint bench lock freeze
help:
	@echo "make run    judge the embedded fakes and write a report   (ARGS='--seed 1' …)"
	@echo "make test   run every test of the project                 (TESTS=fakes/tests …)"
	@echo "make lint   check style, types and imports"
	@echo "make bench  measure speed, as ratios           (ARGS=--peers: beside other fakes)"
	@echo "make lock   resolve the dependencies again, with hashes"
	@echo "make freeze write down what is asked of published releases   (REASON='…' for a change)"
	@echo "make setup  create the environment in .venv"
	@echo "make clients  install what tests need for Node: a client of PingOne, and axe-core for the report"

setup: .venv/ready
	@$(BIN)/python -m compileall -q $(CODE)

.venv/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, $(PYTHON) is %d.%d: name another with PYTHON=" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Tests that need what cannot be installed are skipped, and say so.
clients: fakes/tests/node/node_modules/ready reports/tests/node/node_modules/ready

%/node_modules/ready: %/package-lock.json
	@if ! command -v npm >/dev/null; then echo "clients: npm is not here"; \
	elif npm ci --prefix $(<D)/ --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=0 --fetch-timeout=20000 --loglevel=silent; then touch $@; \
	else echo "clients: $< could not be installed"; fi

run: setup
	@$(BIN)/paconform run $(ARCHIVES) $(ARGS)

test: setup clients
	@$(BIN)/python -m pytest -q $(ARCHIVES) $(TESTS) $(ARGS)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup
	@$(BIN)/python -m harness.benchmarks $(ARGS)

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock $(ARGS)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock $(ARGS)
	@echo "requirements.lock and requirements-dev.lock are up to date"

freeze: setup
	@$(BIN)/python -m harness.releases.freezing "$(REASON)"
	@$(BIN)/paconform list releases --markdown > docs/releases.md
	@echo "harness/releases/frozen.txt and docs/releases.md are up to date"
