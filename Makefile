# make run: install, train and start. make test: all tests. The rest is for who works on it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python

# Defaults for one machine; each can be set in the environment. README: settings.
export OPNAME_POORT ?= 5005
export OPNAME_ACTIES_POORT ?= 5055
export OPNAME_ACTIES_URL ?= http://127.0.0.1:$(OPNAME_ACTIES_POORT)/webhook
export OPNAME_GESPREKKEN ?= sqlite:///var/gesprekken.db
# The action server listens on every address unless it is told otherwise.
export SANIC_HOST ?= 127.0.0.1
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export PYTHONWARNINGS ?= ignore

# What the trained model is made of; the folders are named too, so that a removed file counts.
GRAMMATICA := $(shell find data/entiteiten) components/spacy_nl.py
TRAINING := domain.yml config.yml $(shell find data -not -path 'data/entiteiten*') $(wildcard components/*.py)

.PHONY: help run test axe train token fuzz audit bench chaos schaal bench-datums evaluate hear clean

help:
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/  -/'

run: .venv/klaar web/vendor/klaar models/opname.tar.gz ## installs, trains and starts everything; Ctrl-C stops it
	@mkdir -p var
	@echo 'Starting; the address appears when the assistant is ready.'
	@exec .venv/bin/honcho start

test: .venv/klaar-dev .venv-oidc/klaar .venv-uitrol/klaar web/vendor/klaar models/opname.tar.gz ## all tests
	@tools/testomgeving.sh
	$(PY) -m pytest tests $(ARGS)

axe: .venv/klaar-dev web/vendor/klaar models/opname.tar.gz ## what axe-core finds on the pages, into docs/axe.md
	OPNAME_AXE=docs/axe.md $(PY) -m pytest tests/browser -k "axe or kleuren or 400 or aanmelden"

train: models/opname.tar.gz ## trains the model when its data or code changed

evaluate: .venv/klaar-dev models/spacy_nl ## how well it understands, as HTML and JSON in results/ (ARGS=--stock: beside Rasa's own)
	@$(PY) -m tools.evaluate $(ARGS)

hear: .venv/klaar ## what was not understood in the stored conversations, masked, to be labelled (ARGS='--sinds 2026-11-01')
	@$(PY) -m tools.hear $(ARGS)

token: .venv/klaar ## a development token: make token ROL=leidinggevende SUB=noor
	@$(PY) -m protocol.token $(ROL) $(SUB) $(if $(TEAM),--team $(TEAM))

fuzz: .venv/klaar-dev .venv-oidc/klaar models/opname.tar.gz ## 100,000 hostile inputs: guard, readers, HTTP
	$(PY) -W ignore tests/keten/fuzz.py $(or $(AANTAL),100000)

audit: .venv-oidc/klaar ## what is known about our code and the libraries; the latter asks PyPI's advisory service
	.venv-oidc/bin/bandit -q -c pyproject.toml -r actions channels components protocol tools
	.venv-oidc/bin/pip-audit -r constraints.txt --no-deps --disable-pip

bench-datums: .venv-bench/klaar ## scores the date reader beside dateparser and Duckling
	.venv-bench/bin/python tools/bench_datums.py

bench: .venv/klaar-dev models/opname.tar.gz ## load and cost beside stock Rasa; table in docs/bench.md
	$(PY) tools/bench.py $(ARGS)

chaos: .venv/klaar-dev models/opname.tar.gz ## kills and locks parts under 200 conversations; table in docs/chaos.md
	$(PY) tools/chaos.py $(if $(ZAAD),--zaad $(ZAAD)) $(ARGS)

schaal: .venv/klaar-dev models/opname.tar.gz ## 500 conversations over two of each server; table in docs/schaal.md
	@tools/testomgeving.sh
	$(PY) tools/schaal.py $(ARGS)

# An environment of its own: the competitors want other versions of dateutil than Rasa.
.venv-bench/klaar: requirements-bench.txt .venv/klaar
	$(PY) -m venv .venv-bench
	.venv-bench/bin/pip install --disable-pip-version-check -q -r requirements-bench.txt
	@touch $@

clean: ## removes what was installed, trained and stored
	rm -rf .venv .venv-bench .venv-oidc .venv-uitrol .uv .rasa models/*.tar.gz models/spacy_nl web/node_modules web/vendor var

.venv/klaar: requirements.txt constraints.txt
	@test -x $(PY) || { echo 'Making the Python 3.10 environment.'; "$$(tools/python310.sh)" -m venv .venv; }
	@echo 'Installing Rasa and the rest; the first time this takes some minutes.'
	.venv/bin/pip install --disable-pip-version-check --prefer-binary -c constraints.txt -r requirements.txt
	@touch $@

.venv/klaar-dev: .venv/klaar requirements-dev.txt
	.venv/bin/pip install --disable-pip-version-check --prefer-binary -c constraints.txt -r requirements-dev.txt
	@touch $@

# Tools of the tests that need newer libraries than Rasa allows: an OpenID Connect provider, schemathesis, bandit.
.venv-oidc/klaar: .venv/klaar requirements-oidc.txt
	$(PY) -m venv .venv-oidc
	.venv-oidc/bin/pip install --disable-pip-version-check --prefer-binary -r requirements-oidc.txt
	@touch $@

# The checks of deploy/; they need newer libraries than Rasa allows.
.venv-uitrol/klaar: .venv/klaar requirements-uitrol.txt
	$(PY) -m venv .venv-uitrol
	.venv-uitrol/bin/pip install --disable-pip-version-check --prefer-binary -r requirements-uitrol.txt
	@touch $@

# npm where the machine has it, else from PyPI.
web/vendor/klaar: .venv/klaar web/package.json web/vendor.mjs $(wildcard web/static/*.css)
	@echo 'Fetching the design system and the Socket.IO client.'
	@command -v npm >/dev/null || .venv/bin/pip install -q -r requirements-node.txt
	cd web && PATH="$$PATH:$(CURDIR)/.venv/bin" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error && npm run --silent vendor
	@touch $@

models/spacy_nl: .venv/klaar $(GRAMMATICA)
	@rm -rf $@
	@$(PY) -m components.spacy_nl

models/opname.tar.gz: .venv/klaar models/spacy_nl $(TRAINING)
	@echo 'Training the assistant.'
	@$(PY) -m tools.train --fixed-model-name opname --out models --skip-validation --quiet
