package fire_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wicket/store/storetest"
)

// twiceHouse names the house in which a process of this test binary is to send
// everything once more, and twiceDies the step at which it is to be killed.
const (
	twiceHouse = "WICKET_TEST_TWICE_HOUSE"
	twiceDies  = "WICKET_TEST_TWICE_DIES"
)

// TestEveryUseCaseTwiceInEitherProcess sends every use case from two processes under
// one command id. Then it does so again and has one of them killed with a use case
// under way, at another step each time; the other sends that once more.
func TestEveryUseCaseTwiceInEitherProcess(t *testing.T) {
	if path := os.Getenv(twiceHouse); path != "" {
		twiceAsProcess(t, path)
		return
	}
	began := time.Now()
	steps := twiceInTwo(t, 0)
	deaths := min(storetest.Rounds(t, 3, 1000), steps)
	for i := range deaths {
		twiceInTwo(t, 1+i*steps/deaths)
	}
	t.Logf("%d use cases sent five times each by two processes, the first breaking; %d killed with a use case under way: each done once and answered alike, %.1f s",
		steps, deaths, time.Since(began).Seconds())
}

// twiceInTwo has two processes send everything, of which the other is killed at a step
// if that is not zero. It returns how many use cases that were.
func twiceInTwo(t *testing.T, dies int) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "house.wicket")
	clock := storetest.NewClock(storetest.TwiceStarts)
	store := openStore(t, path, clock)
	defer closeStore(t, store)
	cmd := exec.Command(os.Args[0], "-test.run=^TestEveryUseCaseTwiceInEitherProcess$", "-test.v")
	cmd.Env = append(os.Environ(), twiceHouse+"="+path, fmt.Sprintf("%s=%d", twiceDies, dies))
	said := &strings.Builder{}
	cmd.Stderr = said
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines, writer := io.Pipe()
	passed, ended := false, make(chan struct{})
	go func() {
		defer close(ended)
		passed = forPartner(out, writer)
	}()
	defer func() {
		_, _ = in.Close(), lines.Close()
		<-ended
		if err := cmd.Wait(); passed != (dies == 0) || passed && err != nil {
			t.Errorf("to be killed at step %d, the other process ended with %v, passed %v: %s", dies, err, passed, said)
		}
	}()
	return storetest.TwiceInEither(t, store, clock, storetest.NewPartner(0, lines, in, dies != 0))
}

// twiceAsProcess is the other process.
func twiceAsProcess(t *testing.T, path string) {
	clock := storetest.NewClock(storetest.TwiceStarts)
	store := openStore(t, path, clock)
	defer closeStore(t, store)
	partner := storetest.NewPartner(1, os.Stdin, os.Stdout, false)
	var dies int
	if _, err := fmt.Sscan(os.Getenv(twiceDies), &dies); err != nil {
		t.Fatal(err)
	}
	partner.DieAt(dies, func() {
		me, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = me.Kill()
		}
		t.Error(err)
	})
	storetest.TwiceInEither(t, store, clock, partner)
}

// forPartner copies the lines that are for the partner, which begin with a quote: the
// test binary has others. It returns whether the test passed.
func forPartner(from io.Reader, to *io.PipeWriter) (passed bool) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), `"`) {
			_, _ = fmt.Fprintln(to, lines.Text())
		}
		passed = passed || lines.Text() == "PASS"
	}
	_ = to.Close()
	return passed
}
