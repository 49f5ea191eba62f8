// Package neo4jtest runs a real Neo4j server for tests: on free loopback ports, with a small heap, without
// authentication, with its data in a temporary folder.
//
// A test package declares one Server and stops it at the end:
//
//	var server neo4jtest.Server
//
//	func TestMain(m *testing.M) {
//		code := m.Run()
//		server.Stop()
//		os.Exit(code)
//	}
//
// CLAIMGRAPH_TEST_NEO4J_URI names another server to test against, such as "bolt://127.0.0.1:7687/neo4j". Its database
// is emptied, again and again.
package neo4jtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

const (
	startTimeout = 2 * time.Minute
	database     = "neo4j" // the one user database that Community has
	external     = "CLAIMGRAPH_TEST_NEO4J_URI"
)

// A Server is a Neo4j server that starts when it is first asked for. The zero Server is ready for use, and for
// concurrent use.
type Server struct {
	// Throughput makes the server compile what it runs often as well as it can, as in production, and hold more in
	// memory: for benchmarks. Otherwise it is made to start quickly.
	Throughput bool

	// Password of user neo4j; "" means that the server asks nobody who they are.
	Password string

	// Dir is where data, configuration and log are kept for good; "" means a temporary folder.
	Dir string

	mu      sync.Mutex // guards what follows
	dir     string     // Dir or a temporary folder; "" before the first start
	port    int
	process *process // nil while not running
}

// URI returns where the server listens, with the database as path. It starts the server at the first call. A test that
// cannot have a server is skipped, and fails under CI=true.
func (s *Server) URI(tb testing.TB) string {
	tb.Helper()
	if uri := os.Getenv(external); uri != "" {
		return uri
	}
	uri, err := s.Start(tb.Context())
	switch {
	case errors.Is(err, errMissing) && os.Getenv("CI") != "true":
		tb.Skip(err)
	case err != nil:
		tb.Fatal(err)
	}
	return uri
}

// Start is URI for programs that are no tests.
func (s *Server) Start(ctx context.Context) (uri string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		err = s.start(ctx)
	}
	return s.uri(), err
}

// Empty returns the URI of the server after removing every node and relationship. Constraints and indexes stay: making
// them again takes longer than most tests. There is one database, so tests that ask for an empty one must not run in
// parallel.
func (s *Server) Empty(tb testing.TB) string {
	tb.Helper()
	uri := s.URI(tb)
	if err := empty(tb.Context(), uri); err != nil {
		tb.Fatalf("empty the database: %v", err)
	}
	return uri
}

// Blank is Empty without constraints and indexes, as a new server is.
func (s *Server) Blank(tb testing.TB) string {
	tb.Helper()
	uri := s.Empty(tb)
	if err := dropSchema(tb.Context(), uri); err != nil {
		tb.Fatalf("drop constraints and indexes: %v", err)
	}
	return uri
}

// Kill ends the server at once, by SIGKILL, as a power cut of the process would. Its data stays. Where the server is
// not ours to kill, the test is skipped.
func (s *Server) Kill(tb testing.TB) {
	tb.Helper()
	if os.Getenv(external) != "" {
		tb.Skipf("needs a server of its own, but %s is set", external)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kill()
}

// Restart starts a killed server again, with the same data and at the same URI.
func (s *Server) Restart(tb testing.TB) {
	tb.Helper()
	s.URI(tb)
}

// Stop ends the server, if it was started, and removes what it kept in a temporary folder.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kill()
	if s.dir != s.Dir {
		_ = os.RemoveAll(s.dir) // a temporary folder; the system clears what stays
		s.dir = ""
	}
}

func (s *Server) uri() string {
	return "bolt://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) + "/" + database
}

// errMissing means that there is no server to start.
var errMissing = errors.New("no Neo4j to test against")

// start starts the server and waits until it answers. Its caller holds s.mu.
func (s *Server) start(ctx context.Context) error {
	lib, err := assembled()
	if err != nil {
		return fmt.Errorf("%w: %w", errMissing, err)
	}
	if s.dir == "" {
		if err := s.prepare(ctx, lib); err != nil {
			return fmt.Errorf("prepare Neo4j: %w", err)
		}
	}
	if s.process, err = launch(lib, s.dir, s.tuning()); err != nil {
		return fmt.Errorf("start Neo4j: %w", err)
	}
	if err := s.await(ctx); err != nil {
		s.kill()
		return fmt.Errorf("%w; the end of its log:\n%s", err, tail(s.dir, 4096))
	}
	return nil
}

