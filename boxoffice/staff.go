package boxoffice

// Staff is a person who works here.
type Staff struct {
	ID   StaffID
	Name string // unique in the house, whatever its case
	Role Role
	// PIN is the argon2id hash of the person's PIN, in PHC form; empty where
	// none is set.
	PIN     string
	Active  bool
	Version int64
}

// Role bundles permissions.
type Role string

// The roles.
const (
	Clerk      Role = "clerk"
	Supervisor Role = "supervisor"
	Manager    Role = "manager"
	Door       Role = "door"
	Viewer     Role = "viewer"
)

// Permission is one thing a person may do, as a verb phrase that fits behind
// «may not».
type Permission string

// The permissions.
const (
	Sell          Permission = "sell tickets"
	VoidOwn       Permission = "void their own sales"
	VoidAny       Permission = "void somebody else's sale"
	CancelTickets Permission = "cancel tickets"
	BlockPlaces   Permission = "block or kill places"
	RunSales      Permission = "open or stop sales"
	SetUp         Permission = "set up the house"
	SeeReports    Permission = "see reports"
	TakeOver      Permission = "take over a colleague's basket"
)

// roles lists what each role may do, in the order in which somebody is named who
// could allow it.
var roles = []struct {
	role Role
	may  []Permission
}{
	{Viewer, []Permission{SeeReports}},
	{Door, []Permission{SeeReports}},
	{Clerk, []Permission{Sell, VoidOwn, SeeReports}},
	{Supervisor, []Permission{Sell, VoidOwn, VoidAny, CancelTickets, BlockPlaces, TakeOver, SeeReports}},
	{Manager, []Permission{Sell, VoidOwn, VoidAny, CancelTickets, BlockPlaces, TakeOver, SeeReports, RunSales, SetUp}},
}

// May returns nil if the person may do p, a *NotAllowedError otherwise.
func (s Staff) May(p Permission) error {
	allowedBy := "nobody"
	for _, r := range roles {
		for _, has := range r.may {
			if has == p {
				if r.role == s.Role && s.Active {
					return nil
				}
				if allowedBy == "nobody" {
					allowedBy = "a " + string(r.role)
				}
			}
		}
	}
	return &NotAllowedError{Who: s.Name, Permission: string(p), AllowedBy: allowedBy}
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
