package sqlite

import (
	"fmt"

	"wicket/boxoffice"
)

const basketColumns = "SELECT id, staff, state, hold, label, parked_at, version FROM basket "

func scanBasket(r row) (boxoffice.Basket, error) {
	return boxoffice.Basket{
		ID: boxoffice.BasketID(r.int(0)), Staff: boxoffice.StaffID(r.int(1)), State: boxoffice.BasketState(r.text(2)),
		Hold: boxoffice.HoldID(r.int(3)), Label: r.text(4), ParkedAt: r.time(5), Version: r.int(6),
	}, nil
}

// Basket implements [boxoffice.Reader].
func (r *reader) Basket(id boxoffice.BasketID) (boxoffice.Basket, error) {
	return find(r.conn, "basket", id, scanBasket, basketColumns+"WHERE id = ?", id)
}

// OpenBasket implements [boxoffice.Reader].
func (r *reader) OpenBasket(staff boxoffice.StaffID) (boxoffice.Basket, error) {
	return find(r.conn, "open basket of", staff, scanBasket, basketColumns+"WHERE staff = ? AND state = 'open'", staff)
}

// ParkedBaskets implements [boxoffice.Reader].
func (r *reader) ParkedBaskets(staff boxoffice.StaffID) ([]boxoffice.Basket, error) {
	return list(r.conn, scanBasket, basketColumns+"WHERE state = 'parked' AND (?1 = 0 OR staff = ?1) ORDER BY parked_at, id", staff)
}

// BasketOf implements [boxoffice.Reader].
func (r *reader) BasketOf(hold boxoffice.HoldID) (boxoffice.Basket, error) {
	return find(r.conn, "basket with hold", hold, scanBasket, basketColumns+"WHERE hold = ?", hold)
}

// Basket implements [boxoffice.Reader].
func (t *tx) Basket(id boxoffice.BasketID) (boxoffice.Basket, error) {
	return recallWork(t, id, func() (boxoffice.Basket, error) { return t.reader.Basket(id) })
}

// OpenBasket implements [boxoffice.Reader]. Whose basket is open is remembered as a
// hint: the basket itself says whether it still is.
func (t *tx) OpenBasket(staff boxoffice.StaffID) (boxoffice.Basket, error) {
	hint, known := t.work[openBasket(staff)]
	if !known {
		hint = t.memory.work[openBasket(staff)]
	}
	if id, ok := hint.(boxoffice.BasketID); ok {
		if b, err := t.Basket(id); err == nil && b.Staff == staff && b.State == boxoffice.BasketOpen {
			return b, nil
		}
	}
	b, err := t.reader.OpenBasket(staff)
	if err == nil {
		t.keepWork(b.ID, b)
		t.keepWork(openBasket(staff), b.ID)
	}
	return b, err
}

// SaveBasket implements [boxoffice.Tx].
func (t *tx) SaveBasket(b boxoffice.Basket) (boxoffice.Basket, error) {
	if b.ID == 0 {
		id, err := t.next("basket")
		if err != nil {
			return b, err
		}
		b.ID, b.Version = boxoffice.BasketID(id), 1
		_, err = t.conn.exec("INSERT INTO basket (id, staff, state, hold, label, parked_at, version, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			summed(basketRow(b)...)...)
		return b, err
	}
	before, err := t.Basket(b.ID)
	if err != nil {
		return b, err
	}
	c := t.conn.columns("basket")
	c.set("staff", b.Staff != before.Staff, int64(b.Staff))
	c.set("state", b.State != before.State, string(b.State))
	c.set("hold", b.Hold != before.Hold, orNull(b.Hold))
	c.set("label", b.Label != before.Label, b.Label)
	c.set("parked_at", !b.ParkedAt.Equal(before.ParkedAt), b.ParkedAt)
	b.Version++
	n, err := c.update("WHERE id = ? AND version = ?", basketRow(b), int64(b.ID), b.Version-1)
	if err = changed(n, err, fmt.Sprintf("basket %d", b.ID)); err != nil {
		t.keepWork(b.ID, nil)
		return b, err
	}
	t.keepWork(b.ID, b)
	return b, nil
}

func basketRow(b boxoffice.Basket) []any {
	return []any{int64(b.ID), int64(b.Staff), string(b.State), orNull(b.Hold), b.Label, b.ParkedAt, b.Version}
}

// Customer implements [boxoffice.Reader].
func (r *reader) Customer(id boxoffice.CustomerID) (boxoffice.Customer, error) {
	return find(r.conn, "customer", id, func(r row) (boxoffice.Customer, error) {
		return boxoffice.Customer{ID: id, Name: r.text(0), Phone: r.text(1), Email: r.text(2), Salt: r.bytes(3)}, nil
	}, "SELECT name, phone, email, salt FROM customer WHERE id = ?", id)
}

// SaveCustomer implements [boxoffice.Tx].
func (t *tx) SaveCustomer(c boxoffice.Customer) (boxoffice.Customer, error) {
	if c.ID == 0 {
		id, err := t.next("customer")
		if err != nil {
			return c, err
		}
		c.ID = boxoffice.CustomerID(id)
		_, err = t.conn.exec("INSERT INTO customer (id, name, folded, phone, digits, email, salt, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", customerRow(c)...)
		return c, err
	}
	n, err := t.conn.exec("UPDATE customer SET name = ?2, folded = ?3, phone = ?4, digits = ?5, email = ?6, salt = ?7, sum = ?8 WHERE id = ?1", customerRow(c)...)
	return c, changed(n, err, fmt.Sprintf("customer %d", c.ID))
}

func customerRow(c boxoffice.Customer) []any {
	return summed(c.ID, c.Name, fold(c.Name), c.Phone, digits(c.Phone), c.Email, c.Salt)
}
