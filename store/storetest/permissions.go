package storetest

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
)

// useCase is one way to call a method of the office, and what a person needs for
// it: a permission, or nothing but to work here.
type useCase struct {
	need boxoffice.Permission
	do   func(by boxoffice.Actor) error
}

// forEverybody are the methods of the office that ask nobody's leave: they read,
// come before anybody is known, or are the house's own work.
var forEverybody = []string{
	"Store", "House", "AllStaff", "Plans", "Events", "PriceTypes", "PerformanceByKey", "Performances", "Tonight", "PlanOf", "Order", "FindOrders",
	"PlaceHistory", "Journal", "Basket", "Parked", "Named", "Offers", "Person", "PersonByName", "Keys", "StaffByKey", "RevokedKey", "Authorities",
	"Principals", "StaffByPrincipal", "Permissions", "Scan", "Lately", "AtWork", "Waiting", "Approval", "Unheard",
	"CreateHouse", "SignIn", "Sweep", "LeaveDesks",
}

// RunPermissions holds every use case of the office to the table of permissions:
// whoever lacks the one it needs is refused with a *boxoffice.NotAllowedError that
// names it and who could allow it, and nothing changes; any other permission is no
// help. A method of the office that is missing from the table fails the test.
func RunPermissions(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	cases := b.useCases()
	known := map[string]bool{}
	for _, name := range forEverybody {
		known[name] = true
	}
	for name := range cases {
		method, _, _ := strings.Cut(name, "/")
		known[method] = true
	}
	office := reflect.TypeFor[*boxoffice.Office]()
	for i := range office.NumMethod() {
		if name := office.Method(i).Name; !known[name] {
			t.Errorf("Office.%s is missing from the table: say who may do it", name)
		}
		delete(known, office.Method(i).Name)
	}
	for name := range known {
		t.Errorf("the table has %s, which the office has not", name)
	}

	for _, name := range slices.Sorted(maps.Keys(cases)) {
		c := cases[name]
		t.Run(name, func(t *testing.T) {
			var helps []boxoffice.Permission
			// The one it needs comes last: what is done cannot always be done again.
			all := slices.DeleteFunc(boxoffice.AllPermissions(), func(p boxoffice.Permission) bool { return p == c.need })
			if c.need != "" {
				all = append(all, c.need)
			}
			for _, p := range all {
				b.onlyMay(t, p)
				before := b.head(t)
				err := c.do(b.clerk)
				var no *boxoffice.NotAllowedError
				switch refused := errors.As(err, &no); {
				case !refused:
					helps = append(helps, p)
				case c.need == "":
					t.Errorf("with «%s»: %v; it needs nothing", p, err)
				case no.Permission != string(c.need) || no.Who != "Clerk 1" || no.AllowedBy != "a manager":
					t.Errorf("with «%s»: refused by %+v, want «%s» and a manager", p, *no, c.need)
				case b.head(t) != before:
					t.Errorf("with «%s»: refused, but the journal has grown", p)
				}
			}
			if c.need != "" && (len(helps) != 1 || helps[0] != c.need) {
				t.Errorf("it is allowed with %q, want with «%s» alone", helps, c.need)
			}
			if err := c.do(b.gone); err == nil && name != "LeaveDesk" {
				t.Error("somebody who works here no longer can do it")
			}
		})
	}
}

// testUsualTable holds what each role may do in a house that changed nothing.
func testUsualTable(t *testing.T, _ Opener) {
	for role, want := range map[boxoffice.Role]string{
		boxoffice.Viewer: "see reports",
		boxoffice.Door:   "see reports",
		boxoffice.Clerk:  "sell tickets, void their own sales, see reports",
		boxoffice.Supervisor: "sell tickets, void their own sales, void somebody else's sale, cancel tickets, block or kill places, sell from a block, " +
			"give guarded prices, take over a colleague's basket, send messages, see reports, watch the evening",
	} {
		var words []string
		for _, p := range boxoffice.Permissions(nil).Of(role) {
			words = append(words, string(p))
		}
		same(t, string(role), strings.Join(words, ", "), want)
	}
	same(t, "manager", boxoffice.Permissions(nil).Of(boxoffice.Manager), boxoffice.AllPermissions())
}

