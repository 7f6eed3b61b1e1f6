package boxoffice

import (
	"context"
	"time"
)

// Store keeps the truth. All of Wicket's state is in it.
//
// Several processes may use one store at once; each sees what the others commit.
type Store interface {
	// Update runs fn in one serialised transaction: when it returns nil, all that
	// fn did is on disk; otherwise none of it is. fn may run more than once, so it
	// has no side effects but on tx and answer.
	//
	// cmd makes a repeated call harmless: with the transaction, the store keeps
	// answer (a pointer to something that JSON can carry, or nil) under cmd. If cmd
	// was committed before, fn does not run, and answer is filled with what was
	// kept. A call whose fn returned an error keeps nothing.
	//
	// Update returns fn's error as it is. Trouble of its own is a *StoreError;
	// where that has Unknown set, the same command sent again tells how it ended.
	Update(ctx context.Context, cmd CommandID, answer any, fn func(Tx) error) error

	// View runs fn on a snapshot. It never waits for a writer, and makes none wait.
	View(ctx context.Context, fn func(Reader) error) error

	// Survey is View for who reads much, and fn is to call GiveWay again and again. While
	// others write, it waits before it begins until those before it have left them nearly
	// all of the time, some seconds at most, or until ctx ends.
	Survey(ctx context.Context, fn func(Reader) error) error

	// Watch returns a channel that receives a value whenever the journal may have
	// grown, by this process or another; values that nobody took are merged. It is
	// closed when ctx ends or the store is closed.
	Watch(ctx context.Context) <-chan struct{}

	// Health returns nil, or why the store cannot sell now, as a *StoreError.
	Health() error

	// Close waits for what is being written, and ends.
	Close() error
}

