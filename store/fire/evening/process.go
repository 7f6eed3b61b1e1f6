package evening

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// process is one program that has the house open: a counter, the server.
type process struct {
	name   string
	line   *line
	office *boxoffice.Office
	down   bool
}

// fate is what becomes of a command under way.
type fate int

const (
	lives    fate = iota
	halfway       // the process dies when everything is written and nothing committed
	answered      // it dies when all is committed, before anybody is told
)

// errDied is what a caller hears of a process that died: nothing.
var errDied = errors.New("the process died")

// line is how an office reaches its store: it watches what passes, gives the commands
// that the office makes itself an id by the dice, and cuts where the process dies.
type line struct {
	boxoffice.Store
	e      *Evening
	inHand boxoffice.CommandID
	fate   fate
	cut    func() // what is done in the moment of dying
	giveUp bool   // while the next command is written, a caller behind it gives up
}

// Update implements [boxoffice.Store].
func (l *line) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	if cmd != "" && cmd != l.inHand {
		cmd = l.e.newCommand() // a sweep's
	}
	var at time.Time
	lapsed := 0
	err := l.Store.Update(ctx, cmd, answer, func(tx boxoffice.Tx) error {
		at, lapsed = time.Time{}, 0
		l.e.sees(tx.Now())
		if err := fn(watched{Tx: tx, at: &at, lapsed: &lapsed, e: l.e}); err != nil {
			return err
		}
		if l.giveUp {
			l.giveUp = false
			l.givenUp(ctx)
		}
		if l.fate == halfway {
			l.die()
			return errDied
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !at.IsZero() {
		l.e.told.head = at
		l.e.out.Lapsed += lapsed
	}
	if l.fate == answered {
		l.die()
		return errDied
	}
	return nil
}

// givenUp sends a command that its caller gives up before its turn comes: it is not
// carried out, then or later.
func (l *line) givenUp(ctx context.Context) {
	err := l.Store.Update(&impatient{Context: ctx}, l.e.newCommand(), nil, func(boxoffice.Tx) error {
		l.e.fault = "a command that was given up was carried out"
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		l.e.fault = fmt.Sprintf("a command that was given up came to %v", err)
	}
}

// impatient is the context of a caller who gives up as soon as they have to wait.
type impatient struct {
	context.Context
	over bool
}

func (c *impatient) Done() <-chan struct{} {
	c.over = true
	over := make(chan struct{})
	close(over)
	return over
}

func (c *impatient) Err() error {
	if c.over {
		return context.Canceled
	}
	return nil
}

func (l *line) die() {
	l.fate = lives
	if l.cut != nil {
		l.cut()
	}
}

// View implements [boxoffice.Store].
func (l *line) View(ctx context.Context, fn func(boxoffice.Reader) error) error {
	return l.Store.View(ctx, func(r boxoffice.Reader) error {
		l.e.sees(r.Now())
		return fn(r)
	})
}

// Survey implements [boxoffice.Store]. Nobody else writes meanwhile.
func (l *line) Survey(ctx context.Context, fn func(boxoffice.Reader) error) error {
	return l.View(ctx, fn)
}

// watched is a transaction that notes when it wrote into the journal. Salts come from
// the dice.
type watched struct {
	boxoffice.Tx
	at     *time.Time
	lapsed *int
	e      *Evening
}

// Append implements [boxoffice.Tx].
func (w watched) Append(entries ...boxoffice.Entry) error {
	*w.at = w.Now()
	for _, e := range entries {
		if e.Verb == boxoffice.VerbLapse {
			*w.lapsed++
		}
	}
	return w.Tx.Append(entries...)
}

// SaveCustomer implements [boxoffice.Tx].
func (w watched) SaveCustomer(c boxoffice.Customer) (boxoffice.Customer, error) {
	c.Salt = []byte(w.e.newCommand())
	return w.Tx.SaveCustomer(c)
}

// sees holds the instant of a transaction to the clock and to the journal: it is the
// clock's, and never below the last entry's.
func (e *Evening) sees(now time.Time) {
	if want := e.now(); !now.Equal(want) && e.fault == "" {
		e.fault = "a transaction has the instant " + stamp(now) + "; by the clock and the journal it is " + stamp(want)
	}
}

// now is the instant that a transaction must have.
func (e *Evening) now() time.Time {
	now := e.clock.Now()
	if e.told.head.After(now) {
		return e.told.head
	}
	return now
}

func stamp(t time.Time) string { return t.UTC().Format("2 Jan 15:04:05.000") }

// come opens the house for a process.
func (e *Evening) come(p *process) {
	store, err := sqlite.Open(context.Background(), e.path, sqlite.Options{Clock: &e.clock})
	if err != nil {
		e.wrong("%s cannot open the house: %v", p.name, err)
	}
	p.line, p.down = &line{Store: store, e: e}, false
	p.office = storetest.NewOffice(p.line)
}

// leave drops a process's store.
func (e *Evening) leave(p *process) {
	if p.line == nil {
		return
	}
	if err := p.line.Close(); err != nil {
		e.wrong("%s cannot close its store: %v", p.name, err)
	}
	p.line, p.office, p.down = nil, nil, true
}

// up returns the processes that run.
func (e *Evening) up() []*process {
	var up []*process
	for _, p := range e.processes {
		if !p.down {
			up = append(up, p)
		}
	}
	return up
}

// dies ends a process in the midst of its work; it comes again after a while.
func (e *Evening) dies(p *process) {
	e.out.Deaths++
	e.tell("%s dies", p.name)
	e.leave(p)
	e.after(e.dice.seconds(5, 90), func() {
		if p.down {
			e.come(p)
			e.tell("%s comes again", p.name)
		}
	})
}

// everythingDies ends every process: they come again on the files as they lay at that
// moment, which copied is where they are.
func (e *Evening) everythingDies(copied string) {
	e.out.Blackouts++
	e.tell("all processes die at once")
	for _, p := range e.processes {
		e.leave(p)
	}
	e.path = copied
	for _, p := range e.processes {
		e.come(p)
	}
}
