module github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel/gen

go 1.26.0

toolchain go1.26.11

require github.com/mmcloughlin/avo v0.6.0

require (
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sync v0.23.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
)
