package sshd_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
	"wicket/tui/sshd"
)

// childKeys is where a process that is to be a server finds who works in it, in
// authorized_keys form: the n-th line is person n's.
const childKeys = "WICKET_SSHD_TEST_KEYS"

// TestMain runs the tests, or, asked to by one of them, a server in a process of
// its own.
func TestMain(m *testing.M) {
	if keys := os.Getenv(childKeys); keys != "" {
		if err := serveKeys(keys); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serveKeys serves until SIGTERM, then drains as a real server does. Its first
// line of output is where it listens.
func serveKeys(keys string) error {
	staff := newDirectory()
	id := boxoffice.StaffID(0)
	for line := range strings.Lines(keys) {
		key, _, _, _, err := gossh.ParseAuthorizedKey([]byte(line))
		if err != nil {
			return err
		}
		id++
		staff.keys[gossh.FingerprintSHA256(key)] = boxoffice.Staff{ID: id, Name: fmt.Sprint("Person ", id), Role: boxoffice.Clerk, Active: true}
	}
	dir, err := os.MkdirTemp("", "sshd")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, err := sshd.New(sshd.Options{
		HostKey: dir + "/key", Directory: staff, Open: (&stage{}).Open, Command: cost,
		Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Limits: sshd.Limits{Sessions: 10_000, Address: 10_000, Connections: 10_000, Failures: 1000},
	})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	served := make(chan error, 1)
	go func() { served <- s.Serve(context.Background(), l) }()
	select {
	case err := <-served:
		return err
	case <-term:
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.Drain(ctx); err != nil {
		return err
	}
	return <-served
}

// cost is the one command of such a server: what it holds.
func cost(_ context.Context, _ sshd.Visit, _ []string, stdout, _ io.Writer) int {
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	rss := 0
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			_, _ = fmt.Sscan(rest, &rss)
		}
	}
	fmt.Fprintln(stdout, rss*1024, m.HeapInuse, m.StackInuse, runtime.NumGoroutine())
	return 0
}
