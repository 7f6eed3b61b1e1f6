package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wicket/boxoffice"
)

// idBits is how many bits of a ticket's id number the tickets of a performance:
// those above are the performance's own id, so that its rows lie together.
const idBits = 20

const ticketColumns = "SELECT id, performance, place, state, block, hold, held_at, expires_at, type, price, order_id, version FROM ticket "

func scanTicket(r row) (boxoffice.Ticket, error) {
	return boxoffice.Ticket{
		ID: boxoffice.TicketID(r.int(0)), Performance: boxoffice.PerformanceID(r.int(1)), Place: boxoffice.PlaceNo(r.int(2)),
		State: stateOf(r.text(3)), Block: boxoffice.BlockCode(r.text(4)), Hold: boxoffice.HoldID(r.int(5)),
		HeldAt: r.time(6), ExpiresAt: r.time(7), Type: boxoffice.PriceTypeID(r.int(8)), Price: boxoffice.Money(r.int(9)),
		Order: boxoffice.OrderID(r.int(10)), Version: r.int(11),
	}, nil
}

// stateOf returns a state without keeping the text it was read from.
func stateOf(s string) boxoffice.State {
	for _, known := range []boxoffice.State{boxoffice.Available, boxoffice.Held, boxoffice.Confirmed, boxoffice.Processing, boxoffice.Cancelled} {
		if string(known) == s {
			return known
		}
	}
	return boxoffice.State(s)
}

// Tickets implements [boxoffice.Reader].
func (r *reader) Tickets(performance boxoffice.PerformanceID, places []boxoffice.PlaceNo) ([]boxoffice.Ticket, error) {
	found := make(map[boxoffice.PlaceNo]boxoffice.Ticket, len(places))
	sorted := slices.Sorted(slices.Values(places))
	for len(sorted) > 0 {
		run := 1 // places side by side are read at once
		for run < len(sorted) && sorted[run]-sorted[run-1] <= 1 {
			run++
		}
		err := r.conn.each(ticketColumns+"WHERE performance = ? AND place BETWEEN ? AND ? AND state <> 'cancelled'", func(r row) error {
			t, err := scanTicket(r)
			found[t.Place] = t
			return err
		}, performance, sorted[0], sorted[run-1])
		if err != nil {
			return nil, err
		}
		sorted = sorted[run:]
	}
	tickets := make([]boxoffice.Ticket, len(places))
	for i, no := range places {
		t, ok := found[no]
		if !ok {
			return nil, boxoffice.NotFound("ticket for place", no)
		}
		tickets[i] = t
	}
	return tickets, nil
}

// Tickets implements [boxoffice.Reader]. An available ticket has nothing that is not
// remembered of its place: it is read only when somebody has it, or its house is not
// remembered.
func (t *tx) Tickets(performance boxoffice.PerformanceID, places []boxoffice.PlaceNo) ([]boxoffice.Ticket, error) {
	if err := t.rememberBusy(performance); err != nil {
		return nil, err
	}
	tickets := make([]boxoffice.Ticket, len(places))
	for i, no := range places {
		p := t.remembered(performance, no)
		if p.State != boxoffice.Available {
			return t.reader.Tickets(performance, places)
		}
		tickets[i] = boxoffice.Ticket{ID: p.Ticket, Performance: performance, Place: no, State: p.State, Block: p.Block, Version: p.Version}
	}
	return tickets, nil
}

// PlaceStates implements [boxoffice.Reader]. What this process did of late is known; of
// the rest, few are read one by one, and with many the whole house.
func (r *reader) PlaceStates(performance boxoffice.PerformanceID, places []boxoffice.PlaceNo) (map[boxoffice.PlaceNo]boxoffice.PlaceState, error) {
	stand := placesAfter(r.recent, performance, places)
	var others []boxoffice.PlaceNo
	for _, no := range places {
		if _, known := stand[no]; !known {
			others = append(others, no)
		}
	}
	if len(others) > placesAtOnce {
		size, err := r.placesOf(performance)
		if err != nil {
			return nil, err
		}
		if float64(len(others)) > dear*float64(size) {
			return stand, r.addPlaces(stand, performance, others)
		}
	}
	tickets, err := r.Tickets(performance, others)
	for _, t := range tickets {
		stand[t.Place] = t.PlaceState()
	}
	return stand, err
}

// addPlaces reads a house and adds how some of its places stand.
func (r *reader) addPlaces(stand map[boxoffice.PlaceNo]boxoffice.PlaceState, performance boxoffice.PerformanceID, places []boxoffice.PlaceNo) error {
	all, err := r.Places(performance)
	if err != nil {
		return err
	}
	for _, no := range places {
		if no < 1 || int(no) > len(all) {
			return boxoffice.NotFound("ticket for place", no)
		}
		stand[no] = all[no-1]
	}
	return nil
}

