package sqlite

import (
	"encoding/json"
	"fmt"
	"time"

	"wicket/boxoffice"
)

const approvalColumns = `SELECT id, state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, answered_at, answered_by, reason, version, heard_at
	FROM approval `

func scanApproval(r row) (boxoffice.Approval, error) {
	a := boxoffice.Approval{
		ID: boxoffice.ApprovalID(r.int(0)), State: boxoffice.ApprovalState(r.text(1)),
		By: boxoffice.Actor{
			Staff: boxoffice.StaffID(r.int(2)), Terminal: r.text(3), Drawer: r.text(4), Channel: boxoffice.Channel(r.text(5)),
		},
		Permission: boxoffice.Permission(r.text(6)), Words: r.text(7), AskedAt: r.time(9), LapsesAt: r.time(10), AnsweredAt: r.time(11),
		AnsweredBy: boxoffice.StaffID(r.int(12)), Reason: r.text(13), Version: r.int(14), HeardAt: r.time(15),
	}
	if err := json.Unmarshal([]byte(r.text(8)), &a.Ask); err != nil {
		return a, fmt.Errorf("read request %d: %w", a.ID, err)
	}
	return a, nil
}

// Approval implements [boxoffice.Reader].
func (r *reader) Approval(id boxoffice.ApprovalID) (boxoffice.Approval, error) {
	return find(r.conn, "request", id, scanApproval, approvalColumns+"WHERE id = ?", id)
}

// WaitingApprovals implements [boxoffice.Reader].
func (r *reader) WaitingApprovals() ([]boxoffice.Approval, error) {
	return list(r.conn, scanApproval, approvalColumns+"WHERE state = 'waiting' ORDER BY asked_at, id")
}

// UnheardApprovals implements [boxoffice.Reader].
func (r *reader) UnheardApprovals(staff boxoffice.StaffID, since time.Time) ([]boxoffice.Approval, error) {
	return list(r.conn, scanApproval, approvalColumns+`WHERE staff = ? AND answered_at >= ? AND state <> 'waiting' AND heard_at IS NULL
		ORDER BY answered_at, id`, staff, since)
}

// SaveApproval implements [boxoffice.Tx].
func (t *tx) SaveApproval(a boxoffice.Approval) (boxoffice.Approval, error) {
	if a.ID == 0 {
		ask, err := json.Marshal(a.Ask)
		if err != nil {
			return a, fmt.Errorf("write request: %w", err)
		}
		id, err := t.next("approval")
		if err != nil {
			return a, err
		}
		a.ID, a.Version = boxoffice.ApprovalID(id), 1
		_, err = t.conn.exec(`INSERT INTO approval (id, state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at,
			answered_at, answered_by, reason, version, heard_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			approvalRow(a, string(ask))...)
		return a, err
	}
	// What was asked stays as it was written, by an earlier version of the program perhaps.
	ask, _, err := one(t.conn, func(r row) (string, error) { return r.text(0), nil }, "SELECT ask FROM approval WHERE id = ?", a.ID)
	if err != nil {
		return a, err
	}
	a.Version++
	n, err := t.conn.exec(`UPDATE approval SET state = ?2, staff = ?3, terminal = ?4, drawer = ?5, channel = ?6, permission = ?7, words = ?8, ask = ?9,
		asked_at = ?10, lapses_at = ?11, answered_at = ?12, answered_by = ?13, reason = ?14, version = ?15, heard_at = ?16, sum = ?17
		WHERE id = ?1 AND version = ?15 - 1`, approvalRow(a, ask)...)
	return a, changed(n, err, fmt.Sprintf("request %d", a.ID))
}

func approvalRow(a boxoffice.Approval, ask string) []any {
	return summed(a.ID, a.State, a.By.Staff, a.By.Terminal, a.By.Drawer, a.By.Channel, a.Permission, a.Words, ask, a.AskedAt, a.LapsesAt,
		a.AnsweredAt, orNull(a.AnsweredBy), a.Reason, a.Version, a.HeardAt)
}

// GiveLeave implements [boxoffice.Tx].
func (t *tx) GiveLeave(hold boxoffice.HoldID, performance boxoffice.PerformanceID, places []boxoffice.PlaceNo, by boxoffice.StaffID) error {
	for _, no := range places {
		_, err := t.conn.exec(`INSERT INTO block_leave (hold, performance, place, given_by, given_at, sum) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (hold, performance, place) DO UPDATE SET given_by = excluded.given_by, given_at = excluded.given_at, sum = excluded.sum`,
			summed(hold, performance, no, by, t.now)...)
		if err != nil {
			return err
		}
	}
	return nil
}
