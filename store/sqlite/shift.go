package sqlite

import (
	"fmt"

	"wicket/boxoffice"
)

// OpenShift implements [boxoffice.Reader].
func (r *reader) OpenShift(drawer string) (boxoffice.Shift, error) {
	return find(r.conn, "open shift on drawer", drawer, func(r row) (boxoffice.Shift, error) {
		return boxoffice.Shift{
			ID: boxoffice.ShiftID(r.int(0)), Drawer: r.text(1), BusinessDay: r.text(2), OpenedAt: r.time(3),
			OpenedBy: boxoffice.StaffID(r.int(4)), ClosedAt: r.time(5),
		}, nil
	}, "SELECT id, drawer, business_day, opened_at, opened_by, closed_at FROM shift WHERE drawer = ? AND closed_at IS NULL", drawer)
}

// OpenShift implements [boxoffice.Reader].
func (t *tx) OpenShift(drawer string) (boxoffice.Shift, error) {
	return recallWork(t, openShift(drawer), func() (boxoffice.Shift, error) { return t.reader.OpenShift(drawer) })
}

// SaveShift implements [boxoffice.Tx].
func (t *tx) SaveShift(s boxoffice.Shift) (boxoffice.Shift, error) {
	t.keepWork(openShift(s.Drawer), nil)
	if s.ID == 0 {
		id, err := t.conn.insert("INSERT INTO shift (drawer, business_day, opened_at, opened_by, closed_at) VALUES (?, ?, ?, ?, ?)",
			s.Drawer, s.BusinessDay, s.OpenedAt, s.OpenedBy, s.ClosedAt)
		s.ID = boxoffice.ShiftID(id)
		return s, err
	}
	n, err := t.conn.exec("UPDATE shift SET drawer = ?, business_day = ?, opened_at = ?, opened_by = ?, closed_at = ? WHERE id = ? AND closed_at IS NULL",
		s.Drawer, s.BusinessDay, s.OpenedAt, s.OpenedBy, s.ClosedAt, s.ID)
	return s, changed(n, err, fmt.Sprintf("the shift on drawer %s", s.Drawer))
}