// TicketsOf implements [boxoffice.Reader].
func (r *reader) TicketsOf(hold boxoffice.HoldID) ([]boxoffice.Ticket, error) {
	return list(r.conn, scanTicket, ticketColumns+"WHERE hold = ? ORDER BY performance, place", hold)
}

// TicketsOf implements [boxoffice.Reader].
func (t *tx) TicketsOf(hold boxoffice.HoldID) ([]boxoffice.Ticket, error) {
	return recallWork(t, heldBy(hold), func() ([]boxoffice.Ticket, error) { return t.reader.TicketsOf(hold) })
}

// TicketsOfOrder implements [boxoffice.Reader].
func (r *reader) TicketsOfOrder(order boxoffice.OrderID) ([]boxoffice.Ticket, error) {
	return list(r.conn, scanTicket, ticketColumns+`WHERE id IN (SELECT ticket FROM order_line WHERE id BETWEEN ? AND ? AND reverses IS NULL)
		AND order_id = ? ORDER BY id`, firstLine(order), lastLine(order), order)
}

// TicketHistory implements [boxoffice.Reader].
func (r *reader) TicketHistory(performance boxoffice.PerformanceID, place boxoffice.PlaceNo) ([]boxoffice.Ticket, error) {
	return list(r.conn, scanTicket, ticketColumns+"WHERE performance = ?1 AND place = ?2 AND state = 'cancelled' UNION ALL "+
		ticketColumns+"WHERE performance = ?1 AND place = ?2 AND state <> 'cancelled' ORDER BY id", performance, place)
}

// Ticket implements [boxoffice.Reader].
func (r *reader) Ticket(id boxoffice.TicketID) (boxoffice.Ticket, error) {
	return find(r.conn, "ticket", id, scanTicket, ticketColumns+"WHERE id = ?", id)
}

// liveStates are the states of a live ticket, as Places numbers them: numbers are
// read faster than words.
var liveStates = [...]boxoffice.State{boxoffice.Available, boxoffice.Held, boxoffice.Processing, boxoffice.Confirmed}

// placesOf returns how many places the house of a performance has.
func (r *reader) placesOf(id boxoffice.PerformanceID) (int64, error) {
	return r.conn.number("SELECT size FROM plan WHERE id = (SELECT plan FROM performance WHERE id = ?)", id)
}

// Places implements [boxoffice.Reader].
func (r *reader) Places(id boxoffice.PerformanceID) ([]boxoffice.PlaceState, error) {
	size, err := r.placesOf(id)
	if err != nil {
		return nil, err
	}
	places := make([]boxoffice.PlaceState, size)
	_, n, err := r.readPlaces(id, places, firstTicket(id), -1)
	if err != nil || n == 0 {
		return nil, err
	}
	return places, nil
}

func firstTicket(id boxoffice.PerformanceID) int64 { return int64(id) << idBits }

// readPlaces fills places from up to limit live tickets whose ids follow after, all for
// -1. It returns the last one's id, and how many there were.
func (r *reader) readPlaces(id boxoffice.PerformanceID, places []boxoffice.PlaceState, after int64, limit int) (last int64, n int, err error) {
	last = after
	err = r.conn.each(`SELECT id, place, CASE state WHEN 'available' THEN 0 WHEN 'reserved' THEN 1 WHEN 'processing' THEN 2 ELSE 3 END,
		block, hold, expires_at, order_id, type, price, version FROM ticket
		WHERE id > ? AND id < ? AND +state <> 'cancelled' ORDER BY id`+atMost, func(r row) error {
		no := r.int(1)
		if no < 1 || no > int64(len(places)) {
			return fmt.Errorf("read places: the plan has no place %d", no)
		}
		last, n = r.int(0), n+1
		p := &places[no-1]
		*p = boxoffice.PlaceState{Ticket: boxoffice.TicketID(last), State: liveStates[r.int(2)], Block: boxoffice.BlockCode(r.text(3)), Version: r.int(9)}
		if p.State != boxoffice.Available {
			p.Hold, p.Until, p.Order = boxoffice.HoldID(r.int(4)), r.int(5), boxoffice.OrderID(r.int(6))
			p.Type, p.Price = boxoffice.PriceTypeID(r.int(7)), boxoffice.Money(r.int(8))
		}
		return nil
	}, after, firstTicket(id+1), limit)
	return last, n, err
}

