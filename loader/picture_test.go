package loader_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// picture draws a batch so that people can read it: what was said and by whom, what stands behind it, who is meant, and
// what was passed over.
func picture(b graph.Batch) string {
	p := &painter{nodes: make(map[graph.ID]graph.Node), out: make(map[graph.ID][]graph.Edge), number: make(map[graph.ID]int)}
	for _, n := range b.Nodes {
		p.nodes[n.ID] = n
	}
	for _, e := range b.Edges {
		p.out[e.From] = append(p.out[e.From], e)
	}
	p.document(b.Owner)
	p.attributions()
	p.relations()
	p.citations()
	p.actors()
	p.skipped()
	return p.String()
}

type painter struct {
	strings.Builder
	nodes  map[graph.ID]graph.Node
	out    map[graph.ID][]graph.Edge
	number map[graph.ID]int // of attributions
}

func (p *painter) linef(format string, args ...any) {
	p.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// all returns the nodes of a kind in the order of less.
func (p *painter) all(kind graph.NodeKind, order func(n graph.Node) []any) []graph.Node {
	list := slices.DeleteFunc(slices.Collect(maps.Values(p.nodes)), func(n graph.Node) bool { return n.Kind != kind })
	slices.SortFunc(list, func(a, b graph.Node) int {
		keysA, keysB := order(a), order(b)
		for i := range keysA {
			if c := graph.Compare(keysA[i], keysB[i]); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return list
}

func (p *painter) far(from graph.ID, kind graph.EdgeKind) []graph.Node {
	var list []graph.Node
	for _, e := range p.out[from] {
		if e.Kind == kind {
			list = append(list, p.nodes[e.To])
		}
	}
	return list
}

func names(list []graph.Node, prop string) string {
	var out []string
	for _, n := range list {
		out = append(out, text(n, prop))
	}
	return strings.Join(out, ", ")
}

func text(n graph.Node, prop string) string {
	v, ok := n.Props[prop]
	if !ok {
		return ""
	}
	return strings.Join(strings.Fields(graph.FormatValue(v)), " ")
}

func (p *painter) document(id graph.ID) {
	d := p.nodes[id]
	p.linef("document   %s", text(d, "title"))
	p.linef("           %s, by %s, %s to the %s, %s", names(p.far(id, graph.EdgePublishedBy), "name"),
		cmp.Or(text(d, "author"), "nobody named"), text(d, "publishedAt"), text(d, "publishedPrecision"), text(d, "lang"))
	p.linef("           %s", text(d, "url"))
}

// evidence returns the words of an attribution's part.
func (p *painter) evidence(id graph.ID, role graph.Role) string {
	var passages []graph.Node
	for _, e := range p.out[id] {
		if e.Kind == graph.EdgeEvidence && e.Props["role"] == string(role) {
			passages = append(passages, p.nodes[e.To])
		}
	}
	return names(passages, "exact")
}

// start returns where the content of an attribution begins.
func (p *painter) start(n graph.Node) []any {
	first := int64(1 << 40)
	for _, passage := range p.far(n.ID, graph.EdgeEvidence) {
		if at, ok := passage.Props["start"].(int64); ok {
			first = min(first, at)
		}
	}
	return []any{first}
}

func (p *painter) attributions() {
	list := p.all(graph.KindAttribution, p.start)
	for i, n := range list {
		p.number[n.ID] = i + 1
	}
	p.linef("\nattributions")
	for _, n := range list {
		speaker := names(p.far(n.ID, graph.EdgeSource), "name")
		if words := p.evidence(n.ID, graph.SourceRole); words != "" && words != speaker {
			speaker = fmt.Sprintf("%s [%s]", cmp.Or(speaker, "?"), words)
		}
		p.linef("%4d  %s · %s · %s · %s · %s%s", p.number[n.ID], voices[text(n, "voice")], speaker, text(n, "cue"),
			names(p.far(n.ID, graph.EdgeContent), "text"), text(n, "polarity"), p.particulars(n))
	}
}

var voices = map[string]string{"ATTRIBUTED": "said", "CARRY_OVER": "goes on", "OUTLET": "own voice"}

// particulars lists what is not ordinary about an attribution.
func (p *painter) particulars(n graph.Node) string {
	var list []string
	for prop, ordinary := range map[string]string{"kind": "STATEMENT", "modality": "CERTAIN", "quoteType": "INDIRECT"} {
		if v := text(n, prop); v != ordinary {
			list = append(list, v)
		}
	}
	slices.Sort(list)
	for _, up := range p.far(n.ID, graph.EdgeWithin) {
		list = append(list, fmt.Sprintf("within %d", p.number[up.ID]))
	}
	if cited := p.far(n.ID, graph.EdgeCites); len(cited) > 0 {
		list = append(list, "cites "+names(cited, "name"))
	}
	if len(list) == 0 {
		return ""
	}
	return " · " + strings.Join(list, ", ")
}

// relations draws each relation with the attributions whose claims assert it.
func (p *painter) relations() {
	p.linef("\nrelations")
	by := func(n graph.Node) []any { return []any{n.Props["class"], n.Props["caption"], n.Props["mode"]} }
	for _, n := range p.all(graph.KindRelation, by) {
		place := ""
		if at := p.far(n.ID, graph.EdgePlace); len(at) > 0 {
			place = " in " + names(at, "name")
		}
		p.linef("      %s%s%s · %s · %s", text(n, "caption"), place, valid(n), text(n, "mode"), strings.Join(p.asserted(n.ID), ", "))
	}
}

// valid says when a relation holds, "" if that is unknown.
func valid(n graph.Node) string {
	from, to := n.Props["validFrom"], n.Props["validTo"]
	day := func(at any) string {
		if t, ok := at.(time.Time); ok {
			return t.Format(time.DateOnly)
		}
		return "?"
	}
	if from == nil && to == nil {
		return ""
	}
	return ", " + day(from) + " to " + day(to)
}

// asserted says which attributions assert or deny a relation.
func (p *painter) asserted(relation graph.ID) []string {
	var list []string
	for _, n := range p.all(graph.KindAttribution, p.start) {
		for _, claim := range p.far(n.ID, graph.EdgeContent) {
			for _, e := range p.out[claim.ID] {
				if e.Kind == graph.EdgeAsserts && e.To == relation {
					list = append(list, fmt.Sprintf("%s by %d", e.Props["polarity"], p.number[n.ID]))
				}
			}
		}
	}
	return list
}

func (p *painter) citations() {
	p.linef("\ncitations")
	for _, n := range p.all(graph.KindCitation, func(n graph.Node) []any { return []any{n.Props["start"]} }) {
		scope := p.far(n.ID, graph.EdgeScope)
		raw := text(n, "raw")
		if url := text(n, "url"); url != "" {
			raw += " → " + url
		}
		p.linef("      %s · %s · %s · %s · under %d sentences · %s", text(n, "name"), cmp.Or(text(n, "dateText"), "no date"),
			text(n, "granularity"), cmp.Or(names(p.far(n.ID, graph.EdgeNames), "name"), "unknown"), len(scope), raw)
	}
}

// actors draws each actor with what the text calls it; * marks a metonym.
func (p *painter) actors() {
	surfaces := make(map[graph.ID][]string)
	for _, m := range p.all(graph.KindMention, func(n graph.Node) []any { return []any{n.Props["start"], n.Props["end"]} }) {
		surface := text(m, "surface")
		if m.Props["metonym"] == true {
			surface += "*"
		}
		for _, actor := range p.far(m.ID, graph.EdgeRefersTo) {
			if !slices.Contains(surfaces[actor.ID], surface) {
				surfaces[actor.ID] = append(surfaces[actor.ID], surface)
			}
		}
	}
	p.linef("\nactors")
	for _, n := range p.all(graph.KindActor, func(n graph.Node) []any { return []any{n.Props["kind"], n.Props["name"]} }) {
		p.linef("      %s · %s · %s", text(n, "kind"), text(n, "name"), strings.Join(surfaces[n.ID], ", "))
	}
}

func (p *painter) skipped() {
	p.linef("\nskipped")
	for _, n := range p.all(graph.KindPassage, func(n graph.Node) []any { return []any{n.Props["start"]} }) {
		if text(n, "role") == string(graph.SkippedRole) {
			p.linef("      %s · %s", text(n, "reason"), text(n, "caption"))
		}
	}
}
