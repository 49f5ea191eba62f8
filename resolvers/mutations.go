package resolvers

import (
	"context"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/schema/gen"
)

// mutations resolve the fields of Mutation: each makes one call and returns the ID of what came of it, which Reads shows.
type mutations struct{ Service }

// word is what who asks says now.
func (m mutations) word(ctx context.Context, note *string) graph.Word {
	w := graph.Word{By: who(ctx).Name, At: m.Now()}
	if note != nil {
		w.Note = *note
	}
	return w
}

func (m mutations) Judge(ctx context.Context, input gen.JudgeInput) (*gen.Actor, error) {
	_, err := m.Graph.Judge(ctx, graph.Verdict(input.Verdict), input.Actor, input.Other, m.word(ctx, input.Note.Value()))
	return &gen.Actor{ID: input.Actor}, err
}

func (m mutations) UndoJudgement(ctx context.Context, id graph.ID) ([]*gen.Actor, error) {
	subjects, err := m.Graph.Undo(ctx, id, m.word(ctx, nil))
	actors := []*gen.Actor{}
	for _, id := range subjects {
		if kind, _ := id.Kind(); kind == graph.KindActor {
			actors = append(actors, &gen.Actor{ID: id})
		}
	}
	return actors, err
}

func (m mutations) Assess(ctx context.Context, input gen.AssessInput) (*gen.Assessment, error) {
	grade := ""
	if g := input.Grade.Value(); g != nil {
		grade = *g
	}
	id, err := m.Graph.Assess(ctx, input.Subject, grade, m.word(ctx, input.Note.Value()))
	return &gen.Assessment{ID: id}, err
}

func (m mutations) Retract(ctx context.Context, document, attribution, claim *graph.ID, note *string) (*gen.Job, error) {
	var subject graph.ID
	for kind, id := range map[graph.NodeKind]*graph.ID{
		graph.KindDocument: document, graph.KindAttribution: attribution, graph.KindClaim: claim,
	} {
		if id == nil {
			continue
		}
		if got, err := id.Kind(); err != nil {
			return nil, err
		} else if got != kind {
			return nil, invalid("%s is the ID of a %s, not of a %s", *id, got, kind)
		}
		if subject != "" {
			return nil, invalid("one thing is retracted at a time")
		}
		subject = *id
	}
	if subject == "" {
		return nil, invalid("a document, an attribution or a claim must be given")
	}
	id, err := m.Graph.RetractJob(ctx, subject, m.word(ctx, note))
	return &gen.Job{ID: id}, err
}

func (m mutations) Load(ctx context.Context, input gen.LoadInput) (*gen.Job, error) {
	if m.Jobs == nil {
		return nil, invalid("this server loads nothing")
	}
	id, err := m.Jobs.Add(ctx, input.Sources, who(ctx).Name)
	return &gen.Job{ID: id}, err
}

func (m mutations) CancelJob(ctx context.Context, id graph.ID) (*gen.Job, error) {
	if m.Jobs == nil {
		return nil, invalid("this server loads nothing")
	}
	if kind, err := id.Kind(); err != nil {
		return nil, err
	} else if kind != graph.KindJob {
		return nil, invalid("%s is the ID of a %s, not of a Job", id, kind)
	}
	return &gen.Job{ID: id}, m.Jobs.Cancel(ctx, id)
}
