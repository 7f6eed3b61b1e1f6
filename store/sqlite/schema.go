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
	"sync"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"wicket/boxoffice"
)

// migrationTable is where the store notes which migrations it has seen.
const migrationTable = "migration"

// migrator returns what brings the schema of db up to date.
func migrator(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithTableName(migrationTable), goose.WithDisableGlobalRegistry(true),
		goose.WithExcludeNames([]string{sumsMigration}), goose.WithGoMigrations(goose.NewGoMigration(11, &goose.GoFunc{RunTx: fillSums}, nil)))
}

// newestSchema returns the number of the last migration there is.
func newestSchema() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("look for migrations: %w", err)
	}
	return goose.NumericComponent(slices.Max(names))
}

// notNewer returns an error where a newer program has brought the store up to date: what
// its rows mean is not known here, and what this one writes would be wrong there.
func notNewer(c *conn) error {
	newest, err := newestSchema()
	if err != nil {
		return err
	}
	at, err := c.number("SELECT max(version_id) FROM " + migrationTable + " WHERE is_applied")
	if err == nil && at > newest {
		err = &boxoffice.StoreError{Words: wordsNewer}
	}
	return err
}

// part is a table, an index or a trigger of the schema.
type part struct{ kind, text string }

const partQuery = "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"

// wantedSchema is expectedSchema, made once: it is always the same.
var wantedSchema = sync.OnceValues(func() (map[string]part, error) { return expectedSchema(context.Background()) })

// expectedSchema returns the parts of the schema by name, as the migrations and their
// own notes make them in an empty store.
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
	if _, err := db.ExecContext(ctx, takenOnce); err != nil {
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

// formerly has the hashes of texts that migrations 2, 3 and 5 had at first, as the later
// ones leave them: houses made by them refuse the same, with more work.
var formerly = map[string]string{
	"basket":        "2eff8064114d2ce78ac08a625eb2155c040ff12df695dafcfe81fe4e68c36edf",
	"hold":          "7ad1a37f1fe2e0f57d3e297e38b868e5d94efa740acd9741b86c338d160e3066",
	"orders":        "d0e30b515fd7fb8a23de11fe5522b89fd6a015521cd1865d972ba3410b0d2fff",
	"orders_change": "3c7a087879befc212b51aff0bfd7224ba3ec806329b9313ea313bd1300f931e6",
	"ticket":        "e94cfccd3a16f9d50cafa47358a2469d8fb24d52af54305ab166b35a68cacda6",
}

// guards checks that what the schema refuses by is all there and as it was made,
// and that no trigger came to it.
func (v *verifier) guards() error {
	want, err := wantedSchema()
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

// migrated checks that every migration there is was noted, once.
func (v *verifier) migrated() error {
	newest, err := newestSchema()
	if err != nil {
		return err
	}
	var next int64
	return v.rows("SELECT version_id, is_applied FROM "+migrationTable+" UNION ALL SELECT ?, 0 ORDER BY version_id", func(r row) error {
		if at := r.int(0); at != next || (r.int(1) != 1) != (at > newest) {
			v.found("the schema", fmt.Sprintf("by its own notes, change %d of it was not made, or not once", min(at, next)))
		}
		next = r.int(0) + 1
		return nil
	}, newest+1)
}
