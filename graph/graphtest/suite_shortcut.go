package graphtest

import "github.com/claimgraph/claimgraph/graph"

var shortcutChecks = []check{
	{name: "Shortcut/appears once it is whole", run: shortcutAppears},
	{name: "Shortcut/counts claims and origins", run: shortcutCounts},
	{name: "Shortcut/vanishes with any of its parts", run: shortcutVanishes},
	{name: "Shortcut/is an edge like others", run: shortcutIsEdge},
}

// backing asks who backs whom, with everything that the shortcut says.
func backing() graph.Select {
	f := along(graph.EdgeKind(graph.Backs))
	f.EdgeProps = []string{"relationId", "claims", "origins", "contested", "derived"}
	sel := among(graph.Has{Edge: f.Edge}, graph.KindActor)
	sel.Follow = []graph.Follow{f}
	return sel
}

// relation is the ID that a shortcut gives for a relation, as sketches show it.
func relation(name string) string { return string(ID(graph.KindRelation, name)) }

func shortcutAppears(s *subject) {
	doc := "wire Document\n"
	steps := []string{
		`aids Relation class=STANDING type=BACKS`, `iran Actor`, `guard Actor`, `truce Claim`,
		`aids -AGENT-> iran`, `aids -TARGET-> guard`, `truce -ASSERTS-> aids polarity=DENIES`,
	}
	for _, line := range steps {
		doc += line + "\n"
		s.put(doc)
		s.answers("with "+line, backing(), "")
	}
	doc += `truce -ASSERTS-> aids polarity=AFFIRMS`
	s.put(doc)
	s.answers("whole", backing(), "act_iran(act_guard["+relation("aids")+", 1, 1, false, true])")
	s.agrees("whole")
}

func shortcutCounts(s *subject) {
	s.put(`
		wire  Document
		aids  Relation class=STANDING type=BACKS polarities=AFFIRMS
		aids  -AGENT-> iran
		aids  -TARGET-> guard
		iran  Actor
		guard Actor
		truce Claim
		truce -ASSERTS-> aids polarity=AFFIRMS
		peace Claim
		peace -ASSERTS-> aids polarity=AFFIRMS
		war   Claim
		war   -ASSERTS-> aids polarity=DENIES
		arms  Relation class=STANDING type=BACKS
		arms  -AGENT-> iran
		arms  -TARGET-> guard
		peace -ASSERTS-> arms polarity=AFFIRMS`)
	arms := "act_guard[" + relation("arms") + ", 1, 1, false, true]"
	s.answers("of one owner", backing(),
		"act_iran(act_guard["+relation("aids")+", 2, 1, false, true] "+arms+")")
	s.put(`
		echo  Document
		aids  Relation class=STANDING type=BACKS polarities=DENIES
		truce Claim
		truce -ASSERTS-> aids polarity=AFFIRMS
		calm  Claim
		calm  -ASSERTS-> aids polarity=AFFIRMS`)
	s.answers("of two owners", backing(),
		"act_iran(act_guard["+relation("aids")+", 3, 2, true, true] "+arms+")")
	s.agrees("of two owners")
	s.delete("echo")
	s.answers("of one owner again", backing(),
		"act_iran(act_guard["+relation("aids")+", 2, 1, false, true] "+arms+")")
	s.agrees("of one owner again")
}

func shortcutVanishes(s *subject) {
	parts := map[string]string{
		"wire":  "aids Relation class=STANDING type=BACKS\n aids -AGENT-> iran\n aids -TARGET-> guard",
		"echo":  "iran Actor",
		"paper": "guard Actor",
		"blog":  "truce Claim\n truce -ASSERTS-> aids polarity=AFFIRMS",
	}
	batch := func(owner string) string { return owner + " Document\n" + parts[owner] + "\n" }
	names := []string{"wire", "echo", "paper", "blog"}
	for _, name := range names {
		s.put(batch(name))
	}
	whole := "act_iran(act_guard[" + relation("aids") + ", 1, 1, false, true])"
	for _, name := range names {
		s.answers("with all", backing(), whole)
		s.delete(name)
		s.answers("without "+name, backing(), "")
		s.agrees("without " + name)
		s.put(batch(name))
	}
	s.answers("with all again", backing(), whole)
	s.put("blog Document\n truce Claim\n truce -ASSERTS-> aids polarity=DENIES")
	s.answers("when the claim denies it", backing(), "")
	s.put(batch("blog"))
	s.put("wire Document\n aids Relation class=STANDING type=BACKS mode=PLANNED\n aids -AGENT-> iran\n aids -TARGET-> guard")
	s.answers("when it is only planned", backing(), "")
	s.agrees("when it is only planned")
}

func shortcutIsEdge(s *subject) {
	s.put(sample)
	backs := graph.EdgeKind(graph.Backs)
	back := against(backs)
	back.Via = graph.Where{Prop: "claims", Op: graph.Ge, Value: int64(1)}
	sel := among(graph.Has{Edge: backs, Reverse: true, Via: graph.Where{Prop: "contested", Value: true}}, graph.KindActor)
	sel.Follow = []graph.Follow{back}
	s.answers("backwards", sel, "act_guard(act_iran)")
	iran, guard := ID(graph.KindActor, "iran"), ID(graph.KindActor, "guard")
	s.samePaths("along it", guard, iran, graph.PathOptions{Using: []graph.EdgeKind{backs}, MaxLength: 1, First: 1})
	s.sameBuckets("grouped by it", graph.KindActor, nil, graph.Facet{Steps: []graph.Step{{Edge: backs}}, Prop: "name"})
}