// backOffice is an evening with two clerks, one of whom is gone, and something of
// everything that a use case can be about.
type backOffice struct {
	*Evening
	ctx         context.Context
	boss        boxoffice.Actor
	clerk, gone boxoffice.Actor
	colleague   boxoffice.Actor
	own, other  boxoffice.OrderID
	ownParked   boxoffice.BasketID
	otherParked boxoffice.BasketID
	named       boxoffice.HoldID
	ticket      boxoffice.TicketID
	asked       boxoffice.ApprovalID // by the colleague, to void what the clerk sold
	names       map[boxoffice.StaffID]string
}

func newBackOffice(t *testing.T, open Opener) *backOffice {
	t.Helper()
	clock := NewClock(Curtain.Add(-2 * time.Hour))
	b := &backOffice{Evening: NewEvening(t, open(t, clock), clock, Rows(4, 6, 3), 4), ctx: context.Background()}
	b.boss, b.clerk, b.gone, b.colleague = b.Staff[3], b.Staff[0], b.Staff[1], b.Staff[2]
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sell := func(by boxoffice.Actor, place boxoffice.PlaceNo) boxoffice.OrderID {
		t.Helper()
		b.mustHold(t, by, place)
		sale, err := b.Office.SellCash(b.ctx, cmd(), by, 2400, 2400)
		ok(err)
		return sale.Order
	}
	park := func(by boxoffice.Actor, place boxoffice.PlaceNo) boxoffice.BasketID {
		t.Helper()
		b.mustHold(t, by, place)
		view, err := b.Office.Basket(b.ctx, by.Staff)
		ok(err)
		ok(b.Office.Park(b.ctx, cmd(), by, "later"))
		return view.Basket.ID
	}
	b.own, b.other = sell(b.clerk, 1), sell(b.colleague, 2)
	order, err := b.Office.Order(b.ctx, b.other)
	ok(err)
	b.ticket = order.Lines[0].Ticket.ID
	b.ownParked, b.otherParked = park(b.clerk, 3), park(b.colleague, 4)
	b.mustHold(t, b.colleague, 5)
	b.named, err = b.Office.HoldFor(b.ctx, cmd(), b.colleague, boxoffice.Customer{Name: "Vidal"}, Curtain.Add(-time.Hour))
	ok(err)
	b.mustHold(t, b.colleague, 6)
	_, err = b.Office.AddKey(b.ctx, cmd(), b.boss, b.colleague.Staff, PublicKey("spare"))
	ok(err)
	ok(b.Office.ChangeStaff(b.ctx, cmd(), b.boss, b.clerk.Staff, boxoffice.Clerk, true, ""))
	ok(b.Office.SetPIN(b.ctx, cmd(), b.boss, b.clerk.Staff, "2468"))
	ok(b.Office.ChangeStaff(b.ctx, cmd(), b.boss, b.colleague.Staff, boxoffice.Clerk, true, ""))
	asked, err := b.Office.Ask(b.ctx, cmd(), b.colleague, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: b.own})
	ok(err)
	b.asked = asked.ID
	ok(b.Office.ChangeStaff(b.ctx, cmd(), b.boss, b.colleague.Staff, boxoffice.Manager, true, ""))
	journal, err := b.Office.Journal(b.ctx, 0, 1)
	ok(err)
	b.names = journal.Names
	ok(b.Office.ChangeStaff(b.ctx, cmd(), b.boss, b.gone.Staff, boxoffice.Manager, false, "left for the opera"))
	return b
}

