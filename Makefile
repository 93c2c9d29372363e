# Two commands: `make site` builds the book, `make test` tests it; `make whole` asks every page and every chapter.
PYTHON ?= python3
UV_VERSION = 0.13.9
BIN = .venv/bin
STAMP = .venv/.installed
SITE = _build/html

.DEFAULT_GOAL := site
.PHONY: site test whole thorough mutants mutants-code fuzz quick quick-tests check live serve schema bench bench-quick lock lint references clean moved lab engines listening

# The environment: every package pinned with hashes; uv installs it in a third of pip's time.
# Its programs hold the path of this folder: one that was copied or moved here is made anew.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
$(STAMP): moved
endif
moved:
	rm -rf .venv

$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --system-certs --quiet --compile-bytecode --require-hashes requirements.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --system-certs --quiet --no-deps --no-build-isolation --editable .
	echo "$(CURDIR)" > $@

site: $(STAMP)
	@$(BIN)/python -m evidence build
	@echo "The book is in $(SITE)/index.html: open that file, or run 'make serve'."

# Data, code, toolkits and builds of a small book; of the finished book a page of each kind and a chapter of each part.
test: site
	$(BIN)/python -m pytest tests --nbval -m "not whole" -n 3 --dist loadfile --durations 15

# The finished book: every page in a browser, every chapter by a kernel, and the same site, to the last byte, by the
# stock command from nothing in another folder.
whole: site
	$(BIN)/python -m pytest tests --nbval -m whole -n 2 --dist loadfile --durations 15

# Every edit and interruption of a build, and every part that decides what is new switched off once.
thorough: $(STAMP)
	$(BIN)/python -m pytest tests/site/test_edits.py tests/site/test_interruptions.py tests/site/test_switched_off.py \
		--thorough -n 2 --dist loadfile

# Whatever needs no browser and no whole build; its parts run beside each other, and one that fails stops no other.
quick: $(STAMP)
	@$(MAKE) --no-print-directory --keep-going --jobs 3 --output-sync quick-tests lint check

quick-tests: $(STAMP)
	@$(BIN)/python -m pytest tests --quick -n 2 --dist worksteal

check: $(STAMP)
	$(BIN)/python -m evidence check

live: $(STAMP)
	@$(BIN)/python -m evidence.live

serve: site
	$(BIN)/python -m http.server --directory $(SITE) --bind 127.0.0.1 8000

# JupyterLab stands beside the book's environment, with its settings; nothing is written into the home.
LAB = $(CURDIR)/.venv/lab
LAB_HOME = JUPYTER_CONFIG_DIR=$(LAB)/etc JUPYTER_DATA_DIR=$(LAB)/data JUPYTER_RUNTIME_DIR=$(LAB)/run \
	JUPYTERLAB_SETTINGS_DIR=$(LAB)/settings JUPYTERLAB_WORKSPACES_DIR=$(LAB)/workspaces IPYTHONDIR=$(LAB)/ipython
$(LAB)/.installed: $(STAMP) requirements-lab.txt .binder/overrides.json
	$(PYTHON) -m venv $(LAB)
	VIRTUAL_ENV=$(LAB) $(BIN)/uv pip sync --system-certs --quiet --compile-bytecode --require-hashes requirements.txt requirements-lab.txt
	VIRTUAL_ENV=$(LAB) $(BIN)/uv pip install --system-certs --quiet --no-deps --no-build-isolation --editable .
	mkdir -p $(LAB)/share/jupyter/lab/settings
	cp .binder/overrides.json $(LAB)/share/jupyter/lab/settings/
	touch $@

lab: $(LAB)/.installed
	env $(LAB_HOME) $(LAB)/bin/jupyter lab $(OPTIONS)

# The rules and the steps of large corpora on every engine, beside the book's environment; without Java Spark is skipped.
ENGINES = $(CURDIR)/.venv/engines
$(ENGINES)/.installed: $(STAMP) requirements-engines.txt
	$(PYTHON) -m venv $(ENGINES)
	VIRTUAL_ENV=$(ENGINES) $(BIN)/uv pip sync --system-certs --quiet --require-hashes requirements.txt requirements-engines.txt
	VIRTUAL_ENV=$(ENGINES) $(BIN)/uv pip install --system-certs --quiet --no-deps --no-build-isolation --editable .
	touch $@

