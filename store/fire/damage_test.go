package fire_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// image is a house with something of everything in it, and what was acknowledged of it:
// as it lies on the disk of a machine that stopped.
type image struct {
	clock *storetest.Clock
	file  []byte
	log   []byte
	sold  []acknowledged
}

// acknowledged is a sale, and how long the log was when it was acknowledged.
type acknowledged struct {
	order boxoffice.OrderID
	log   int64
}

// takeImage sells for a while in a new house and returns its files as they are then.
// With closed, they are those of a store that was closed: all is in the one file.
func takeImage(t *testing.T, sales int, closed bool) *image {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "house.wicket")
	im := &image{clock: storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))}
	store := openStore(t, path, im.clock)
	storetest.NewEvening(t, store, im.clock, storetest.Rows(5, 12, 10), 3)
	// What is in the log by now is folded into the file.
	closeStore(t, store)
	store = openStore(t, path, im.clock)
	e, err := storetest.Reopen(store, im.clock)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	cmd := boxoffice.NewCommandID
	by, other := e.Staff[0], e.Staff[1]
	best := func(by boxoffice.Actor, n int) boxoffice.Money {
		t.Helper()
		request := boxoffice.Request{Parties: []boxoffice.Party{{Count: n}}, Section: -1, Zone: -1}
		_, err := e.Office.HoldBest(ctx, cmd(), by, e.Performance, request)
		must(err)
		basket, err := e.Office.Basket(ctx, by.Staff)
		must(err)
		return basket.Total
	}
	for i := range sales {
		im.clock.Move(time.Second)
		total := best(by, 1+i%2)
		sale, err := e.Office.SellCash(ctx, cmd(), by, total, total+boxoffice.Money(100*(i%3)))
		must(err)
		info, err := os.Stat(path + "-wal")
		must(err)
		im.sold = append(im.sold, acknowledged{sale.Order, info.Size()})
		switch i % 8 {
		case 3:
			must(e.Office.Void(ctx, cmd(), by, sale.Order, "wrong evening"))
		case 5:
			o, err := e.Office.Order(ctx, sale.Order)
			must(err)
			must(e.Office.CancelTickets(ctx, cmd(), by, sale.Order, []boxoffice.TicketID{o.Order.Lines[0].Ticket}, "fell ill"))
		}
	}
	last := boxoffice.PlaceNo(len(e.Plan.Places))
	must(e.Office.Block(ctx, cmd(), by, e.Performance, "H", []boxoffice.PlaceNo{last, last - 1}, storetest.Curtain.Add(-time.Hour)))
	must(e.Office.Kill(ctx, cmd(), by, e.Performance, []boxoffice.PlaceNo{last - 2}, "broken"))
	best(by, 2)
	_, err = e.Office.HoldFor(ctx, cmd(), by, boxoffice.Customer{Name: "Ana Pérez", Phone: "600 000 000", Email: "ana@example.org"}, storetest.Curtain.Add(-90*time.Minute))
	must(err)
	best(by, 1)
	must(e.Office.Park(ctx, cmd(), by, "red hat"))
	best(other, 1)
	must(e.Office.Permit(ctx, cmd(), by, boxoffice.Clerk, boxoffice.VoidAny, true))
	_, err = e.Office.AddKey(ctx, cmd(), by, by.Staff, boxoffice.PublicKey{Type: "ssh-ed25519", Public: []byte("key"), Fingerprint: "SHA256:one"})
	must(err)
	must(e.Office.EnterDesk(ctx, cmd(), other))
	ca := boxoffice.PublicKey{Type: "ssh-ed25519", Public: []byte("authority"), Fingerprint: "SHA256:two"}
	_, err = e.Office.TrustAuthority(ctx, cmd(), by, ca)
	must(err)
	must(e.Office.SetPrincipals(ctx, cmd(), by, other.Staff, []string{"ana"}))
	if _, err := e.Office.SignIn(ctx, "window 9", "Nobody", "1"); err == nil {
		t.Fatal("a wrong PIN lets in")
	}
	third := e.Staff[2]
	_, err = e.Office.TakeFromBlock(ctx, cmd(), third, e.Performance, []boxoffice.Pick{{Place: last, Type: e.Adult}})
	must(err)
	ana, err := e.Office.AddStaff(ctx, cmd(), by, "Ana", boxoffice.Clerk, "1111")
	must(err)
	asks := boxoffice.Actor{Staff: ana.ID, Terminal: "window 7", Drawer: "window 7", Channel: boxoffice.Window}
	_, err = e.Office.Ask(ctx, cmd(), asks, boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: e.Performance, Picks: []boxoffice.Pick{{Place: last - 1, Type: e.Adult}}})
	must(err)
	// Of a basket whose time is over there are lapses.
	lost := best(asks, 2)
	if lost == 0 {
		t.Fatal("nothing was held")
	}
	im.clock.Move(12 * time.Minute)
	_, err = e.Office.Sweep(ctx, 100)
	must(err)
	best(other, 1)
	if closed {
		closeStore(t, store)
	} else {
		defer closeStore(t, store)
		im.log, err = os.ReadFile(path + "-wal")
		must(err)
	}
	im.file, err = os.ReadFile(path)
	must(err)
	return im
}

// lay puts files of a house into a new place and returns it.
func lay(t *testing.T, folder string, file, log []byte) (path string) {
	t.Helper()
	path = filepath.Join(folder, "house.wicket")
	for _, ext := range []string{"-wal", "-shm"} {
		_ = os.Remove(path + ext)
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if log != nil {
		if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// tables are all rows of a house: by table, each row as its columns and values.
type tables map[string][]string

// dump reads every row of every table, with nothing of the program between.
func dump(path string) (tables, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ctx := context.Background()
	names, err := column(ctx, db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		return nil, err
	}
	all := tables{}
	for _, name := range names {
		rows, err := db.QueryContext(ctx, `SELECT * FROM "`+name+`" NOT INDEXED`)
		if err != nil {
			return nil, err
		}
		columns, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return nil, err
			}
			var row strings.Builder
			for i, c := range columns {
				fmt.Fprintf(&row, "%s=%T %q\x00", c, values[i], fmt.Sprint(values[i]))
			}
			all[name] = append(all[name], row.String())
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		_ = rows.Close()
		slices.Sort(all[name])
	}
	return all, nil
}

func column(ctx context.Context, db *sql.DB, query string) (all []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// differ returns the columns in which two dumps differ: «ticket.price», or «ticket»
// where rows came or went.
func (a tables) differ(b tables) (columns []string) {
	names := map[string]bool{}
	for name := range a {
		names[name] = true
	}
	for name := range b {
		names[name] = true
	}
	for name := range names {
		gone, come := minus(a[name], b[name]), minus(b[name], a[name])
		if len(gone) != len(come) || len(gone) > 1 {
			columns = append(columns, name)
			continue
		}
		for i := range gone {
			was, is := strings.Split(gone[i], "\x00"), strings.Split(come[i], "\x00")
			for j := range was {
				if j >= len(is) || was[j] != is[j] {
					column, _, _ := strings.Cut(was[j], "=")
					columns = append(columns, name+"."+column)
				}
			}
		}
	}
	slices.Sort(columns)
	return columns
}

// minus returns what is in a and not in b; both are sorted.
func minus(a, b []string) (rest []string) {
	for _, s := range a {
		if _, ok := slices.BinarySearch(b, s); !ok {
			rest = append(rest, s)
		}
	}
	return rest
}
