package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/crypto/ssh"
)

// What no decent client says of itself.
var (
	strangeUsers = []string{
		"", "\x1b]0;mine\x07\x1b[2J", "root\r\nMaria", "\x00", "\xff\xfe", strings.Repeat("x", 20_000), "a\u202eb", "' OR 1=1 --",
	}
	strangeTerms = []string{
		"", "\x1b[2J", "xterm\nWICKET_HOUSE=/etc/passwd", "../../../etc/passwd", "$(reboot)", strings.Repeat("x", 4000), "\xff",
	}
	strangeSizes = [][2]int{ // columns and lines
		{0, 0}, {1, 1}, {0, 24}, {80, 0}, {10_000, 10_000}, {1 << 31, 1 << 31}, {1<<32 - 1, 1<<32 - 1}, {1, 10_000}, {10_000, 1},
	}
	strangeEnv = [][2]string{
		{"LANG", "\x1b]0;mine\x07"},
		{"TERM", "\x1b[2J"},
		{"COLORTERM", "truecolor\nX=1"},
		{"A=B", "c"},
		{"", "\x00"},
		{"WICKET_HOUSE", "/etc/passwd"},
		{"LD_PRELOAD", "/tmp/x"},
		{"NO_COLOR", strings.Repeat("1", 400)},
	}
)

// control is what no report may hold: control characters but line ends.
var control = regexp.MustCompile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u202a-\u202e]")

// stranger is a client that is about to be strange.
type stranger struct {
	client  *ssh.Client
	session *ssh.Session
	keys    io.Closer
	late    *time.Timer // closes it: nothing waits for ever
}

// strange comes in as what no decent client is, and fails unless each is let in by
// its key and gets nothing back of what it sent.
//
//	strange KEY
func strange(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: strange KEY")
	}
	key, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	signer, err := ssh.ParsePrivateKey(key)
	ts.Check(err)
	port := regexp.MustCompile(`Port (\d+)`).FindStringSubmatch(ts.ReadFile("ssh_config"))[1]
	as := func(user string) *stranger {
		client, err := ssh.Dial("tcp", net.JoinHostPort("127.0.0.1", port), &ssh.ClientConfig{
			User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: enough,
		})
		if err != nil {
			ts.Fatalf("as %q: %v", user, err)
		}
		late := time.AfterFunc(enough, func() { _ = client.Close() })
		session, err := client.NewSession()
		ts.Check(err)
		return &stranger{client: client, session: session, late: late}
	}
	report := func(what string, v *stranger) {
		out, err := v.session.CombinedOutput("sales")
		if err != nil || control.Match(out) || !bytes.Contains(out, []byte("In all")) {
			ts.Fatalf("%s: %v: %q", what, err, out)
		}
	}
	for _, user := range strangeUsers {
		report("as "+strconv.Quote(user), as(user))
	}
	v := as("env")
	for _, e := range strangeEnv {
		_ = v.session.Setenv(e[0], e[1]) // refused or left out
	}
	report("with a strange environment", v)
	for _, term := range strangeTerms {
		v := as("term")
		what := fmt.Sprintf("a terminal called %.40q", term)
		v.draws(ts, what, term, 80, 24)
		v.leave(ts, what)
	}
	for _, size := range strangeSizes {
		v := as("size")
		what := fmt.Sprintf("a terminal of %d×%d", size[0], size[1])
		v.draws(ts, what, "xterm", size[0], size[1])
		for _, next := range strangeSizes {
			ts.Check(v.session.WindowChange(next[1], next[0]))
		}
		v.leave(ts, what)
	}
}

// draws opens a terminal and waits until something is drawn there.
func (v *stranger) draws(ts *testscript.TestScript, what, term string, w, h int) {
	out, err := v.session.StdoutPipe()
	ts.Check(err)
	v.keys, err = v.session.StdinPipe()
	ts.Check(err)
	if err := v.session.RequestPty(term, h, w, ssh.TerminalModes{}); err != nil {
		ts.Fatalf("%s: %v", what, err)
	}
	ts.Check(v.session.Shell())
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
		ts.Fatalf("%s shows nothing: %v", what, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
}

// leave ends what is typed at a terminal and waits until the server has let go of it.
func (v *stranger) leave(ts *testscript.TestScript, what string) {
	_ = v.keys.Close()
	_ = v.session.Wait()
	if !v.late.Stop() {
		ts.Fatalf("%s does not end", what)
	}
	_ = v.client.Close()
}
