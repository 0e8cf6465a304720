# The commands of this project. A newcomer needs run and test; each sets up what it needs first.
# Only POSIX sh and relative paths, so a folder with a space in its name is no trouble.

PYTHON ?= python3
VENV = .venv
PY = $(VENV)/bin/python
READY = $(VENV)/ready
OUT = out
# as many tests side by side as there are processors, a file of tests to each
SIDE_BY_SIDE = -n logical --maxprocesses 4 --dist loadfile

.PHONY: run test lint bench fuzz soak fonts words fits licences lock clean

run: $(READY)
	@.ci/debian run
	@if [ "$$(uname)" = Linux ] && [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    mkdir -p $(OUT); \
	    echo "There is no display here, so the window stays shut: drawing the example labels."; \
	    $(PY) -m labelapp render resources/examples/*.json -o $(OUT)/labels.pdf --today 2026-11-22; status=$$?; \
	    [ $$status -ne 3 ] || echo "Some examples are refused by design (named above); the others are drawn."; \
	    [ $$status -eq 0 ] || [ $$status -eq 3 ] || exit $$status; \
	    echo "The labels: $(OUT)/labels.pdf"; \
	else \
	    $(PY) -m labelapp; \
	fi

test: lint
	@.ci/debian test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

lint: $(READY)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

bench: $(READY)
	@.ci/debian run
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks

fuzz: $(READY)
	@.ci/debian run
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.fuzz

soak: $(READY)
	@.ci/debian test
	QT_QPA_PLATFORM=offscreen HYPOTHESIS_PROFILE=nightly $(PY) -m pytest -m "slow or not slow" $(SIDE_BY_SIDE) $(ARGS)

fonts: $(READY)
	$(PY) resources/fonts/build.py

# from Debian's package wamerican, installed on this computer
words: $(READY)
	$(PY) resources/sig/english.py

# which label fits on which stock, counted anew after a change of the layout or of a state's law
fits: $(READY)
	$(PY) resources/fits.py

licences: $(READY)
	$(PY) resources/licences.py

# `uv` writes the lock for every system at once, with hashes and without any address; it keeps the
# versions it finds there unless told otherwise: make lock ARGS=--upgrade
lock: $(VENV)/bin/pip
	$(PY) -m uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile pyproject.toml --group test --group lint --group build --group fonts \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" $(ARGS) --quiet --output-file requirements.lock

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "labelapp needs Python 3.11 or newer as python3 (or: make PYTHON=python3.12)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "Python lacks venv; as root: apt-get install -y python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(VENV)/bin/pip
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find labelapp tests resources -name __pycache__ -prune -exec rm -rf {} +
