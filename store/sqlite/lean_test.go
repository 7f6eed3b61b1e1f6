package sqlite

import (
	"strings"
	"testing"

	"wicket/boxoffice"
)

// What a sale writes is checked without a table being made and dropped for it, as
// SQLite does for IN with more than two words.
func TestChecksMakeNoTables(t *testing.T) {
	s := openTest(t)
	for _, query := range []string{
		"UPDATE ticket SET state = 'reserved', hold = 1, held_at = 1, expires_at = 2, type = 1, price = 1, version = version + 1 WHERE id = 1 AND version = 1 AND state = 'available'",
		"UPDATE ticket SET state = 'confirmed', hold = NULL, held_at = NULL, expires_at = NULL, order_id = 1, version = version + 1 WHERE id = 1 AND version = 1 AND state = 'reserved'",
		"INSERT INTO hold VALUES (1, 'basket', 'active', 1, '', '', NULL, 1, 1, 1, 1, 1)",
		"UPDATE hold SET state = 'sold' WHERE id = 1 AND version = 1",
		"UPDATE basket SET hold = 1, state = 'open' WHERE id = 1 AND version = 1",
		"INSERT INTO orders VALUES (1001, 'draft', 1, 1, '', '', NULL, '', NULL, 1, 1, NULL, 1, 1)",
		"UPDATE orders SET state = 'paid', version = 2 WHERE id = 1001",
		"INSERT INTO order_line VALUES (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, NULL)",
		"INSERT INTO tender VALUES (1, 1, 'cash', 1, 1, 0, 1, 1, '', '', NULL, NULL)",
		"INSERT INTO journal VALUES (1, 1, '', 1, '', '', '', '', 1, 1, 1, 1, 1, '', '', x'', x'')",
		"INSERT INTO command VALUES ('', 1, '', 1, 1)",
	} {
		if err := s.View(t.Context(), func(r boxoffice.Reader) error {
			return r.(*reader).conn.each("EXPLAIN "+query, func(op row) error {
				if strings.HasPrefix(op.text(1), "OpenEphemeral") || strings.HasPrefix(op.text(1), "OpenAutoindex") {
					t.Errorf("%s: %s at %d", query, op.text(1), op.int(0))
				}
				return nil
			})
		}); err != nil {
			t.Fatal(query, err)
		}
	}
}
