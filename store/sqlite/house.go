package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"wicket/boxoffice"
)

// holdTime is how long holds last, as it is written in the store.
type holdTime struct {
	TTL string `json:"ttl"`
	Max string `json:"max"`
}

func writeHoldTimes(times boxoffice.HoldTimes) (string, error) {
	written := map[boxoffice.Channel]holdTime{}
	for channel, t := range times {
		written[channel] = holdTime{t.TTL.String(), t.Max.String()}
	}
	text, err := json.Marshal(written)
	if err != nil {
		return "", fmt.Errorf("write hold times: %w", err)
	}
	return string(text), nil
}

func readHoldTimes(text string) (boxoffice.HoldTimes, error) {
	var written map[boxoffice.Channel]holdTime
	if err := json.Unmarshal([]byte(text), &written); err != nil {
		return nil, fmt.Errorf("read hold times: %w", err)
	}
	times := boxoffice.HoldTimes{}
	for channel, w := range written {
		ttl, err := time.ParseDuration(w.TTL)
		if err != nil {
			return nil, fmt.Errorf("read hold times: %w", err)
		}
		longest, err := time.ParseDuration(w.Max)
		if err != nil {
			return nil, fmt.Errorf("read hold times: %w", err)
		}
		times[channel] = boxoffice.HoldTime{TTL: ttl, Max: longest}
	}
	return times, nil
}

func scanHouse(r row) (boxoffice.House, error) {
	times, err := readHoldTimes(r.text(4))
	return boxoffice.House{
		Name: r.text(0), Currency: boxoffice.Currency{Code: r.text(1), Digits: int(r.int(2))}, TimeZone: r.text(3),
		Holds: times, Version: r.int(5),
	}.Kept(), err
}

// House implements [boxoffice.Reader].
func (r *reader) House() (boxoffice.House, error) {
	return recallRow(r, "house", func() (boxoffice.House, error) {
		return find(r.conn, "house in", "this store", scanHouse,
			"SELECT name, currency, digits, time_zone, hold_times, version FROM house")
	})
}

// CreateHouse implements [boxoffice.Tx].
func (t *tx) CreateHouse(h boxoffice.House) error {
	t.changesRows()
	n, err := t.conn.number("SELECT count(*) FROM house")
	if err != nil {
		return err
	}
	if n > 0 {
		return &boxoffice.StateError{Words: "the store has a house already"}
	}
	times, err := writeHoldTimes(h.Holds)
	if err != nil {
		return err
	}
	h.Version = 1
	_, err = t.conn.exec("INSERT INTO house (id, name, currency, digits, time_zone, hold_times, version, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", houseRow(h, times)...)
	return err
}

func houseRow(h boxoffice.House, times string) []any {
	return summed(1, h.Name, h.Currency.Code, h.Currency.Digits, h.TimeZone, times, h.Version)
}

// SaveHouse implements [boxoffice.Tx].
func (t *tx) SaveHouse(h boxoffice.House) error {
	t.changesRows()
	times, err := writeHoldTimes(h.Holds)
	if err != nil {
		return err
	}
	h.Version++
	n, err := t.conn.exec(`UPDATE house SET name = ?2, currency = ?3, digits = ?4, time_zone = ?5, hold_times = ?6, version = ?7, sum = ?8
		WHERE id = ?1 AND version = ?7 - 1`, houseRow(h, times)...)
	return changed(n, err, "the house")
}

const staffColumns = "SELECT id, name, role, pin, active, version FROM staff "

func scanStaff(r row) (boxoffice.Staff, error) {
	return boxoffice.Staff{
		ID: boxoffice.StaffID(r.int(0)), Name: r.text(1), Role: boxoffice.Role(r.text(2)), PIN: r.text(3), Active: r.bool(4), Version: r.int(5),
	}, nil
}

// Staff implements [boxoffice.Reader].
func (r *reader) Staff(id boxoffice.StaffID) (boxoffice.Staff, error) {
	return recallRow(r, id, func() (boxoffice.Staff, error) {
		return find(r.conn, "member of staff", id, scanStaff, staffColumns+"WHERE id = ?", id)
	})
}

// StaffByName implements [boxoffice.Reader].
func (r *reader) StaffByName(name string) (boxoffice.Staff, error) {
	return find(r.conn, "member of staff", name, scanStaff, staffColumns+"WHERE folded = ?", fold(name))
}

// AllStaff implements [boxoffice.Reader].
func (r *reader) AllStaff() ([]boxoffice.Staff, error) {
	return list(r.conn, scanStaff, staffColumns+"ORDER BY folded")
}

// SaveStaff implements [boxoffice.Tx].
func (t *tx) SaveStaff(s boxoffice.Staff) (boxoffice.Staff, error) {
	t.changesRows()
	taken := "there is a " + s.Name + " already"
	if s.ID == 0 {
		id, err := t.next("staff")
		if err != nil {
			return s, err
		}
		s.ID, s.Version = boxoffice.StaffID(id), 1
		_, err = t.conn.exec("INSERT INTO staff (id, name, folded, role, pin, active, version, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", staffRow(s)...)
		return s, unlessTaken(err, taken)
	}
	s.Version++
	n, err := t.conn.exec(`UPDATE staff SET name = ?2, folded = ?3, role = ?4, pin = ?5, active = ?6, version = ?7, sum = ?8
		WHERE id = ?1 AND version = ?7 - 1`, staffRow(s)...)
	return s, unlessTaken(changed(n, err, s.Name), taken)
}

func staffRow(s boxoffice.Staff) []any {
	return summed(s.ID, s.Name, fold(s.Name), s.Role, s.PIN, s.Active, s.Version)
}

// fold writes a name as names are compared.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
