# The pinned Node.js, from npm, runs everything; the machine's own has only to run npm.
NODE := node_modules/.bin/node
INSTALLED := node_modules/.package-lock.json
PREFIX ?= /usr/local

.DELETE_ON_ERROR:
.PHONY: help run build dist smoke release repro test test-wine soak clients conformance check bench format clean install

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build the server and watch it answer a client
	@$(NODE) test/support/demo.ts

build: $(INSTALLED) ## Build dist/tfo-mcp, one executable for this machine
	@$(NODE) build/package.ts

dist: $(INSTALLED) ## Build the executables of all six targets; ONLY=macos-arm64 builds that one
	@$(NODE) build/dist.ts $(ONLY)

smoke: dist ## Take each executable that can run here through a whole session; ONLY=win-x64 that one
	@$(NODE) test/support/smoke.ts $(ONLY)

release: dist ## Make the archives, checksums, bill of materials and Homebrew formula
	@$(NODE) build/release.ts

repro: $(INSTALLED) ## Make the release twice in different folders and compare every file
	@$(NODE) build/repro.ts

test: build ## Build and run every test; ONLY=text runs the files whose path has it
	@$(NODE) test/support/run-suites.ts $(ONLY)

test-wine: $(INSTALLED) ## Run on Wine the tests that it can run, against the executable for Windows; ONLY=text as above
	@$(NODE) build/dist.ts win-x64
	@$(NODE) test/support/run-on-wine.ts $(ONLY)

soak: build ## Prove at length what the tests prove briefly: 200 kills of a server under load
	@SOAK_KILLS=200 $(NODE) test/support/run-suites.ts e2e/database-kills

clients: build ## Drive the executable with real clients and faked models; ONLY="codex gemini" takes those
	@$(NODE) test/support/run-clients.ts $(ONLY)

conformance: $(INSTALLED) ## Run the official conformance suite against the engine
	@$(NODE) test/support/run-conformance.ts

check: $(INSTALLED) ## Check format, lint, types, layers, dead code, documents
	@$(NODE) build/check.ts

bench: build ## Measure the executable beside floors and peers
	@$(NODE) test/bench/run.ts
	@$(NODE) test/bench/network/run.ts
	@$(NODE) test/bench/attacks/run.ts
	@$(NODE) test/bench/durable/run.ts

format: $(INSTALLED) ## Format the sources and renew generated documents
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" biome check --write
	@$(NODE) build/documents.ts --write

clean: ## Remove what was built and cached
	rm -rf dist .cache

install: build ## Copy the executable to $(DESTDIR)$(PREFIX)/bin
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 dist/tfo-mcp "$(DESTDIR)$(PREFIX)/bin/tfo-mcp"

# npm writes this file last, so that an install that was broken off starts anew.
$(INSTALLED): package-lock.json
	@echo "Installing from npm, once ..."
	@mkdir -p .cache
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > .cache/npm-ci.log 2>&1 || { cat .cache/npm-ci.log; exit 1; }
	@touch $@
