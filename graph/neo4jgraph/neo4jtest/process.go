package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// watch runs a server for as long as its standard input is open. So the server also ends with a test process that
// dies without tidying up.
const watch = `"$@" </dev/null & cat >/dev/null; kill -9 $!; wait`

// A process is a running server.
type process struct {
	stdin io.Closer
	done  chan struct{} // closed when it has ended
	err   error         // set before done is closed
}

// launch starts the server whose jars lie in lib, with everything else in dir.
func launch(lib, dir string, tuning []string) (*process, error) {
	log, err := os.OpenFile(logPath(dir), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()

	args := slices.Concat([]string{"-c", watch, "sh", "java"}, tuning, []string{
		"-XX:-UsePerfData",
		"--add-opens=java.base/java.nio=ALL-UNNAMED",
		"--add-opens=java.base/java.io=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
		"--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
		"-Dio.netty.tryReflectionSetAccessible=true",
		"-Dlog4j2.disable.jmx=true",
		"-cp", filepath.Join(lib, "*"),
		"org.neo4j.server.CommunityEntryPoint", "--home-dir=" + dir, "--config-dir=" + dir, "--console-mode",
	})
	//nolint:noctx // The server outlives the test that happens to start it; closing its input ends it.
	cmd := exec.Command("sh", args...)
	cmd.Stdout, cmd.Stderr = log, log
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{stdin: stdin, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.err = cmd.Wait()
	}()
	return p, nil
}

// kill ends the server by SIGKILL and waits for its end.
func (p *process) kill() {
	_ = p.stdin.Close() // an already closed pipe is as good
	<-p.done
}

// setPassword sets the password of user neo4j, before the first start.
func setPassword(ctx context.Context, lib, dir, password string) error {
	cmd := exec.CommandContext(ctx, "java", "-cp", filepath.Join(lib, "*"),
		"org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password)
	cmd.Env = append(os.Environ(), "NEO4J_HOME="+dir, "NEO4J_CONF="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("set the password: %w: %s", err, out)
	}
	return nil
}

// configure writes the configuration of a server for tests.
func configure(dir string, port int, authentication bool, pageCache string) error {
	conf := fmt.Sprintf(`
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:%d
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
client.allow_telemetry=false
dbms.security.auth_enabled=%t
server.memory.pagecache.size=%s
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=keep_none
`, port, authentication, pageCache)
	return os.WriteFile(filepath.Join(dir, "neo4j.conf"), []byte(conf), 0o600)
}

// assembled returns the folder with the server's jars, or what is missing.
func assembled() (string, error) {
	if _, err := exec.LookPath("java"); err != nil {
		return "", errors.New("there is no Java; install a runtime of version 17 or later")
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("the test does not run within the module")
		}
		dir = parent
	}
	lib := filepath.Join(dir, ".neo4j", "lib")
	if _, err := os.Stat(lib); err != nil {
		return "", errors.New("it is not assembled; run make neo4j")
	}
	return lib, nil
}

func logPath(dir string) string { return filepath.Join(dir, "console.log") }

// tail returns the last n bytes of the server's log.
func tail(dir string, n int) string {
	log, err := os.ReadFile(logPath(dir))
	if err != nil {
		return err.Error()
	}
	return string(log[max(0, len(log)-n):])
}

// split takes the database's name off a URI.
func split(uri string) (address, name string) {
	u, err := url.Parse(uri)
	if err != nil {
		return uri, "" // the driver says what is wrong with it
	}
	name = strings.Trim(u.Path, "/")
	u.Path = ""
	return u.String(), name
}
