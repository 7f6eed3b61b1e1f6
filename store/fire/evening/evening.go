package evening

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"wicket/boxoffice"
)

// Evening is one evening under way.
type Evening struct {
	seed         uint64
	replay       string
	dice         dice
	clock        clock
	agenda       agenda
	folder       string
	path         string // of the house's file
	copies       int
	processes    []*process
	types        priceTypes
	boss         *clerk // nobody's queue: the manager
	told         told
	waiting      []*customer
	commands     int
	closed       bool // nobody comes any more
	out          Outcome
	location     *time.Location
	refusalsStay bool   // a refusal may be in the journal
	fault        string // what the store's own goroutine saw
	lines        []string
	trace        hash.Hash
}

// Wrong is what went wrong in an evening.
type Wrong struct {
	Seed   uint64
	What   string
	Folder string   // where its files are
	Last   []string // what happened before it
	Again  string   // the command that plays it again
}

func (w *Wrong) Error() string {
	return fmt.Sprintf("evening %d: %s\nits files are in %s; before it:\n  %s\nplay it again: %s",
		w.Seed, w.What, w.Folder, strings.Join(w.Last, "\n  "), w.Again)
}

// Play plays the evening of a seed in a folder, in a copy of the house at path. It
// returns a *Wrong for the first thing that is not as it was told; the files are left.
func Play(path, folder string, seed uint64) (Outcome, error) {
	return run(path, folder, seed, fmt.Sprintf("make sim SEED=%d EVENINGS=1", seed), func(e *Evening) {
		e.open()
		for {
			next, ok := e.agenda.next()
			if !ok {
				return
			}
			if next.at > e.clock.passed {
				e.clock.passed = next.at
			}
			next.what()
		}
	})
}

// run plays what happens in an evening, and closes it.
func run(path, folder string, seed uint64, replay string, what func(*Evening)) (out Outcome, err error) {
	e := &Evening{seed: seed, replay: replay, dice: newDice(seed), folder: folder, path: filepath.Join(folder, "0", "house.wicket"), trace: sha256.New()}
	e.out.Seed = seed
	defer func() {
		if p := recover(); p != nil {
			wrong, ok := p.(*Wrong)
			if !ok {
				wrong = &Wrong{Seed: e.seed, What: fmt.Sprintf("panic: %v\n%s", p, debug.Stack()), Folder: e.folder, Last: e.lines, Again: e.replay}
			}
			err = wrong
		}
		for _, p := range e.processes {
			if p.line != nil {
				_ = p.line.Close()
			}
		}
		out = e.out
	}()
	if err := copyHouse(path, e.path); err != nil {
		return e.out, err
	}
	what(e)
	e.close()
	return e.out, nil
}

// after puts something on the agenda.
func (e *Evening) after(d time.Duration, what func()) { e.agenda.note(e.clock.passed+max(d, 0), what) }

// wrong ends the evening.
func (e *Evening) wrong(format string, args ...any) {
	panic(&Wrong{Seed: e.seed, What: fmt.Sprintf(format, args...), Folder: e.folder, Last: e.lines, Again: e.replay})
}

// tell notes what happened.
func (e *Evening) tell(format string, args ...any) {
	line := e.clock.Now().Format("02 15:04:05.000 ") + fmt.Sprintf(format, args...)
	_, _ = e.trace.Write([]byte(line + "\n"))
	if len(e.lines) == 60 {
		copy(e.lines, e.lines[1:])
		e.lines = e.lines[:59]
	}
	e.lines = append(e.lines, line)
}

// newCommand names a command; later ones sort behind earlier ones, as the office's own.
func (e *Evening) newCommand() boxoffice.CommandID {
	e.commands++
	return boxoffice.CommandID(fmt.Sprintf("%08X%08X%08X", e.seed, e.commands, e.dice.Uint32()))
}

// must ends the evening unless err is nil.
func (e *Evening) must(what string, err error) {
	e.checkFault()
	if err != nil {
		e.wrong("%s: %v", what, err)
	}
}

func (e *Evening) checkFault() {
	if e.fault != "" {
		e.wrong("%s", e.fault)
	}
}

// view reads from a process's store.
func (e *Evening) view(p *process, fn func(boxoffice.Reader) error) {
	e.must("read", p.line.View(context.Background(), fn))
}

// someProcess returns one of those that run.
func (e *Evening) someProcess() *process { return one(e.dice, e.up()) }

// processOf is where a clerk works: most over the server, some at a counter that is a
// process of its own; another while theirs is down.
func (e *Evening) processOf(c *clerk) *process {
	p := e.processes[0]
	if n := int(c.at.Staff); n%4 == 0 {
		p = e.processes[1+n/4%(len(e.processes)-1)]
	}
	if p.down {
		return e.someProcess()
	}
	return p
}
