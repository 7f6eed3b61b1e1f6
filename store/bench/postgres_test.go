//go:build linux

package bench_test

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The ways to do a use case in PostgreSQL.
const (
	rowLocks    = "PostgreSQL, row locks"
	pipelined   = "PostgreSQL, row locks, pipelined"
	oneFunction = "PostgreSQL, one function"
	skipLocked  = "PostgreSQL, one function, SKIP LOCKED"
)

//go:embed testdata/postgres.sql
var postgresSchema string

// settings are what PostgreSQL is given beyond Debian's own: memory, a log large enough
// that no turn waits for a checkpoint. What makes a commit durable stays on.
var settings = []string{
	"fsync=on", "synchronous_commit=on", "full_page_writes=on", "wal_sync_method=fdatasync",
	"shared_buffers=1GB", "wal_buffers=64MB", "max_wal_size=8GB", "min_wal_size=1GB", "checkpoint_timeout=30min", "wal_compression=off",
	"effective_cache_size=4GB", "work_mem=16MB", "random_page_cost=1.1", "jit=off", "max_connections=150", "autovacuum=off",
}

// postgres is a server of our own, on a socket of the file system.
type postgres struct {
	dir     string
	process *exec.Cmd
	version string
}

// startPostgres makes a cluster in dir and starts its server.
func startPostgres(t *testing.T, dir string) (*postgres, error) {
	program, err := findProgram("postgres", "postgresql", "/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return nil, err
	}
	attr, err := asUser("postgres")
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	if attr.Credential != nil {
		if err := os.Chown(dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
			return nil, err
		}
	}
	run := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(filepath.Dir(program), name), args...)
		c.Dir, c.SysProcAttr = "/", attr
		return c
	}
	data := filepath.Join(dir, "data")
	if out, err := run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, lastLine(out))
	}
	args := []string{"-D", data, "-k", dir, "-h", ""}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "postgres.log"))
	if err != nil {
		return nil, err
	}
	p := &postgres{dir: dir, process: run("postgres", args...)}
	p.process.Stdout, p.process.Stderr = log, log
	if err := p.process.Start(); err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		_ = p.process.Process.Signal(syscall.SIGINT)
		_ = p.process.Wait()
		_ = log.Close()
	})
	for deadline := time.Now().Add(time.Minute); ; <-time.After(50 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), p.address())
		if err == nil {
			err = conn.QueryRow(context.Background(), "SHOW server_version").Scan(&p.version)
			return p, errors.Join(err, conn.Close(context.Background()))
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("the server does not come up: %w: %s", err, lastLine([]byte(readWhole(log.Name()))))
		}
	}
}

func (p *postgres) address() string {
	return "host=" + p.dir + " user=postgres dbname=postgres sslmode=disable"
}

// mostConnections is how many connections callers share at most. Of 8, 16, 32, 64 and 128,
// 32 gave the best rate with the shortest waits: more only wait for each other.
const mostConnections = 32

// clients are connections to a house in PostgreSQL.
type clients struct {
	*pgxpool.Pool
	pipelined bool // several statements go at once
	passing   bool // who wants the best passes over what somebody is just taking, and gets less
}

// open makes the house anew, with so many performances' seats on sale and clerks, and
// connects to it.
func (p *postgres) open(s *section, performances, seats, clerks, callers int, extra ...string) (*clients, func()) {
	s.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, p.address())
	s.must(err)
	for _, statement := range append([]string{
		"DROP SCHEMA IF EXISTS public CASCADE", "CREATE SCHEMA public", postgresSchema,
		fmt.Sprintf("INSERT INTO seat (performance, place, state, version) SELECT p, n, 'available', 1 FROM generate_series(1, %d) p, generate_series(1, %d) n", performances, seats),
		fmt.Sprintf("INSERT INTO basket (staff, version) SELECT n, 1 FROM generate_series(1, %d) n", clerks),
	}, append(extra, "VACUUM ANALYZE", "CHECKPOINT")...) {
		if _, err := conn.Exec(ctx, statement); err != nil {
			s.Fatalf("PostgreSQL: %s: %v", strings.SplitN(statement, "\n", 2)[0], err)
		}
	}
	s.must(conn.Close(ctx))
	config, err := pgxpool.ParseConfig(p.address())
	s.must(err)
	config.MaxConns = int32(min(callers, mostConnections))
	config.MinConns = config.MaxConns
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	pool, err := pgxpool.NewWithConfig(ctx, config)
	s.must(err)
	return &clients{Pool: pool}, pool.Close
}
