package sqlite

import (
	"time"

	"wicket/boxoffice"
)

// TendersTaken implements [boxoffice.Reader].
func (r *reader) TendersTaken(from, to time.Time) ([]boxoffice.Taking, error) {
	before, err := r.LastOrderBefore(from)
	if err != nil {
		return nil, err
	}
	return list(r.conn, func(r row) (boxoffice.Taking, error) {
		return boxoffice.Taking{
			Kind: boxoffice.TenderKind(r.text(0)), Staff: boxoffice.StaffID(r.int(1)), Terminal: r.text(2),
			Sales: int(r.int(3)), Voids: int(r.int(4)), Tickets: int(r.int(5)), Amount: boxoffice.Money(r.int(6)),
		}, nil
	}, `SELECT kind, staff, terminal, sum(reverses IS NULL), sum(reverses IS NOT NULL), sum(
			CASE WHEN EXISTS (SELECT 1 FROM tender b
				WHERE b.id BETWEEN t.order_id << 8 AND t.id - 1 AND (b.reverses IS NULL) = (t.reverses IS NULL)) THEN 0
			ELSE (SELECT count(*) FROM order_line l WHERE l.id BETWEEN t.order_id << 16 AND t.order_id << 16 | 65535 AND l.reverses IS NULL)
				* iif(reverses IS NULL, 1, -1) END), sum(amount) FROM tender t
		WHERE id >= ? AND at >= ? AND at < ? GROUP BY kind, staff, terminal ORDER BY min(id)`,
		firstTender(before+1), from.UnixMilli(), to.UnixMilli())
}

// SoldSince implements [boxoffice.Reader].
func (r *reader) SoldSince(from time.Time) ([]boxoffice.SoldMinute, error) {
	before, err := r.LastOrderBefore(from)
	if err != nil {
		return nil, err
	}
	return list(r.conn, func(r row) (boxoffice.SoldMinute, error) {
		return boxoffice.SoldMinute{
			Minute: time.UnixMilli(r.int(0) * 60_000).UTC(), Performance: boxoffice.PerformanceID(r.int(1)), Tickets: int(r.int(2)),
		}, nil
	}, `SELECT o.at / 60000 AS minute, l.performance, count(*) FROM orders o
		JOIN order_line l ON l.id BETWEEN o.id << 16 AND o.id << 16 | 65535 AND l.reverses IS NULL
		WHERE o.id >= ? GROUP BY minute, l.performance ORDER BY minute, l.performance`, before+1)
}

// SoldFor implements [boxoffice.Reader].
func (r *reader) SoldFor(id boxoffice.PerformanceID) (boxoffice.Money, error) {
	// By the tickets: they have an index by performance, the lines of orders have none.
	sums, err := list(r.conn, func(r row) (boxoffice.Money, error) { return boxoffice.Money(r.int(0)), nil },
		`SELECT ifnull(sum(l.amount), 0) FROM ticket t JOIN order_line l ON l.ticket = t.id AND l.reverses IS NULL
			WHERE t.performance = ?1 AND t.state = 'confirmed'
		UNION ALL SELECT ifnull(sum(l.amount), 0) FROM ticket t JOIN order_line l ON l.ticket = t.id AND l.reverses IS NULL
			WHERE t.performance = ?1 AND t.gone <> 0 AND NOT EXISTS (SELECT 1 FROM order_line b WHERE b.reverses = l.id)`, int64(id))
	var all boxoffice.Money
	for _, sum := range sums {
		all += sum
	}
	return all, err
}

// FullBaskets implements [boxoffice.Reader].
func (r *reader) FullBaskets() ([]boxoffice.Basket, error) {
	return list(r.conn, scanBasket, basketColumns+"WHERE hold IS NOT NULL AND state IN ('open', 'parked') ORDER BY hold")
}

// ProcessingTickets implements [boxoffice.Reader].
func (r *reader) ProcessingTickets() ([]boxoffice.Ticket, error) {
	return list(r.conn, scanTicket, ticketColumns+"INDEXED BY ticket_hold WHERE hold IS NOT NULL AND state = 'processing' ORDER BY held_at, id")
}
