package boxoffice

// Staff is a person who works here.
type Staff struct {
	ID   StaffID
	Name string // unique in the house, whatever its case
	Role Role
	// PIN is the argon2id hash of the person's PIN, in PHC form; empty where
	// none is set.
	PIN     string
	Active  bool // false for somebody who has left
	Version int64
}

// withoutPIN returns the person with «set» in place of a PIN's hash.
func (s Staff) withoutPIN() Staff {
	if s.PIN != "" {
		s.PIN = "set"
	}
	return s
}

// Actor is who does something, and where: three different things that every
// money row and every journal entry names.
type Actor struct {
	Staff    StaffID
	Terminal string // «window 2», «ssh 1»
	Drawer   string // the cash box; empty where the terminal has none
	Channel  Channel
}

// Customer is a person tickets are kept or sold for. Personal data stands here
// and nowhere else; the journal holds a keyed digest of it ([Customer.Digest]).
type Customer struct {
	ID    CustomerID
	Name  string
	Phone string
	Email string
	// Salt keys the digest; forgetting a customer drops it with the rest.
	Salt []byte
}
