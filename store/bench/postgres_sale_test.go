//go:build linux

package bench_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"wicket/boxoffice"
)

// errOver says that a basket's time is over, or that it comes to another total.
var errOver = errors.New("the basket is another by now")

// sell sells a person's basket for cash: it locks the hold and its seats, adds up, and
// writes.
func (c *clients) sell(staff, expect int) error {
	ctx := context.Background()
	conn, err := c.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	now := time.Now().UnixMilli()
	var look, write pgx.Batch
	var hold, order, ends int64
	var places, prices []int
	total := 0
	look.Queue("begin")
	look.Queue("SELECT nextval('order_id')").QueryRow(func(row pgx.Row) error { return row.Scan(&order) })
	look.Queue("SELECT h.id, h.expires_at FROM basket b JOIN hold h ON h.id = b.hold WHERE b.staff = $1 FOR UPDATE", staff).QueryRow(func(row pgx.Row) error {
		return row.Scan(&hold, &ends)
	})
	look.Queue(`SELECT place, price FROM seat WHERE performance = $1 AND place = ANY (ARRAY(
		SELECT unnest(h.places) FROM basket b JOIN hold h ON h.id = b.hold WHERE b.staff = $2)) ORDER BY place FOR UPDATE`, 1, staff).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			var place, price int
			if err := rows.Scan(&place, &price); err != nil {
				return err
			}
			places, prices, total = append(places, place), append(prices, price), total+price
		}
		return rows.Err()
	})
	if err := c.send(conn, &look); err != nil {
		return err
	}
	if ends <= now || total != expect || len(places) == 0 {
		_, err := conn.Exec(ctx, "rollback")
		return errors.Join(errOver, err)
	}
	command := string(boxoffice.NewCommandID())
	write.Queue("INSERT INTO command VALUES ($1, $2, $3)", command, fmt.Sprint(order), now)
	write.Queue("INSERT INTO orders VALUES ($1, $2, $3, $4, $5)", order, now, staff, total, total/11)
	write.Queue("INSERT INTO order_line (order_id, performance, place, type, price, tax) SELECT $1, $2, p, 1, c, c / 11 FROM unnest($3::int[], $4::int[]) l (p, c)", order, 1, places, prices)
	write.Queue("INSERT INTO tender (order_id, kind, amount, tendered, at, staff) VALUES ($1, 'cash', $2, $2, $3, $4)", order, total, now, staff)
	write.Queue("UPDATE seat SET state = 'confirmed', hold = NULL, expires_at = NULL, order_id = $1, version = version + 1 WHERE performance = $2 AND place = ANY ($3)", order, 1, places)
	write.Queue("UPDATE hold SET state = 'sold' WHERE id = $1", hold)
	write.Queue("UPDATE basket SET hold = NULL, version = version + 1 WHERE staff = $1", staff)
	write.Queue("INSERT INTO journal (at, command, staff, verb, performance, hold, order_id, amount, changes) VALUES ($1, $2, $3, 'sell', $4, $5, $6, $7, $8)",
		now, command, staff, 1, hold, order, total, changes(places, "rc"))
	write.Queue("commit")
	return c.send(conn, &write)
}

// sellByFunction sells in one call of a stored function.
func (c *clients) sellByFunction(staff, expect int) error {
	var order int64
	return c.QueryRow(context.Background(), "SELECT sell_cash($1, $2, $3, $4, $5)",
		string(boxoffice.NewCommandID()), staff, 1, expect, time.Now().UnixMilli()).Scan(&order)
}
