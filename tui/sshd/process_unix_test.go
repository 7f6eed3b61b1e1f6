//go:build unix

package sshd_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// process is a server of its own, in a group of its own.
type process struct {
	*exec.Cmd
	addr string
	key  gossh.Signer
	done chan error
}

func startProcess(t testing.TB) *process {
	t.Helper()
	p := &process{key: newKey(), done: make(chan error, 1)}
	p.Cmd = exec.Command(os.Args[0])
	p.Env = append(os.Environ(), childKeys+"="+string(gossh.MarshalAuthorizedKey(p.key.PublicKey())))
	p.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the server does not start")
	}
	p.addr = lines.Text()
	go func() {
		for lines.Scan() {
		}
		p.done <- p.Wait()
	}()
	t.Cleanup(func() {
		_ = p.Process.Kill()
		<-p.done
	})
	return p
}

func (p *process) visit(t testing.TB) *guest {
	t.Helper()
	client, _, err := dial(p.addr, "whoever", p.key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return &guest{t: t, Client: client}
}

// TestASignalEndsNoTerminal: SIGTERM closes the door, and who is busy goes on.
func TestASignalEndsNoTerminal(t *testing.T) {
	t.Parallel()
	p := startProcess(t)
	s := p.visit(t).sit()
	s.out.wait(t, "Person 1 at ssh 1")
	s.press("x")
	s.out.wait(t, "typed <x>")
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.out.wait(t, "closing")
	if _, _, err := dial(p.addr, "whoever", p.key); err == nil || !strings.Contains(err.Error(), "Wicket is closing") {
		t.Errorf("a newcomer: %v", err)
	}
	s.press("y")
	s.out.wait(t, "typed <xy>")
	s.press("Q")
	s.code()
	select {
	case err := <-p.done:
		if err != nil {
			t.Errorf("the server ended with %v", err)
		}
		p.done <- nil
	case <-time.After(patience):
		t.Fatal("the server does not end")
	}
}

// TestSuspendingStopsNobody: what stops a program at a local terminal would stop
// the server with everybody in it.
func TestSuspendingStopsNobody(t *testing.T) {
	p := startProcess(t)
	s, other := p.visit(t).sit(), p.visit(t).sit()
	s.out.wait(t, "at ssh ")
	other.out.wait(t, "at ssh ")
	s.press("\x1a")
	s.out.wait(t, "typed <on we go>")
	other.press("y")
	other.out.wait(t, "typed <y>")
}
