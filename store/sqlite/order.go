package sqlite

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wicket/boxoffice"
)

// lineBits and tenderBits number the lines and tenders of an order, in ids that
// begin with the order's number, so that an order's rows lie together.
const (
	lineBits   = 16
	tenderBits = 8
)

func firstLine(o boxoffice.OrderID) int64   { return int64(o) << lineBits }
func lastLine(o boxoffice.OrderID) int64    { return int64(o+1)<<lineBits - 1 }
func firstTender(o boxoffice.OrderID) int64 { return int64(o) << tenderBits }
func lastTender(o boxoffice.OrderID) int64  { return int64(o+1)<<tenderBits - 1 }

const (
	orderColumns  = "SELECT id, state, at, staff, terminal, drawer, shift, channel, customer, total, tax, voided_at, version FROM orders "
	lineColumns   = "SELECT id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount, reverses FROM order_line "
	tenderColumns = "SELECT id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer, shift, reverses FROM tender "
)

func scanOrder(r row) (boxoffice.Order, error) {
	return boxoffice.Order{
		ID: boxoffice.OrderID(r.int(0)), State: boxoffice.OrderState(r.text(1)), At: r.time(2), Staff: boxoffice.StaffID(r.int(3)),
		Terminal: r.text(4), Drawer: r.text(5), Shift: boxoffice.ShiftID(r.int(6)), Channel: boxoffice.Channel(r.text(7)),
		Customer: boxoffice.CustomerID(r.int(8)), Total: boxoffice.Money(r.int(9)), Tax: boxoffice.Money(r.int(10)),
		VoidedAt: r.time(11), Version: r.int(12),
	}, nil
}

func scanLine(r row) (boxoffice.OrderLine, error) {
	return boxoffice.OrderLine{
		ID: boxoffice.LineID(r.int(0)), Order: boxoffice.OrderID(r.int(1)), Ticket: boxoffice.TicketID(r.int(2)),
		Performance: boxoffice.PerformanceID(r.int(3)), Place: boxoffice.PlaceNo(r.int(4)), Type: boxoffice.PriceTypeID(r.int(5)),
		Price: boxoffice.Money(r.int(6)), TaxPPM: r.int(7), TaxIncluded: r.bool(8), Tax: boxoffice.Money(r.int(9)),
		Amount: boxoffice.Money(r.int(10)), Reverses: boxoffice.LineID(r.int(11)),
	}, nil
}

func scanTender(r row) (boxoffice.Tender, error) {
	return boxoffice.Tender{
		ID: boxoffice.TenderID(r.int(0)), Order: boxoffice.OrderID(r.int(1)), Kind: boxoffice.TenderKind(r.text(2)),
		Amount: boxoffice.Money(r.int(3)), Tendered: boxoffice.Money(r.int(4)), Change: boxoffice.Money(r.int(5)), At: r.time(6),
		Staff: boxoffice.StaffID(r.int(7)), Terminal: r.text(8), Drawer: r.text(9), Shift: boxoffice.ShiftID(r.int(10)),
		Reverses: boxoffice.TenderID(r.int(11)),
	}, nil
}

// Order implements [boxoffice.Reader].
func (r *reader) Order(id boxoffice.OrderID) (boxoffice.Order, error) {
	o, err := find(r.conn, "order", id, scanOrder, orderColumns+"WHERE id = ?", id)
	if err != nil {
		return o, err
	}
	return r.fill(o)
}

// fill adds an order's lines and tenders.
func (r *reader) fill(o boxoffice.Order) (boxoffice.Order, error) {
	var err error
	o.Lines, err = list(r.conn, scanLine, lineColumns+"WHERE id BETWEEN ? AND ? ORDER BY id", firstLine(o.ID), lastLine(o.ID))
	if err != nil {
		return o, err
	}
	o.Tenders, err = list(r.conn, scanTender, tenderColumns+"WHERE id BETWEEN ? AND ? ORDER BY id", firstTender(o.ID), lastTender(o.ID))
	return o, err
}

