package sqlite

import (
	"time"

	"wicket/boxoffice"
)

const eventColumns = "SELECT id, key, title, subtitle FROM event "

func scanEvent(r row) (boxoffice.Event, error) {
	return boxoffice.Event{ID: boxoffice.EventID(r.int(0)), Key: r.text(1), Title: r.text(2), Subtitle: r.text(3)}, nil
}

// EventByKey implements [boxoffice.Reader].
func (r *reader) EventByKey(key string) (boxoffice.Event, error) {
	return find(r.conn, "event", key, scanEvent, eventColumns+"WHERE key = ?", key)
}

// Event implements [boxoffice.Reader].
func (r *reader) Event(id boxoffice.EventID) (boxoffice.Event, error) {
	return find(r.conn, "event", id, scanEvent, eventColumns+"WHERE id = ?", id)
}

// Events implements [boxoffice.Reader].
func (r *reader) Events() ([]boxoffice.Event, error) {
	return list(r.conn, scanEvent, eventColumns+"ORDER BY id")
}

// SaveEvent implements [boxoffice.Tx].
func (t *tx) SaveEvent(e boxoffice.Event) (boxoffice.Event, error) {
	t.changesRows()
	taken := "there is an event " + e.Key + " already"
	if e.ID == 0 {
		id, err := t.next("event")
		if err != nil {
			return e, err
		}
		e.ID = boxoffice.EventID(id)
		_, err = t.conn.exec("INSERT INTO event (id, key, title, subtitle, sum) VALUES (?, ?, ?, ?, ?)", summed(e.ID, e.Key, e.Title, e.Subtitle)...)
		return e, unlessTaken(err, taken)
	}
	n, err := t.conn.exec("UPDATE event SET key = ?2, title = ?3, subtitle = ?4, sum = ?5 WHERE id = ?1", summed(e.ID, e.Key, e.Title, e.Subtitle)...)
	return e, unlessTaken(changed(n, err, "event "+e.Key), taken)
}

const performanceColumns = `SELECT p.id, p.event, p.key, e.title, p.plan, p.doors, p.curtain, p.ends, p.state, p.business_day,
	p.tax_ppm, p.tax_included, p.reason, p.version FROM performance p JOIN event e ON e.id = p.event `

func scanPerformance(r row) (boxoffice.Performance, error) {
	return boxoffice.Performance{
		ID: boxoffice.PerformanceID(r.int(0)), Event: boxoffice.EventID(r.int(1)), Key: r.text(2), Title: r.text(3),
		Plan: boxoffice.PlanID(r.int(4)), Doors: r.time(5), Curtain: r.time(6), Ends: r.time(7),
		State: boxoffice.PerformanceState(r.text(8)), BusinessDay: r.text(9), TaxPPM: r.int(10), TaxIncluded: r.bool(11),
		Reason: r.text(12), Version: r.int(13),
	}, nil
}

// Performance implements [boxoffice.Reader].
func (r *reader) Performance(id boxoffice.PerformanceID) (boxoffice.Performance, error) {
	return recallRow(r, id, func() (boxoffice.Performance, error) {
		return find(r.conn, "performance", id, scanPerformance, performanceColumns+"WHERE p.id = ?", id)
	})
}

// PerformanceByKey implements [boxoffice.Reader].
func (r *reader) PerformanceByKey(key string) (boxoffice.Performance, error) {
	return find(r.conn, "performance", key, scanPerformance, performanceColumns+"WHERE p.key = ?", key)
}

// Performances implements [boxoffice.Reader].
func (r *reader) Performances(from, to time.Time) ([]boxoffice.Performance, error) {
	first, last := int64(-1<<63), int64(1<<63-1)
	if !from.IsZero() {
		// A bound within a millisecond leaves that millisecond out.
		first = from.Add(time.Millisecond - 1).UnixMilli()
	}
	if !to.IsZero() {
		last = to.Add(time.Millisecond - 1).UnixMilli()
	}
	return list(r.conn, scanPerformance, performanceColumns+"WHERE p.curtain >= ? AND p.curtain < ? ORDER BY p.curtain, p.id", first, last)
}

