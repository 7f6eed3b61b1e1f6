package sqlite

import (
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

const (
	// turnPatience is how long a writer waits for its turn before it writes without one.
	turnPatience = 300 * time.Millisecond
	// rivalry is how long another process counts as a rival after it was seen to write.
	rivalry = time.Second
	// turnsOff is how long a writer takes no turns after their files could not be locked.
	turnsOff = time.Minute
	// turnLook is how often a writer that knows of no rival looks whether one waits.
	turnLook = 20 * time.Millisecond
)

// hasRival reports whether another process writes too.
func (w *writer) hasRival() bool { return !w.rival.IsZero() && time.Since(w.rival) < rivalry }

// takeTurn waits for the process's turn to write, where others write too.
func (w *writer) takeTurn() {
	isRival := w.hasRival()
	if !isRival && time.Since(w.asked) < turnLook {
		return
	}
	w.asked = time.Now()
	if isRival || w.turns.wanted() {
		w.hasTurn = w.turns.pass(turnPatience)
	}
}

func (w *writer) endTurn() {
	if w.hasTurn {
		w.hasTurn = false
		w.turns.leave()
	}
}

// turnstile lets processes that write one store flat out take turns: SQLite's lock is
// whoever's tries at the right moment, and the one who has just let go of it is always
// first. Who wants the turn holds «next» while they wait for it, so that nobody passes
// them; who has had it queues behind those. Both are locks on empty files, which end
// with their process however that ends.
//
// It is manners only: where a turn does not come, or the files cannot be locked, the
// writer goes without, and SQLite's lock is what keeps writers apart.
type turnstile struct {
	next, turn *flock.Flock

	mu      sync.Mutex
	waiting bool      // a wait that was given up is still under way
	off     time.Time // until when it is not tried: the files could not be locked
}

func newTurnstile(path string) *turnstile {
	return &turnstile{
		next: flock.New(path+"-next", flock.SetPermissions(0o600)), turn: flock.New(path+"-turn", flock.SetPermissions(0o600)),
	}
}

// pass waits for the turn, up to so long, and reports whether it came: then it is to be
// given back with leave.
func (t *turnstile) pass(patience time.Duration) bool {
	t.mu.Lock()
	skip := t.waiting || time.Now().Before(t.off)
	t.mu.Unlock()
	if skip {
		return false
	}
	first, err := t.next.TryLock()
	if first {
		ok, err := t.turn.TryLock()
		if ok || t.failed(err) != nil {
			_ = t.next.Unlock()
			return ok
		}
	} else if t.failed(err) != nil {
		return false
	}
	t.mu.Lock()
	t.waiting = true
	t.mu.Unlock()
	came := make(chan bool, 1)
	gaveUp := false
	go func() {
		ok := t.wait(first)
		t.mu.Lock()
		defer t.mu.Unlock()
		if gaveUp && ok {
			t.leave()
		}
		t.waiting = false
		came <- ok
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case ok := <-came:
		return ok
	case <-timer.C:
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting {
		gaveUp = true
		return false
	}
	return <-came
}

// wait takes the turn once it is there; first says that it is next in line already.
func (t *turnstile) wait(first bool) bool {
	if !first && t.failed(t.next.Lock()) != nil {
		return false
	}
	err := t.failed(t.turn.Lock())
	_ = t.next.Unlock()
	return err == nil
}

func (t *turnstile) failed(err error) error {
	if err != nil {
		t.mu.Lock()
		t.off = time.Now().Add(turnsOff)
		t.mu.Unlock()
	}
	return err
}

// wanted reports whether other processes have taken turns here, ever: until then there
// are no files, and nothing to wait for.
func (t *turnstile) wanted() bool {
	_, err := os.Stat(t.next.Path())
	return err == nil
}

// leave gives the turn back.
func (t *turnstile) leave() { _ = t.turn.Unlock() }
