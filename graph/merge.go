package graph

import "slices"

// What owners say of a shared node is kept apart, owner by owner, as contributions: the properties in their batch's
// entry for it, and the edges in their batch that lead away from it. The node has what follows from all of them: its
// properties by Merge, and every edge that some owner contributes. When the last contribution goes, so does the node,
// with its edges. Therefore neither the order of loading nor a deletion in between leaves a trace.
//
// An edge that leads to a node which is not there (not yet, or no more) is kept with its contribution, but is not in
// the graph; it appears when the node does.

// MergeProps returns the properties of a shared node of which so many documents say anything, from what owners say. It
// gives the same for the parts in any order, and parts may be results of earlier merges: adding one owner needs the
// node's present properties and the new ones; taking one away needs all that remain.
func MergeProps(kind NodeKind, documents int, parts ...Props) Props {
	merged := make(Props)
	for _, p := range kind.Info().Props {
		for _, part := range parts {
			v, ok := part[p.Name]
			if !ok {
				continue
			}
			if have, ok := merged[p.Name]; ok {
				v = p.Merge.join(have, v)
			}
			merged[p.Name] = v
		}
	}
	for _, p := range kind.Info().Props {
		switch p.Merge {
		case Documents:
			merged[p.Name] = int64(documents)
		case Differs:
			values, _ := merged[p.Of].([]string)
			merged[p.Name] = len(values) > 1
		case Least, Greatest, Union:
		}
	}
	return merged
}

func (m Merge) join(a, b any) any {
	switch m {
	case Greatest:
		if Compare(a, b) < 0 {
			return b
		}
	case Union:
		listA, okA := a.([]string)
		listB, okB := b.([]string)
		if okA && okB {
			return sortedSet(slices.Concat(listA, listB))
		}
	case Least, Documents, Differs:
		if Compare(a, b) > 0 {
			return b
		}
	}
	return a
}
