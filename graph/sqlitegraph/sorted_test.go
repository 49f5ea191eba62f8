package sqlitegraph

// Of the small graphs of tests, some filters let through more, and some no more.
func init() { mostSorted = 2 }
