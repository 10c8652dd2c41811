# make run    build what is missing and open the demo school
# make test   every test, on SQLite and then on PostgreSQL
# make check  what a machine can say about the code without running it
# make bench  the figures
# make fmt    lay the code out
# make lock   choose newer versions of what we build on

SHELL := /bin/sh
# Python keeps what it has translated: else each of the many programs that tests start does it anew.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= $(shell tools/python)
VENV := .venv
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(VENV) $(BIN)/uv
ADMIN := DJANGO_SETTINGS_MODULE=shuxiang.config.settings DATABASE_URL=sqlite:///:memory: SHUXIANG_SECRET_KEY=$(shell printf 'check-%050d' 7) $(BIN)/django-admin
SHUXIANG_HOME ?= $(CURDIR)/var
WORKERS ?= 3

.PHONY: run test test-sqlite test-postgres check bench fmt lock assets words pages dev clean
.DELETE_ON_ERROR:

run: pages
	@test -e "$(SHUXIANG_HOME)/database-begun" || SHUXIANG_HOME="$(SHUXIANG_HOME)" $(BIN)/shuxiang demo
	@SHUXIANG_HOME="$(SHUXIANG_HOME)" exec $(BIN)/shuxiang serve

test: test-sqlite test-postgres

test-sqlite: dev pages
	@tools/browser
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal

test-postgres: dev pages
	@tools/browser
	SHUXIANG_TEST_DATABASE=postgres $(BIN)/pytest -q -n $(WORKERS) --dist worksteal

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files '*.html' | xargs $(BIN)/djangofmt --quiet --check
	git ls-files '*.html' | xargs $(BIN)/djangofmt --quiet check
	$(BIN)/mypy src tests bench tools conftest.py
	$(BIN)/lint-imports
	$(ADMIN) makemigrations --check --dry-run
	$(BIN)/python tools/words.py check
	$(ADMIN) check --deploy --fail-level WARNING
	SHUXIANG_TLS=1 $(ADMIN) check --deploy --fail-level WARNING
	$(BIN)/python tools/tree.py

bench: dev pages
	@$(BIN)/python -m bench

fmt: dev
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	git ls-files '*.html' | xargs $(BIN)/djangofmt --quiet

# What has to be there first. A newer list of packages makes them be installed again.

$(VENV)/.uv: requirements/uv.txt
	@tools/new-venv "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements/runtime.txt requirements/build.txt pyproject.toml
	$(UV) pip install --quiet --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

dev: $(VENV)/.dev

assets: $(VENV)/.runtime
	@$(BIN)/python tools/assets.py

words: $(VENV)/.runtime
	@$(BIN)/python tools/words.py compile

pages: assets words
	@$(ADMIN) collectstatic --no-input --clear --verbosity 0

lock:
	$(UV) pip compile --upgrade --quiet $(LOCK) pyproject.toml --group dev --extra postgres -o requirements/dev.txt
	$(UV) pip compile --quiet $(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(UV) pip compile --quiet $(LOCK) -c requirements/dev.txt --group build -o requirements/build.txt
	$(UV) pip compile --quiet $(LOCK) --upgrade --group uv -o requirements/uv.txt

LOCK := --universal --generate-hashes --no-header --no-annotate --no-emit-index-url
