# What one does here; `make` alone lists it.

# The toolchain that go.mod names, also where the installed Go would rather use itself: it carries security fixes.
export GOTOOLCHAIN := auto

GOLANGCI_VERSION := v2.6.0
GOLANGCI := build/golangci-lint-$(GOLANGCI_VERSION)

# What `test` and `bench` look at; narrow them so: make test PKG=./graph/...
PKG ?= ./...
BENCH ?= .

# Flags of bench-apollo: make bench-apollo APOLLO='--documents 1000'
APOLLO ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## load the examples into a temporary graph and serve it
	go run ./cmd/claimgraph demo

.PHONY: build
build: ## build the command into build/claimgraph
	CGO_ENABLED=0 go build -trimpath -o build/claimgraph ./cmd/claimgraph

# What the race detector leaves alone: SQLite, which is C that was translated to Go and calls nothing of ours back. Our own
# accesses to what it shares are still watched. No package that uses sync.Map may be here: its code would stand for
# everybody's, and races be seen where there are none.
NORACE := -gcflags='github.com/ncruces/go-sqlite3-wasm/...=-race=false'

.PHONY: test
test: neo4j test-arm64 ## run every test, over SQLite and Neo4j, with the race detector
	@.ci/need gcc gcc libc6-dev # the race detector is linked by the C compiler
	@.ci/need aarch64-linux-gnu-objdump binutils-aarch64-linux-gnu # reads what the kernels for arm64 say
	go test -race $(NORACE) -timeout 30m $(PKG)

# The kernels for arm64, by emulation: on a processor that has everything, and on one without the dot product.
ARM64 := GOARCH=arm64 CGO_ENABLED=0 go test -short -run 'Kernel|Bits|Linear|GELU'

.PHONY: test-arm64
test-arm64: ## test the encoder's kernels for arm64, in qemu
	@.ci/need qemu-aarch64 qemu-user
	$(ARM64) -exec 'qemu-aarch64 -cpu max' ./loader/analyse/encoder ./loader/analyse/encoder/kernel
	$(ARM64) -exec 'qemu-aarch64 -cpu cortex-a53' ./loader/analyse/encoder/kernel

.PHONY: lint
lint: $(GOLANGCI) ## run the linters, and check that modules and generated files are current
	go vet ./...
	GOARCH=arm64 go vet ./loader/analyse/encoder/...
	$(GOLANGCI) run ./...
	go mod tidy -diff
	go mod verify
	.ci/current $(MAKE) generate

.PHONY: format
format: $(GOLANGCI) ## format the Go code as the linters want it
	$(GOLANGCI) fmt ./...

.PHONY: generate
generate: ## write the generated files anew
	go generate ./...

.PHONY: bench
bench: neo4j ## run the benchmarks
	go test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 60m $(PKG)

.PHONY: bench-apollo
bench-apollo: neo4j build ## compare with Apollo Server and @neo4j/graphql over one Neo4j of 20,000 documents
	@.ci/need npm npm
	cd bench/apollo && npm ci --no-audit --no-fund --ignore-scripts
	go run ./bench/apollo $(APOLLO)

.PHONY: neo4j
neo4j: ## assemble a Neo4j server in .neo4j, by Maven
	@neo4j/assemble

.PHONY: neo4j-start neo4j-stop
neo4j-start: neo4j ## start that server on bolt://127.0.0.1:7687 and http://localhost:7474/browser/
	@neo4j/server start
neo4j-stop: ## stop it
	@neo4j/server stop

$(GOLANGCI):
	GOBIN=$(CURDIR)/build go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	@mv build/golangci-lint $@
