package graphtest

import (
	"errors"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var deleteChecks = []check{
	{name: "Delete/removes owners and what they contributed", run: deleteRemoves},
	{name: "Delete/of all leaves nothing", run: deleteAll},
	{name: "Delete/names what is not there and removes nothing", run: deleteUnknown},
	{name: "Delete/then Put is as if nothing had happened", run: deleteThenPut},
}

func deleteRemoves(s *subject) {
	s.put(sample)
	s.delete("wire")
	s.agrees("after Delete of wire")
	s.answers("documents", among(nil, graph.KindDocument), "doc_blog doc_echo doc_paper")
	s.answers("passages", among(nil, graph.KindPassage), "psg_third")
	s.answers("mentions", among(nil, graph.KindMention), "")
	s.answers("actors", among(nil, graph.KindActor), "act_chief act_courier act_iran act_ledger")
	s.delete("paper", "blog")
	s.agrees("after Delete of paper and blog")
	s.answers("claims", among(nil, graph.KindClaim), "clm_truce")
}

func deleteAll(s *subject) {
	s.put(sample)
	s.delete("wire", "echo", "paper", "blog")
	note := []graph.ID{ID(graph.KindAssessment, "grade")}
	if err := s.store.Delete(s.Context(), note); err != nil {
		s.Fatal(err)
	}
	if err := s.oracle.Delete(s.Context(), note); err != nil {
		s.Fatal(err)
	}
	s.agrees("after Delete of everything")
	got, err := s.store.Stats(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	s.same("Stats of nothing", graph.Stats{}, got)
}

func deleteUnknown(s *subject) {
	s.put(sample)
	wire := ID(graph.KindDocument, "wire")
	unknown := []graph.ID{
		ID(graph.KindDocument, "lost"), ID(graph.KindAssessment, "lost"), // never there
		ID(graph.KindActor, "iran"), // there, but no owner
	}
	for _, id := range unknown {
		err := s.store.Delete(s.Context(), []graph.ID{wire, id})
		if !errors.Is(err, graph.ErrNotFound) || !strings.Contains(err.Error(), string(id)) {
			s.Errorf("Delete of %s: got error %v, want %v that names it", short(id), err, graph.ErrNotFound)
		}
		if err != nil && strings.Contains(err.Error(), string(wire)) {
			s.Errorf("Delete of %s: error %v names a document that is there", short(id), err)
		}
	}
	s.agrees("after Delete of unknown documents")
	s.delete("wire")
	if err := s.store.Delete(s.Context(), []graph.ID{wire}); !errors.Is(err, graph.ErrNotFound) {
		s.Errorf("Delete a second time: got error %v, want %v", err, graph.ErrNotFound)
	}
	s.agrees("after a second Delete")
}

func deleteThenPut(s *subject) {
	s.put(sample)
	s.delete("wire", "paper")
	s.put(sample)
	s.agrees("after Delete and Put")
}
