package evening

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"wicket/boxoffice"
)

// command is one press of a key: it can be sent again, with the same id, in any process.
type command struct {
	id     boxoffice.CommandID
	what   string
	call   func(context.Context, *boxoffice.Office, boxoffice.CommandID) (any, error)
	answer []byte // as it was first
}

// send sends a command in a process.
func (c *command) send(p *process) (answer []byte, out any, err error) {
	p.line.inHand = c.id
	out, err = c.call(context.Background(), p.office, c.id)
	p.line.inHand = ""
	if err != nil {
		return nil, out, err
	}
	answer, err = json.Marshal(out)
	if err != nil {
		panic(err) // answers are plain values
	}
	return answer, out, nil
}

// give gives a command to the office for a clerk. What the house was told must decide
// whether it is carried out (ok). Meanwhile processes die, answers are lost and keys
// are pressed twice: none of that changes what comes of it.
func give[T any](e *Evening, c *clerk, ok bool, what string, call func(context.Context, *boxoffice.Office, boxoffice.CommandID) (T, error)) (answer T, done bool) {
	cmd := &command{id: e.newCommand(), what: what, call: func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (any, error) {
		return call(ctx, o, id)
	}}
	e.out.UseCases++
	p := e.processOf(c)
	copied := ""
	if p.line.fate = e.fate(); p.line.fate != lives {
		if len(e.up()) == 1 || e.dice.chance(35) {
			copied = e.nextCopy()
			p.line.cut = func() {
				if err := copyHouse(e.path, copied); err != nil && e.fault == "" {
					e.fault = err.Error()
				}
			}
		}
	}
	if e.dice.chance(1) {
		p.line.giveUp = true
	}
	before := e.told.head
	raw, out, err := cmd.send(p)
	p.line.fate, p.line.cut, p.line.giveUp = lives, nil, false
	e.checkFault()
	if errors.Is(err, errDied) {
		e.tell("%s: %s … no answer", c.name, what)
		if copied != "" {
			e.everythingDies(copied)
		} else {
			e.dies(p)
		}
		// The clerk presses the key again, wherever they sit now.
		p = e.processOf(c)
		raw, out, err = cmd.send(p)
		e.checkFault()
	}
	e.judge(c, ok, what, raw, err)
	if err == nil {
		cmd.answer = raw
		e.sendAgain(c, cmd, p)
		answer, _ = out.(T)
		return answer, true
	}
	if !e.refusalsStay && !e.told.head.Equal(before) {
		e.wrong("%s: %s was refused, and is in the journal", c.name, what)
	}
	e.out.Refused++
	return answer, false
}

// judge holds how a command ended to what must come of it.
func (e *Evening) judge(c *clerk, ok bool, what string, answer []byte, err error) {
	if err == nil {
		e.tell("%s: %s → %s", c.name, what, answer)
	} else {
		e.tell("%s: %s → %v", c.name, what, err)
	}
	if ok != (err == nil) {
		e.wrong("%s: %s: by what people were told it must come to %v, the office says %s%v", c.name, what, ok, answer, err)
	}
	switch kind := boxoffice.KindOf(err); kind {
	case boxoffice.KindInternal, boxoffice.KindConflict, boxoffice.KindStore:
		e.wrong("%s: %s: %v (%s)", c.name, what, err, kind)
	}
}

// sendAgain sends a command again at once, now and then, or keeps it for later.
func (e *Evening) sendAgain(c *clerk, cmd *command, p *process) {
	switch {
	case e.dice.chance(6):
		if e.dice.chance(50) {
			p = e.someProcess()
		}
		e.again(cmd, p)
	case e.dice.chance(8):
		e.after(e.dice.seconds(1, 3600), func() { e.again(cmd, e.someProcess()) })
	}
}

// again sends a command once more: it answers as the first time, and does nothing.
func (e *Evening) again(cmd *command, p *process) {
	e.out.Again++
	before := e.seq(p)
	raw, _, err := cmd.send(p)
	e.checkFault()
	if err != nil || !bytes.Equal(raw, cmd.answer) {
		e.wrong("the same command again (%s): it answered %s, then %s, %v", cmd.what, cmd.answer, raw, err)
	}
	if after := e.seq(p); after != before {
		e.wrong("the same command again (%s) is in the journal twice", cmd.what)
	}
}

// seq is the number of the journal's last entry.
func (e *Evening) seq(p *process) (seq int64) {
	e.view(p, func(r boxoffice.Reader) (err error) {
		seq, _, err = r.Head()
		return err
	})
	return seq
}

// fate throws the dice for a command.
func (e *Evening) fate() fate {
	if e.dice.IntN(250) != 0 {
		return lives
	}
	return one(e.dice, []fate{halfway, answered})
}

// nextCopy names a new file for the house.
func (e *Evening) nextCopy() string {
	e.copies++
	return filepath.Join(e.folder, fmt.Sprint(e.copies), "house.wicket")
}

// nothing is the answer of a use case that has none.
type nothing struct{}

// plain makes a call of one that only has an error.
func plain(call func(context.Context, *boxoffice.Office, boxoffice.CommandID) error) func(context.Context, *boxoffice.Office, boxoffice.CommandID) (nothing, error) {
	return func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (nothing, error) {
		return nothing{}, call(ctx, o, id)
	}
}
