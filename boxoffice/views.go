package boxoffice

import "time"

// BasketView is a basket as its clerk sees it.
type BasketView struct {
	Basket  Basket
	Hold    Hold   // zero while the basket is empty
	ForName string // whom it was held for, and the label it was parked under
	Lines   []BasketLine
	Lost    []BasketLine // places that lapsed and can be tried again
	Total   Money        // what is to pay, all taxes in
	Tax     Money        // of which tax
}

// Empty reports whether nothing is in the basket.
func (b BasketView) Empty() bool { return len(b.Lines) == 0 }

// BasketLine is one place of a basket, in words and money.
type BasketLine struct {
	Performance PerformanceID
	Title       string
	Curtain     time.Time
	Place       PlaceNo
	Label       string // «B12»; empty for a GA place
	Section     string
	Zone        string
	Type        PriceType
	Price       Money
	Tax         Money
	Amount      Money // what it adds to the total
	TaxPPM      int64
	TaxIncluded bool
}

// Sale is what a finished sale tells the clerk.
type Sale struct {
	Order   OrderID
	Total   Money
	Given   Money
	Change  Money
	Tickets int
}

// OrderView is an order with everything a screen says about it.
type OrderView struct {
	Order    Order
	Lines    []OrderLineView // without the reversing ones
	Customer Customer
	Seller   string
	History  []Entry
	Names    map[StaffID]string // of everybody in History
}

// OrderLineView is one line of an order with its ticket as it is now.
type OrderLineView struct {
	Line    OrderLine
	Ticket  Ticket
	Title   string
	Curtain time.Time
	Label   string
	Section string
	Zone    string
	Type    PriceType
	Barcode string // as printed; empty where the office has no key. A cancelled ticket's is dead
}

// Scanned is what a barcode leads to: a ticket that was sold, and its order.
type Scanned struct {
	Order   OrderID
	Ticket  TicketID
	Copy    int
	Title   string
	Section string
	Label   string // «B12»; empty for a GA place
	Dead    string // why the barcode no longer counts: «voided»; empty while it does
}

// OrderHead is an order in a list.
type OrderHead struct {
	Order    Order
	Customer string
	Seller   string
	Words    string // «Macbeth · B12 B13»

	Tickets   int // sold
	Cancelled int // of them, in an order that is not void
}

// ParkedView is a parked basket in a list.
type ParkedView struct {
	View  BasketView
	Owner string
}

// NamedView is a named hold in a list.
type NamedView struct {
	Hold     HoldView
	Customer Customer
	Lines    []BasketLine
}

// PerformanceView is a performance in a list, with how it stands.
type PerformanceView struct {
	Performance Performance
	PlanName    string
	Total       Fill
}

// PlaceView is a place's whole story.
type PlaceView struct {
	Label   string
	Tickets []Ticket // oldest first
	History []Entry
	Names   map[StaffID]string
}
