package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
)

// migrationTable is where the store notes which migrations it has seen.
const migrationTable = "migration"

// migrator returns what brings the schema of db up to date.
func migrator(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithTableName(migrationTable), goose.WithDisableGlobalRegistry(true))
}

// newestSchema returns the number of the last migration there is.
func newestSchema() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("look for migrations: %w", err)
	}
	return goose.NumericComponent(slices.Max(names))
}

// part is a table, an index or a trigger of the schema.
type part struct{ kind, text string }

const partQuery = `SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND tbl_name <> '` + migrationTable + `'`

// expectedSchema returns the parts of the schema by name, as the migrations make
// them in an empty store.
func expectedSchema(ctx context.Context) (parts map[string]part, err error) {
	connector, err := sqlite.NewConnector(":memory:")
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // each connection would have a store of its own
	provider, err := migrator(db)
	if err != nil {
		return nil, err
	}
	if _, err := provider.Up(ctx); err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, partQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	parts = map[string]part{}
	for rows.Next() {
		var name string
		var p part
		if err := rows.Scan(&name, &p.kind, &p.text); err != nil {
			return nil, err
		}
		parts[name] = p
	}
	return parts, rows.Err()
}

// guards checks that what the schema refuses by is all there and as it was made,
// and that no trigger came to it.
func (v *verifier) guards() error {
	want, err := expectedSchema(v.ctx)
	if err != nil {
		return fmt.Errorf("make an empty schema: %w", err)
	}
	have := map[string]part{}
	err = v.rows(partQuery, func(r row) error {
		name, p := r.text(0), part{r.text(1), r.text(2)}
		have[name] = p
		if _, ok := want[name]; !ok && p.kind == "trigger" {
			v.found("the schema", name+" is not of this program's making: it may change or refuse what is written")
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch p, ok := have[name]; {
		case !ok:
			v.found("the schema", name+" is missing: the store no longer refuses what it guards against")
		case p != want[name]:
			v.found("the schema", name+" is not as this program made it: the store may no longer refuse what it guards against")
		}
	}
	return nil
}
