package sqlite

import (
	"context"
	"crypto/sha256"
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

// formerly has the hashes of texts that migrations 2, 3 and 5 had at first: houses
// made by them refuse the same, with more work.
var formerly = map[string]string{
	"basket":        "fe1aa5bf2a539a602265b2b505b602825a448c15e3d54e478cf673f7f4bc4c3b",
	"hold":          "f071a79b914dc2d813cf1f277221b5f77fec0cef96b57ef2f89c184c6348dc27",
	"orders":        "6be91dda6ecc5b5dc9e05004fa7356a400718634e40b8581388c0381939fd4ec",
	"orders_change": "3c7a087879befc212b51aff0bfd7224ba3ec806329b9313ea313bd1300f931e6",
	"ticket":        "c43046cf34cecc3a90403873b1a1588d9fbefaf412f20ffa864d7b0b1f85a0f4",
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
		case p != want[name] && formerly[name] != fmt.Sprintf("%x", sha256.Sum256([]byte(p.text))):
			v.found("the schema", name+" is not as this program made it: the store may no longer refuse what it guards against")
		}
	}
	return nil
}
