package boxoffice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Verb says what an entry of the journal records.
type Verb string

// The verbs. The undo words are five different things and stay so here.
const (
	VerbSetUp       Verb = "set up"
	VerbStaff       Verb = "staff"
	VerbPlan        Verb = "plan"
	VerbEvent       Verb = "event"
	VerbPerformance Verb = "performance"
	VerbPrices      Verb = "prices"
	VerbOpen        Verb = "open sales"
	VerbStop        Verb = "stop sales"
	VerbCall        Verb = "cancel performance"
	VerbHold        Verb = "hold"
	VerbRelease     Verb = "release"
	VerbLapse       Verb = "lapse"
	VerbReprice     Verb = "reprice"
	VerbRenew       Verb = "renew"
	VerbName        Verb = "named hold"
	VerbPickUp      Verb = "pick up"
	VerbPark        Verb = "park"
	VerbResume      Verb = "resume"
	VerbHandOver    Verb = "hand over"
	VerbSell        Verb = "sell"
	VerbVoid        Verb = "void"
	VerbCancel      Verb = "cancel"
	VerbBlock       Verb = "block"
	VerbUnblock     Verb = "unblock"
	VerbKill        Verb = "kill"
	VerbRevive      Verb = "revive"
	VerbKey         Verb = "add key"    // Note begins with the fingerprint
	VerbRevokeKey   Verb = "revoke key" // Note begins with the fingerprint
	VerbTrust       Verb = "trust authority"
	VerbDistrust    Verb = "distrust authority"
	VerbPermit      Verb = "permissions"
	VerbSignIn      Verb = "sign in"
	VerbSignOut     Verb = "sign out"
	VerbLockOut     Verb = "lock out"
	VerbTakeOver    Verb = "take over"
	VerbFree        Verb = "free basket"
	VerbAsk         Verb = "ask"
	VerbAllow       Verb = "allow"
	VerbRefuse      Verb = "refuse"
	VerbWithdraw    Verb = "withdraw"
	VerbUnanswered  Verb = "unanswered"
	VerbHear        Verb = "hear" // how a request ended
	VerbTell        Verb = "tell"
)

// Entry is one line of the journal: who did what, where and when, from what to
// what. Entries are only ever appended; each carries the hash of the one before,
// so that none can be changed, dropped or put in without a break in the chain.
type Entry struct {
	Seq         int64
	At          time.Time
	Command     CommandID
	Actor       Actor // a zero Staff is the house itself: the sweeper, set-up
	Verb        Verb
	Performance PerformanceID
	Basket      BasketID
	Hold        HoldID
	Order       OrderID
	Amount      Money // of a sale, negative for its void
	Note        string
	Changes     Changes
	Prev, Hash  [sha256.Size]byte
}

// Sum returns the hash of the entry over its own content and Prev. Instants
// count to the millisecond, as the store keeps them.
func (e Entry) Sum() [sha256.Size]byte {
	b := make([]byte, 0, 512)
	b = append(b, e.Prev[:]...)
	b = numbers(b, e.Seq, e.At.UnixMilli(), int64(e.Actor.Staff), int64(e.Performance), int64(e.Basket), int64(e.Hold), int64(e.Order), int64(e.Amount))
	b = texts(b, string(e.Command), e.Actor.Terminal, e.Actor.Drawer, string(e.Actor.Channel), string(e.Verb), e.Note, e.Changes.String())
	return sha256.Sum256(b)
}

func numbers(b []byte, values ...int64) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint64(b, uint64(v))
	}
	return b
}

func texts(b []byte, values ...string) []byte {
	for _, v := range values {
		b = append(numbers(b, int64(len(v))), v...)
	}
	return b
}

// Digest returns the keyed digest of the customer's personal data: what the
// journal holds of it. Without the salt nobody can tell whose it was.
func (c Customer) Digest() string {
	h := hmac.New(sha256.New, c.Salt)
	h.Write(texts(nil, c.Name, c.Phone, c.Email))
	return hex.EncodeToString(h.Sum(nil)[:16])
}
