package boxoffice

import "time"

// BasketState says where a basket lies.
type BasketState string

// Each person has at most one open basket, and any number of parked ones.
const (
	BasketOpen   BasketState = "open"
	BasketParked BasketState = "parked"
	BasketClosed BasketState = "closed"
)

// Basket is what a clerk gathers for a customer. It belongs to a member of staff
// and lives in the store, so a lost line or another terminal finds it again.
// After a sale the same basket serves the next customer, with the next hold.
type Basket struct {
	ID       BasketID
	Staff    StaffID
	State    BasketState
	Hold     HoldID // zero while it is empty
	Label    string // what a clerk called it when parking
	ParkedAt time.Time
	Version  int64
}
