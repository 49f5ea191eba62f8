// Package graphtest says what a graph.Store must do, in a form that runs: an Oracle that is seen to be right, a
// conformance suite that compares every other store with it, and benchmarks. Fixtures are pictures of graphs, in a
// notation that Parse reads.
package graphtest
