package sqlite

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"wicket/boxoffice"
)

// head is where the journal ends.
type head struct {
	seq  int64
	hash [sha256.Size]byte
	at   time.Time
}

func readHead(c *conn) (head, error) {
	h, _, err := one(c, func(r row) (head, error) {
		h := head{seq: r.int(0), at: r.time(2)}
		copy(h.hash[:], r.bytes(1))
		return h, nil
	}, "SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1")
	return h, err
}

const entryColumns = `SELECT seq, at, command, staff, terminal, drawer, channel, verb, performance, basket, hold, order_id, amount, note, changes, prev, hash
	FROM journal `

func scanEntry(r row) (boxoffice.Entry, error) {
	changes, err := boxoffice.ParseChanges(r.text(14))
	if err != nil {
		return boxoffice.Entry{}, fmt.Errorf("read journal entry %d: %w", r.int(0), err)
	}
	e := boxoffice.Entry{
		Seq: r.int(0), At: r.time(1), Command: boxoffice.CommandID(r.text(2)),
		Actor: boxoffice.Actor{Staff: boxoffice.StaffID(r.int(3)), Terminal: r.text(4), Drawer: r.text(5), Channel: boxoffice.Channel(r.text(6))},
		Verb:  boxoffice.Verb(r.text(7)), Performance: boxoffice.PerformanceID(r.int(8)), Basket: boxoffice.BasketID(r.int(9)),
		Hold: boxoffice.HoldID(r.int(10)), Order: boxoffice.OrderID(r.int(11)), Amount: boxoffice.Money(r.int(12)), Note: r.text(13),
		Changes: changes,
	}
	copy(e.Prev[:], r.bytes(15))
	copy(e.Hash[:], r.bytes(16))
	return e, nil
}

// Journal implements [boxoffice.Reader].
func (r *reader) Journal(after int64, limit int) ([]boxoffice.Entry, error) {
	if entries, complete := entriesAfter(r.recent, after, limit); complete {
		return entries, nil
	}
	return list(r.conn, scanEntry, entryColumns+"WHERE seq > ? ORDER BY seq"+atMost, after, limit)
}

// LastEntries implements [boxoffice.Reader].
func (r *reader) LastEntries(limit int) ([]boxoffice.Entry, error) {
	entries, err := list(r.conn, scanEntry, entryColumns+"ORDER BY seq DESC"+atMost, limit)
	slices.Reverse(entries)
	return entries, err
}

// JournalOfOrder implements [boxoffice.Reader].
func (r *reader) JournalOfOrder(id boxoffice.OrderID) ([]boxoffice.Entry, error) {
	return list(r.conn, scanEntry, entryColumns+"WHERE order_id = ? ORDER BY seq", id)
}

// JournalOfPlace implements [boxoffice.Reader].
func (r *reader) JournalOfPlace(performance boxoffice.PerformanceID, place boxoffice.PlaceNo) ([]boxoffice.Entry, error) {
	var found []boxoffice.Entry
	err := r.conn.each(entryColumns+"WHERE performance = ? ORDER BY seq", func(r row) error {
		e, err := scanEntry(r)
		if err == nil && slices.ContainsFunc(e.Changes, func(c boxoffice.Change) bool { return c.Place == place }) {
			found = append(found, e)
		}
		return err
	}, performance)
	return found, err
}

// Head implements [boxoffice.Reader].
func (r *reader) Head() (int64, [sha256.Size]byte, error) { return r.head.seq, r.head.hash, nil }

// Append implements [boxoffice.Tx].
func (t *tx) Append(entries ...boxoffice.Entry) error {
	rows := newBulk(t.conn, `INSERT INTO journal (seq, at, command, staff, terminal, drawer, channel, verb, performance, basket, hold, order_id,
		amount, note, changes, prev, hash)`, 17)
	end := t.head
	for _, e := range entries {
		e.Seq, e.At, e.Command, e.Prev = end.seq+1, t.now, t.cmd, end.hash
		e.Hash = e.Sum()
		rows.add(e.Seq, e.At, string(e.Command), orNull(e.Actor.Staff), e.Actor.Terminal, e.Actor.Drawer, string(e.Actor.Channel), string(e.Verb),
			orNull(e.Performance), orNull(e.Basket), orNull(e.Hold), orNull(e.Order), int64(e.Amount), e.Note, e.Changes.String(), e.Prev[:], e.Hash[:])
		end = head{e.Seq, e.Hash, e.At}
		if t.writer.keeps {
			t.entries = append(t.entries, e)
		}
	}
	if err := rows.end(); err != nil {
		return fmt.Errorf("append to journal: %w", err)
	}
	t.head = end
	return nil
}

// checkQuickly looks whether a store that was in trouble can be trusted again: its
// pages, and the end of its journal.
func checkQuickly(_ context.Context, c *conn) error {
	words, _, err := one(c, func(r row) (string, error) { return r.text(0), nil }, "PRAGMA quick_check(1)")
	if err != nil {
		return err
	}
	if words != "ok" {
		return fmt.Errorf("check store: %s", words)
	}
	last, err := list(c, scanEntry, entryColumns+"ORDER BY seq DESC LIMIT 100")
	if err != nil {
		return err
	}
	for i, e := range last {
		if e.Sum() != e.Hash || i > 0 && (last[i-1].Prev != e.Hash || last[i-1].Seq != e.Seq+1) {
			return fmt.Errorf("check store: the journal is broken at entry %d", e.Seq)
		}
	}
	return nil
}
