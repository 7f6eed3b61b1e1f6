package boxoffice

import (
	"fmt"
	"strings"
	"time"
)

// Desk is a terminal with somebody at work there.
type Desk struct {
	Terminal string
	Staff    StaffID
	Since    time.Time
}

// AtWork is who is at work, and where.
type AtWork struct {
	Staff    Staff // without the PIN
	Terminal string
	Since    time.Time
}

// Message is what one person tells others.
type Message struct {
	From  Actor
	To    string // a terminal or a person by name; empty for everybody
	Words string
	At    time.Time
}

// maxMessage is how long a message can be, in cells.
const maxMessage = 200

// note writes a message as the journal keeps it: «to «window 2»: come over».
func (m Message) note() string {
	if m.To == "" {
		return "to everybody: " + m.Words
	}
	return fmt.Sprintf("to «%s»: %s", m.To, m.Words)
}

// Message returns what an entry tells, and whether it tells anybody anything.
func (e Entry) Message() (Message, bool) {
	m := Message{From: e.Actor, At: e.At}
	if e.Verb != VerbTell {
		return m, false
	}
	var ok bool
	if m.Words, ok = strings.CutPrefix(e.Note, "to everybody: "); ok {
		return m, true
	}
	to, words, ok := strings.Cut(strings.TrimPrefix(e.Note, "to «"), "»: ")
	m.To, m.Words = to, words
	return m, ok
}

// For reports whether the message is for a person of this name at this terminal.
func (m Message) For(terminal, name string) bool {
	return m.To == "" || m.To == terminal || strings.EqualFold(m.To, name)
}
