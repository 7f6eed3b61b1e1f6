package fire_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// recovery is how long a store may take to go on by itself: far longer than it does,
// for machines that are busy.
const recovery = 90 * time.Second

// counterEnv names the house to a process that is to be a counter.
const counterEnv = "WICKET_TEST_COUNTER"

// counter is a process that has a house open, follows it, and does what it is told,
// one line each: «sell», «read», «recount» (it reads all there is), «health», «well»
// (once it is), «told» (once the feed told of all there is).
type counter struct {
	*testing.T
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers *bufio.Reader
}

// openCounter starts a counter; it is killed when the test ends, if it lives so long.
func openCounter(t *testing.T, house string) *counter {
	t.Helper()
	c := &counter{T: t, cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(os.Environ(), counterEnv+"="+house)
	c.cmd.Stderr = os.Stderr
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.answers = bufio.NewReader(out)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
	})
	c.expect("open", "ok")
	return c
}

// ask tells the counter to do something, and returns its answer.
func (c *counter) ask(what string) string {
	c.Helper()
	late := time.AfterFunc(recovery, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	_, _ = fmt.Fprintln(c.in, what)
	line, err := c.answers.ReadString('\n')
	if err != nil {
		c.Fatalf("the counter was told «%s» and ended", what)
	}
	return strings.TrimSpace(line)
}

// expect asks, and wants an answer that begins so.
func (c *counter) expect(what, answer string) {
	c.Helper()
	if got := c.ask(what); !strings.HasPrefix(got, answer) {
		c.Errorf("told «%s», it says «%s», want «%s»", what, got, answer)
	}
}

// close has the counter close its store.
func (c *counter) close() {
	c.Helper()
	_ = c.in.Close()
	if err := c.cmd.Wait(); err != nil {
		c.Errorf("close the counter: %v", err)
	}
}

// countIfAsked makes the process a counter, where openCounter started it as one.
func countIfAsked() {
	path := os.Getenv(counterEnv)
	if path == "" {
		return
	}
	if err := count(path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func count(path string) (err error) {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	clock := storetest.NewClock(storetest.Curtain.AddDate(0, -3, 0))
	store, err := sqlite.Open(ctx, path, sqlite.Options{Clock: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	e, err := storetest.Reopen(store, clock)
	if err != nil {
		return err
	}
	head := func() (seq int64, err error) {
		err = store.View(ctx, func(r boxoffice.Reader) (err error) { seq, _, err = r.Head(); return err })
		return seq, err
	}
	// What a screen does: it reads when it is told, and shows what it has read.
	var mu sync.Mutex
	var shown int64
	watch := store.Watch(ctx)
	go func() {
		for range watch {
			if seq, err := head(); err == nil {
				mu.Lock()
				shown = seq
				mu.Unlock()
			}
		}
	}()
	until := func(done func() bool) bool {
		timer, tick := time.NewTimer(recovery/2), time.NewTicker(5*time.Millisecond)
		defer timer.Stop()
		defer tick.Stop()
		for !done() {
			select {
			case <-tick.C:
			case <-timer.C:
				return false
			}
		}
		return true
	}
	words := func(err error) string {
		var s *boxoffice.StoreError
		switch {
		case err == nil:
			return "ok"
		case errors.As(err, &s) && s.Unknown:
			return "unknown: " + err.Error()
		}
		return err.Error()
	}
	by := e.Staff[0]
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var answer string
		switch lines.Text() {
		case "open":
			answer = "ok"
		case "sell":
			answer = words(sellOne(e, by))
		case "read":
			_, err := head()
			answer = words(err)
		case "recount":
			_, err := store.Verify(ctx)
			answer = words(err)
		case "health":
			answer = words(store.Health())
		case "well":
			until(func() bool { return store.Health() == nil })
			answer = words(store.Health())
		case "told":
			seq, err := head()
			told := until(func() bool { mu.Lock(); defer mu.Unlock(); return shown >= seq })
			if answer = words(err); !told {
				answer = fmt.Sprintf("told of %d, there are %d", shown, seq)
			}
		}
		fmt.Println(answer)
	}
	return nil
}

// sellOne sells the best place there is.
func sellOne(e *storetest.Evening, by boxoffice.Actor) error {
	ctx := context.Background()
	if err := e.Office.Drop(ctx, boxoffice.NewCommandID(), by); err != nil && boxoffice.KindOf(err) != boxoffice.KindState { // it is empty
		return err
	}
	one := boxoffice.Request{Parties: []boxoffice.Party{{Count: 1}}, Section: -1, Zone: -1}
	if _, err := e.Office.HoldBest(ctx, boxoffice.NewCommandID(), by, e.Performance, one); err != nil {
		return err
	}
	basket, err := e.Office.Basket(ctx, by.Staff)
	if err != nil {
		return err
	}
	_, err = e.Office.SellCash(ctx, boxoffice.NewCommandID(), by, basket.Total, basket.Total)
	return err
}
