package sqlite

import (
	"fmt"
	"strings"
)

// checks holds every row to the CHECKs of its table. SQLite's own integrity_check does
// so too, but not in a file that is opened to be read only: there it does not know them.
func (v *verifier) checks() error {
	if v.store.readers.as == toWrite {
		return nil
	}
	tables := map[string][]string{}
	err := v.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'", func(r row) error {
		tables[r.text(0)] = checksOf(r.text(1))
		return nil
	})
	if err != nil {
		return err
	}
	for table, checks := range tables {
		for _, check := range checks {
			n, err := v.conn.number(`SELECT count(*) FROM "` + table + `" WHERE NOT (` + check + `)`)
			if err != nil {
				v.found("the schema", fmt.Sprintf("a CHECK of %s cannot be looked at: %v", table, reasonOf(err)))
				continue
			}
			if n > 0 {
				v.found("the file", fmt.Sprintf("CHECK constraint failed in %s, %d times: %s", table, n, check))
			}
		}
	}
	return nil
}

// checksOf returns the conditions of the CHECKs in the SQL that made a table.
func checksOf(sql string) (found []string) {
	depth, from, at := 0, -1, 0 // of the parentheses; where a condition begins, and how deep
	for i := 0; i < len(sql); i++ {
		switch c := sql[i]; {
		case c == '\'' || c == '"':
			end := strings.IndexByte(sql[i+1:], c)
			if end < 0 {
				return found
			}
			i += 1 + end
		case strings.HasPrefix(sql[i:], "--"):
			end := strings.IndexByte(sql[i:], '\n')
			if end < 0 {
				return found
			}
			i += end
		case c == '(':
			depth++
			if from < 0 && strings.HasSuffix(strings.TrimRight(sql[:i], " \n\t"), "CHECK") {
				from, at = i+1, depth
			}
		case c == ')':
			if from >= 0 && depth == at {
				found, from = append(found, sql[from:i]), -1
			}
			depth--
		}
	}
	return found
}
