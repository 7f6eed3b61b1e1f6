package sqlite

import (
	"time"

	"wicket/boxoffice"
)

// WrongPINs implements [boxoffice.Reader].
func (r *reader) WrongPINs(door string) (boxoffice.WrongPINs, error) {
	w, _, err := one(r.conn, func(r row) (boxoffice.WrongPINs, error) {
		return boxoffice.WrongPINs{Times: int(r.int(0)), Last: r.time(1), Locked: r.time(2)}, nil
	}, "SELECT times, last, locked FROM wrong_pin WHERE door = ?", door)
	w.Door = door
	return w, err
}

// SaveWrongPINs implements [boxoffice.Tx].
func (t *tx) SaveWrongPINs(w boxoffice.WrongPINs) error {
	if _, err := t.conn.exec("DELETE FROM wrong_pin WHERE last < ?", t.now.Add(-24*time.Hour)); err != nil {
		return err
	}
	if w.Times == 0 {
		_, err := t.conn.exec("DELETE FROM wrong_pin WHERE door = ?", w.Door)
		return err
	}
	_, err := t.conn.exec(`INSERT INTO wrong_pin (door, times, last, locked, sum) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (door) DO UPDATE SET times = excluded.times, last = excluded.last, locked = excluded.locked, sum = excluded.sum`,
		summed(w.Door, w.Times, w.Last, w.Locked)...)
	return err
}
