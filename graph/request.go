package graph

import "slices"

// resolved returns the request with the kinds of every level spelled out, or says what is wrong with it.
func (s Select) resolved() (Select, error) {
	if s.IDs != nil {
		if len(s.IDs) > MaxFirst {
			return s, invalid("%d IDs are asked for at once; at most %d are allowed", len(s.IDs), MaxFirst)
		}
		if s.Order != nil || s.After != nil {
			return s, invalid("nodes asked for by ID come in the order asked for")
		}
		s.First = max(len(s.IDs), 1)
	}
	if s.Kinds == nil {
		if s.IDs == nil {
			return s, invalid("neither IDs nor kinds are asked for")
		}
		for _, n := range Nodes {
			s.Kinds = append(s.Kinds, n.Kind)
		}
	}
	if err := s.checkOnward(); err != nil {
		return s, err
	}
	follows := 0
	level, err := s.Level.resolved(&follows, 0)
	s.Level = level
	return s, err
}

func (s Select) checkOnward() error {
	o := s.Onward
	switch {
	case o == nil:
		return nil
	case s.IDs == nil || len(s.Kinds) != 1 || len(o.Edges) == 0:
		return invalid("only from nodes of one kind, asked for by ID, and along edges, a request goes on")
	case o.Steps < 1 || o.Steps > MaxSteps:
		return invalid("a request goes on for %d steps; 1 to %d are allowed", o.Steps, MaxSteps)
	}
	for _, e := range o.Edges {
		info := e.Info()
		_, undone := info.Prop("undoneAt")
		if !e.Known() || undone || !slices.Equal(info.From, s.Kinds) || !slices.Equal(info.To, s.Kinds) {
			return invalid("a request does not go on along %q from %v", e, s.Kinds)
		}
	}
	if filterSize(o.Where) > MaxFilters {
		return tooManyParts()
	}
	return checkFilter(o.Where, s.comparable, s.Kinds)
}

// resolved checks a level that lies below so many others; follows counts those of the whole request.
func (l Level) resolved(follows *int, above int) (Level, error) {
	if above > MaxLevels {
		return l, invalid("the request has more than %d levels below one another", MaxLevels)
	}
	if l.First < 1 || l.First > MaxFirst {
		return l, invalid("%d rows are asked for; 1 to %d are allowed", l.First, MaxFirst)
	}
	for _, k := range l.Kinds {
		if !k.Known() {
			return l, invalid("unknown kind %q", k)
		}
	}
	for _, name := range l.Props {
		if _, ok := l.prop(name); !ok {
			return l, invalid("none of %v has a property %q", l.Kinds, name)
		}
	}
	if err := l.checkOrder(above == 0); err != nil {
		return l, err
	}
	if filterSize(l.Where) > MaxFilters {
		return l, tooManyParts()
	}
	if err := checkFilter(l.Where, l.comparable, l.Kinds); err != nil {
		return l, err
	}
	l.Follow = slices.Clone(l.Follow)
	for i := range l.Follow {
		if *follows++; *follows > MaxFollows {
			return l, invalid("the request has more than %d levels", MaxFollows)
		}
		f, err := l.Follow[i].resolved(l.Kinds, follows, above+1)
		if err != nil {
			return l, err
		}
		l.Follow[i] = f
	}
	return l, nil
}

func (l Level) checkOrder(top bool) error {
	for _, o := range l.Order {
		if o.Prop == Score {
			if !top || !hasMatch(l.Where) {
				return invalid("only a full-text search can be ordered by score")
			}
			continue
		}
		p, ok := l.prop(o.Prop)
		if !ok || p.Type == Strings {
			return invalid("%v cannot be ordered by %q", l.Kinds, o.Prop)
		}
	}
	if l.After != nil && len(l.After.Order) != len(l.Order) {
		return invalid("the position to go on from is of another order")
	}
	return nil
}

func (f Follow) resolved(near []NodeKind, follows *int, above int) (Follow, error) {
	info := f.Edge.Info()
	if !f.Edge.Known() {
		return f, invalid("unknown kind of edge %q", f.Edge)
	}
	if !slices.ContainsFunc(info.Far(!f.Reverse), func(k NodeKind) bool { return slices.Contains(near, k) }) {
		return f, invalid("no %s edge leads there from any of %v", f.Edge, near)
	}
	if f.Kinds == nil {
		f.Kinds = info.Far(f.Reverse)
	}
	for _, name := range f.EdgeProps {
		if _, ok := info.Prop(name); !ok {
			return f, invalid("%s edges have no property %q", f.Edge, name)
		}
	}
	if err := checkFilter(f.Via, info.Prop, nil); err != nil {
		return f, err
	}
	level, err := f.Level.resolved(follows, above)
	f.Level = level
	return f, err
}

// hasMatch reports whether every node that the filter lets through matched a full-text search.
func hasMatch(f Filter) bool {
	switch f := f.(type) {
	case Match:
		return true
	case And:
		return slices.ContainsFunc(f, hasMatch)
	}
	return false
}

// filterSize counts the parts of a filter.
func filterSize(f Filter) int {
	size := 1
	switch f := f.(type) {
	case And:
		for _, part := range f {
			size += filterSize(part)
		}
	case Or:
		for _, part := range f {
			size += filterSize(part)
		}
	case Not:
		size += filterSize(f.Filter)
	case Has:
		size += filterSize(f.Via) + filterSize(f.Where)
	case Spoken:
		size += filterSize(f.By)
	case Where:
		list, _ := f.Value.([]any)
		size += len(list)
	}
	return size
}

