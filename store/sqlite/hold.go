package sqlite

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"wicket/boxoffice"
)

const holdFields = "h.id, h.kind, h.state, h.staff, h.terminal, h.channel, h.customer, h.created_at, h.expires_at, h.latest_at, h.version"

func scanHold(r row) (boxoffice.Hold, error) {
	return boxoffice.Hold{
		ID: boxoffice.HoldID(r.int(0)), Kind: boxoffice.HoldKind(r.text(1)), State: boxoffice.HoldState(r.text(2)),
		Staff: boxoffice.StaffID(r.int(3)), Terminal: r.text(4), Channel: boxoffice.Channel(r.text(5)), Customer: boxoffice.CustomerID(r.int(6)),
		CreatedAt: r.time(7), ExpiresAt: r.time(8), LatestAt: r.time(9), Version: r.int(10),
	}, nil
}

const holdViews = "SELECT " + holdFields + `, s.name, b.id, c.name FROM hold h
	LEFT JOIN staff s ON s.id = h.staff LEFT JOIN basket b ON b.hold = h.id LEFT JOIN customer c ON c.id = h.customer `

func scanHoldView(r row) (boxoffice.HoldView, error) {
	h, err := scanHold(r)
	v := boxoffice.HoldView{Hold: h, StaffName: r.text(11), Basket: boxoffice.BasketID(r.int(12))}
	if h.Kind == boxoffice.NamedHold {
		v.Basket, v.ForName = 0, r.text(13)
	}
	return v, err
}

// Hold implements [boxoffice.Reader].
func (r *reader) Hold(id boxoffice.HoldID) (boxoffice.Hold, error) {
	return find(r.conn, "hold", id, scanHold, "SELECT "+holdFields+" FROM hold h WHERE h.id = ?", id)
}

// LiveHolds implements [boxoffice.Reader].
func (r *reader) LiveHolds(id boxoffice.PerformanceID) ([]boxoffice.HoldView, error) {
	return list(r.conn, scanHoldView, holdViews+`WHERE h.state = 'active'
		AND h.id IN (SELECT hold FROM ticket NOT INDEXED WHERE id BETWEEN ? AND ? AND hold IS NOT NULL) ORDER BY h.id`,
		int64(id)<<idBits, int64(id+1)<<idBits-1)
}

// LiveHoldsOf implements [boxoffice.Reader].
func (r *reader) LiveHoldsOf(id boxoffice.PerformanceID, holds []boxoffice.HoldID) ([]boxoffice.HoldView, error) {
	wanted, err := json.Marshal(holds)
	if err != nil {
		return nil, err
	}
	return list(r.conn, scanHoldView, holdViews+`WHERE h.state = 'active' AND h.id IN (SELECT value FROM json_each(?))
		AND EXISTS (SELECT 1 FROM ticket WHERE hold = h.id AND performance = ?) ORDER BY h.id`, string(wanted), id)
}

// NamedHolds implements [boxoffice.Reader].
func (r *reader) NamedHolds() ([]boxoffice.HoldView, error) {
	return list(r.conn, scanHoldView, holdViews+"WHERE h.state = 'active' AND h.kind = 'named' ORDER BY h.expires_at, h.id")
}

// LapsedHolds implements [boxoffice.Reader].
func (r *reader) LapsedHolds(now time.Time, limit int) ([]boxoffice.Hold, error) {
	return list(r.conn, scanHold, "SELECT "+holdFields+" FROM hold h WHERE h.state = 'active' AND h.expires_at <= ? ORDER BY h.expires_at, h.id"+atMost,
		now.UnixMilli(), limit)
}

// NextExpiry implements [boxoffice.Reader].
func (r *reader) NextExpiry() (time.Time, error) {
	t, _, err := one(r.conn, func(r row) (time.Time, error) { return r.time(0), nil }, `SELECT min(at) FROM (
		SELECT min(expires_at) AS at FROM hold WHERE state = 'active'
		UNION ALL SELECT min(release_at) FROM timed_block WHERE released_at IS NULL
		UNION ALL SELECT min(lapses_at) FROM approval WHERE state = 'waiting')`)
	return t, err
}

// Lapses implements [boxoffice.Reader].
func (r *reader) Lapses(id boxoffice.HoldID) ([]boxoffice.Lapse, error) {
	return list(r.conn, func(r row) (boxoffice.Lapse, error) {
		return boxoffice.Lapse{
			Hold: id, Performance: boxoffice.PerformanceID(r.int(0)), Place: boxoffice.PlaceNo(r.int(1)),
			Type: boxoffice.PriceTypeID(r.int(2)), At: r.time(3),
		}, nil
	}, "SELECT performance, place, type, at FROM lapse WHERE hold = ? ORDER BY performance, place", id)
}

// Hold implements [boxoffice.Reader].
func (t *tx) Hold(id boxoffice.HoldID) (boxoffice.Hold, error) {
	return recallWork(t, id, func() (boxoffice.Hold, error) { return t.reader.Hold(id) })
}

// LapsedHolds implements [boxoffice.Reader]. Who asks for them in a transaction is about
// to end them: they and their tickets are read at once, and remembered.
func (t *tx) LapsedHolds(now time.Time, limit int) ([]boxoffice.Hold, error) {
	holds, err := t.reader.LapsedHolds(now, limit)
	if err != nil || len(holds) < 2 {
		return holds, err
	}
	ids := make([]boxoffice.HoldID, len(holds))
	for i, h := range holds {
		ids[i] = h.ID
	}
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	tickets := make(map[boxoffice.HoldID][]boxoffice.Ticket, len(holds))
	err = t.conn.each(ticketColumns+"WHERE hold IN (SELECT value FROM json_each(?))", func(r row) error {
		ticket, err := scanTicket(r)
		tickets[ticket.Hold] = append(tickets[ticket.Hold], ticket)
		return err
	}, string(wanted))
	if err != nil {
		return nil, err
	}
	for _, h := range holds {
		slices.SortFunc(tickets[h.ID], inOrder)
		t.keepWork(h.ID, h)
		t.keepWork(heldBy(h.ID), tickets[h.ID])
	}
	return holds, nil
}

