package boxoffice

import (
	"strings"
	"time"
)

// ApprovalState says how far a request to be allowed something is.
type ApprovalState string

// A request waits until it is answered, withdrawn, or nobody answered in time.
const (
	ApprovalWaiting   ApprovalState = "waiting"
	ApprovalAllowed   ApprovalState = "allowed" // and carried out
	ApprovalRefused   ApprovalState = "refused"
	ApprovalWithdrawn ApprovalState = "withdrawn"
	ApprovalLapsed    ApprovalState = "lapsed"
)

// approvalTime is how long a request waits for its answer.
const approvalTime = 10 * time.Minute

// AskKind says what is asked for.
type AskKind string

// What can be asked for.
const (
	AskVoid      AskKind = "void"         // void Order
	AskCancel    AskKind = "cancel"       // cancel Tickets of Order
	AskFromBlock AskKind = "from a block" // take Picks of Performance out of their block into the basket
	AskPrice     AskKind = "price"        // take or change Picks of Performance at guarded prices
)

// Ask is what somebody asks to be allowed: the arguments of the use case that is
// carried out in their name when it is.
type Ask struct {
	Kind        AskKind
	Performance PerformanceID `json:",omitempty"`
	Picks       []Pick        `json:",omitempty"`
	Order       OrderID       `json:",omitempty"`
	Tickets     []TicketID    `json:",omitempty"`
	Reason      string        `json:",omitempty"` // why it is asked
}

// Approval is a request of somebody to be allowed what they may not do by
// themselves, and its answer.
type Approval struct {
	ID         ApprovalID
	State      ApprovalState
	By         Actor // who asks, and where
	Permission Permission
	Words      string // «void order 1003»
	Ask        Ask
	AskedAt    time.Time
	LapsesAt   time.Time
	AnsweredAt time.Time // when it stopped waiting
	AnsweredBy StaffID   // zero where nobody did
	Reason     string    // of the answer
	HeardAt    time.Time // when who asked had read the answer; zero until then
	Version    int64
}

// Waits reports whether the request can still be answered at now.
func (a Approval) Waits(now time.Time) bool {
	return a.State == ApprovalWaiting && a.LapsesAt.After(now)
}

// answer ends the waiting of a request.
func (a Approval) answer(now time.Time, state ApprovalState, by StaffID, reason string) Approval {
	a.State, a.AnsweredAt, a.AnsweredBy, a.Reason = state, now, by, strings.TrimSpace(Shorten(Clean(reason), 120))
	return a
}

// over returns the *StateError for a request that waits no longer.
func (a Approval) over() error {
	if a.State == ApprovalWaiting {
		return wrongState("nobody answered the request in time; it can be made again")
	}
	return wrongState("the request is %s already", a.State)
}

// ApprovalView is a request with the names of the people it is about.
type ApprovalView struct {
	Approval   Approval
	Asker      string
	AnsweredBy string // empty where nobody did
}
