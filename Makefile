# `make run` and `make test` are all one needs; `make help` lists the rest.
PYTHON ?= python3
PREPARE = $(PYTHON) scripts/prepare.py
FLASK = .venv/bin/flask --app wsgi

.DEFAULT_GOAL := help
.PHONY: help run test check drill format assets migrate clean bench extension demo

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: assets extension ## install what is missing, migrate the database and serve on HOST:PORT (127.0.0.1:8080)
	@$(PYTHON) scripts/schema.py || $(FLASK) migrate
	@exec .venv/bin/python -m gunicorn --config gunicorn.conf.py wsgi:app

test: ## everything: format, lint, contracts, types, both databases, short drills, browser
	@$(PREPARE) runtime tools assets system && PYTHONPATH=. .venv/bin/python scripts/verify.py all

check: ## the fast daily subset, on SQLite
	@$(PREPARE) runtime tools assets && PYTHONPATH=. .venv/bin/python scripts/verify.py fast

drill: ## the long drills: real servers that are killed hundreds of times
	@$(PREPARE) runtime tools assets system && PYTHONPATH=. .venv/bin/python scripts/verify.py drill

bench: ## what requests, caches and their memory cost, beside bare Flask; wants wrk
	@$(PREPARE) runtime tools assets system && export PYTHONPATH=. && for part in throughput cached memory; do \
		.venv/bin/python -m benchmarks.$$part || exit 1; done

format: ## bring the Python files into shape
	@$(PREPARE) runtime tools && .venv/bin/ruff format . && .venv/bin/ruff check --fix .

assets: ## build styles and scripts into trackeep/static
	@$(PREPARE) runtime assets

extension: ## check and pack the browser extension into build/trackeep-extension.zip
	@$(PYTHON) scripts/extension.py

demo: migrate ## fill an empty instance with an invented library of two people
	@PYTHONPATH=. .venv/bin/python scripts/demo.py

migrate: assets ## bring the database to the newest schema
	@$(FLASK) migrate

clean: ## remove what was built and installed; the data stays
	@rm -rf build trackeep/static node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache && rm -rf .venv
