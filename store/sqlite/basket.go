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
	if id, ok := t.memory.work[openBasket(staff)].(boxoffice.BasketID); ok {
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
		id, err := t.conn.insert("INSERT INTO basket (staff, state, hold, label, parked_at, version) VALUES (?, ?, ?, ?, ?, 1)",
			b.Staff, b.State, orNull(b.Hold), b.Label, b.ParkedAt)
		b.ID, b.Version = boxoffice.BasketID(id), 1
		return b, err
	}
	before, err := t.Basket(b.ID)
	if err != nil {
		return b, err
	}
	c := columns{}
	c.set("staff", b.Staff != before.Staff, int64(b.Staff))
	c.set("state", b.State != before.State, string(b.State))
	c.set("hold", b.Hold != before.Hold, orNull(b.Hold))
	c.set("label", b.Label != before.Label, b.Label)
	c.set("parked_at", !b.ParkedAt.Equal(before.ParkedAt), b.ParkedAt)
	n, err := c.update(t.conn, "basket", "WHERE id = ? AND version = ?", int64(b.ID), b.Version)
	b.Version++
	if err = changed(n, err, fmt.Sprintf("basket %d", b.ID)); err != nil {
		t.keepWork(b.ID, nil)
		return b, err
	}
	t.keepWork(b.ID, b)
	return b, nil
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
		id, err := t.conn.insert("INSERT INTO customer (name, folded, phone, digits, email, salt) VALUES (?, ?, ?, ?, ?, ?)",
			c.Name, fold(c.Name), c.Phone, digits(c.Phone), c.Email, c.Salt)
		c.ID = boxoffice.CustomerID(id)
		return c, err
	}
	n, err := t.conn.exec("UPDATE customer SET name = ?, folded = ?, phone = ?, digits = ?, email = ?, salt = ? WHERE id = ?",
		c.Name, fold(c.Name), c.Phone, digits(c.Phone), c.Email, c.Salt, c.ID)
	return c, changed(n, err, fmt.Sprintf("customer %d", c.ID))
}
