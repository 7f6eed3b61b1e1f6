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
			Sales: int(r.int(3)), Voids: int(r.int(4)), Amount: boxoffice.Money(r.int(5)),
		}, nil
	}, `SELECT kind, staff, terminal, sum(reverses IS NULL), sum(reverses IS NOT NULL), sum(amount) FROM tender
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

// FullBaskets implements [boxoffice.Reader].
func (r *reader) FullBaskets() ([]boxoffice.Basket, error) {
	return list(r.conn, scanBasket, basketColumns+"WHERE hold IS NOT NULL AND state IN ('open', 'parked') ORDER BY hold")
}

// ProcessingTickets implements [boxoffice.Reader].
func (r *reader) ProcessingTickets() ([]boxoffice.Ticket, error) {
	return list(r.conn, scanTicket, ticketColumns+"INDEXED BY ticket_hold WHERE hold IS NOT NULL AND state = 'processing' ORDER BY held_at, id")
}
