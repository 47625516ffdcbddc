# Alongside from a clone: `make run` serves it, `make test` tests it. Both do all the set-up.
# Needs Python 3.11 or newer with pip, make and git.

VENV := .venv
BIN := $(VENV)/bin
# The first of these that is new enough; another can be named: make run PYTHON=/path/to/python
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
# Debian's Python may come without ensurepip; then the pip outside fills the environment.
PIP = $(shell $(BIN)/python -m pip --version >/dev/null 2>&1 && echo "$(BIN)/python -m pip" \
	|| echo "$(PYTHON) -m pip --python $(BIN)/python")
INSTALL = $(PIP) install --quiet --quiet --disable-pip-version-check --no-input
TEMPLATES = $$(git ls-files --cached --others --exclude-standard '*.html')
# Where packages come from is for whoever installs to choose. (The brackets keep this line from finding itself.)
REGISTRIES = py(pi[.]org|thonhosted)|npmjs[.](org|com)|(^|[^a-z])--(extra-)?index-ur[l]|find-link[s]

# The demonstration has data, keys and a port of its own.
DEMO = ALONGSIDE_DATA=var-demo ALONGSIDE_KEYS=keys-demo ALONGSIDE_BACKUPS=backups-demo DATABASE_URL= PORT=$${PORT:-8001}

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run demo demo-code test lint format screenshots bench train lock clean

help: ## Show what there is to do
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

install: $(VENV)/installed ## Set up .venv with everything that Alongside needs to run

run: $(VENV)/installed ## Serve Alongside, and say where
	@exec $(BIN)/alongside serve

demo: $(VENV)/installed ## Serve a demonstration full of made-up people, on this machine only
	@exec env $(DEMO) $(BIN)/alongside demo

demo-code: $(VENV)/installed ## Say the six figures that sign staff of the demonstration in
	@exec env $(DEMO) $(BIN)/alongside demo --code

test: $(VENV)/installed-dev ## Run all tests: SQLite, PostgreSQL, and Chromium (ARGS="-k words" for some)
	@$(BIN)/python -m tests.run $(ARGS)

lint: $(VENV)/installed-dev ## Check style, types, templates and who imports whom
	@status=0; check() { echo "· $$1"; shift; "$$@" || status=1; }; \
	check 'style' $(BIN)/ruff check --quiet .; \
	check 'form' $(BIN)/ruff format --quiet --check .; \
	check 'templates' $(BIN)/djade --check --target-version 5.2 $(TEMPLATES); \
	check 'types' $(BIN)/mypy --no-error-summary alongside; \
	check 'who imports whom' $(BIN)/lint-imports --no-cache --no-logo; \
	check 'no package registry is named' sh -c 'git grep --untracked -nIE "$(REGISTRIES)"; test $$? = 1'; \
	exit $$status

format: $(VENV)/installed-dev ## Put code and templates into their usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

screenshots: $(VENV)/installed-dev ## Take the pictures in docs/screenshots anew
	@$(BIN)/python -m tests.screenshots

bench: $(VENV)/installed-dev ## Measure the rating model and print a table
	@$(BIN)/python -m bench.rating

train: $(VENV)/installed-train ## Make the rating model anew (a quarter of an hour on two cores)
	@$(BIN)/python -m training

lock: ## Bring the locked versions of all packages up to date (needs uv)
	cd requirements && for name in run dev; do uv pip compile --quiet --upgrade --universal --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --python-version 3.11 $$name.in -o $$name.lock; done

clean: ## Remove .venv and what tools left; data and keys stay
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Alongside needs Python 3.11 or newer, and found none. Install it, or name it:' \
		'make PYTHON=/path/to/python'; exit 1; }
	@echo 'Making $(VENV) …'
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv $(VENV); \
		else $(PYTHON) -m venv --without-pip $(VENV); fi

$(VENV)/installed: requirements/run.lock pyproject.toml Makefile | $(BIN)/python
	@echo 'Installing what Alongside needs …'
	@$(INSTALL) --require-hashes -r requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: requirements/dev.lock $(VENV)/installed
	@echo 'Installing what tests and checks need …'
	@$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

# Not locked: whether PyTorch comes for a processor or a graphics card is for whoever trains to choose.
$(VENV)/installed-train: $(VENV)/installed-dev
	@echo 'Installing what training needs (some hundred megabytes) …'
	@$(INSTALL) --no-build-isolation -e '.[train]'
	@touch $@
