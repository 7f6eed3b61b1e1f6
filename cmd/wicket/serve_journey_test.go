package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/crypto/ssh"

	"wicket/tui/tuitest/journey"
)

// TestServeJourneys plays staff who come in over SSH: the real binary, OpenSSH's
// own client. Beside what journeys and testscript have, scripts have
//
//	served start [ARGUMENT…]   starts wicket serve on a port of its own
//	served wait REGEXP         until it has said so
//	served signal NAME         TERM, INT or KILL
//	served exit CODE           until it has ended
//	[!] come [-code N] KEY [WORD…]   ssh as the holder of the key file KEY
//	fingerprint NAME KEY.pub   sets NAME to the key's fingerprint
//	enrol NAME [ROLE]          makes a key, in a file called as the person in small
//	                           letters; with a role, takes them on first
//	strange KEY                comes in with strange names, terminals, sizes and such
//
// and ssh_config for terminals: screen a start ssh -F ssh_config -i KEY box.
func TestServeJourneys(t *testing.T) {
	for _, program := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s here", program)
		}
	}
	params := testscript.Params{Dir: "testdata/serve", RequireExplicitExec: true}
	params.Setup = func(env *testscript.Env) error {
		env.Setenv("HOME", env.WorkDir)
		env.Setenv("WICKET_HOUSE", env.WorkDir+"/house.wicket")
		env.Setenv("TERM", "xterm-256color")
		env.Setenv("SSH_AUTH_SOCK", "")
		s := &served{env: env}
		env.Values[servedKey{}] = s
		env.Defer(s.kill)
		return nil
	}
	params.Cmds = map[string]func(*testscript.TestScript, bool, []string){"evening": evening, "pause": pause, "served": serveCmd, "come": come, "fingerprint": fingerprintCmd, "enrol": enrol, "strange": strange}
	journey.Add(&params)
	testscript.Run(t, params)
}

type servedKey struct{}

// enough is how long a script waits for anything: a busy machine is no fault.
const enough = 60 * time.Second

// served is a server that runs beside a script.
type served struct {
	env  *testscript.Env
	cmd  *exec.Cmd
	over chan struct{}

	mu   sync.Mutex
	said bytes.Buffer
	more chan struct{} // closed when it says more, and made anew
}

// Write implements [io.Writer]: what the server says.
func (s *served) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.more)
	s.more = make(chan struct{})
	return s.said.Write(p)
}

func (s *served) kill() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		<-s.over
	}
}

// wait waits until the server has said something that matches.
func (s *served) wait(ts *testscript.TestScript, want string) []string {
	re, err := regexp.Compile("(?m)" + want)
	ts.Check(err)
	late := time.After(enough)
	for {
		s.mu.Lock()
		text, more := s.said.String(), s.more
		s.mu.Unlock()
		if m := re.FindStringSubmatch(text); m != nil {
			return m
		}
		select {
		case <-more:
		case <-s.over:
			s.mu.Lock()
			text = s.said.String()
			s.mu.Unlock()
			if m := re.FindStringSubmatch(text); m != nil {
				return m
			}
			ts.Fatalf("the server ended without «%s»:\n%s", want, text)
		case <-late:
			ts.Fatalf("the server did not say «%s»:\n%s", want, text)
		}
	}
}

func serveCmd(ts *testscript.TestScript, neg bool, args []string) {
	s, _ := ts.Value(servedKey{}).(*served)
	if neg || len(args) < 1 {
		ts.Fatalf("usage: served start|wait|signal|exit …")
	}
	switch what, args := args[0], args[1:]; {
	case what == "start":
		s.start(ts, args)
	case what == "wait" && len(args) == 1:
		ts.Logf("[served] %s", s.wait(ts, args[0])[0])
	case what == "signal" && len(args) == 1:
		sig, ok := map[string]os.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}[args[0]]
		if !ok {
			ts.Fatalf("there is no signal %s here", args[0])
		}
		ts.Check(s.cmd.Process.Signal(sig))
	case what == "exit" && len(args) == 1:
		select {
		case <-s.over:
		case <-time.After(enough):
			ts.Fatalf("the server still runs:\n%s", s.said.String())
		}
		if code := s.cmd.ProcessState.ExitCode(); strconv.Itoa(code) != args[0] {
			ts.Fatalf("the server ended with %d, want %s:\n%s", code, args[0], s.said.String())
		}
	default:
		ts.Fatalf("served does not know «%s»", what)
	}
}

// start starts the server, waits until people can come, and says where in
// ssh_config.
func (s *served) start(ts *testscript.TestScript, args []string) {
	program, err := os.Executable()
	ts.Check(err)
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(dir, "wicket")); err == nil {
			program = filepath.Join(dir, "wicket")
			break
		}
	}
	s.mu.Lock() // the one before may have been killed just now, with its last words on the way
	s.said.Reset()
	s.more, s.over = make(chan struct{}), make(chan struct{})
	s.mu.Unlock()
	s.cmd = exec.Command(program, slices.Concat([]string{"serve", "--listen", "127.0.0.1:0"}, args)...)
	s.cmd.Env, s.cmd.Dir = s.env.Vars, s.env.WorkDir
	s.cmd.Stdout, s.cmd.Stderr = s, s
	ts.Check(s.cmd.Start())
	go func(cmd *exec.Cmd, over chan struct{}) { // of this server: a script may start another
		_ = cmd.Wait()
		close(over)
	}(s.cmd, s.over)
	port := s.wait(ts, `is open on 127\.0\.0\.1:(\d+)\n`)[1]
	config := fmt.Sprintf(`Host box
  HostName 127.0.0.1
  Port %s
  User whoever
  IdentitiesOnly yes
  IdentityAgent none
  PreferredAuthentications publickey
  StrictHostKeyChecking accept-new
  UserKnownHostsFile %s/known_hosts
  GlobalKnownHostsFile none
  LogLevel INFO
  BatchMode yes
  ConnectTimeout 60
`, port, s.env.WorkDir)
	ts.Check(os.WriteFile(ts.MkAbs("ssh_config"), []byte(config), 0o600))
}

// come comes in over SSH with words instead of a terminal.
func come(ts *testscript.TestScript, neg bool, args []string) {
	want := ""
	if len(args) > 1 && args[0] == "-code" {
		want, args = args[1], args[2:]
	}
	if len(args) < 1 {
		ts.Fatalf("usage: come [-code N] KEY [WORD…]")
	}
	err := ts.Exec("ssh", slices.Concat([]string{"-F", ts.MkAbs("ssh_config"), "-i", ts.MkAbs(args[0]), "box"}, args[1:])...)
	code := 0
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		code = ended.ExitCode()
	case err != nil:
		ts.Fatalf("ssh: %v", err)
	}
	if want == "" && (code != 0) != neg || want != "" && strconv.Itoa(code) != want {
		ts.Fatalf("ssh %s ended with %d", strings.Join(args, " "), code)
	}
}

func fingerprintCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fingerprint NAME KEY.pub")
	}
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(ts.ReadFile(args[1])))
	ts.Check(err)
	ts.Setenv(args[0], ssh.FingerprintSHA256(key))
}

func enrol(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: enrol NAME [ROLE]")
	}
	name, file := args[0], strings.ToLower(args[0])
	if len(args) == 2 {
		ts.Check(ts.Exec("wicket", "staff", "add", name, "--role", args[1]))
	}
	ts.Check(ts.Exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", file+"@desk", "-f", ts.MkAbs(file)))
	ts.Check(ts.Exec("wicket", "staff", "key", "add", name, file+".pub"))
}
