// Package demo makes a throw-away house that is busy from the first second: real
// sized halls, a week of performances, part of it sold, and clerks who go on
// selling in the background. Everything it does goes through the use cases of the
// box office, as at a real counter.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

// Zone is where the demo's house stands.
const Zone = "Europe/Madrid"

// House is the demo's house once it stands.
type House struct {
	Newcomer boxoffice.Staff // signed in without a PIN, and may do everything
	Clerks   []boxoffice.Actor
	Tonight  []boxoffice.PerformanceID // the busiest first
}

// clerks work in the background, as many as are asked for.
var clerks = []string{"Ben", "Eva", "Marta", "Iker", "Nora", "Luis", "Aino", "Tom", "Vera", "Omar", "Ines", "Paul"}

// customers have named holds.
var customers = []string{"Vidal", "O'Neill", "Müller-Lüdenscheidt", "García Ortega", "Nowak"}

// Build makes the house: halls, a week of performances from now on, staff, and
// what has been sold, blocked and kept so far. The same seed sells the same seats.
func Build(ctx context.Context, office *boxoffice.Office, now time.Time, background int, seed uint64) (*House, error) {
	b := builder{ctx: ctx, office: office, now: now, random: rand.New(rand.NewPCG(seed, 7))}
	for _, step := range []func(int) error{b.house, b.staff, b.programme, b.tonight, b.keepBack, b.sell, b.hold} {
		if err := step(background); err != nil {
			return nil, fmt.Errorf("build demo house: %w", err)
		}
	}
	return &b.made, nil
}

type builder struct {
	ctx    context.Context
	office *boxoffice.Office
	now    time.Time
	random *rand.Rand
	made   House
	boss   boxoffice.Actor
}

func (b *builder) house(int) error {
	holds := boxoffice.DefaultHoldTimes()
	// Background clerks sell by phone, and their baskets lapse soon, so that a
	// newcomer sees it happen.
	holds[boxoffice.Phone] = boxoffice.HoldTime{TTL: 40 * time.Second, Max: 5 * time.Minute}
	ana, err := b.office.CreateHouse(b.ctx, boxoffice.NewCommandID(), boxoffice.House{
		Name: "Teatro Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: Zone, Holds: holds,
	}, "Ana", "")
	b.made.Newcomer = ana
	b.boss = boxoffice.Actor{Staff: ana.ID, Terminal: "office", Drawer: "office", Channel: boxoffice.Window}
	return err
}

func (b *builder) staff(background int) error {
	// Two at least: somebody has sold what is sold already.
	for i := range max(2, background) {
		name := clerks[i%len(clerks)]
		if i >= len(clerks) {
			name = fmt.Sprintf("%s %d", name, i/len(clerks)+1)
		}
		s, err := b.office.AddStaff(b.ctx, boxoffice.NewCommandID(), b.boss, name, boxoffice.Supervisor, "")
		if err != nil {
			return err
		}
		window := fmt.Sprintf("window %d", i+2)
		b.made.Clerks = append(b.made.Clerks, boxoffice.Actor{Staff: s.ID, Terminal: window, Drawer: window, Channel: boxoffice.Phone})
	}
	return nil
}

func (b *builder) programme(int) error {
	for _, name := range []string{"leal", "sala", "teatro-mixto"} {
		plan, err := planfile.Builtin(name)
		if err != nil {
			return err
		}
		if _, err := b.office.ImportPlan(b.ctx, boxoffice.NewCommandID(), b.boss, plan); err != nil {
			return err
		}
	}
	programme, err := programme(b.now)
	if err != nil {
		return err
	}
	_, err = b.office.LoadProgramme(b.ctx, boxoffice.NewCommandID(), b.boss, programme)
	return err
}

func (b *builder) tonight(int) error {
	perfs, err := b.office.Tonight(b.ctx, b.now)
	if err != nil {
		return err
	}
	for _, p := range perfs[:min(3, len(perfs))] {
		b.made.Tonight = append(b.made.Tonight, p.Performance.ID)
	}
	return nil
}

// keepBack blocks and kills some places of tonight's theatre.
func (b *builder) keepBack(int) error {
	perf := b.made.Tonight[0]
	for _, keep := range []struct {
		code   boxoffice.BlockCode
		places []boxoffice.PlaceNo
	}{{"H", run(130, 6)}, {"P", run(160, 8)}, {"M", run(60, 6)}, {"T", run(300, 4)}} {
		if err := b.office.Block(b.ctx, boxoffice.NewCommandID(), b.boss, perf, keep.code, keep.places, time.Time{}); err != nil {
			return err
		}
	}
	return b.office.Kill(b.ctx, boxoffice.NewCommandID(), b.boss, perf, run(210, 2), "broken chairs")
}

func run(first boxoffice.PlaceNo, n int) []boxoffice.PlaceNo {
	places := make([]boxoffice.PlaceNo, n)
	for i := range places {
		places[i] = first + boxoffice.PlaceNo(i)
	}
	return places
}

// sell sells a part of tonight, and a little of what comes.
func (b *builder) sell(int) error {
	for i, perf := range b.made.Tonight {
		for n := range 70 - 15*i {
			clerk := b.made.Clerks[n%len(b.made.Clerks)]
			if err := sellSome(b.ctx, b.office, clerk, perf, 1+b.random.IntN(4)); err != nil && boxoffice.KindOf(err) != boxoffice.KindNotEnough {
				return err
			}
		}
	}
	return nil
}

// sellSome sells the best places for a party, exactly paid.
func sellSome(ctx context.Context, office *boxoffice.Office, by boxoffice.Actor, perf boxoffice.PerformanceID, n int) error {
	request := boxoffice.Request{Parties: []boxoffice.Party{{Count: n}}, Section: -1, Zone: -1}
	if _, err := office.HoldBest(ctx, boxoffice.NewCommandID(), by, perf, request); err != nil {
		return err
	}
	basket, err := office.Basket(ctx, by.Staff)
	if err != nil {
		return err
	}
	_, err = office.SellCash(ctx, boxoffice.NewCommandID(), by, basket.Total, basket.Total)
	return err
}

// hold keeps places for customers who come later.
func (b *builder) hold(int) error {
	perf := b.made.Tonight[0]
	for i, name := range customers {
		by := b.made.Clerks[i%len(b.made.Clerks)]
		request := boxoffice.Request{Parties: []boxoffice.Party{{Count: 1 + i%3}}, Section: -1, Zone: -1}
		if _, err := b.office.HoldBest(b.ctx, boxoffice.NewCommandID(), by, perf, request); err != nil {
			return err
		}
		until := b.now.Add(time.Duration(40+10*i) * time.Minute)
		if _, err := b.office.HoldFor(b.ctx, boxoffice.NewCommandID(), by, boxoffice.Customer{Name: name}, until); err != nil {
			return err
		}
	}
	return nil
}
