# Two commands set everything up on a fresh machine:
#   make run     the window (without a display: a sample digit read through the same window, and its picture)
#   make test    all checks and tests
# The others are for who works on Digitpad.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint train accuracy networks bench soak styles texts bundle test-bundle wheel clean
.DEFAULT_GOAL := run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo 'Digitpad needs Python 3.10 or newer; name one with: make run PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo 'No virtual environment could be made; on Debian and Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; }

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo 'Installing Digitpad and what it needs (PyTorch is large: this takes a few minutes once)'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-tests: pyproject.toml $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

run: $(VENV)/installed
	@$(BIN)/python -m digitpad.commands.system_packages --install || true
	@$(BIN)/digitpad

test: $(VENV)/installed-tests
	@$(BIN)/python -m digitpad.commands.system_packages --install --tests
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/installed-tests
	$(BIN)/ruff check digitpad tests benchmarks packaging train.py
	$(BIN)/ruff format --check digitpad tests benchmarks packaging train.py
	$(BIN)/mypy
	$(BIN)/lint-imports

train: $(VENV)/installed
	$(BIN)/python train.py

# Labelled pen drawings are no part of the project: make accuracy STROKES="FILE..."
accuracy: $(VENV)/installed
	$(BIN)/digitpad accuracy --strokes $(STROKES)

# Every network by every recipe: hours, and what was stopped goes on. make networks STROKES="FILE..."
networks: $(VENV)/installed
	$(BIN)/digitpad networks --measure --strokes $(STROKES)

bench: $(VENV)/installed-tests
	for file in $(filter-out benchmarks/hostile.py benchmarks/faults.py benchmarks/keeping.py benchmarks/teaching.py benchmarks/teaching_faults.py benchmarks/drawing_kills.py benchmarks/training_kills.py,$(wildcard benchmarks/*.py)); do $(BIN)/python $$file || exit 1; done

# Damaged and crafted files, kills, stops, odd messages and ten minutes of drawing: it takes long.
soak: $(VENV)/installed-tests
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python benchmarks/faults.py
	$(BIN)/python benchmarks/keeping.py
	$(BIN)/python benchmarks/drawing_kills.py
	$(BIN)/python benchmarks/teaching_faults.py
	$(BIN)/python benchmarks/training_kills.py

styles: $(VENV)/installed
	$(BIN)/digitpad styles styles.png

# Bring the catalogues of translated texts up to date with the source (docs/howto/language.md).
texts: $(VENV)/installed-tests
	@$(BIN)/python -m digitpad.commands.catalogues

# The program that needs no Python: a folder and an archive in dist/.
bundle: $(VENV)/installed-tests
	$(BIN)/python packaging/build.py

test-bundle: bundle
	@DIGITPAD_BUNDLE="$$(ls -td dist/digitpad-*/ | head -1)" $(BIN)/python -m pytest tests/test_bundle.py

wheel: $(VENV)/installed-tests
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
