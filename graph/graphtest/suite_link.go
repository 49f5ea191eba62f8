package graphtest

import "github.com/claimgraph/claimgraph/graph"

var linkChecks = []check{
	{name: "Link/joins what different owners brought, in either direction", run: linkJoins},
	{name: "Link/again is once", run: linkTwice},
	{name: "Link/to what is not there is passed over", run: linkNowhere},
	{name: "Link/goes with either of its ends", run: linkGoes},
	{name: "Link/between shared nodes outlives whoever brought it", run: linkOutlives},
	{name: "Link/says whether a citation is resolved", run: linkResolves},
	{name: "Link/at what is replaced goes first", run: linkReplaced},
}

// linked asks for the documents and claims, and what their links lead to.
func linked() graph.Select {
	sel := among(nil, graph.KindDocument, graph.KindClaim)
	sel.Follow = []graph.Follow{along(graph.EdgeCopyOf), along(graph.EdgeVariantOf), along(graph.EdgeContradicts)}
	sel.Follow[1].EdgeProps = []string{"method", "score"}
	return sel
}

func linkJoins(s *subject) {
	s.put(`
		wire  Document
		peace Claim
		truce Claim`)
	s.put(`
		echo  Document
		echo  -COPY_OF-> wire method=SHINGLES score=0.9
		war   Claim
		war   -VARIANT_OF-> truce method=WORDS score=0.75
		war   -VARIANT_OF-> truce method=MEANING score=0.5
		war   -CONTRADICTS-> peace method=NUMBER score=1
		note  Citation
		note  -RESOLVES_TO-> wire method=URL score=1`)
	s.agrees("after the later")
	s.answers("from the later", linked(), "clm_peace(; ; ) clm_truce(; ; ) "+
		"clm_war(; clm_truce[MEANING, 0.5] clm_truce[WORDS, 0.75]; clm_peace) doc_echo(doc_wire; ; ) doc_wire(; ; )")
	s.put(`
		early Document
		echo  -COPY_OF-> early method=SHINGLES score=0.8`)
	s.agrees("after the earlier")
	s.answers("to the earlier", graph.Select{
		IDs:   []graph.ID{ID(graph.KindDocument, "echo")},
		Level: graph.Level{Follow: []graph.Follow{along(graph.EdgeCopyOf)}},
	}, "doc_echo(doc_early doc_wire)")
	s.put(`
		one Document
		one -COPY_OF-> two method=SHINGLES score=1

		two Document`)
	s.agrees("within one Put")
}

func linkTwice(s *subject) {
	s.put("wire Document\n truce Claim\n peace Claim\n truce -VARIANT_OF-> peace method=WORDS score=0.75")
	s.put("echo Document\n truce Claim\n truce -VARIANT_OF-> peace method=WORDS score=0.75")
	s.agrees("after both")
	s.answers("of both", linked(),
		"clm_peace(; ; ) clm_truce(; clm_peace[WORDS, 0.75]; ) doc_echo(; ; ) doc_wire(; ; )")
}

func linkNowhere(s *subject) {
	s.put(`
		echo Document
		echo -COPY_OF-> wire method=SHINGLES score=0.9`)
	s.agrees("before the end is there")
	s.put(`wire Document`)
	s.answers("when it is", linked(), "doc_echo(; ; ) doc_wire(; ; )")
	s.agrees("when it is")
}

func linkGoes(s *subject) {
	wire := "wire Document\n truce Claim\n"
	echo := `
		echo  Document
		echo  -COPY_OF-> wire method=SHINGLES score=0.9
		war   Claim
		war   -VARIANT_OF-> truce method=WORDS score=0.75`
	s.put(wire + echo)
	s.delete("wire")
	s.agrees("without the far end")
	s.put(wire)
	s.answers("with it again", linked(), "clm_truce(; ; ) clm_war(; ; ) doc_echo(; ; ) doc_wire(; ; )")
	s.agrees("with it again")
	s.put(echo)
	s.delete("echo")
	s.agrees("without the near end")
	s.put("echo Document\n war Claim")
	s.answers("with that again", linked(), "clm_truce(; ; ) clm_war(; ; ) doc_echo(; ; ) doc_wire(; ; )")
}

func linkOutlives(s *subject) {
	both := "truce Claim\n peace Claim\n"
	s.put("wire Document\n" + both + "truce -CONTRADICTS-> peace method=NUMBER score=1")
	s.put("echo Document\n" + both)
	s.delete("wire")
	want := "clm_peace(; ; ) clm_truce(; ; clm_peace) doc_echo(; ; )"
	s.answers("after its Delete", linked(), want)
	s.put("echo Document\n" + both)
	s.answers("after the other's replacement", linked(), want)
	s.agrees("after the other's replacement")
	s.put("echo Document\n truce Claim")
	s.put("echo Document\n" + both)
	s.answers("after one end was away", linked(), "clm_peace(; ; ) clm_truce(; ; ) doc_echo(; ; )")
	s.agrees("after one end was away")
}

func linkReplaced(s *subject) {
	s.put(`
		wire Document

		echo Document
		echo -COPY_OF-> wire method=SHINGLES score=0.9
		note Citation
		note -RESOLVES_TO-> wire method=URL score=1

		copy Document
		copy -COPY_OF-> echo method=SHINGLES score=0.9`)
	s.put("echo Document\n note Citation\n echo -COPY_OF-> wire method=SHINGLES score=0.8")
	s.agrees("after replacement")
	sel := among(nil, graph.KindDocument, graph.KindCitation)
	copies := along(graph.EdgeCopyOf)
	copies.EdgeProps = []string{"score"}
	sel.Follow = []graph.Follow{copies, along(graph.EdgeResolvesTo)}
	s.answers("after replacement", sel, "cit_note(; ) doc_copy(; ) doc_echo(doc_wire[0.8]; ) doc_wire(; )")
	s.put("wire Document")
	s.answers("after replacement of the far end", sel, "cit_note(; ) doc_copy(; ) doc_echo(; ) doc_wire(; )")
	s.agrees("after replacement of the far end")
}

func linkResolves(s *subject) {
	const wire, echo = "wire Document\n", "echo Document\n note Citation\n bare Citation\n"
	const link = "note -RESOLVES_TO-> wire method=URL score=1\n"
	yes := graph.Where{Prop: "resolved", Value: true}
	no := graph.Where{Prop: "resolved", Value: false}
	check := func(when string, resolved bool) {
		s.Helper()
		found, missing := "", "cit_bare cit_note"
		if resolved {
			found, missing = "cit_note", "cit_bare"
		}
		s.answers(when, among(yes, graph.KindCitation), found)
		s.answers(when, among(no, graph.KindCitation), missing)
		s.agrees(when)
	}
	s.put(echo + link)
	check("before its document is there", false)
	s.put(wire + "\n" + echo + link)
	check("with it", true)
	s.put(echo)
	check("loaded again without the link", false)
	s.put(wire + link)
	check("with a link that its document brings", true)
	s.put(wire)
	check("when its document is replaced", false)
	s.put(echo + link)
	check("when the link comes again", true)
	s.delete("wire")
	check("when its document is gone", false)
}