// Orders implements [boxoffice.Reader].
func (r *reader) Orders(query string, limit int) ([]boxoffice.Order, error) {
	query = strings.TrimSpace(query)
	var orders []boxoffice.Order
	var err error
	if query == "" {
		orders, err = list(r.conn, scanOrder, orderColumns+"ORDER BY id DESC LIMIT ?", limit)
	} else {
		number, _ := strconv.ParseInt(strings.TrimPrefix(query, "#"), 10, 64)
		phone := digits(query)
		if len(phone) < 3 || strings.Trim(query, "+-/(). 0123456789") != "" {
			phone = "" // nearly every phone has these
		}
		orders, err = list(r.conn, scanOrder, orderColumns+`WHERE id = ?1 OR id IN (
			SELECT o.id FROM customer c JOIN orders o ON o.customer = c.id
			WHERE c.folded LIKE ?2 ESCAPE '\' OR c.phone LIKE ?2 ESCAPE '\' OR ?3 <> '' AND c.digits LIKE '%' || ?3 || '%')
			ORDER BY id DESC LIMIT ?4`, number, contains(fold(query)), phone, limit)
	}
	for i := range orders {
		if err == nil {
			orders[i], err = r.fill(orders[i])
		}
	}
	return orders, err
}

// OrdersAfter implements [boxoffice.Reader]. It reads a stretch of each table,
// where the rows lie together.
func (r *reader) OrdersAfter(after boxoffice.OrderID, limit int) ([]boxoffice.Order, error) {
	orders, err := list(r.conn, scanOrder, orderColumns+"WHERE id > ? ORDER BY id LIMIT ?", after, limit)
	if err != nil || len(orders) == 0 {
		return nil, err
	}
	at := make(map[boxoffice.OrderID]*boxoffice.Order, len(orders))
	for i := range orders {
		at[orders[i].ID] = &orders[i]
	}
	first, last := orders[0].ID, orders[len(orders)-1].ID
	lines, err := list(r.conn, scanLine, lineColumns+"WHERE id BETWEEN ? AND ? ORDER BY id", firstLine(first), lastLine(last))
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		at[l.Order].Lines = append(at[l.Order].Lines, l)
	}
	tenders, err := list(r.conn, scanTender, tenderColumns+"WHERE id BETWEEN ? AND ? ORDER BY id", firstTender(first), lastTender(last))
	for _, d := range tenders {
		at[d.Order].Tenders = append(at[d.Order].Tenders, d)
	}
	return orders, err
}

// LastOrderBefore implements [boxoffice.Reader]. It looks for the number: the
// instants of orders rise with it, and have no index of their own for every sale
// to keep.
func (r *reader) LastOrderBefore(t time.Time) (boxoffice.OrderID, error) {
	newest, err := r.conn.number("SELECT max(id) FROM orders")
	if err != nil {
		return 0, err
	}
	before, beyond := int64(0), newest+1 // the answer is in [before, beyond)
	for beyond-before > 1 {
		middle := before + (beyond-before)/2
		o, _, err := one(r.conn, scanOrder, orderColumns+"WHERE id >= ? ORDER BY id LIMIT 1", middle)
		if err != nil {
			return 0, err
		}
		if o.At.Before(t) {
			before = int64(o.ID)
		} else {
			beyond = middle
		}
	}
	return boxoffice.OrderID(before), nil
}

// contains is the LIKE pattern, with «\» to escape, for texts that have s in them.
func contains(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) + "%"
}