// InsertTickets implements [boxoffice.Tx].
func (t *tx) InsertTickets(tickets []boxoffice.Ticket) error {
	next := map[boxoffice.PerformanceID]int64{}
	rows := newBulk(t.conn, "INSERT INTO ticket (id, performance, place, state, block, sum)", 6)
	for _, ticket := range tickets {
		p := ticket.Performance
		id, known := next[p]
		if !known {
			last, err := t.conn.number("SELECT max(id) FROM ticket WHERE id BETWEEN ? AND ?", int64(p)<<idBits, int64(p+1)<<idBits-1)
			if err != nil {
				return err
			}
			id = max(last, int64(p)<<idBits) + 1
		}
		next[p] = id + 1
		if ticket.State != boxoffice.Available {
			return fmt.Errorf("insert tickets: place %d is %s", ticket.Place, ticket.State)
		}
		begins := boxoffice.Ticket{
			ID: boxoffice.TicketID(id), Performance: p, Place: ticket.Place, State: boxoffice.Available, Block: ticket.Block, Version: 1,
		}
		var s sum
		s.add(ticketRow(begins)...)
		rows.add(id, p, ticket.Place, ticket.State, ticket.Block, s.number())
		t.changes = append(t.changes, placeChange{p, ticket.Place, begins.PlaceState()})
	}
	if err := rows.end(); err != nil {
		return fmt.Errorf("insert tickets: %w", err)
	}
	return nil
}

// SaveTickets implements [boxoffice.Tx]. Neighbours in the list that change alike are
// saved by one statement.
func (t *tx) SaveTickets(before, after []boxoffice.Ticket) error {
	if len(before) != len(after) {
		return errors.New("save tickets: before and after are not the same tickets")
	}
	for i, b := range before {
		if b.ID != after[i].ID || b.Performance != after[i].Performance || b.Place != after[i].Place {
			return errors.New("save tickets: before and after are not the same tickets")
		}
	}
	next := columns{conn: t.conn}
	for len(before) > 0 {
		c := t.conn.columns("ticket")
		change(&c, before[0], after[0])
		n, most := 1, inOne(len(before))
		for ; n < most && before[n].State == before[0].State; n++ {
			next.begin("ticket")
			if change(&next, before[n], after[n]); !next.alike(&c) {
				break
			}
		}
		n = inOne(n)
		if err := t.saveAlike(&c, before[:n], after[:n]); err != nil {
			return err
		}
		before, after = before[n:], after[n:]
	}
	return nil
}

// change sets what of a ticket changes.
func change(c *columns, b, a boxoffice.Ticket) {
	c.set("state", a.State != b.State, string(a.State))
	c.set("block", a.Block != b.Block, string(a.Block))
	c.set("hold", a.Hold != b.Hold, orNull(a.Hold))
	c.set("held_at", !a.HeldAt.Equal(b.HeldAt), a.HeldAt)
	c.set("expires_at", !a.ExpiresAt.Equal(b.ExpiresAt), a.ExpiresAt)
	c.set("type", a.Type != b.Type, orNull(a.Type))
	c.set("price", a.Price != b.Price, int64(a.Price))
	c.set("order_id", a.Order != b.Order, orNull(a.Order))
	c.set("gone", a.State == boxoffice.Cancelled && a.State != b.State, int64(a.ID))
}

// saveAlike saves tickets that change alike.
func (t *tx) saveAlike(c *columns, before, after []boxoffice.Ticket) error {
	rows := make([]guarded, len(after))
	for i, a := range after {
		a.Version = before[i].Version + 1
		rows[i] = guarded{int64(a.ID), before[i].Version, ticketRow(a)}
		t.changes = append(t.changes, placeChange{a.Performance, a.Place, a.PlaceState()})
	}
	n, err := c.updateAll(rows, " AND state = ?", string(before[0].State))
	if err != nil {
		return fmt.Errorf("save tickets of %s: %w", namesOf(after), err)
	}
	if n != int64(len(after)) {
		return &boxoffice.ConflictError{What: namesOf(after)}
	}
	for i, a := range after {
		a.Version = before[i].Version + 1
		t.moveHeld(before[i], a)
	}
	return nil
}

// namesOf says which places tickets are of, any of which may be meant.
func namesOf(tickets []boxoffice.Ticket) string {
	if len(tickets) == 1 {
		return fmt.Sprintf("place %d", tickets[0].Place)
	}
	numbers := make([]string, len(tickets))
	for i, t := range tickets {
		numbers[i] = strconv.Itoa(int(t.Place))
	}
	return "one of the places " + strings.Join(numbers, ", ")
}

func ticketRow(t boxoffice.Ticket) []any {
	return []any{
		int64(t.ID), int64(t.Performance), int64(t.Place), string(t.State), string(t.Block), orNull(t.Hold), t.HeldAt, t.ExpiresAt,
		orNull(t.Type), int64(t.Price), orNull(t.Order), t.Version,
	}
}
