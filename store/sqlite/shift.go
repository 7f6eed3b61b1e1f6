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
		id, err := t.next("shift")
		if err != nil {
			return s, err
		}
		s.ID = boxoffice.ShiftID(id)
		_, err = t.conn.exec("INSERT INTO shift (id, drawer, business_day, opened_at, opened_by, closed_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?)", shiftRow(s)...)
		return s, err
	}
	n, err := t.conn.exec(`UPDATE shift SET drawer = ?2, business_day = ?3, opened_at = ?4, opened_by = ?5, closed_at = ?6, sum = ?7
		WHERE id = ?1 AND closed_at IS NULL`, shiftRow(s)...)
	return s, changed(n, err, fmt.Sprintf("the shift on drawer %s", s.Drawer))
}

func shiftRow(s boxoffice.Shift) []any {
	return summed(s.ID, s.Drawer, s.BusinessDay, s.OpenedAt, s.OpenedBy, s.ClosedAt)
}
