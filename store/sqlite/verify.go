package sqlite

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"wicket/boxoffice"
)

// Verify recounts everything in the store on one snapshot, and returns every break
// it finds: none is how a store should be. Selling goes on meanwhile. Checks that
// do not need each other run side by side.
func (s *Store) Verify(ctx context.Context) ([]boxoffice.Break, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("verify store: %w", err)
	}
	readers, end, err := s.beginViews(max(1, min(4, runtime.GOMAXPROCS(0))))
	if err != nil {
		return nil, fmt.Errorf("verify store: %w", err)
	}
	defer end()
	checks := []func(*verifier) error{(*verifier).pages, (*verifier).ledger, (*verifier).references, (*verifier).guards, (*verifier).checks, (*verifier).migrated}
	for _, q := range breakQueries {
		checks = append(checks, func(v *verifier) error { return v.query(q) })
	}
	for _, t := range summedTables() {
		checks = append(checks, func(v *verifier) error { return v.sums(t) })
	}
	found := make([][]boxoffice.Break, len(checks))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for _, r := range readers {
		group.Go(func() (err error) {
			defer s.recovered(&err)
			r.ctx = ctx
			for {
				i := int(next.Add(1)) - 1
				if i >= len(checks) {
					return nil
				}
				v := &verifier{reader: r}
				if err := checks[i](v); err != nil {
					return err
				}
				found[i] = v.breaks
			}
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("verify store: %w", err)
	}
	return slices.Concat(found...), nil
}

// beginViews returns up to n readers of one and the same snapshot: fewer where
// somebody commits each time between one and the next.
func (s *Store) beginViews(n int) (readers []*reader, end func(), err error) {
	var ends []func()
	end = func() {
		for _, end := range ends {
			end()
		}
	}
	for tries := 0; len(readers) < n && tries < 10*n; tries++ {
		r, endOne, err := s.beginView()
		if err != nil {
			end()
			return nil, nil, err
		}
		if len(readers) > 0 && r.head != readers[0].head {
			if len(readers) > 1 || tries > 5*n {
				endOne() // keep those there are
				continue
			}
			end()
			readers, ends = nil, nil
		}
		readers, ends = append(readers, r), append(ends, endOne)
	}
	return readers, end, nil
}

// verifier recounts one snapshot.
type verifier struct {
	*reader
	replay boxoffice.Replay
	breaks []boxoffice.Break
}

func (v *verifier) found(where, what string) {
	v.breaks = append(v.breaks, boxoffice.Break{Where: where, What: what})
}

// aWhile is how many rows are read without giving way: a small house is done soon.
const aWhile = 5000

// rows runs a query, until ctx ends.
func (v *verifier) rows(query string, f func(row) error, args ...any) error {
	n := 0
	return v.conn.each(query, func(r row) error {
		switch n++; {
		case n%256 != 0:
		case n > aWhile:
			if err := v.GiveWay(); err != nil {
				return err
			}
		case v.ctx.Err() != nil:
			return v.ctx.Err()
		}
		return f(r)
	}, args...)
}

// pages lets SQLite check its own pages and indexes.
func (v *verifier) pages() error {
	return v.rows("PRAGMA integrity_check", func(r row) error {
		if words := r.text(0); words != "ok" {
			v.found("the file", words)
		}
		return nil
	})
}

// references checks that whatever a row names is there.
func (v *verifier) references() error {
	return v.rows("PRAGMA foreign_key_check", func(r row) error {
		v.found(fmt.Sprintf("%s %d", r.text(0), r.int(1)), "there is no such "+r.text(2)+" as it names")
		return nil
	})
}

// ledger checks the journal, and the tickets against it.
func (v *verifier) ledger() error {
	if err := v.chain(); err != nil {
		return err
	}
	return v.tickets()
}

// chain checks the journal's numbers, instants and hashes, and replays it.
func (v *verifier) chain() error {
	var last head
	return v.rows(entryColumns+"ORDER BY seq", func(r row) error {
		seq := r.int(0)
		where := fmt.Sprintf("journal entry %d", seq)
		e, err := scanEntry(r)
		if err != nil {
			v.found(where, err.Error())
			last = head{seq: seq, at: r.time(1)}
			copy(last.hash[:], r.bytes(16))
			return nil
		}
		if seq != last.seq+1 {
			v.found(where, fmt.Sprintf("the entry before it is %d", last.seq))
		}
		if e.At.Before(last.at) {
			v.found(where, "it is earlier than the entry before")
		}
		if e.Prev != last.hash {
			v.found(where, "it does not carry the hash of the entry before")
		}
		if e.Sum() != e.Hash {
			v.found(where, "its hash is not the hash of what it says")
		}
		v.breaks = append(v.breaks, v.replay.Apply(e)...)
		last = head{seq, e.Hash, e.At}
		return nil
	})
}

// tickets checks, house by house, that every place has one live ticket, and that
// it is as the journal tells it.
func (v *verifier) tickets() error {
	sizes := map[boxoffice.PerformanceID]int{}
	var ids []boxoffice.PerformanceID
	err := v.rows("SELECT p.id, plan.size FROM performance p JOIN plan ON plan.id = p.plan ORDER BY p.id", func(r row) error {
		id := boxoffice.PerformanceID(r.int(0))
		sizes[id] = int(r.int(1))
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range v.replay.Performances() {
		if _, ok := sizes[id]; !ok {
			v.found(fmt.Sprintf("performance %d", id), "the journal tells of its places, but it is not there")
		}
	}
	for _, id := range ids {
		if err := v.house(id, sizes[id]); err != nil {
			return err
		}
	}
	return nil
}

// house checks the tickets of one performance.
func (v *verifier) house(id boxoffice.PerformanceID, size int) error {
	places := make([]boxoffice.PlaceState, size)
	live := 0
	err := v.rows(`SELECT id, place, state, block, type, price FROM ticket WHERE id BETWEEN ? AND ? AND +state <> 'cancelled'`, func(r row) error {
		no := int(r.int(1))
		where := fmt.Sprintf("place %d of performance %d", no, id)
		if no < 1 || no > size {
			v.found(where, fmt.Sprintf("ticket %d is for a place the plan does not have", r.int(0)))
			return nil
		}
		if places[no-1].Ticket != 0 {
			v.found(where, fmt.Sprintf("tickets %d and %d are both live", places[no-1].Ticket, r.int(0)))
		}
		places[no-1] = boxoffice.PlaceState{
			Ticket: boxoffice.TicketID(r.int(0)), State: stateOf(r.text(2)), Block: boxoffice.BlockCode(r.text(3)),
			Type: boxoffice.PriceTypeID(r.int(4)), Price: boxoffice.Money(r.int(5)),
		}
		live++
		return nil
	}, int64(id)<<idBits, int64(id+1)<<idBits-1)
	if err != nil {
		return err
	}
	if live > 0 && live != size {
		v.found(fmt.Sprintf("performance %d", id), fmt.Sprintf("it has %d live tickets for %d places", live, size))
	}
	v.breaks = append(v.breaks, v.replay.Check(id, places)...)
	return nil
}

// query runs a check that is a question to the database: it answers with where and
// what for every break.
func (v *verifier) query(q string) error {
	return v.rows(q, func(r row) error { v.found(r.text(0), r.text(1)); return nil })
}

var breakQueries = []string{
	// Tickets and their holds.
	`SELECT 'place ' || t.place || ' of performance ' || t.performance, CASE
		WHEN h.id IS NULL THEN 'its ticket is reserved under no hold'
		WHEN h.state <> 'active' THEN 'its ticket is reserved under hold ' || h.id || ', which is ' || h.state
		ELSE 'its ticket''s hold ends at ' || coalesce(t.expires_at, 'no time') || ', hold ' || h.id || ' itself at ' || h.expires_at END
	FROM ticket t LEFT JOIN hold h ON h.id = t.hold
	WHERE t.hold IS NOT NULL AND t.state = 'reserved' AND (h.id IS NULL OR h.state <> 'active' OR t.expires_at IS NOT h.expires_at)`,
	`SELECT 'place ' || place || ' of performance ' || performance, 'its ticket ' || id || ' is ' || state || ' with a hold, an order or a price that does not fit'
	FROM ticket WHERE (hold IS NOT NULL) <> (state IN ('reserved', 'processing'))
		OR (order_id IS NOT NULL) <> (state IN ('confirmed', 'cancelled'))
		OR state = 'available' AND (type IS NOT NULL OR price <> 0)`,
	`SELECT 'place ' || place || ' of performance ' || performance, 'its ticket ' || id || ' is ' || state || ', but is kept as if it were not'
	FROM ticket WHERE gone IS NOT iif(state = 'cancelled', id, 0)`,
	`SELECT 'ticket ' || id, 'it is numbered for performance ' || (id >> 20) || ' and is for performance ' || performance
	FROM ticket WHERE id >> 20 <> performance`,

	// Tickets and the lines they were sold by.
	`SELECT 'place ' || t.place || ' of performance ' || t.performance, CASE
		WHEN l.id IS NULL THEN 'its ticket is sold, but no order has a line for it'
		WHEN back.id IS NOT NULL THEN 'its ticket is sold, but the line of order ' || l.order_id || ' is reversed'
		WHEN o.state IS NOT 'paid' THEN 'its ticket is sold, but order ' || l.order_id || ' is ' || coalesce(o.state, 'not there')
		ELSE 'its ticket and the line of order ' || l.order_id || ' do not agree' END
	FROM ticket t LEFT JOIN order_line l ON l.ticket = t.id AND l.reverses IS NULL
		LEFT JOIN order_line back ON back.reverses = l.id LEFT JOIN orders o ON o.id = l.order_id
	WHERE t.state = 'confirmed' AND (l.id IS NULL OR back.id IS NOT NULL OR o.state IS NOT 'paid' OR l.order_id <> t.order_id
		OR l.price <> t.price OR l.type <> t.type OR l.performance <> t.performance OR l.place <> t.place)`,
	`SELECT 'order ' || l.order_id, 'it sold place ' || l.place || ' of performance ' || l.performance || ', whose ticket is ' || coalesce(t.state, 'not there')
	FROM order_line l LEFT JOIN ticket t ON t.id = l.ticket LEFT JOIN order_line back ON back.reverses = l.id
	WHERE l.reverses IS NULL AND (t.state IS NULL OR t.state NOT IN ('confirmed', 'cancelled') OR back.id IS NOT NULL AND t.state <> 'cancelled')`,
	`SELECT 'order ' || order_id, 'its lines sell ticket ' || ticket || ' ' || count(*) || ' times'
	FROM order_line WHERE reverses IS NULL GROUP BY ticket HAVING count(*) > 1`,

	// Orders.
	`SELECT 'order ' || id, coalesce('the order before it is ' || (SELECT max(id) FROM orders WHERE id < o.id), 'it is the first, numbers begin at 1001')
	FROM orders o WHERE id <> 1001 AND NOT EXISTS (SELECT 1 FROM orders WHERE id = o.id - 1)`,
	`SELECT 'order ' || id, 'it was never finished' FROM orders WHERE state = 'draft'`,
	`SELECT 'order ' || id, 'the lines it sold come to ' || amount || ' of which tax ' || taxes || ', the order says ' || total || ' and ' || tax
	FROM (SELECT o.id, o.total, o.tax, coalesce(sum(l.amount), 0) AS amount, coalesce(sum(l.tax), 0) AS taxes
		FROM orders o LEFT JOIN order_line l ON l.id BETWEEN o.id << 16 AND o.id << 16 | 65535 AND l.reverses IS NULL GROUP BY o.id)
	WHERE amount <> total OR taxes <> tax`,
	`SELECT 'order ' || id, 'what was paid comes to ' || amount || ', the total is ' || total
	FROM (SELECT o.id, o.total, coalesce(sum(d.amount), 0) AS amount
		FROM orders o LEFT JOIN tender d ON d.id BETWEEN o.id << 8 AND o.id << 8 | 255 AND d.reverses IS NULL GROUP BY o.id)
	WHERE amount <> total`,
	`SELECT 'order ' || id, 'it is voided, but its lines come to ' || lines || ' and its tenders to ' || tenders
	FROM (SELECT id, (SELECT coalesce(sum(amount), 0) FROM order_line WHERE id BETWEEN o.id << 16 AND o.id << 16 | 65535) AS lines,
			(SELECT coalesce(sum(amount), 0) FROM tender WHERE id BETWEEN o.id << 8 AND o.id << 8 | 255) AS tenders
		FROM orders o WHERE state = 'voided')
	WHERE lines <> 0 OR tenders <> 0`,
	`SELECT 'order ' || b.order_id, 'line ' || b.id || ' does not reverse line ' || b.reverses || ' as it was'
	FROM order_line b LEFT JOIN order_line l ON l.id = b.reverses
	WHERE b.reverses IS NOT NULL AND (l.id IS NULL OR l.order_id <> b.order_id OR l.ticket <> b.ticket OR l.price <> -b.price OR l.tax <> -b.tax OR l.amount <> -b.amount)`,
	`SELECT 'order ' || b.order_id, 'tender ' || b.id || ' does not reverse tender ' || b.reverses || ' as it was'
	FROM tender b LEFT JOIN tender d ON d.id = b.reverses
	WHERE b.reverses IS NOT NULL AND (d.id IS NULL OR d.order_id <> b.order_id OR d.kind <> b.kind OR d.amount <> -b.amount)`,
	`SELECT 'order ' || order_id, 'line ' || id || ' belongs to order ' || (id >> 16) FROM order_line WHERE id >> 16 <> order_id`,
	`SELECT 'order ' || order_id, 'tender ' || id || ' belongs to order ' || (id >> 8) FROM tender WHERE id >> 8 <> order_id`,
	`SELECT 'order ' || order_id, 'cash given less the change is not what tender ' || id || ' paid'
	FROM tender WHERE kind = 'cash' AND reverses IS NULL AND tendered - change <> amount`,
	`SELECT 'order ' || id, 'the journal knows nothing of it' FROM orders o WHERE NOT EXISTS (SELECT 1 FROM journal WHERE order_id = o.id)`,

	`SELECT 'order ' || l.order_id, 'line ' || l.id || ' and the cancelled ticket it sold do not agree'
	FROM order_line l JOIN ticket t ON t.id = l.ticket
	WHERE l.reverses IS NULL AND t.state = 'cancelled'
		AND (l.order_id IS NOT t.order_id OR l.price <> t.price OR l.type IS NOT t.type OR l.performance <> t.performance OR l.place <> t.place)`,
	`SELECT 'order ' || b.order_id, 'line ' || b.id || ' reverses line ' || b.reverses || ' for another place or at another rate'
	FROM order_line b JOIN order_line l ON l.id = b.reverses
	WHERE l.performance <> b.performance OR l.place <> b.place OR l.type <> b.type OR l.tax_ppm <> b.tax_ppm OR l.tax_included <> b.tax_included`,
	// A rate's tax is rounded once in an order, and spread over its lines.
	`SELECT 'order ' || order_id, 'the tax of line ' || id || ' is not of its rate'
	FROM order_line WHERE reverses IS NULL AND abs(tax * (1000000 + tax_ppm * tax_included) - price * tax_ppm) > 1000000 + tax_ppm * tax_included`,
	`SELECT 'order ' || o.id, 'the journal, entry ' || j.seq || ', has it sold at another time, by somebody else, elsewhere or for another amount'
	FROM orders o JOIN journal j ON j.order_id = o.id AND j.verb = 'sell'
	WHERE j.at <> o.at OR j.staff IS NOT o.staff OR j.terminal <> o.terminal OR j.drawer <> o.drawer OR j.channel <> o.channel
		OR j.amount <> o.total AND j.amount <> 0`,
	`SELECT 'order ' || o.id, 'it is ' || o.state || ', at version ' || o.version || ', and in the journal ' || CASE WHEN j.seq IS NULL THEN 'not voided' ELSE 'voided at ' || j.at END
	FROM orders o LEFT JOIN journal j ON j.order_id = o.id AND j.verb = 'void'
	WHERE o.state <> 'draft' AND ((o.state = 'voided') <> (j.seq IS NOT NULL) OR j.at IS NOT o.voided_at OR o.version <> 2 + (o.state = 'voided'))`,
	`SELECT 'order ' || d.order_id, 'tender ' || d.id || ' was not taken with the order'
	FROM tender d JOIN orders o ON o.id = d.order_id
	WHERE d.reverses IS NULL AND (d.at <> o.at OR d.staff <> o.staff OR d.terminal <> o.terminal OR d.drawer <> o.drawer OR d.shift IS NOT o.shift)`,
	`SELECT 'order ' || b.order_id, 'tender ' || b.id || ' was not given back as entry ' || j.seq || ' of the journal has it'
	FROM tender b JOIN tender d ON d.id = b.reverses JOIN journal j ON j.order_id = b.order_id AND j.verb = 'void'
	WHERE b.at <> j.at OR b.staff IS NOT j.staff OR b.terminal <> j.terminal OR b.drawer <> d.drawer OR b.shift IS NOT d.shift
		OR b.tendered <> b.amount OR b.change <> 0`,
	`SELECT 'order ' || order_id, 'tender ' || id || ' is not numbered after the one before it'
	FROM tender d WHERE id & 255 <> 1 AND NOT EXISTS (SELECT 1 FROM tender WHERE id = d.id - 1)`,
	`SELECT 'order ' || order_id, 'tender ' || id || ' is of a kind that nobody knows' FROM tender WHERE kind <> 'cash'`,

	// Shifts.
	`SELECT 'drawer ' || drawer, count(*) || ' shifts are open on it' FROM shift WHERE closed_at IS NULL GROUP BY drawer HAVING count(*) > 1`,
	`SELECT 'order ' || o.id, 'it was not sold within shift ' || o.shift || ' on drawer ' || o.drawer
	FROM orders o LEFT JOIN shift s ON s.id = o.shift
	WHERE o.shift IS NOT NULL AND (s.id IS NULL OR s.drawer <> o.drawer OR o.at < s.opened_at OR o.at > s.closed_at)`,
	`SELECT 'order ' || d.order_id, 'tender ' || d.id || ' was not taken within shift ' || d.shift || ' on drawer ' || d.drawer
	FROM tender d LEFT JOIN shift s ON s.id = d.shift
	WHERE d.shift IS NOT NULL AND (s.id IS NULL OR s.drawer <> d.drawer OR d.at < s.opened_at OR d.at > s.closed_at)`,

	// Holds and baskets.
	`SELECT 'hold ' || id, 'it ends after its latest time' FROM hold WHERE expires_at > latest_at`,
	`SELECT 'staff ' || staff, count(*) || ' baskets are open' FROM basket WHERE state = 'open' GROUP BY staff HAVING count(*) > 1`,
	`SELECT 'hold ' || hold, count(*) || ' baskets have it' FROM basket WHERE hold IS NOT NULL GROUP BY hold HAVING count(*) > 1`,

	// Commands.
	`SELECT 'command ' || c.id, 'the journal has no entry ' || c.seq || ' of it'
	FROM command c LEFT JOIN journal j ON j.seq = c.seq WHERE c.seq IS NOT NULL AND (j.command IS NOT c.id OR j.at IS NOT c.at)`,
	`SELECT 'journal entry ' || j.seq, 'its command is not kept: sent again, it would be done again'
	FROM journal j LEFT JOIN command c ON c.id = j.command WHERE j.command <> '' AND c.id IS NULL`,
}
