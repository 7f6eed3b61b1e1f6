package boxoffice

import "time"

// OrderState says what became of an order.
type OrderState string

// An order is a draft only inside the transaction that makes it; the database
// lets it become paid only when its lines and tenders come to its total.
const (
	OrderDraft  OrderState = "draft"
	OrderPaid   OrderState = "paid"
	OrderVoided OrderState = "voided"
)

// Order is one sale. It never changes but to be voided, which adds reversing
// lines and tenders; its number stays.
type Order struct {
	ID       OrderID
	State    OrderState
	At       time.Time
	Staff    StaffID
	Terminal string
	Drawer   string
	Shift    ShiftID
	Channel  Channel
	Customer CustomerID
	Total    Money // what was to pay, all taxes in
	Tax      Money // of which tax
	VoidedAt time.Time
	Version  int64
	Lines    []OrderLine
	Tenders  []Tender
}

// OrderLine is one ticket of an order. A reversing line has the amounts of the
// line it reverses, negative.
type OrderLine struct {
	ID          LineID
	Order       OrderID
	Ticket      TicketID
	Performance PerformanceID
	Place       PlaceNo
	Type        PriceTypeID
	Price       Money // face value
	TaxPPM      int64
	TaxIncluded bool
	Tax         Money
	Amount      Money // what it adds to the order's total: Price, and Tax where it is not included
	Reverses    LineID
}

// Shift is one stretch of work on one drawer. It opens with the first money
// that touches the drawer on a business day.
type Shift struct {
	ID          ShiftID
	Drawer      string
	BusinessDay string
	OpenedAt    time.Time
	OpenedBy    StaffID
	ClosedAt    time.Time // zero while it is open
}