// SaveHold implements [boxoffice.Tx].
func (t *tx) SaveHold(h boxoffice.Hold) (boxoffice.Hold, error) {
	if h.ID == 0 {
		id, err := t.nextOften("hold")
		if err != nil {
			return h, err
		}
		h.ID, h.Version = boxoffice.HoldID(id), 1
		_, err = t.conn.exec(`INSERT INTO hold (id, kind, state, staff, terminal, channel, customer, created_at, expires_at, latest_at, version, sum)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, summed(holdRow(h)...)...)
		if err == nil {
			t.keepWork(lastID("hold"), id)
			t.keepWork(h.ID, h)
			t.keepWork(heldBy(h.ID), []boxoffice.Ticket(nil))
			t.keepWork(lostBy(h.ID), nothing{})
		}
		return h, err
	}
	before, err := t.Hold(h.ID)
	if err != nil {
		return h, err
	}
	c := t.conn.columns("hold")
	c.set("kind", h.Kind != before.Kind, string(h.Kind))
	c.set("state", h.State != before.State, string(h.State))
	c.set("staff", h.Staff != before.Staff, int64(h.Staff))
	c.set("terminal", h.Terminal != before.Terminal, h.Terminal)
	c.set("channel", h.Channel != before.Channel, string(h.Channel))
	c.set("customer", h.Customer != before.Customer, orNull(h.Customer))
	c.set("created_at", !h.CreatedAt.Equal(before.CreatedAt), h.CreatedAt)
	c.set("expires_at", !h.ExpiresAt.Equal(before.ExpiresAt), h.ExpiresAt)
	c.set("latest_at", !h.LatestAt.Equal(before.LatestAt), h.LatestAt)
	h.Version++
	n, err := c.update("WHERE id = ? AND version = ?", holdRow(h), int64(h.ID), h.Version-1)
	if err = changed(n, err, fmt.Sprintf("hold %d", h.ID)); err != nil {
		t.keepWork(h.ID, nil)
		return h, err
	}
	if h.State != boxoffice.HoldActive { // nobody has it in hand any more
		t.keepWork(h.ID, nil)
		t.keepWork(heldBy(h.ID), nil)
		return h, nil
	}
	t.keepWork(h.ID, h)
	return h, nil
}

// EndHolds implements [boxoffice.Tx].
func (t *tx) EndHolds(holds []boxoffice.Hold, how boxoffice.HoldState) error {
	for len(holds) > 0 {
		n := inOne(len(holds))
		rows := make([]guarded, n)
		for i, h := range holds[:n] {
			is, err := t.Hold(h.ID)
			if err != nil {
				return err
			}
			is.State, is.Version = how, h.Version+1
			rows[i] = guarded{int64(h.ID), h.Version, holdRow(is)}
		}
		c := t.conn.columns("hold")
		c.set("state", true, string(how))
		found, err := c.updateAll(rows, " AND state = 'active'")
		if err != nil {
			return fmt.Errorf("end holds: %w", err)
		}
		for _, h := range holds[:n] { // nobody has it in hand any more
			t.keepWork(h.ID, nil)
			t.keepWork(heldBy(h.ID), nil)
		}
		if found != int64(n) {
			return &boxoffice.ConflictError{What: fmt.Sprintf("one of %d holds from hold %d on", n, holds[0].ID)}
		}
		holds = holds[n:]
	}
	return nil
}

func holdRow(h boxoffice.Hold) []any {
	return []any{
		int64(h.ID), string(h.Kind), string(h.State), int64(h.Staff), h.Terminal, string(h.Channel), orNull(h.Customer),
		h.CreatedAt, h.ExpiresAt, h.LatestAt, h.Version,
	}
}

// lapsesAtOnce is how many lapses of a sweep are saved by one statement.
const lapsesAtOnce = 20

// SaveLapses implements [boxoffice.Tx].
func (t *tx) SaveLapses(lapses []boxoffice.Lapse) error {
	for len(lapses) > 0 {
		n := 1
		if len(lapses) >= lapsesAtOnce {
			n = lapsesAtOnce
		}
		args := make([]any, 0, 6*n)
		for _, l := range lapses[:n] {
			t.keepWork(lostBy(l.Hold), nil)
			args = append(args, summed(l.Hold, l.Performance, l.Place, orNull(l.Type), l.At)...)
		}
		_, err := t.conn.exec("INSERT INTO lapse (hold, performance, place, type, at, sum) VALUES (?, ?, ?, ?, ?, ?)"+strings.Repeat(", (?, ?, ?, ?, ?, ?)", n-1)+
			" ON CONFLICT (hold, performance, place) DO UPDATE SET type = excluded.type, at = excluded.at, sum = excluded.sum", args...)
		if err != nil {
			return err
		}
		lapses = lapses[n:]
	}
	return nil
}

// ClearLapses implements [boxoffice.Tx].
func (t *tx) ClearLapses(id boxoffice.HoldID) error {
	hasNone := t.hasNone(lostBy(id))
	t.keepWork(lostBy(id), nil)
	if hasNone {
		return nil
	}
	_, err := t.conn.exec("DELETE FROM lapse WHERE hold = ?", id)
	return err
}
