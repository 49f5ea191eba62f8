// Package actors finds who and what a text speaks of: it looks names up in the gazetteer, recognises names that the
// gazetteer lacks, and resolves acronyms, surnames, titles, pronouns and descriptions to one actor each.
package actors

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Cast is everybody that one text mentions.
type Cast struct {
	Actors   []Actor
	Mentions []Mention // by start, the longer first; one may lie within another ("the Taliban’s foreign minister")

	finder *Finder
	text   *text.Text
}

// An Actor is one person, body, state, group, outlet, place, or anonymous class of sources.
type Actor struct {
	Name      string          // the canonical name: the gazetteer's, or the fullest form the text has
	Kind      graph.ActorKind //
	Canonical string          // the gazetteer's key ("taliban"), "" for an actor that it lacks
	Aliases   []string        // other names: the gazetteer's, and those introduced in this text
	Owner     int             // index of the actor that this one belongs to or acts for, or -1
}

// A Mention is a stretch of text that means an actor.
type Mention struct {
	text.Span
	Actor    int     // index into Cast.Actors
	Form     Form    //
	Metonym  bool    // a place or building that stands for whoever rules there ("Kabul")
	Modifier bool    // it only says whose or which: "Iranian" officials, the "Taliban"’s ministry
	Score    float64 // 0 to 1: how likely the actor is the right one
	Method   string  // how it was resolved: "gazetteer", "acronym", "surname", "pronoun", …
}

// A Form says how a mention refers.
type Form uint8

// The forms of mentions.
const (
	Name    Form = iota // a proper name
	Nominal             // a description: "the minister", "diplomatic sources"
	Pronoun             // "he", "they"
)