// Reader reads one consistent state of the store. What it returns may be shared:
// change none of it. Where a single thing is asked for and missing, methods return
// a *NotFoundError.
type Reader interface {
	// Now is the instant of the transaction: fixed when it started, from the
	// injected clock, and never below the last instant in the store.
	Now() time.Time

	// GiveWay is called again and again by who reads much: while others write, and it has
	// not just begun, it rests for many times as long as was read since the last call, so
	// that they go on as if nobody read, up to some seconds in all. It returns an error
	// once the context of the reading has ended. In a Tx it does nothing.
	GiveWay() error

	House() (House, error)
	Staff(StaffID) (Staff, error)
	StaffByName(name string) (Staff, error) // whatever its case
	AllStaff() ([]Staff, error)
	// Permissions returns where the house departs from the usual table.
	Permissions() (Permissions, error)
	// Key returns a key by its fingerprint, revoked or not.
	Key(fingerprint string) (StaffKey, error)
	Keys() ([]StaffKey, error) // oldest first
	// Authority returns an authority by its fingerprint, trusted or not.
	Authority(fingerprint string) (Authority, error)
	Authorities() ([]Authority, error) // oldest first
	Principals() ([]Principal, error)  // by name
	// WrongPINs returns what is known of a door; nothing for one where no PIN was
	// wrong.
	WrongPINs(door string) (WrongPINs, error)
	Desks() ([]Desk, error) // by terminal
	Approval(ApprovalID) (Approval, error)
	// WaitingApprovals returns the requests that nobody answered, those whose time is
	// over too, oldest first.
	WaitingApprovals() ([]Approval, error)
	// UnheardApprovals returns the requests of a person that ended since, and that
	// they have not heard of, the oldest end first.
	UnheardApprovals(staff StaffID, since time.Time) ([]Approval, error)
	// TendersTaken returns what tenders brought in within [from, to), less what was taken
	// back, by tender, clerk and terminal.
	TendersTaken(from, to time.Time) ([]Taking, error)
	// SoldSince returns how many tickets were sold from then on, by minute and
	// performance, voided ones too.
	SoldSince(from time.Time) ([]SoldMinute, error)
	// SoldFor returns what the orders for a performance came to: taxes in, voids out;
	// what was paid for tickets that were cancelled since is in it until it is given back.
	SoldFor(PerformanceID) (Money, error)
	FullBaskets() ([]Basket, error)       // open and parked ones that have a hold
	ProcessingTickets() ([]Ticket, error) // the longest first

	Plan(PlanID) (*Plan, error)
	PlanByName(name string) (*Plan, error) // the newest with this name
	Plans() ([]PlanHead, error)
	EventByKey(key string) (Event, error)
	Event(EventID) (Event, error)
	Events() ([]Event, error)
	Performance(PerformanceID) (Performance, error)
	PerformanceByKey(key string) (Performance, error)
	// Performances returns those with a curtain in [from, to), by curtain. A zero
	// bound is open.
	Performances(from, to time.Time) ([]Performance, error)
	PriceTypes() ([]PriceType, error) // by rank
	PriceList(PerformanceID) (*PriceList, error)

	// Tickets returns the live ticket of each place, in the order asked for.
	Tickets(PerformanceID, []PlaceNo) ([]Ticket, error)
	// TicketsOf returns the tickets that stand under a hold, lapsed or not, by
	// performance and place.
	TicketsOf(HoldID) ([]Ticket, error)
	// TicketsOfOrder returns an order's tickets, cancelled ones too, by id.
	TicketsOfOrder(OrderID) ([]Ticket, error)
	// TicketHistory returns every ticket a place ever had, oldest first.
	TicketHistory(PerformanceID, PlaceNo) ([]Ticket, error)
	// Ticket returns one ticket by its id, live or cancelled.
	Ticket(TicketID) (Ticket, error)
	// PlaceStates returns how some places of a performance stand.
	PlaceStates(PerformanceID, []PlaceNo) (map[PlaceNo]PlaceState, error)
	// Places returns the state of every place of a performance, by PlaceNo-1; nil
	// before it is on sale. Inside an Update it is good until the function returns.
	Places(PerformanceID) ([]PlaceState, error)

	Hold(HoldID) (Hold, error)
	// LiveHolds returns the active holds that have places of a performance.
	LiveHolds(PerformanceID) ([]HoldView, error)
	// LiveHoldsOf returns those of some holds that are active and have places of a
	// performance.
	LiveHoldsOf(PerformanceID, []HoldID) ([]HoldView, error)
	// NamedHolds returns the active named holds, by when they end.
	NamedHolds() ([]HoldView, error)
	// LapsedHolds returns up to limit active holds that have ended by now, the
	// longest over first.
	LapsedHolds(now time.Time, limit int) ([]Hold, error)
	// NextExpiry returns when the next active hold, timed block or waiting request
	// ends; zero if none will.
	NextExpiry() (time.Time, error)
	// Lapses returns what a hold lost, by performance and place.
	Lapses(HoldID) ([]Lapse, error)
	// DueBlocks returns up to limit timed blocks whose release time has come.
	DueBlocks(now time.Time, limit int) ([]TimedBlock, error)
	// TimedBlocks returns the timed blocks of a performance that stand, due or not, by
	// release time.
	TimedBlocks(PerformanceID) ([]TimedBlock, error)

	Basket(BasketID) (Basket, error)
	// OpenBasket returns a person's open basket; *NotFoundError if none.
	OpenBasket(StaffID) (Basket, error)
	// ParkedBaskets returns the parked baskets, a person's or (zero) everybody's,
	// by when they were parked.
	ParkedBaskets(StaffID) ([]Basket, error)
	// BasketOf returns the basket that has a hold.
	BasketOf(HoldID) (Basket, error)
	Customer(CustomerID) (Customer, error)

	// Order returns an order with its lines and tenders.
	Order(OrderID) (Order, error)
	// Orders returns up to limit orders, newest first, whose number, customer's
	// name or phone matches query; all where query is empty.
	Orders(query string, limit int) ([]Order, error)
	// OrdersAfter returns up to limit orders numbered above after, oldest first.
	OrdersAfter(after OrderID, limit int) ([]Order, error)
	// LastOrderBefore returns the number of the last order made before t; zero if
	// there is none. Numbers rise with time.
	LastOrderBefore(t time.Time) (OrderID, error)
	OpenShift(drawer string) (Shift, error) // *NotFoundError if none is open

	// Journal returns up to limit entries after seq, oldest first.
	Journal(after int64, limit int) ([]Entry, error)
	// LastEntries returns the last limit entries, oldest first.
	LastEntries(limit int) ([]Entry, error)
	// JournalOfOrder and JournalOfPlace return the entries about one thing, oldest
	// first.
	JournalOfOrder(OrderID) ([]Entry, error)
	JournalOfPlace(PerformanceID, PlaceNo) ([]Entry, error)
	// Head returns the journal's last sequence number and hash.
	Head() (seq int64, hash [32]byte, err error)
}

