package boxoffice

import (
	"slices"
	"strings"
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
	SellFromBlock Permission = "sell from a block"
	GivePrices    Permission = "give guarded prices"
	RunSales      Permission = "open or stop sales"
	SetUp         Permission = "set up the house"
	SeeReports    Permission = "see reports"
	TakeOver      Permission = "take over a colleague's basket"
	Tell          Permission = "send messages"
	WatchEvening  Permission = "watch the evening"
)

// permissions lists every permission, in the order in which a table shows them.
var permissions = []Permission{
	Sell, VoidOwn, VoidAny, CancelTickets, BlockPlaces, SellFromBlock, GivePrices, TakeOver, Tell,
	SeeReports, WatchEvening, RunSales, SetUp,
}

// AllPermissions returns every permission, in the order in which a table shows them.
func AllPermissions() []Permission { return slices.Clone(permissions) }

// ParsePermission returns the permission with these words, whatever their case;
// *InvalidError lists those there are.
func ParsePermission(words string) (Permission, error) {
	for _, p := range permissions {
		if strings.EqualFold(string(p), strings.TrimSpace(words)) {
			return p, nil
		}
	}
	all := make([]string, len(permissions))
	for i, p := range permissions {
		all[i] = "«" + string(p) + "»"
	}
	return "", invalid("%q is no permission; there are %s", Shorten(Clean(words), 40), strings.Join(all, ", "))
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

// usual lists what each role may do in a house that changed nothing, in the order
// in which somebody is named who could allow it.
var usual = []struct {
	role Role
	may  []Permission
}{
	{Viewer, []Permission{SeeReports}},
	{Door, []Permission{SeeReports}},
	{Clerk, []Permission{Sell, VoidOwn, SeeReports}},
	{Supervisor, []Permission{
		Sell, VoidOwn, VoidAny, CancelTickets, BlockPlaces, SellFromBlock, GivePrices, TakeOver, Tell, SeeReports, WatchEvening,
	}},
	{Manager, permissions},
}

// AllRoles returns every role, from the one that may do least.
func AllRoles() []Role {
	all := make([]Role, len(usual))
	for i, u := range usual {
		all[i] = u.role
	}
	return all
}

// check returns an *InvalidError for what is no role.
func (r Role) check() error {
	if !slices.Contains(AllRoles(), r) {
		return invalid("%q is no role; there are clerk, supervisor, manager, door and viewer", Shorten(Clean(string(r)), 40))
	}
	return nil
}

// Permit is one place where a house departs from the usual table of who may do
// what.
type Permit struct {
	Role       Role
	Permission Permission
	Allowed    bool
}

// Permissions is who may do what: where the house departs from the usual. Nil is
// the usual itself.
type Permissions []Permit

// Allows reports whether a role may do p.
func (t Permissions) Allows(role Role, p Permission) bool {
	for _, own := range t {
		if own.Role == role && own.Permission == p {
			return own.Allowed
		}
	}
	for _, u := range usual {
		if u.role == role {
			return slices.Contains(u.may, p)
		}
	}
	return false
}

// Of returns what a role may do.
func (t Permissions) Of(role Role) []Permission {
	return slices.DeleteFunc(AllPermissions(), func(p Permission) bool { return !t.Allows(role, p) })
}

// Check returns nil if the person may do p, else a *NotAllowedError that says who
// could allow it.
func (t Permissions) Check(s Staff, p Permission) error {
	if s.Active && t.Allows(s.Role, p) {
		return nil
	}
	allowedBy := "nobody"
	for _, u := range usual {
		if t.Allows(u.role, p) {
			allowedBy = "a " + string(u.role)
			break
		}
	}
	return &NotAllowedError{Who: s.Name, Permission: string(p), AllowedBy: allowedBy, Gone: !s.Active}
}
