// Package link compares what different documents bring to the graph: two documents, which may be copies of one another
// or refer to one another, and two claims, which may be one in different words, or contradict each other. Comparisons are
// pure and symmetric. Keys say which documents and which claims are worth comparing, so that nobody has to compare all.
package link
