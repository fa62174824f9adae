# The school in two commands: `make run` and `make test`. `make` alone lists everything.
# Needs git, make and Python 3.11 or newer; every other part is installed into .venv.

PORT ?= 8000
HOST ?= 127.0.0.1
VAR  := $(or $(VAR_DIR),var)
VENV := .venv
PY   := $(VENV)/bin/python
# The first Python on this machine that is new enough; `make run PYTHON=/path/to/python` overrides.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$name; break; fi; done)
endif

INSTALLED    := $(VENV)/installed
# Its Python was removed, or the folder was moved: then the packages are not installed any more.
ifneq ($(wildcard $(INSTALLED)),)
ifneq ($(shell python=$$(sed -n '1s/^#!//p' $(VENV)/bin/pip) && { "$$python" -c "" && $(PY) -c "" && echo whole; } 2>/dev/null),whole)
$(info The virtual environment in $(VENV) does not start any more: it is made anew.)
$(shell rm -f $(INSTALLED))
endif
endif
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
STATIC       := $(VAR)/static/staticfiles.json
STATIC_FILES := $(shell find static */static */*/static -path 'var/*' -prune -o -type f -print 2>/dev/null)
PYTEST       := $(PY) -m pytest -p tests.skips

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PORT HOST
export PYTHONUNBUFFERED := 1
# The addresses that the school writes into pages follow the port, unless somebody chose them.
ifeq ($(SITE_URL)$(shell grep -s '^SITE_URL=' var/env),)
export SITE_URL := http://127.0.0.1:$(PORT)
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test test-services screenshots bench relevance lock check-machine check-port packages \
	secrets translations frontend static database content serve style types project rules suite \
	journeys coverage

# Says where we are: `$(call step,3,Translations)` prints "3/7 Translations".
steps := 12
step = @echo "$(1)/$(steps) $(2)"

help:
	@echo "make run            set everything up and open the school on port 8000 (PORT=8001 for another)"
	@echo "make test           every check and test that needs no server"
	@echo "make test-services  the tests against PostgreSQL and Redis, as far as they are installed"
	@echo "make screenshots    every page in light, dark, elder mode, large text and on a desktop, to look at"
	@echo "make bench          the benchmarks, each as a ratio to its floor"
	@echo "make relevance      how well search answers the judged queries, on both engines"
	@echo "make lock           write requirements.txt anew from requirements.in"

# -- the school -------------------------------------------------------------------------
run: steps := 8
run: check-port packages secrets translations frontend static database content serve

check-machine:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is missing."; \
		echo "  Debian or Ubuntu: apt-get install python3 python3-venv"; \
		echo "  macOS: brew install python"; \
		echo "  It is somewhere else: make run PYTHON=/path/to/python3.11"; \
		exit 1; }

check-port: check-machine
	@$(PYTHON) deploy/check_port.py $(HOST) $(PORT)

packages: check-machine $(INSTALLED)
	$(call step,1,Python packages: in $(VENV))

$(INSTALLED): requirements.txt
	@$(PYTHON) deploy/install_packages.py $(VENV) requirements.txt
	@touch $@

secrets: packages
	@$(PY) deploy/make_secrets.py var/env
	$(call step,2,Secrets: in var/env)

translations: packages $(TRANSLATIONS)
	$(call step,3,Translations: compiled)

%.mo: %.po
	@$(VENV)/bin/pybabel --quiet compile --use-fuzzy -i $< -o $@

# The players’ engines and the upload client, from npm; without npm it says what is missing and goes on.
frontend: packages
	@$(PY) deploy/build_frontend.py var/frontend
	$(call step,4,Browser libraries: in var/frontend)

static: secrets frontend $(STATIC)
	$(call step,5,Styles and scripts: in $(VAR)/static)

$(STATIC): $(wildcard var/frontend/mark) $(STATIC_FILES) $(INSTALLED) config/settings.py config/static.py
	@echo "Collecting styles and scripts (half a minute the first time) ..."
	@$(PY) manage.py collectstatic --no-input
	@touch $@

# Page by page is too much to read while it is set up.
database content: export LOG_LEVEL ?= WARNING
database: secrets
	$(call step,6,Database)
	@$(PY) manage.py migrate --no-input
	@$(PY) manage.py prepare_school

content: database static
	$(call step,7,Demonstration content and sign-in details)
	@$(PY) manage.py load_demo

serve: content translations
	$(call step,8,The school opens at http://$(HOST):$(PORT)/ - Ctrl-C closes it)
	@exec honcho start --no-colour --env /dev/null --port $(PORT)

# -- checks and tests -------------------------------------------------------------------
test: packages secrets translations frontend static style types project rules suite journeys coverage
	@echo "Every check and test passed."

style: packages
	$(call step,6,Style: ruff)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: secrets
	$(call step,7,Types: mypy)
	@$(VENV)/bin/mypy .

project: secrets
	$(call step,8,Django: migrations and system checks)
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py check --fail-level WARNING

rules: secrets translations
	$(call step,9,Rules of the repository)
	@$(PYTEST) tests/rules -q

suite: static translations
	$(call step,10,Tests)
	@$(VENV)/bin/coverage erase
	@$(PYTEST) -m "not browser" --ignore tests/rules -n 2 --cov --cov-report=

journeys: static translations
	$(call step,11,Journeys in the browser)
	@$(PYTEST) -m browser --cov --cov-append --cov-report=

coverage: packages
	$(call step,12,Branch coverage: rule modules 100 %)
	@$(VENV)/bin/coverage report
	@$(PY) -m tests.rule_modules

test-services: packages secrets translations static
	@$(PY) -m tests.services.run

# Into var/gallery, from a school of its own that is thrown away afterwards.
screenshots: packages secrets translations frontend static
	@$(PY) -m tests.browser.gallery

# Over the demonstration in this school's own database; a cluster besides, when Maven is here.
relevance: content
	@LOG_LEVEL=ERROR $(PY) -m tests.relevance.measure

bench: packages secrets translations static
	@$(PY) -m bench.run

# The index comes from the machine's own configuration and stays out of the file.
lock: $(INSTALLED)
	@$(VENV)/bin/uv pip compile --python-version 3.11 --universal --generate-hashes --no-strip-extras \
		--no-emit-index-url --no-header --quiet requirements.in -o requirements.txt
	@echo "requirements.txt is written; look at its difference before you commit it."
