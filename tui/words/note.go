package words

import (
	"strings"

	"wicket/boxoffice"
)

// fromNote says an entry whose note is the better part of it. It is false for a note
// that is not as those entries have it.
func fromNote(e boxoffice.Entry, who, note string) (line string, ok bool) {
	switch e.Verb {
	case boxoffice.VerbKey:
		key, owner, ok := strings.Cut(note, " for ")
		return who + " gave " + owner + " a key, " + shortKey(key), ok
	case boxoffice.VerbRevokeKey:
		return who + " revoked a key, " + keyAndReason(note), note != ""
	case boxoffice.VerbTrust:
		return who + " trusts certificates signed by " + shortKey(note), note != ""
	case boxoffice.VerbDistrust:
		return who + " trusts certificates no longer that are signed by " + keyAndReason(note), note != ""
	case boxoffice.VerbStaff:
		return staff(who, note)
	case boxoffice.VerbLockOut:
		return "too many " + note, note != ""
	case boxoffice.VerbTell:
		m, ok := e.Message()
		to := "everybody"
		if m.To != "" {
			to = boxoffice.Clean(m.To)
		}
		return who + " told " + to + ": " + boxoffice.Shorten(boxoffice.Clean(m.Words), maxSaid), ok
	case boxoffice.VerbHandOver, boxoffice.VerbTakeOver:
		form := map[boxoffice.Verb]string{boxoffice.VerbHandOver: " handed a basket over ", boxoffice.VerbTakeOver: " took a basket over "}
		return who + form[e.Verb] + boxoffice.Shorten(note, maxSaid), note != ""
	case boxoffice.VerbAsk, boxoffice.VerbAllow, boxoffice.VerbRefuse, boxoffice.VerbWithdraw, boxoffice.VerbUnanswered, boxoffice.VerbHear:
		_, what, ok := strings.Cut(note, ", ") // «request 7, void order 1042, 48.00: wrong night»
		form := map[boxoffice.Verb]string{
			boxoffice.VerbAsk: who + " asks", boxoffice.VerbAllow: who + " allowed", boxoffice.VerbRefuse: who + " refused",
			boxoffice.VerbWithdraw: who + " asks no longer", boxoffice.VerbUnanswered: "nobody answered",
			boxoffice.VerbHear: who + " read the answer",
		}
		return form[e.Verb] + ": " + boxoffice.Shorten(what, maxSaid), ok && strings.HasPrefix(note, "request ")
	}
	return "", false
}

// staff says what became of somebody who works here.
func staff(who, note string) (line string, ok bool) {
	if name, found := strings.CutSuffix(note, ", new PIN"); found {
		if name == who {
			return who + " has a new PIN", true
		}
		return who + " gave " + name + " a new PIN", true
	}
	if name, found := strings.CutSuffix(note, ", no PIN"); found {
		return who + " took the PIN of " + name + " away", true
	}
	if name, found := strings.CutSuffix(note, ", no certificates"); found {
		return who + " lets no certificate mean " + name, true
	}
	if name, names, found := strings.Cut(note, ", certificates for: "); found {
		return who + " lets certificates mean " + name + ": " + boxoffice.Shorten(names, maxSaid), true
	}
	return "", false
}

// keyAndReason says «SHA256:…» or «SHA256:…: why».
func keyAndReason(note string) string {
	key, reason, ok := strings.Cut(note, ": ")
	if !ok {
		return shortKey(key)
	}
	return shortKey(key) + ": " + boxoffice.Shorten(reason, maxSaid)
}

// shortKey is as much of a fingerprint as is needed to tell a house's keys apart. The
// whole of it is in the journal.
func shortKey(fingerprint string) string { return boxoffice.Shorten(fingerprint, 20) }
