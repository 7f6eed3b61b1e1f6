package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"

	"wicket/boxoffice"
)

// notForeign returns an error for a database that some other program keeps its
// tables in: ours are not put beside them. It changes nothing in the file.
func notForeign(ctx context.Context, path string) (err error) {
	connector, err := sqlite.NewConnector(dsn(path, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds())))
	if err != nil {
		return fmt.Errorf("look at store: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	var tables, ours int
	const count = `SELECT count(*), count(*) FILTER (WHERE name = '` + migrationTable + `') FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	if err := db.QueryRowContext(ctx, count).Scan(&tables, &ours); err != nil {
		return fmt.Errorf("look at store: %w", troubleOf(err))
	}
	if tables > 0 && ours == 0 {
		return &boxoffice.StoreError{Words: "another program keeps its data in it"}
	}
	return nil
}
