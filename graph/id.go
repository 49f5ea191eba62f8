package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
)

// An ID names one node for good, in every store: a prefix for its kind, "_", and 24 letters and digits that derive
// from the node's key. It is opaque to users and safe in URLs.
type ID string

// idBytes is how much of the hash an ID keeps: 120 bits, so that among 10⁹ nodes two share an ID with a probability
// of about 4·10⁻¹⁹.
const idBytes = 15

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewID returns the ID of the node of that kind with that key. The parts of a key are kept apart: ("a", "bc") and
// ("ab", "c") differ.
func NewID(kind NodeKind, key ...string) ID {
	return ID(kind.Info().prefix + "_" + digest(string(kind), key))
}

// ownerDigits is how much of its owner's ID an owned node's ID begins with: 45 bits, beside 75 of its own.
const ownerDigits = 9

// OwnedID returns the ID of the node of that kind which the owner owns, with that key among its nodes of the kind. The
// IDs of one owner's nodes lie together, and so do their entries in every index: a document is written and read in few
// places instead of hundreds.
func OwnedID(kind NodeKind, owner ID, key ...string) ID {
	_, digits, _ := strings.Cut(string(owner), "_")
	own := digest(string(kind), append([]string{string(owner)}, key...))
	return ID(kind.Info().prefix + "_" + digits[:min(len(digits), ownerDigits)] + own[min(len(digits), ownerDigits):])
}

func digest(kind string, key []string) string {
	h := sha256.New()
	for _, part := range append([]string{kind}, key...) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		h.Write(length[:])
		h.Write([]byte(part))
	}
	return idEncoding.EncodeToString(h.Sum(nil)[:idBytes])
}

// Kind returns the kind of node that the ID names, or ErrInvalid if it is not an ID.
func (id ID) Kind() (NodeKind, error) {
	kind, ok := id.kind()
	if !ok {
		return "", fmt.Errorf("%w: %q is not an ID", ErrInvalid, clip(string(id), 40))
	}
	return kind, nil
}

// Is reports whether the ID names a node of that kind.
func (id ID) Is(kind NodeKind) bool {
	found, ok := id.kind()
	return ok && found == kind
}

func (id ID) kind() (NodeKind, bool) {
	prefix, rest, ok := strings.Cut(string(id), "_")
	if !ok || len(rest) != idEncoding.EncodedLen(idBytes) {
		return "", false
	}
	for _, c := range []byte(rest) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return "", false
		}
	}
	kind, ok := kindByPrefix[prefix]
	return kind, ok
}

// clip shortens s to at most n runes, for messages and captions.
func clip(s string, n int) string {
	count := 0
	for i := range s {
		if count == n-1 && len(s)-i > 1 {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