// tuning returns the options of the Java machine that depend on the server's purpose.
func (s *Server) tuning() []string {
	if s.Throughput {
		return []string{"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"}
	}
	return []string{"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"}
}

// prepare chooses a port and makes the server's folder.
func (s *Server) prepare(ctx context.Context, lib string) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("find a free port: %w", err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if err := listener.Close(); err != nil || !ok {
		return errors.Join(errors.New("find a free port"), err)
	}
	s.port = address.Port
	if s.dir, err = s.folder(); err != nil {
		return err
	}
	if err := configure(s.dir, s.port, s.Password != "", s.pageCache()); err != nil || s.Password == "" {
		return err
	}
	return setPassword(ctx, lib, s.dir, s.Password)
}

func (s *Server) folder() (string, error) {
	if s.Dir != "" {
		return s.Dir, os.MkdirAll(s.Dir, 0o700)
	}
	return os.MkdirTemp("", "claimgraph-neo4j-")
}

// pageCache returns how much of the data the server holds in memory.
func (s *Server) pageCache() string {
	if s.Throughput {
		return "1g"
	}
	return "128m"
}

// await waits until the server answers over Bolt.
func (s *Server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	var last error
	for {
		if last = s.ping(ctx); last == nil {
			return nil
		}
		select {
		case <-s.process.done:
			return fmt.Errorf("start Neo4j: it ended: %w", cmp.Or(s.process.err, last))
		case <-ctx.Done():
			return fmt.Errorf("start Neo4j: no answer within %v: %w", startTimeout, last)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// kill ends the process, if there is one. Its caller holds s.mu.
func (s *Server) kill() {
	if s.process != nil {
		s.process.kill()
		s.process = nil
	}
}

func (s *Server) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	auth := fromEnvironment()
	if s.Password != "" {
		auth = neo4j.BasicAuth("neo4j", s.Password, "")
	}
	_, err := runAs(ctx, auth, s.uri(), "RETURN 1")
	return err
}

func empty(ctx context.Context, uri string) error {
	_, err := run(ctx, uri, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
	return err
}

func dropSchema(ctx context.Context, uri string) error {
	constraints, err := run(ctx, uri, "SHOW CONSTRAINTS YIELD name RETURN 'CONSTRAINT' AS what, name")
	if err != nil {
		return err
	}
	indexes, err := run(ctx, uri, `SHOW INDEXES YIELD name, type, owningConstraint
		WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN 'INDEX' AS what, name`)
	if err != nil {
		return err
	}
	for _, record := range append(constraints, indexes...) {
		if _, err := run(ctx, uri, fmt.Sprintf("DROP %s `%s`", record.Values...)); err != nil {
			return err
		}
	}
	return nil
}

// fromEnvironment returns the user and password of an external server.
func fromEnvironment() neo4j.AuthToken {
	if user := os.Getenv("CLAIMGRAPH_NEO4J_USER"); user != "" {
		return neo4j.BasicAuth(user, os.Getenv("CLAIMGRAPH_NEO4J_PASSWORD"), "")
	}
	return neo4j.NoAuth()
}

func run(ctx context.Context, uri, cypher string) ([]*neo4j.Record, error) {
	return runAs(ctx, fromEnvironment(), uri, cypher)
}

// runAs runs one auto-commit statement.
func runAs(ctx context.Context, auth neo4j.AuthToken, uri, cypher string) ([]*neo4j.Record, error) {
	address, name := split(uri)
	driver, err := neo4j.NewDriverWithContext(address, auth)
	if err != nil {
		return nil, err
	}
	defer driver.Close(ctx)
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: name})
	defer session.Close(ctx)
	result, err := session.Run(ctx, cypher, nil)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}

// Query runs one statement and returns its rows.
func Query(tb testing.TB, uri, cypher string) [][]any {
	tb.Helper()
	records, err := run(tb.Context(), uri, cypher)
	if err != nil {
		tb.Fatalf("%s: %v", cypher, err)
	}
	rows := make([][]any, len(records))
	for i, r := range records {
		rows[i] = r.Values
	}
	return rows
}

// ProcessorTime returns how much processor time the server has used so far.
func ProcessorTime(ctx context.Context, uri string) (time.Duration, error) {
	records, err := run(ctx, uri, `CALL dbms.queryJmx("java.lang:type=OperatingSystem") YIELD attributes
		RETURN attributes.ProcessCpuTime.value`)
	if err != nil {
		return 0, err
	}
	if nanoseconds, ok := records[0].Values[0].(int64); ok {
		return time.Duration(nanoseconds), nil
	}
	return 0, fmt.Errorf("processor time of Neo4j: got %v", records[0].Values[0])
}
