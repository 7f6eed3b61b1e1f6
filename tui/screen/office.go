package screen

import (
	"context"
	"time"

	"wicket/boxoffice"
)

// Office is what screens ask of the box office: see boxoffice.Office for what
// each promises.
type Office interface {
	Seller
	Keeper
	Presence
	Approver
	Watcher
	Reader
}

// Seller is the work of selling.
type Seller interface {
	HoldPlaces(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, picks []boxoffice.Pick) (boxoffice.Taken, error)
	HoldBest(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, q boxoffice.Request) (boxoffice.Taken, error)
	Offers(pic *boxoffice.Picture, now int64, q boxoffice.Request, near []boxoffice.PlaceNo, limit int) ([]boxoffice.Offer, error)
	Swap(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, give []boxoffice.PlaceNo, picks []boxoffice.Pick) (boxoffice.Taken, error)
	Release(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, places []boxoffice.PlaceNo) error
	ChangeTypes(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, changes, more []boxoffice.Pick) (boxoffice.Taken, error)
	Drop(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor) error
	Renew(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor) (boxoffice.Hold, error)
	Retake(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, rest bool) ([]boxoffice.Taken, error)
	Forget(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor) error
	SellCash(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, expect, given boxoffice.Money) (boxoffice.Sale, error)
	Park(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, label string) error
	Resume(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.BasketID) error
	HandOver(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, to boxoffice.StaffID) error
	HoldFor(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, c boxoffice.Customer, until time.Time) (boxoffice.HoldID, error)
	PickUp(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.HoldID) error
	TakeFromBlock(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, picks []boxoffice.Pick) (boxoffice.Taken, error)
	DropNamed(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.HoldID, reason string) error
}

// Keeper is the work behind the counter: undoing sales, keeping places back,
// opening and stopping sales.
type Keeper interface {
	Void(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.OrderID, reason string) error
	CancelTickets(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.OrderID, tickets []boxoffice.TicketID, reason string) error
	Block(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, code boxoffice.BlockCode, places []boxoffice.PlaceNo, until time.Time) error
	Unblock(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, places []boxoffice.PlaceNo) error
	Kill(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, places []boxoffice.PlaceNo, reason string) error
	Revive(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, places []boxoffice.PlaceNo) error
	OpenSales(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID) error
	StopSales(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, reason string) error
	CancelPerformance(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, reason string) error
}

// Presence is who is at which terminal, and what they tell each other.
type Presence interface {
	SignIn(ctx context.Context, terminal, name, pin string) (boxoffice.Staff, error)
	Person(ctx context.Context, id boxoffice.StaffID) (boxoffice.Staff, error)
	EnterDesk(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor) error
	LeaveDesk(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor) error
	AtWork(ctx context.Context) ([]boxoffice.AtWork, error)
	Tell(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, to, words string) error
}

// Approver is asking somebody who may for what one may not do, and their answer.
type Approver interface {
	Ask(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, ask boxoffice.Ask) (boxoffice.Approval, error)
	Answer(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.ApprovalID, allowed bool, reason string) error
	AnswerHere(ctx context.Context, cmd boxoffice.CommandID, at boxoffice.Actor, name, pin string, id boxoffice.ApprovalID, allowed bool, reason string) error
	Withdraw(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.ApprovalID) error
	Waiting(ctx context.Context) ([]boxoffice.ApprovalView, error)
	Unheard(ctx context.Context, staff boxoffice.StaffID) ([]boxoffice.ApprovalView, error)
	Heard(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.ApprovalID) error
	Approval(ctx context.Context, id boxoffice.ApprovalID) (boxoffice.ApprovalView, error)
}

// Watcher is the work of watching the evening, and of helping where something is stuck.
type Watcher interface {
	Evening(ctx context.Context, by boxoffice.Actor, t time.Time) (*boxoffice.Evening, error)
	Attention(ctx context.Context, by boxoffice.Actor) ([]boxoffice.Attention, error)
	FreeBasket(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.BasketID, reason string) error
	TakeOver(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, from boxoffice.StaffID, reason string) error
}

// Reader is what screens look up.
type Reader interface {
	Permissions(ctx context.Context) (boxoffice.Permissions, error)
	AllStaff(ctx context.Context) ([]boxoffice.Staff, error)
	Basket(ctx context.Context, staff boxoffice.StaffID) (boxoffice.BasketView, error)
	Parked(ctx context.Context, staff boxoffice.StaffID) ([]boxoffice.ParkedView, error)
	Named(ctx context.Context) ([]boxoffice.NamedView, error)
	Order(ctx context.Context, id boxoffice.OrderID) (boxoffice.OrderView, error)
	Scan(ctx context.Context, code string) (boxoffice.Scanned, error)
	FindOrders(ctx context.Context, query string, limit int) ([]boxoffice.OrderHead, error)
	Lately(ctx context.Context, limit int) (boxoffice.JournalView, error)
	PlanOf(ctx context.Context, id boxoffice.PerformanceID) (*boxoffice.Plan, error)
	Performances(ctx context.Context, from, to time.Time) ([]boxoffice.PerformanceView, error)
}
