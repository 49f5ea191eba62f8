// Package relations finds what a text says about two actors: standing relations ("Iran-backed Houthis") and events
// ("Muttaqi met with Pezeshkian"), each with the words that trigger it.
package relations

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Relation is what one stretch of text says about an agent and a target. Either may be unknown (-1), not both. The
// type is read from agent to target: the Houthis are PROXY_OF Iran, Iran BACKS the Houthis, a minister is MEMBER_OF a
// government.
type Relation struct {
	Type        graph.RelationType
	Mode        graph.Mode
	Agent       int       // index of an actor in the cast, or -1
	Target      int       // index of an actor in the cast, or -1
	Place       int       // index of an actor in the cast, or -1
	When        Period    // as far as the sentence says
	Attribution int       // index of the innermost attribution whose content holds the trigger, or -1
	Trigger     text.Span // the words that say it
	Confidence  float64   // 0 to 1
}
