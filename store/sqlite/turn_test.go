package sqlite

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// long is how long these tests wait for what must come.
const long = time.Minute

// inLine passes a turnstile in the background, and returns once it is first in line.
func inLine(t *testing.T, at *turnstile) <-chan bool {
	t.Helper()
	came := make(chan bool, 1)
	go func() { came <- at.pass(long) }()
	probe := newTurnstile(filepath.Join(filepath.Dir(at.next.Path()), "house"))
	for {
		free, err := probe.next.TryLock()
		if err != nil {
			t.Fatal(err)
		}
		if !free {
			return came
		}
		_ = probe.next.Unlock()
		runtime.Gosched()
	}
}

func TestTurnComesToWhoWaitsBeforeWhoHadIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house")
	a, b := newTurnstile(path), newTurnstile(path)
	if a.wanted() {
		t.Error("somebody wants a turn where nobody ever came")
	}
	if !a.pass(long) {
		t.Fatal("nobody is there, and there is no turn")
	}
	for range 20 {
		came := inLine(t, b)
		a.leave()
		again := make(chan bool, 1)
		go func() { again <- a.pass(long) }()
		if !<-came {
			t.Fatal("who waited got no turn")
		}
		select {
		case <-again:
			t.Fatal("two have the turn")
		default:
		}
		b.leave()
		if !<-again {
			t.Fatal("who had it got it never again")
		}
	}
	a.leave()
	if !a.wanted() || !b.pass(long) {
		t.Error("after all have left, there is no turn")
	}
	b.leave()
}

func TestTurnIsManagedWithoutWhereItDoesNotCome(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house")
	stuck, other := newTurnstile(path), newTurnstile(path)
	if !stuck.pass(long) {
		t.Fatal("nobody is there, and there is no turn")
	}
	for range 3 {
		if other.pass(time.Millisecond) {
			t.Fatal("two have the turn")
		}
	}
	stuck.leave()
	// The wait that was given up ends by itself, and leaves the turn free.
	for !other.pass(long) {
		runtime.Gosched()
	}
	if stuck.pass(time.Millisecond) {
		t.Error("two have the turn")
	}
	other.leave()
	for !stuck.pass(long) {
		runtime.Gosched()
	}
	stuck.leave()
}

func TestTurnIsNoneWhereFilesCannotBeMade(t *testing.T) {
	nowhere := newTurnstile(filepath.Join(t.TempDir(), "gone", "house"))
	if nowhere.pass(long) {
		t.Error("a turn where no file can be")
	}
}

// TestWriterWritesWithoutATurn has a rival that never gives the turn back.
func TestWriterWritesWithoutATurn(t *testing.T) {
	s := openTest(t)
	stuck := newTurnstile(s.path)
	if !stuck.pass(long) {
		t.Fatal("nobody is there, and there is no turn")
	}
	defer stuck.leave()
	for range 3 {
		if err := write(s, "sold"); err != nil {
			t.Fatal(err)
		}
	}
	if got := written(t, s); got != "sold sold sold" {
		t.Errorf("the journal says «%s»", got)
	}
}

// turnHouse names the house whose turn a process of [TestTurnEndsWithItsProcess] takes
// and never gives back.
const turnHouse = "WICKET_TEST_TURN_HOUSE"

func TestTurnEndsWithItsProcess(t *testing.T) {
	if path := os.Getenv(turnHouse); path != "" {
		if newTurnstile(path).pass(long) {
			_, _ = os.Stdout.WriteString("has it\n")
		}
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
		return
	}
	path := filepath.Join(t.TempDir(), "house")
	holder := exec.Command(os.Args[0], "-test.run=^TestTurnEndsWithItsProcess$")
	holder.Env = append(os.Environ(), turnHouse+"="+path)
	in, errIn := holder.StdinPipe()
	out, errOut := holder.StdoutPipe()
	if errIn != nil || errOut != nil {
		t.Fatal(errIn, errOut)
	}
	defer in.Close()
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if words, err := bufio.NewReader(out).ReadString('\n'); err != nil || words != "has it\n" {
		t.Fatalf("the other process says «%s», %v", words, err)
	}
	at := newTurnstile(path)
	if at.pass(time.Millisecond) {
		t.Fatal("two have the turn")
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // it was killed
	for !at.pass(long) {
		runtime.Gosched()
	}
	at.leave()
}