// checkFilter checks a filter over nodes of those kinds, or over edges where kinds is nil.
func checkFilter(f Filter, prop func(string) (Prop, bool), kinds []NodeKind) error {
	switch f := f.(type) {
	case nil:
		return nil
	case And:
		return checkFilters(f, prop, kinds)
	case Or:
		return checkFilters(f, prop, kinds)
	case Not:
		if f.Filter == nil {
			return invalid("a negated filter is missing")
		}
		return checkFilter(f.Filter, prop, kinds)
	case Where:
		p, ok := prop(f.Prop)
		if !ok {
			return invalid("there is no property %q to filter by", f.Prop)
		}
		return f.check(p)
	case Has:
		return f.check(kinds)
	case Spoken:
		return f.check(kinds)
	case Match:
		if kinds == nil {
			return invalid("edges have no full text")
		}
		return nil
	}
	return invalid("unknown filter %T", f)
}

func checkFilters(list []Filter, prop func(string) (Prop, bool), kinds []NodeKind) error {
	for _, f := range list {
		if f == nil {
			return invalid("a filter in a list is missing")
		}
		if err := checkFilter(f, prop, kinds); err != nil {
			return err
		}
	}
	return nil
}

func (f Has) check(near []NodeKind) error {
	info := f.Edge.Info()
	if near == nil || !f.Edge.Known() ||
		!slices.ContainsFunc(info.Far(!f.Reverse), func(k NodeKind) bool { return slices.Contains(near, k) }) {
		return invalid("no %s edge leads there from any of %v", f.Edge, near)
	}
	if err := checkFilter(f.Via, info.Prop, nil); err != nil {
		return err
	}
	far := Level{Kinds: info.Far(f.Reverse)}
	return checkFilter(f.Where, far.comparable, far.Kinds)
}

func (f Spoken) check(kinds []NodeKind) error {
	if !slices.ContainsFunc(kinds, func(k NodeKind) bool { return k.Info().Shared }) {
		return invalid("none of %v is shared by documents", kinds)
	}
	return checkNodes(f.By, KindDocument)
}

func (f Where) check(p Prop) error {
	ok := false
	switch f.Op {
	case Exists:
		ok = f.Value == nil
	case Prefix:
		ok = p.Type == String && String.holds(f.Value)
	case Contains:
		ok = p.Type == Strings && String.holds(f.Value)
	case Eq, Ne:
		ok = p.Type.holds(f.Value)
	case Lt, Le, Gt, Ge:
		ok = p.Type != Strings && p.Type.holds(f.Value)
	case In:
		list, isList := f.Value.([]any)
		ok = isList && !slices.ContainsFunc(list, func(v any) bool { return !p.Type.holds(v) })
	}
	if !ok {
		return invalid("property %q cannot be compared with %v (%T) in this way", p.Name, f.Value, f.Value)
	}
	return nil
}

func (f Facet) check(kind NodeKind) error {
	near := []NodeKind{kind}
	for _, s := range f.Steps {
		info := s.Edge.Info()
		if !slices.ContainsFunc(info.Far(!s.Reverse), func(k NodeKind) bool { return slices.Contains(near, k) }) {
			return invalid("no %s edge leads there from any of %v", s.Edge, near)
		}
		near = info.Far(s.Reverse)
	}
	p, ok := Level{Kinds: near}.comparable(f.Prop)
	if !ok {
		return invalid("none of %v has a property %q", near, f.Prop)
	}
	if f.Interval != Exact && p.Type != Time {
		return invalid("property %q is no time to be grouped by interval", f.Prop)
	}
	if f.Same != nil && f.Prop != IDProp {
		return invalid("property %q is no ID, of which some count as others", f.Prop)
	}
	return nil
}

func (o PathOptions) check() error {
	if o.MaxLength < 0 || o.MaxLength > MaxPathEdges {
		return invalid("paths of %d edges are asked for; 0 to %d are allowed", o.MaxLength, MaxPathEdges)
	}
	if o.First < 1 || o.First > MaxPaths {
		return invalid("%d paths are asked for; 1 to %d are allowed", o.First, MaxPaths)
	}
	return checkKnown(nil, o.Using, o.Props)
}

func (o NeighbourhoodOptions) check() error {
	if o.Depth < 0 || o.Depth > MaxDepth {
		return invalid("a depth of %d is asked for; 0 to %d are allowed", o.Depth, MaxDepth)
	}
	if o.Nodes < 1 || o.Nodes > MaxNodes {
		return invalid("%d nodes are asked for; 1 to %d are allowed", o.Nodes, MaxNodes)
	}
	for kind, f := range o.Where {
		if err := checkNodes(f, kind); err != nil {
			return err
		}
	}
	if err := checkNodes(o.Shortcuts, KindRelation); err != nil {
		return err
	}
	return checkKnown(o.Kinds, o.Using, o.Props)
}

func tooManyParts() error { return invalid("the filter has more than %d parts", MaxFilters) }

// checkNodes checks a filter over nodes of the kind.
func checkNodes(f Filter, kind NodeKind) error {
	if filterSize(f) > MaxFilters {
		return tooManyParts()
	}
	level := Level{Kinds: []NodeKind{kind}}
	return checkFilter(f, level.comparable, level.Kinds)
}

func checkKnown(nodes []NodeKind, edges []EdgeKind, props []string) error {
	for _, k := range nodes {
		if !k.Known() {
			return invalid("unknown kind %q", k)
		}
	}
	for _, k := range edges {
		if !k.Known() {
			return invalid("unknown kind of edge %q", k)
		}
	}
	for _, name := range props {
		if !slices.ContainsFunc(Nodes, func(n NodeInfo) bool { _, ok := n.Prop(name); return ok }) {
			return invalid("no node has a property %q", name)
		}
	}
	return nil
}
