# Two commands: `make book` and `make test`. Each does all of its own set-up.
.DEFAULT_GOAL := help
python := .venv/bin/python

.PHONY: help book test lint fuzz bench reference reliability audit lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

book: ## build every book under source/ into dist/
	@scripts/setup book
	@.venv/bin/builder build

test: ## run every check and test, shown to independent judges too
	@scripts/setup test
	@scripts/check

lint: ## only the checks that read the code: ruff, mypy, import-linter
	@scripts/setup test
	@scripts/check lint

fuzz: ## the long runs: fuzzing
	@scripts/setup fuzz
	@$(python) -m pytest -m slow
	@$(python) -m tests.fuzz
	@$(python) -m tests.fuzz.guided

bench: ## measure speed and accuracy beside others, write docs/benchmarks.md
	@scripts/setup test
	@$(python) -m benchmarks

reference: ## write the generated pages of docs/ and Traditional Chinese
	@scripts/setup book
	@$(python) scripts/reference.py
	@$(python) scripts/translations.py
	@$(python) scripts/licences.py

reliability: ## try to break everything, write docs/reliability.md
	@scripts/setup fuzz
	@$(python) -m tests.reliability

audit: ## ask the public databases about known faults of every pin
	@scripts/audit

lock: ## pin every dependency anew
	@scripts/lock

clean: ## take away what was built and installed here
	rm -rf .venv .tools tests/judges/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find dist -mindepth 1 ! -name .gitkeep -delete