// PlanHead is a plan without its places.
type PlanHead struct {
	ID     PlanID
	Name   string
	Places int
}

// TimedBlock is a block that ends by itself: at ReleaseAt its places go to open sale,
// those in baskets or sold once they come back. A place that is unblocked, killed or
// blocked again is none of its places any more; without any, it has ended.
type TimedBlock struct {
	ID          int64
	Performance PerformanceID
	Code        BlockCode
	Places      []PlaceNo // in order
	ReleaseAt   time.Time
	ReleasedAt  time.Time // zero while it stands
}

// Tx is a Reader that writes. Saves are guarded by the version of what was loaded
// and return a *ConflictError if it changed; an id of zero inserts, and the saved
// value comes back with its id and version.
type Tx interface {
	Reader

	// OthersWait reports whether further transactions wait for this one: what can be
	// done in portions is done in small ones then.
	OthersWait() bool
	// Openings returns which places of a performance that is on sale anybody may take
	// now. It is good until the function returns.
	Openings(PerformanceID) (*Openings, error)

	CreateHouse(House) error // *StateError if there is one already
	SaveHouse(House) error
	SaveStaff(Staff) (Staff, error)
	SavePermit(Permit) error
	// SaveKey adds a key or revokes one; the store refuses any other change.
	SaveKey(StaffKey) (StaffKey, error)
	SaveAuthority(Authority) (Authority, error)
	SetPrincipals(StaffID, []string) error // replaces the person's
	// SaveWrongPINs keeps what is known of a door, and forgets doors that nobody
	// tried for a day.
	SaveWrongPINs(WrongPINs) error
	SaveDesk(Desk) error // in place of who was at the terminal
	ClearDesk(terminal string) error
	// SaveApproval makes a request, ends its waiting, or notes that its end was heard
	// of; the store refuses any other change.
	SaveApproval(Approval) (Approval, error)
	// GiveLeave notes by whose leave places may go under a hold out of their block:
	// without it the store refuses that.
	GiveLeave(HoldID, PerformanceID, []PlaceNo, StaffID) error
	SavePlan(*Plan) (PlanID, error) // always a new plan
	SaveEvent(Event) (Event, error)
	SavePerformance(Performance) (Performance, error)
	SavePriceType(PriceType) (PriceType, error)
	SavePrices(PerformanceID, []Price) error // replaces all

	// InsertTickets puts a performance's places on sale: each gets its first live
	// ticket, available, with its block code if it has one.
	InsertTickets([]Ticket) error
	// SaveTickets saves tickets loaded in this transaction, guarded by state and
	// version: before[i] became after[i].
	SaveTickets(before, after []Ticket) error

	SaveHold(Hold) (Hold, error)
	// EndHolds gives active holds the state how, and saves nothing else of them.
	EndHolds(holds []Hold, how HoldState) error
	SaveLapses([]Lapse) error
	ClearLapses(HoldID) error
	SaveBasket(Basket) (Basket, error)
	SaveCustomer(Customer) (Customer, error)
	SaveTimedBlock(TimedBlock) (TimedBlock, error)

	// InsertOrder saves a new order with its lines and tenders, and returns it with
	// its number and ids. The store refuses one that does not add up.
	InsertOrder(Order) (Order, error)
	// VoidOrder adds the reversing lines and tenders of o and marks it voided at o.VoidedAt.
	VoidOrder(o Order, lines []OrderLine, tenders []Tender) error
	SaveShift(Shift) (Shift, error)

	// Append adds entries to the journal; the store fills in Seq, At, Command, Prev
	// and Hash.
	Append(...Entry) error
}
