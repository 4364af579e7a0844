# Two commands do the usual work:  make demo,  make test.  Packages are installed only when one is missing.

.DEFAULT_GOAL := help
.NOTPARALLEL:

# How many compile at once, and which presets `make test` builds and tests.
JOBS ?= $(shell nproc)
TEST_PRESETS ?= release asan-ubsan fuzz web
export JOBS

SOURCES = find apps bench fuzz models plugins scenes sim src tests \( -name '*.h' -o -name '*.cpp' \) 2>/dev/null

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

.PHONY: install
install: ## Install the Debian packages for building and testing (nothing when they are there)
	@tools/install build test

.PHONY: build
build: install ## Build inkling and the programs of bench/figures: build/release/bin
	@cmake --preset release --log-level=WARNING >/dev/null
	@cmake --build --preset release -j $(JOBS) --target inkling bench_programs

.PHONY: wasm
wasm: ## Build apps/edge for browsers, with vectors and without: build/wasm/bin
	@tools/install build web
	@tools/build_web core

.PHONY: demo
demo: install ## Simulate a shop, train, serve, ask, print the answer, end
	@cmake --preset release --log-level=WARNING >/dev/null
	@cmake --build --preset release -j $(JOBS) --target inkling
	@tools/demo

.PHONY: shop
shop: install ## Serve a simulated shop with an intent meter, at http://127.0.0.1:8080 (or PORT=)
	@tools/install web
	@cmake --preset release --log-level=WARNING >/dev/null
	@cmake --build --preset release -j $(JOBS) --target inkling
	@tools/shop

.PHONY: test
test: ## Build everything, run all fast tests, with sanitizers and in Chromium too, and fuzz for half a minute
	@tools/run_tests $(TEST_PRESETS)

.PHONY: asan
asan: ## The fast tests under the address and undefined-behaviour sanitizers, the training half included
	@tools/run_tests asan-ubsan-torch

.PHONY: tsan
tsan: ## The fast tests under the thread sanitizer
	@tools/run_tests tsan

.PHONY: fuzz
fuzz: ## Fuzz every target for MINUTES=10, starting from what was learnt before (build/fuzz/corpus)
	@tools/install build fuzz
	@cmake --preset fuzz --log-level=WARNING >/dev/null
	@cmake --build --preset fuzz -j $(JOBS)
	@tools/run_fuzz long

.PHONY: bench-setup
bench-setup: ## Install what the figures compare with
	@tools/install build test bench
	@for peer in bench/peers/*/package.json; do \
	  (cd "$${peer%/*}" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error) || exit; \
	done

.PHONY: figures-prepare
figures-prepare: build bench-setup ## Make the data and packages that figures need and that take long (cached)
	@for step in bench/prepare/*; do if [ -x "$$step" ]; then "$$step" || exit; fi; done

.PHONY: figures
figures: ## Run all figures, put the results into docs/results (QUICK=1: quick bars, no documents; FIGURES="a b")
	@tools/run_figures $(if $(QUICK),--quick) $(FIGURES); status=$$?; \
	  $(if $(QUICK),true,tools/join_figures); exit $$status

.PHONY: schema
schema: build ## Write docs/schema anew from the tables that check the files that people write
	@mkdir -p docs/schema
	@for kind in scene pool mapping training server table template; do \
	  build/release/bin/inkling validate --schema $$kind >docs/schema/$$kind.schema.json || exit; done

.PHONY: format
format: ## Format all sources in place
	@tools/install dev
	@$(SOURCES) | xargs clang-format -i

.PHONY: format-check
format-check: ## Fail when a source is not formatted
	@tools/install dev
	@$(SOURCES) | xargs clang-format --dry-run -Werror

.PHONY: tidy
tidy: install ## clang-tidy over all sources (slow), or over FILES="a.cpp b.cpp"
	@tools/install dev
	@cmake --preset release --log-level=WARNING >/dev/null
	@{ if [ -n "$(FILES)" ]; then echo $(FILES); else $(SOURCES) | grep '\.cpp$$'; fi; } \
	  | xargs -n 1 -P $(JOBS) clang-tidy -p build/release --quiet --extra-arg=-Wno-unknown-warning-option

.PHONY: clean
clean: ## Remove everything that was built, demo data included
	rm -rf build
