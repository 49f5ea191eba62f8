package server

import (
	"net/http"

	"github.com/claimgraph/claimgraph/resolvers"
)

// knowing says who asks. Whoever can reach a server that only this machine can reach is its analyst; everybody else may
// read.
func (s *Server) knowing(next http.Handler) http.Handler {
	person := resolvers.Person{Role: resolvers.Reader}
	if !s.options.AllowRemote {
		person = resolvers.Person{Name: s.options.Analyst, Role: resolvers.Analyst}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(resolvers.As(r.Context(), person)))
	})
}
