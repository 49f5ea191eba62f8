package graph

import "errors"

// What can go wrong, as callers can tell it apart with errors.Is. Backends translate their drivers' errors to these at
// their edge; everything else that they return is a fault of ours or of the machine.
var (
	ErrNotFound    = errors.New("not found")          // a single thing that was asked for is not in the graph
	ErrInvalid     = errors.New("invalid")            // the request or the batch breaks a rule of the model
	ErrLimit       = errors.New("over a limit")       // the request would cost, or has cost, more than is allowed
	ErrUnavailable = errors.New("store unavailable")  // the store cannot be reached now; the same call may work later
	ErrDenied      = errors.New("access denied")      // the store refused the user or the password
	ErrForeign     = errors.New("not a claimgraph")   // the database holds something else; nothing was touched
	ErrVersion     = errors.New("schema out of step") // the store's schema is older or newer than this program's
	ErrCorrupt     = errors.New("store corrupt")      // stored data contradicts itself
	ErrClosed      = errors.New("store closed")       // the store was used after Close
)
