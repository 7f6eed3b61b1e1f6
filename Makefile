# Wicket: what there is to run. `make` lists it.

GO         ?= go
GOFUMPT     = mvdan.cc/gofumpt@v0.12.0
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Nothing but the race detector needs a C compiler.
export CGO_ENABLED = 0

FUZZTIME ?= 20s
BENCH    ?= .
ROWS     ?= all
BENCHTIME ?= 1s
SSHBENCH ?= all
SEED     ?= 1
EVENINGS ?= 400
SOAK     ?= .
PLATFORMS = linux/amd64 linux/arm64 darwin/arm64 windows/amd64

# SQLite is C turned into Go; watching its every load for races costs four times
# the time and finds races in C's own habits. Our code stays watched.
RACE = -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc/...=-race=false
# A program under the detector sleeps a second before it ends, for races in its last
# moment; the journeys end it hundreds of times.
GORACE = atexit_sleep_ms=10

CODE = $(wildcard boxoffice store sync tui cmd)

# $(call packages,pattern): the packages whose tests have a line like this.
packages = $(sort $(patsubst %,./%,$(shell grep -rlE '$(1)' --include='*_test.go' $(CODE) | xargs -r -n1 dirname)))

.DEFAULT_GOAL := help
.PHONY: help build demo test race lint fmt bench bench-go bench-ssh fuzz golden pictures check cross sim bugs faults soak clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

build: ## build .bin/wicket
	$(GO) build -o .bin/wicket ./cmd/wicket

demo: ## open a house with an evening under way; nothing is kept
	@$(GO) run ./cmd/wicket demo

test: ## run the tests
	$(GO) test ./...

race: ## run the tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 GORACE=$(GORACE) $(GO) test $(RACE) ./...

lint: ## format, vet, staticcheck, and the rules of the house
	@bad=$$($(GO) run $(GOFUMPT) -l $(CODE)) && { test -z "$$bad" || { echo "not formatted (make fmt):"; echo "$$bad"; exit 1; }; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@if test -f docs/pictures/list.txt; then $(GO) run ./tui/tuitest/pictures -check; fi
	$(GO) test ./cmd/wicket -run '^Test(Layer|Time|Store|Styles|Tests|Packages|Top)'

fmt: ## format the code
	$(GO) run $(GOFUMPT) -w $(CODE)

bench: ## measure the store beside PostgreSQL and Redis (ROWS=hold,rush,… BENCHTIME=1s GROWTH=10M KEEP=folder)
	WICKET_BENCH=$(ROWS) WICKET_BENCHTIME=$(BENCHTIME) WICKET_BENCH_GROWTH=$(GROWTH) WICKET_BENCH_KEEP=$(abspath $(KEEP)) $(GO) test ./store/bench -run '^TestBench$$' -count=1 -v -timeout 0

bench-go: ## run the benchmarks of single functions (BENCH=pattern)
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

bench-ssh: ## measure a house served to 500 terminals (SSHBENCH=idle,keys,change,watched,rude,flood)
	WICKET_BENCH_SSH=$(SSHBENCH) $(GO) test ./cmd/wicket -run '^TestBenchSSH$$' -count=1 -v -timeout 0

fuzz: ## fuzz each target for FUZZTIME (20s)
	@set -e; for pkg in $(call packages,^func Fuzz); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$pkg/*_test.go); do \
			echo "$$pkg $$target"; \
			$(GO) test $$pkg -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x; \
		done; \
	done

golden: ## write the golden files anew; look at the diff
	$(GO) test $(call packages,tuitest"|exp/golden"|"update"|Golden) -update

pictures: ## draw docs/pictures anew from the golden views
	$(GO) run ./tui/tuitest/pictures

check: lint test race cross ## all that must pass before a change goes in

cross: ## compile for every platform we ship to
	@set -e; out=$$(mktemp -d); trap 'rm -rf "$$out"' EXIT; for p in $(PLATFORMS); do \
		echo "$$p"; GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build -o "$$out/" ./cmd/wicket; \
	done

# Two cores would only hand each step over to each other.
sim: ## play EVENINGS (400) simulated evenings on one core, from SEED (1) on
	GOMAXPROCS=1 WICKET_SEED=$(SEED) WICKET_ROUNDS=$(EVENINGS) $(GO) test ./store/fire/evening -run '^TestEvenings$$' -count=1 -v -timeout 0

bugs: ## make known mistakes in the store on purpose, and see each caught
	$(GO) test -tags bugs ./store/fire -run '^TestSeededBugs' -count=1 -v

faults: ## kill processes at every named point of the store, in a build that has these points
	$(GO) test -tags faults ./store/sqlite ./store/fire ./cmd/wicket -run '^TestAimed|^TestProgramHasNo' -count=1 -v

soak: ## go round the tests that try to break the store at length (50 minutes; disks and power as root)
	WICKET_SOAK=1 $(GO) test -p 1 $(call packages,storetest\.Rounds) -run '$(SOAK)' -count=1 -timeout 0 -v

clean: ## remove what was built
	rm -rf .bin
	$(GO) clean -testcache
