package sqlite

import "wicket/boxoffice"

// Desks implements [boxoffice.Reader].
func (r *reader) Desks() ([]boxoffice.Desk, error) {
	return list(r.conn, func(r row) (boxoffice.Desk, error) {
		return boxoffice.Desk{Terminal: r.text(0), Staff: boxoffice.StaffID(r.int(1)), Since: r.time(2)}, nil
	}, "SELECT terminal, staff, since FROM desk ORDER BY terminal")
}

// SaveDesk implements [boxoffice.Tx].
func (t *tx) SaveDesk(d boxoffice.Desk) error {
	_, err := t.conn.exec(`INSERT INTO desk (terminal, staff, since, sum) VALUES (?, ?, ?, ?)
		ON CONFLICT (terminal) DO UPDATE SET staff = excluded.staff, since = excluded.since, sum = excluded.sum`, summed(d.Terminal, d.Staff, d.Since)...)
	return err
}

// ClearDesk implements [boxoffice.Tx].
func (t *tx) ClearDesk(terminal string) error {
	_, err := t.conn.exec("DELETE FROM desk WHERE terminal = ?", terminal)
	return err
}