engines: $(ENGINES)/.installed
	$(ENGINES)/bin/python -m pytest tests/attendance tests/listening/test_large.py

# The listening toolkit with the libraries of its extra, beside the book's environment.
LISTENING = $(CURDIR)/.venv/listening
$(LISTENING)/.installed: $(STAMP) requirements-listening.txt
	$(PYTHON) -m venv $(LISTENING)
	VIRTUAL_ENV=$(LISTENING) $(BIN)/uv pip sync --system-certs --quiet --require-hashes requirements.txt requirements-listening.txt
	VIRTUAL_ENV=$(LISTENING) $(BIN)/uv pip install --system-certs --quiet --no-deps --no-build-isolation --editable .
	touch $@

listening: $(LISTENING)/.installed
	$(LISTENING)/bin/python -m pytest tests/listening

schema: $(STAMP)
	$(BIN)/python -m evidence schema

# Faults planted on purpose, and whether they are noticed: 2,000 wrong data and settings, 2,000 random changes. Half an hour
# each; OPTIONS="--number 200" is a sample. The counts are kept in the table of the certificate.
mutants: $(STAMP)
	$(BIN)/python -m tests.mutants --write $(OPTIONS)

# Changes planted in code by Cosmic Ray, beside the book's environment, and the tests of each module on them.
MUTANTS = $(CURDIR)/.venv/mutants
$(MUTANTS)/.installed: $(STAMP) requirements-mutants.txt
	$(PYTHON) -m venv $(MUTANTS)
	VIRTUAL_ENV=$(MUTANTS) $(BIN)/uv pip sync --system-certs --quiet --require-hashes requirements.txt requirements-mutants.txt
	VIRTUAL_ENV=$(MUTANTS) $(BIN)/uv pip install --system-certs --quiet --no-deps --no-build-isolation --editable .
	touch $@

mutants-code: $(MUTANTS)/.installed
	$(MUTANTS)/bin/python -m tests.mutants.code --write $(OPTIONS)

fuzz: $(STAMP)
	$(BIN)/python -m tests.mutants.fuzz --write $(OPTIONS)

bench: $(STAMP)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.scale --check
	$(BIN)/python -m benchmarks.attendance $(OPTIONS)
	$(BIN)/python -m benchmarks.listening

bench-quick: $(STAMP)
	$(BIN)/python -m benchmarks --quick --check
	$(BIN)/python -m benchmarks.scale --quick --check
	$(BIN)/python -m benchmarks.filters --check
	$(BIN)/python -m benchmarks.attendance --quick
	$(BIN)/python -m benchmarks.listening --quick

references: $(STAMP)
	$(BIN)/python -m tests.references $(OPTIONS)

lint: $(STAMP)
	$(BIN)/python -m ruff check . && $(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/biome ci

lock: $(STAMP)
	$(BIN)/python -m pip install --quiet "uv==$(UV_VERSION)"
	$(BIN)/uv pip compile --system-certs --quiet --universal --python-version 3.11 --generate-hashes --no-annotate requirements.in -o requirements.txt
	$(BIN)/uv pip compile --system-certs --quiet --universal --python-version 3.11 --generate-hashes --no-annotate requirements-lab.in -o requirements-lab.txt
	$(BIN)/uv pip compile --system-certs --quiet --universal --python-version 3.11 --generate-hashes --no-annotate requirements-engines.in -o requirements-engines.txt
	$(BIN)/uv pip compile --system-certs --quiet --universal --python-version 3.11 --generate-hashes --no-annotate requirements-listening.in -o requirements-listening.txt
	$(BIN)/uv pip compile --system-certs --quiet --universal --python-version 3.11 --generate-hashes --no-annotate requirements-mutants.in -o requirements-mutants.txt

clean:
	rm -rf _build .venv .pytest_cache
