package sqlite

import (
	"wicket/boxoffice"
)

const keyColumns = "SELECT id, fingerprint, staff, type, comment, public, added_by, added_at, revoked_at, version FROM staff_key "

func scanKey(r row) (boxoffice.StaffKey, error) {
	return boxoffice.StaffKey{
		ID: boxoffice.KeyID(r.int(0)), Fingerprint: r.text(1), Staff: boxoffice.StaffID(r.int(2)), Type: r.text(3), Comment: r.text(4),
		Public: r.bytes(5), AddedBy: boxoffice.StaffID(r.int(6)), AddedAt: r.time(7), RevokedAt: r.time(8), Version: r.int(9),
	}, nil
}

// Key implements [boxoffice.Reader].
func (r *reader) Key(fingerprint string) (boxoffice.StaffKey, error) {
	return find(r.conn, "key", fingerprint, scanKey, keyColumns+"WHERE fingerprint = ?", fingerprint)
}

// Keys implements [boxoffice.Reader].
func (r *reader) Keys() ([]boxoffice.StaffKey, error) {
	return list(r.conn, scanKey, keyColumns+"ORDER BY id")
}

// SaveKey implements [boxoffice.Tx].
func (t *tx) SaveKey(k boxoffice.StaffKey) (boxoffice.StaffKey, error) {
	if k.ID == 0 {
		id, err := t.next("staff_key")
		if err != nil {
			return k, err
		}
		k.ID, k.Version = boxoffice.KeyID(id), 1
		_, err = t.conn.exec(`INSERT INTO staff_key (id, fingerprint, staff, type, comment, public, added_by, added_at, revoked_at, version, sum)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, keyRow(k)...)
		return k, err
	}
	k.Version++
	n, err := t.conn.exec(`UPDATE staff_key SET fingerprint = ?2, staff = ?3, type = ?4, comment = ?5, public = ?6, added_by = ?7, added_at = ?8,
		revoked_at = ?9, version = ?10, sum = ?11 WHERE id = ?1 AND version = ?10 - 1`, keyRow(k)...)
	return k, changed(n, err, "the key")
}

func keyRow(k boxoffice.StaffKey) []any {
	return summed(k.ID, k.Fingerprint, k.Staff, k.Type, k.Comment, k.Public, orNull(k.AddedBy), k.AddedAt, k.RevokedAt, k.Version)
}

const authorityColumns = "SELECT id, fingerprint, type, comment, public, trusted_by, trusted_at, distrusted_at, version FROM authority "

func scanAuthority(r row) (boxoffice.Authority, error) {
	return boxoffice.Authority{
		ID: boxoffice.KeyID(r.int(0)), Fingerprint: r.text(1), Type: r.text(2), Comment: r.text(3), Public: r.bytes(4),
		TrustedBy: boxoffice.StaffID(r.int(5)), TrustedAt: r.time(6), DistrustedAt: r.time(7), Version: r.int(8),
	}, nil
}

// Authority implements [boxoffice.Reader].
func (r *reader) Authority(fingerprint string) (boxoffice.Authority, error) {
	return find(r.conn, "authority", fingerprint, scanAuthority, authorityColumns+"WHERE fingerprint = ?", fingerprint)
}

// Authorities implements [boxoffice.Reader].
func (r *reader) Authorities() ([]boxoffice.Authority, error) {
	return list(r.conn, scanAuthority, authorityColumns+"ORDER BY id")
}

// SaveAuthority implements [boxoffice.Tx].
func (t *tx) SaveAuthority(a boxoffice.Authority) (boxoffice.Authority, error) {
	if a.ID == 0 {
		id, err := t.next("authority")
		if err != nil {
			return a, err
		}
		a.ID, a.Version = boxoffice.KeyID(id), 1
		_, err = t.conn.exec(`INSERT INTO authority (id, fingerprint, type, comment, public, trusted_by, trusted_at, distrusted_at, version, sum)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, authorityRow(a)...)
		return a, err
	}
	a.Version++
	n, err := t.conn.exec(`UPDATE authority SET fingerprint = ?2, type = ?3, comment = ?4, public = ?5, trusted_by = ?6, trusted_at = ?7,
		distrusted_at = ?8, version = ?9, sum = ?10 WHERE id = ?1 AND version = ?9 - 1`, authorityRow(a)...)
	return a, changed(n, err, "the authority")
}

func authorityRow(a boxoffice.Authority) []any {
	return summed(a.ID, a.Fingerprint, a.Type, a.Comment, a.Public, orNull(a.TrustedBy), a.TrustedAt, a.DistrustedAt, a.Version)
}

// Principals implements [boxoffice.Reader].
func (r *reader) Principals() ([]boxoffice.Principal, error) {
	return list(r.conn, func(r row) (boxoffice.Principal, error) {
		return boxoffice.Principal{Name: r.text(0), Staff: boxoffice.StaffID(r.int(1))}, nil
	}, "SELECT name, staff FROM principal ORDER BY name")
}

// SetPrincipals implements [boxoffice.Tx].
func (t *tx) SetPrincipals(staff boxoffice.StaffID, names []string) error {
	if _, err := t.conn.exec("DELETE FROM principal WHERE staff = ?", staff); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := t.conn.exec("INSERT INTO principal (name, staff, sum) VALUES (?, ?, ?)", summed(name, staff)...); err != nil {
			return unlessTaken(err, name+" stands for somebody else already")
		}
	}
	return nil
}

// Permissions implements [boxoffice.Reader].
func (r *reader) Permissions() (boxoffice.Permissions, error) {
	return recallRow(r, "permissions", func() (boxoffice.Permissions, error) {
		return list(r.conn, func(r row) (boxoffice.Permit, error) {
			return boxoffice.Permit{Role: boxoffice.Role(r.text(0)), Permission: boxoffice.Permission(r.text(1)), Allowed: r.bool(2)}, nil
		}, "SELECT role, permission, allowed FROM permit ORDER BY role, permission")
	})
}

// SavePermit implements [boxoffice.Tx].
func (t *tx) SavePermit(p boxoffice.Permit) error {
	t.changesRows()
	_, err := t.conn.exec(`INSERT INTO permit (role, permission, allowed, sum) VALUES (?, ?, ?, ?)
		ON CONFLICT (role, permission) DO UPDATE SET allowed = excluded.allowed, sum = excluded.sum`, summed(p.Role, p.Permission, p.Allowed)...)
	return err
}