// digits returns the digits of a phone number.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// InsertOrder implements [boxoffice.Tx].
func (t *tx) InsertOrder(o boxoffice.Order) (boxoffice.Order, error) {
	id, err := t.nextOften("orders")
	if err != nil {
		return o, err
	}
	o.ID = boxoffice.OrderID(max(id, 1001))
	_, err = t.conn.exec(`INSERT INTO orders (id, state, at, staff, terminal, drawer, shift, channel, customer, total, tax, version)
		VALUES (?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
		o.ID, o.At, o.Staff, o.Terminal, o.Drawer, orNull(o.Shift), o.Channel, orNull(o.Customer), o.Total, o.Tax)
	if err != nil {
		return o, fmt.Errorf("insert order: %w", err)
	}
	if o.Lines, err = t.addLines(o.ID, firstLine(o.ID), o.Lines); err != nil {
		return o, err
	}
	if o.Tenders, err = t.addTenders(o.ID, firstTender(o.ID), o.Tenders); err != nil {
		return o, err
	}
	o.State, o.Version, o.VoidedAt = boxoffice.OrderPaid, 2, time.Time{}
	if _, err := t.conn.exec("UPDATE orders SET state = 'paid', version = version + 1, sum = ? WHERE id = ?", orderSum(o), int64(o.ID)); err != nil {
		return o, fmt.Errorf("insert order: %w", err)
	}
	t.keepWork(lastID("orders"), int64(o.ID))
	return o, nil
}

// VoidOrder implements [boxoffice.Tx].
func (t *tx) VoidOrder(o boxoffice.Order, lines []boxoffice.OrderLine, tenders []boxoffice.Tender) error {
	lastOf := func(query string, first, last int64) (int64, error) {
		id, err := t.conn.number(query, first, last)
		return max(id, first), err
	}
	line, err := lastOf("SELECT max(id) FROM order_line WHERE id BETWEEN ? AND ?", firstLine(o.ID), lastLine(o.ID))
	if err != nil {
		return err
	}
	if _, err := t.addLines(o.ID, line, lines); err != nil {
		return err
	}
	tender, err := lastOf("SELECT max(id) FROM tender WHERE id BETWEEN ? AND ?", firstTender(o.ID), lastTender(o.ID))
	if err != nil {
		return err
	}
	if _, err := t.addTenders(o.ID, tender, tenders); err != nil {
		return err
	}
	is, err := t.Order(o.ID) // with every line that it has by now
	if err != nil {
		return err
	}
	is.State, is.VoidedAt, is.Version = boxoffice.OrderVoided, o.VoidedAt, o.Version+1
	n, err := t.conn.exec("UPDATE orders SET state = 'voided', voided_at = ?, version = version + 1, sum = ? WHERE id = ? AND version = ?",
		o.VoidedAt, orderSum(is), o.ID, o.Version)
	if err != nil {
		return fmt.Errorf("void order: %w", err)
	}
	return changed(n, nil, fmt.Sprintf("order %d", o.ID))
}

// orderSum is the sum of an order and of its lines.
func orderSum(o boxoffice.Order) int64 {
	var s sum
	s.add(int64(o.ID), string(o.State), o.At, int64(o.Staff), o.Terminal, o.Drawer, orNull(o.Shift), string(o.Channel), orNull(o.Customer),
		int64(o.Total), int64(o.Tax), o.VoidedAt, o.Version)
	for _, l := range o.Lines {
		s.add(lineRow(l)...)
	}
	return s.number()
}

func lineRow(l boxoffice.OrderLine) []any {
	return []any{
		int64(l.ID), int64(l.Order), int64(l.Ticket), int64(l.Performance), int64(l.Place), int64(l.Type), int64(l.Price),
		l.TaxPPM, l.TaxIncluded, int64(l.Tax), int64(l.Amount), orNull(l.Reverses),
	}
}

// addLines adds lines behind those an order has; a new order has none.
func (t *tx) addLines(order boxoffice.OrderID, last int64, lines []boxoffice.OrderLine) ([]boxoffice.OrderLine, error) {
	added := make([]boxoffice.OrderLine, len(lines))
	rows := newBulk(t.conn, "INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount, reverses)", 12)
	for i, l := range lines {
		last++
		l.ID, l.Order = boxoffice.LineID(last), order
		rows.add(lineRow(l)...)
		added[i] = l
	}
	if err := rows.end(); err != nil {
		return nil, fmt.Errorf("insert order lines: %w", err)
	}
	return added, nil
}

// addTenders adds tenders behind those an order has; a new order has none.
func (t *tx) addTenders(order boxoffice.OrderID, last int64, tenders []boxoffice.Tender) ([]boxoffice.Tender, error) {
	added := make([]boxoffice.Tender, len(tenders))
	rows := newBulk(t.conn, "INSERT INTO tender (id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer, shift, reverses)", 12)
	for i, d := range tenders {
		last++
		d.ID, d.Order = boxoffice.TenderID(last), order
		rows.add(d.ID, d.Order, d.Kind, d.Amount, d.Tendered, d.Change, d.At, d.Staff, d.Terminal, d.Drawer, orNull(d.Shift), orNull(d.Reverses))
		added[i] = d
	}
	if err := rows.end(); err != nil {
		return nil, fmt.Errorf("insert tenders: %w", err)
	}
	return added, nil
}
