package boxoffice

import (
	"encoding/base32"

	"github.com/google/uuid"
)

// Ids are given by the store, from 1 up; zero means none.
type (
	PlanID        int64
	EventID       int64
	PerformanceID int64
	PriceTypeID   int64
	TicketID      int64
	HoldID        int64
	BasketID      int64
	LineID        int64
	TenderID      int64
	StaffID       int64
	CustomerID    int64
	ShiftID       int64
	KeyID         int64
	ApprovalID    int64
)

// OrderID is the order's number: what the customer is told, the clerk types
// after «#» and the receipt prints. Numbers have no gaps.
type OrderID int64

// PlaceNo numbers the places of a plan from 1, in the plan's own order. With the
// performance it names a place for ever, whatever tickets come and go on it.
type PlaceNo int32

// CommandID names one press of a key: the same command sent again answers as the
// first time and does nothing. The caller makes it when the key is pressed.
type CommandID string

// NewCommandID returns a command id that nobody else has. Later ones sort behind
// earlier ones, so that a store keeps the commands of an hour on the same pages.
func NewCommandID() CommandID {
	id := uuid.Must(uuid.NewV7())
	return CommandID(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(id[:]))
}
