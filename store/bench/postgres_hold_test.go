//go:build linux

package bench_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"wicket/boxoffice"
)

// errTaken says that somebody else has a place.
var errTaken = errors.New("taken")

// holders are the others that hold two seats of the caller's own choice.
func (s *section) holders(n int, t *template, clerks int) []contender {
	inRedis := s.keepers(n, 1, 2*len(t.pairs), min(len(t.pairs), clerks), holdScript, func(i int) (int, boxoffice.PlaceNo) { return 0, t.pairs[i] })
	p := s.peers.postgres
	if p == nil {
		return inRedis
	}
	in := func(name string, hold func(*clients, int, []int) error) contender {
		return contender{name, func() (job, int, func()) {
			c, done := p.open(s, 1, 2*len(t.pairs), clerks, n)
			c.pipelined = name == pipelined
			return func(_, i int) error { return hold(c, i+1, seats(t.pairs[i])) }, min(len(t.pairs), clerks), done
		}}
	}
	return append([]contender{in(rowLocks, (*clients).hold), in(pipelined, (*clients).hold), in(oneFunction, (*clients).holdByFunction)}, inRedis...)
}

// seats are two seats side by side.
func seats(first boxoffice.PlaceNo) []int { return []int{int(first), int(first) + 1} }

// changes are what the journal has about them.
func changes(seats []int, what string) string {
	return fmt.Sprintf("%d-%d:%s1@2400", seats[0], seats[1], what)
}

// lapse is how long a hold lasts with the others.
const lapse = 8 * time.Minute

// instants are now and the end of a hold.
func instants() (now, until int64) {
	t := time.Now()
	return t.UnixMilli(), t.Add(lapse).UnixMilli()
}

// send sends statements to be carried out one after the other: all at once where the
// clients pipeline, otherwise each after the answer to the one before.
func (c *clients) send(conn *pgxpool.Conn, statements *pgx.Batch) error {
	if c.pipelined {
		return conn.SendBatch(context.Background(), statements).Close()
	}
	for _, q := range statements.QueuedQueries {
		if err := conn.SendBatch(context.Background(), &pgx.Batch{QueuedQueries: []*pgx.QueuedQuery{q}}).Close(); err != nil {
			return err
		}
	}
	return nil
}

// hold locks seats of the person's own choice, looks, and writes.
func (c *clients) hold(staff int, seats []int) error {
	return c.take(staff, 1, len(seats), "SELECT place, state, coalesce(expires_at, 0), version FROM seat WHERE performance = $1 AND place = ANY ($2) ORDER BY place FOR UPDATE", 1, seats)
}

// holdBest locks the best two that are free, and writes. Where it waited for somebody who
// took them, it looks again.
func (c *clients) holdBest(staff, performance int) error {
	const best = "SELECT place, state, coalesce(expires_at, 0), version FROM seat WHERE performance = $1 AND state = 'available' ORDER BY place LIMIT 2 FOR UPDATE"
	for tries := 0; ; tries++ {
		if err := c.take(staff, performance, 2, best, performance); !errors.Is(err, errTaken) || tries > 1000 {
			return err
		}
	}
}

// take holds what query locks, if so many of it are free.
func (c *clients) take(staff, performance, wanted int, query string, args ...any) error {
	ctx := context.Background()
	conn, err := c.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	now, until := instants()
	var look, write pgx.Batch
	var hold int64
	var places []int
	look.Queue("begin")
	look.Queue("SELECT nextval('hold_id')").QueryRow(func(row pgx.Row) error { return row.Scan(&hold) })
	look.Queue(query, args...).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			var place int
			var state string
			var ends, version int64
			if err := rows.Scan(&place, &state, &ends, &version); err != nil {
				return err
			}
			if state == "available" || state == "reserved" && ends <= now {
				places = append(places, place)
			}
		}
		return rows.Err()
	})
	if err := c.send(conn, &look); err != nil {
		return err
	}
	if len(places) < wanted {
		_, err := conn.Exec(ctx, "rollback")
		return errors.Join(errTaken, err)
	}
	command := string(boxoffice.NewCommandID())
	write.Queue("INSERT INTO command VALUES ($1, $2, $3)", command, fmt.Sprint(hold), now)
	write.Queue("INSERT INTO hold VALUES ($1, $2, 'active', $3, $4, $5)", hold, staff, now, until, places)
	write.Queue("UPDATE seat SET state = 'reserved', hold = $1, expires_at = $2, type = 1, price = 2400, version = version + 1 WHERE performance = $3 AND place = ANY ($4)", hold, until, performance, places)
	write.Queue("UPDATE basket SET hold = $1, version = version + 1 WHERE staff = $2", hold, staff)
	write.Queue("INSERT INTO journal (at, command, staff, verb, performance, hold, amount, changes) VALUES ($1, $2, $3, 'hold', $4, $5, 0, $6)", now, command, staff, performance, hold, changes(places, "ar"))
	write.Queue("commit")
	return c.send(conn, &write)
}

// holdByFunction holds in one call of a stored function.
func (c *clients) holdByFunction(staff int, seats []int) error {
	now, until := instants()
	var hold int64
	return c.QueryRow(context.Background(), "SELECT hold_places($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		string(boxoffice.NewCommandID()), staff, 1, seats, 1, 2400, now, until, changes(seats, "ar")).Scan(&hold)
}

// holdBestByFunction holds the best two in one call of a stored function.
func (c *clients) holdBestByFunction(staff, performance int) error {
	now, until := instants()
	var hold int64
	return c.QueryRow(context.Background(), "SELECT hold_best($1, $2, $3, $4, $5, $6, $7, $8)",
		string(boxoffice.NewCommandID()), staff, performance, 1, 2400, now, until, c.passing).Scan(&hold)
}
