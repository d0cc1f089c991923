# The front door. `make run` and `make test` set up what they need in .venv and do everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?=
ROSTER ?= sample
SELECT ?=

.PHONY: run test quick lint lab site bench quality class faults clean help

help:  ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: $(VENV)/.run  ## run the whole course headless for the sample class and write the packets
	$(BIN)/course run --roster $(ROSTER) --kernels warm $(if $(OUT),--out $(OUT))

lab: $(VENV)/.run  ## open JupyterLab on a working copy (my-course/)
	@$(BIN)/course lab

site: $(VENV)/.site  ## build the web site into docs/_build; no lesson is run, nothing is fetched
	$(BIN)/python docs/make_site.py

test: $(VENV)/.test lint  ## everything: rules, tests, outputs, packages, browser (SELECT='not browser' leaves a part out)
	$(BIN)/python -m pytest -q -r s -n 3 --dist loadfile --no-loadscope-reorder $(if $(SELECT),-m "$(SELECT)")
	$(BIN)/course validate

quick: $(VENV)/.test  ## the tests that start no kernel
	$(BIN)/python -m pytest -q -m "not slow and not browser"

lint: $(VENV)/.test  ## ruff and basedpyright, warnings are errors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --warnings

bench: $(VENV)/.bench  ## measure the speed, against peers
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/annotate.py
	$(BIN)/python benchmarks/widgets.py
	$(BIN)/python benchmarks/lessons.py
	$(BIN)/python benchmarks/roster.py
	$(BIN)/python benchmarks/packets.py 300

quality: $(VENV)/.bench  ## measure what docs/quality.md states of the finders, and write it anew
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python benchmarks/quality.py speed

class: $(VENV)/.bench  ## measure a class beside papermill and nbmake for docs/quality.md (two hours, on a quiet machine)
	$(BIN)/python benchmarks/quality.py class

faults: $(VENV)/.bench  ## cause every fault and write the table of docs/quality.md (Linux, as root)
	$(BIN)/python benchmarks/quality.py faults

clean:  ## remove the environment and what was built
	rm -rf $(VENV) dist runs docs/_build

$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The course needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@echo 'Setting up $(VENV) with what the course needs; this takes some minutes, once.'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/.site: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[site]'
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $@

$(VENV)/.bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,bench]'
	touch $@