// SavePerformance implements [boxoffice.Tx].
func (t *tx) SavePerformance(p boxoffice.Performance) (boxoffice.Performance, error) {
	t.changesRows()
	taken := "there is a performance " + p.Key + " already"
	if p.ID == 0 {
		id, err := t.next("performance")
		if err != nil {
			return p, err
		}
		p.ID, p.Version = boxoffice.PerformanceID(id), 1
		_, err = t.conn.exec(`INSERT INTO performance (id, event, key, plan, doors, curtain, ends, state, business_day, tax_ppm, tax_included, reason, version, sum)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, performanceRow(p)...)
		return p, unlessTaken(err, taken)
	}
	p.Version++
	n, err := t.conn.exec(`UPDATE performance SET event = ?2, key = ?3, plan = ?4, doors = ?5, curtain = ?6, ends = ?7, state = ?8, business_day = ?9,
		tax_ppm = ?10, tax_included = ?11, reason = ?12, version = ?13, sum = ?14 WHERE id = ?1 AND version = ?13 - 1`, performanceRow(p)...)
	return p, unlessTaken(changed(n, err, "performance "+p.Key), taken)
}

func performanceRow(p boxoffice.Performance) []any {
	return summed(p.ID, p.Event, p.Key, p.Plan, p.Doors, p.Curtain, p.Ends, p.State, p.BusinessDay, p.TaxPPM, p.TaxIncluded, p.Reason, p.Version)
}

func scanPriceType(r row) (boxoffice.PriceType, error) {
	return boxoffice.PriceType{ID: boxoffice.PriceTypeID(r.int(0)), Code: r.text(1), Name: r.text(2), Rank: int(r.int(3)), Guarded: r.bool(4)}, nil
}

// PriceTypes implements [boxoffice.Reader].
func (r *reader) PriceTypes() ([]boxoffice.PriceType, error) {
	return recallRow(r, "price types", func() ([]boxoffice.PriceType, error) {
		return list(r.conn, scanPriceType, "SELECT id, code, name, rank, guarded FROM price_type ORDER BY rank, id")
	})
}

// PriceList implements [boxoffice.Reader].
func (r *reader) PriceList(id boxoffice.PerformanceID) (*boxoffice.PriceList, error) {
	type prices boxoffice.PerformanceID
	return recallRow(r, prices(id), func() (*boxoffice.PriceList, error) { return r.readPrices(id) })
}

func (r *reader) readPrices(id boxoffice.PerformanceID) (*boxoffice.PriceList, error) {
	types, err := list(r.conn, scanPriceType, "SELECT id, code, name, rank, guarded FROM price_type ORDER BY rank, id")
	if err != nil {
		return nil, err
	}
	prices, err := list(r.conn, func(r row) (boxoffice.Price, error) {
		return boxoffice.Price{Zone: int(r.int(0)), Type: boxoffice.PriceTypeID(r.int(1)), Amount: boxoffice.Money(r.int(2))}, nil
	}, "SELECT zone, type, amount FROM price WHERE performance = ? ORDER BY zone, type", id)
	return &boxoffice.PriceList{Types: types, Prices: prices}, err
}

// SavePriceType implements [boxoffice.Tx].
func (t *tx) SavePriceType(p boxoffice.PriceType) (boxoffice.PriceType, error) {
	t.changesRows()
	taken := "there is a price type " + p.Code + " already"
	if p.ID == 0 {
		id, err := t.next("price_type")
		if err != nil {
			return p, err
		}
		p.ID = boxoffice.PriceTypeID(id)
		_, err = t.conn.exec("INSERT INTO price_type (id, code, name, rank, guarded, sum) VALUES (?, ?, ?, ?, ?, ?)", summed(p.ID, p.Code, p.Name, p.Rank, p.Guarded)...)
		return p, unlessTaken(err, taken)
	}
	n, err := t.conn.exec("UPDATE price_type SET code = ?2, name = ?3, rank = ?4, guarded = ?5, sum = ?6 WHERE id = ?1",
		summed(p.ID, p.Code, p.Name, p.Rank, p.Guarded)...)
	return p, unlessTaken(changed(n, err, "price type "+p.Code), taken)
}

// SavePrices implements [boxoffice.Tx].
func (t *tx) SavePrices(id boxoffice.PerformanceID, prices []boxoffice.Price) error {
	t.changesRows()
	if _, err := t.conn.exec("DELETE FROM price WHERE performance = ?", id); err != nil {
		return err
	}
	rows := newBulk(t.conn, "INSERT INTO price (performance, zone, type, amount, sum)", 5)
	for _, p := range prices {
		rows.add(summed(id, p.Zone, p.Type, p.Amount)...)
	}
	return rows.end()
}