func (b *backOffice) mustHold(t *testing.T, by boxoffice.Actor, place boxoffice.PlaceNo) {
	t.Helper()
	if _, err := b.Office.HoldPlaces(b.ctx, cmd(), by, b.Performance, []boxoffice.Pick{{Place: place, Type: b.Adult}}); err != nil {
		t.Fatal(err)
	}
}

// onlyMay changes the table so that of everything but the manager's, a clerk may do
// p, and nobody else may do anything.
func (b *backOffice) onlyMay(t *testing.T, p boxoffice.Permission) {
	t.Helper()
	for _, role := range boxoffice.AllRoles() {
		for _, other := range boxoffice.AllPermissions() {
			want := role == boxoffice.Manager || role == boxoffice.Clerk && other == p
			table, err := b.Office.Permissions(b.ctx)
			if err != nil {
				t.Fatal(err)
			}
			if table.Allows(role, other) == want {
				continue
			}
			if err := b.Office.Permit(b.ctx, cmd(), b.boss, role, other, want); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (b *backOffice) head(t *testing.T) (seq int64) {
	t.Helper()
	if err := b.Store.View(b.ctx, func(r boxoffice.Reader) (err error) {
		seq, _, err = r.Head()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return seq
}

// useCases returns every use case, by the name of its method and what is special
// about the call.
func (b *backOffice) useCases() map[string]useCase {
	o, ctx, perf := b.Office, b.ctx, b.Performance
	picks := []boxoffice.Pick{{Place: 10, Type: b.Adult}}
	places := []boxoffice.PlaceNo{10}
	best := boxoffice.Request{Parties: []boxoffice.Party{{Count: 1}}, Section: -1, Zone: -1}
	house, _ := o.House(ctx)
	return map[string]useCase{
		"Sales":        {boxoffice.SeeReports, func(by boxoffice.Actor) error { return second(o.Sales(ctx, by, boxoffice.SalesOf{})) }},
		"TicketCount":  {boxoffice.SeeReports, func(by boxoffice.Actor) error { return second(o.TicketCount(ctx, by, perf)) }},
		"TicketCounts": {boxoffice.SeeReports, func(by boxoffice.Actor) error { return second(o.TicketCounts(ctx, by, Curtain)) }},
		"Allowed":      {boxoffice.VoidAny, func(by boxoffice.Actor) error { return o.Allowed(ctx, by, boxoffice.VoidAny) }},

		"HoldPlaces":  {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.HoldPlaces(ctx, cmd(), by, perf, picks)) }},
		"HoldBest":    {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.HoldBest(ctx, cmd(), by, perf, best)) }},
		"Swap":        {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.Swap(ctx, cmd(), by, perf, places, picks)) }},
		"Release":     {boxoffice.Sell, func(by boxoffice.Actor) error { return o.Release(ctx, cmd(), by, perf, places) }},
		"ChangeType":  {boxoffice.Sell, func(by boxoffice.Actor) error { return o.ChangeType(ctx, cmd(), by, perf, places, b.Child) }},
		"ChangeTypes": {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.ChangeTypes(ctx, cmd(), by, perf, picks, picks)) }},
		"Drop":        {boxoffice.Sell, func(by boxoffice.Actor) error { return o.Drop(ctx, cmd(), by) }},
		"Renew":       {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.Renew(ctx, cmd(), by)) }},
		"Retake":      {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.Retake(ctx, cmd(), by, true)) }},
		"Forget":      {boxoffice.Sell, func(by boxoffice.Actor) error { return o.Forget(ctx, cmd(), by) }},
		"SellCash":    {boxoffice.Sell, func(by boxoffice.Actor) error { return second(o.SellCash(ctx, cmd(), by, 1, 1)) }},
		"Park":        {boxoffice.Sell, func(by boxoffice.Actor) error { return o.Park(ctx, cmd(), by, "") }},
		"Resume/own":  {boxoffice.Sell, func(by boxoffice.Actor) error { return o.Resume(ctx, cmd(), by, b.ownParked) }},
		"Resume/a colleague's": {boxoffice.TakeOver, func(by boxoffice.Actor) error {
			return o.Resume(ctx, cmd(), by, b.otherParked)
		}},
		"HandOver": {boxoffice.Sell, func(by boxoffice.Actor) error { return o.HandOver(ctx, cmd(), by, b.boss.Staff) }},
		"HoldFor": {boxoffice.Sell, func(by boxoffice.Actor) error {
			return second(o.HoldFor(ctx, cmd(), by, boxoffice.Customer{Name: "Zola"}, Curtain))
		}},
		"PickUp":    {boxoffice.Sell, func(by boxoffice.Actor) error { return o.PickUp(ctx, cmd(), by, b.named) }},
		"DropNamed": {boxoffice.Sell, func(by boxoffice.Actor) error { return o.DropNamed(ctx, cmd(), by, b.named, "") }},

		"Void/own":             {boxoffice.VoidOwn, func(by boxoffice.Actor) error { return o.Void(ctx, cmd(), by, b.own, "") }},
		"Void/somebody else's": {boxoffice.VoidAny, func(by boxoffice.Actor) error { return o.Void(ctx, cmd(), by, b.other, "") }},
		"CancelTickets": {boxoffice.CancelTickets, func(by boxoffice.Actor) error {
			return o.CancelTickets(ctx, cmd(), by, b.other, []boxoffice.TicketID{b.ticket}, "ill")
		}},
		"Block":             {boxoffice.BlockPlaces, func(by boxoffice.Actor) error { return o.Block(ctx, cmd(), by, perf, "H", places, time.Time{}) }},
		"Unblock":           {boxoffice.BlockPlaces, func(by boxoffice.Actor) error { return o.Unblock(ctx, cmd(), by, perf, places) }},
		"Kill":              {boxoffice.BlockPlaces, func(by boxoffice.Actor) error { return o.Kill(ctx, cmd(), by, perf, places, "") }},
		"Revive":            {boxoffice.BlockPlaces, func(by boxoffice.Actor) error { return o.Revive(ctx, cmd(), by, perf, places) }},
		"OpenSales":         {boxoffice.RunSales, func(by boxoffice.Actor) error { return o.OpenSales(ctx, cmd(), by, perf) }},
		"StopSales":         {boxoffice.RunSales, func(by boxoffice.Actor) error { return o.StopSales(ctx, cmd(), by, 99, "") }},
		"CancelPerformance": {boxoffice.RunSales, func(by boxoffice.Actor) error { return o.CancelPerformance(ctx, cmd(), by, 99, "") }},

		"AddStaff":      {boxoffice.SetUp, func(by boxoffice.Actor) error { return second(o.AddStaff(ctx, cmd(), by, "Zoe", boxoffice.Clerk, "")) }},
		"SaveHouse":     {boxoffice.SetUp, func(by boxoffice.Actor) error { return o.SaveHouse(ctx, cmd(), by, house) }},
		"ImportPlan":    {boxoffice.SetUp, func(by boxoffice.Actor) error { return second(o.ImportPlan(ctx, cmd(), by, Rows(1, 2, 0))) }},
		"LoadProgramme": {boxoffice.SetUp, func(by boxoffice.Actor) error { return second(o.LoadProgramme(ctx, cmd(), by, boxoffice.Programme{})) }},
		"AddKey": {boxoffice.SetUp, func(by boxoffice.Actor) error {
			return second(o.AddKey(ctx, cmd(), by, b.boss.Staff, PublicKey("fresh")))
		}},
		"RevokeKey": {boxoffice.SetUp, func(by boxoffice.Actor) error { return o.RevokeKey(ctx, cmd(), by, "SHA256:spare", "") }},
		"TrustAuthority": {boxoffice.SetUp, func(by boxoffice.Actor) error {
			return second(o.TrustAuthority(ctx, cmd(), by, PublicKey("authority")))
		}},
		"DistrustAuthority": {boxoffice.SetUp, func(by boxoffice.Actor) error { return o.DistrustAuthority(ctx, cmd(), by, "SHA256:authority", "") }},
		"SetPrincipals":     {boxoffice.SetUp, func(by boxoffice.Actor) error { return o.SetPrincipals(ctx, cmd(), by, b.boss.Staff, []string{"boss"}) }},
		"ChangeStaff": {boxoffice.SetUp, func(by boxoffice.Actor) error {
			return o.ChangeStaff(ctx, cmd(), by, b.colleague.Staff, boxoffice.Supervisor, true, "")
		}},
		"SetPIN/own":             {"", func(by boxoffice.Actor) error { return o.SetPIN(ctx, cmd(), by, by.Staff, "2468") }},
		"SetPIN/somebody else's": {boxoffice.SetUp, func(by boxoffice.Actor) error { return o.SetPIN(ctx, cmd(), by, b.colleague.Staff, "2468") }},
		"SetPIN/none":            {boxoffice.SetUp, func(by boxoffice.Actor) error { return o.SetPIN(ctx, cmd(), by, by.Staff, "") }},
		"TakeOver":               {boxoffice.TakeOver, func(by boxoffice.Actor) error { return o.TakeOver(ctx, cmd(), by, b.colleague.Staff, "") }},
		"FreeBasket":             {boxoffice.TakeOver, func(by boxoffice.Actor) error { return o.FreeBasket(ctx, cmd(), by, b.otherParked, "stuck") }},
		"TakeFromBlock": {boxoffice.SellFromBlock, func(by boxoffice.Actor) error {
			return second(o.TakeFromBlock(ctx, cmd(), by, perf, []boxoffice.Pick{{Place: 20, Type: b.Adult}}))
		}},
		"EnterDesk": {"", func(by boxoffice.Actor) error { return o.EnterDesk(ctx, cmd(), by) }},
		"LeaveDesk": {"", func(by boxoffice.Actor) error { return o.LeaveDesk(ctx, cmd(), by) }},
		"Tell":      {boxoffice.Tell, func(by boxoffice.Actor) error { return o.Tell(ctx, cmd(), by, "", "hello") }},
		"Ask": {boxoffice.Sell, func(by boxoffice.Actor) error {
			return second(o.Ask(ctx, cmd(), by, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: b.other}))
		}},
		"Withdraw": {"", func(by boxoffice.Actor) error { return o.Withdraw(ctx, cmd(), by, b.asked) }},
		"Heard":    {"", func(by boxoffice.Actor) error { return o.Heard(ctx, cmd(), by, b.asked) }},
		"Answer":   {boxoffice.VoidAny, func(by boxoffice.Actor) error { return o.Answer(ctx, cmd(), by, b.asked, false, "") }},
		"AnswerHere": {boxoffice.VoidAny, func(by boxoffice.Actor) error {
			return o.AnswerHere(ctx, cmd(), b.colleague, b.names[by.Staff], "2468", b.asked, false, "")
		}},
		"Evening":   {boxoffice.WatchEvening, func(by boxoffice.Actor) error { return second(o.Evening(ctx, by, Curtain)) }},
		"Attention": {boxoffice.WatchEvening, func(by boxoffice.Actor) error { return second(o.Attention(ctx, by)) }},
		"Permit": {boxoffice.SetUp, func(by boxoffice.Actor) error {
			return o.Permit(ctx, cmd(), by, boxoffice.Viewer, boxoffice.Sell, true)
		}},
	}
}

// PublicKey returns a key that stands for a real one in tests, known by a word.
func PublicKey(word string) boxoffice.PublicKey {
	return boxoffice.PublicKey{Type: "ssh-ed25519", Comment: word + "@kassa", Public: []byte(word), Fingerprint: "SHA256:" + word}
}
