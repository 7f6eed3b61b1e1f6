package boxoffice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// LoadProgramme makes or changes events, performances, price types and prices so
// that they are as the programme says. What the programme does not name stays as
// it is; loading it again changes nothing. A performance that is on sale keeps its
// plan. All or nothing: the error names the event or performance it is about.
func (o *Office) LoadProgramme(ctx context.Context, cmd CommandID, by Actor, p Programme) (Loaded, error) {
	return update(ctx, o, cmd, func(tx Tx) (Loaded, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return Loaded{}, err
		}
		l := loader{tx: tx, by: by}
		if err := l.priceTypes(p.PriceTypes); err != nil {
			return Loaded{}, err
		}
		for _, e := range p.Events {
			if err := l.event(e); err != nil {
				return Loaded{}, fmt.Errorf("%sevent %s: %w", l.where(), Clean(e.Key), err)
			}
		}
		return l.loaded, nil
	})
}

type loader struct {
	tx     Tx
	by     Actor
	types  []PriceType
	loaded Loaded
	line   int // of the file: what is being loaded
}

// at notes where in the file stands what is loaded next; zero leaves it.
func (l *loader) at(line int) {
	if line > 0 {
		l.line = line
	}
}

// where says where in the file loading ended: «line 12: ».
func (l *loader) where() string {
	if l.line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d: ", l.line)
}

func (l *loader) priceTypes(wanted []PriceType) error {
	have, err := l.tx.PriceTypes()
	if err != nil {
		return err
	}
	for i, w := range wanted {
		w.Code, w.Name = strings.ToLower(Clean(w.Code)), Shorten(Clean(w.Name), 30)
		if len(w.Code) < 1 || len(w.Code) > 2 || strings.Trim(w.Code, "abcdefghijklmnopqrstuvwxyz") != "" {
			return invalid("price code %q must be one or two letters", w.Code)
		}
		if w.Name == "" {
			return invalid("price code %s needs a name", w.Code)
		}
		if w.Rank == 0 {
			w.Rank = i + 1
		}
		at := slices.IndexFunc(have, func(t PriceType) bool { return t.Code == w.Code })
		if at >= 0 {
			w.ID = have[at].ID
			if have[at] == w {
				l.loaded.Unchanged++
				continue
			}
		}
		if _, err := l.tx.SavePriceType(w); err != nil {
			return err
		}
		if err := l.note(VerbPrices, 0, "price type "+w.Code+" "+w.Name); err != nil {
			return err
		}
		l.loaded.PriceTypes++
	}
	l.types, err = l.tx.PriceTypes()
	return err
}

func (l *loader) note(verb Verb, perf PerformanceID, words string) error {
	entry := stamp(l.by, verb)
	entry.Performance, entry.Note = perf, words
	return l.tx.Append(entry)
}

func (l *loader) event(e ProgrammeEvent) (err error) {
	l.at(e.Line)
	want := Event{Title: Shorten(Clean(e.Title), 60), Subtitle: Shorten(Clean(e.Subtitle), 80)}
	if Clean(e.Key) == "" || want.Title == "" {
		return invalid("an event needs a key and a title")
	}
	if want.Key, err = ReadKey(e.Key); err != nil {
		return err
	}
	have, err := l.tx.EventByKey(want.Key)
	if err != nil && KindOf(err) != KindNotFound {
		return err
	}
	want.ID = have.ID
	if want != have {
		if want, err = l.tx.SaveEvent(want); err != nil {
			return err
		}
		if err := l.note(VerbEvent, 0, want.Key+" "+want.Title); err != nil {
			return err
		}
		l.loaded.Events++
	} else {
		l.loaded.Unchanged++
	}
	for _, p := range e.Performances {
		if err := l.performance(e, want, p); err != nil {
			return fmt.Errorf("performance %s: %w", Clean(p.Key), err)
		}
	}
	return nil
}

func (l *loader) performance(e ProgrammeEvent, event Event, p ProgrammePerformance) error {
	l.at(p.Line)
	house, err := l.tx.House()
	if err != nil {
		return err
	}
	planName := p.Plan
	if planName == "" {
		planName = e.Plan
	}
	if planName == "" {
		return invalid("name the seating plan it is played on")
	}
	l.at(e.PlanLine)
	if p.Plan != "" {
		l.at(p.PlanLine)
	}
	plan, err := l.tx.PlanByName(planName)
	if err != nil {
		return err
	}
	l.at(p.Line)
	if Clean(p.Key) == "" || p.Curtain.IsZero() {
		return invalid("a performance needs a key and a curtain")
	}
	if e.TaxPPM < 0 || e.TaxPPM > ppmWhole {
		return invalid("a tax rate lies between 0 and 100 %%")
	}
	doors := p.Doors
	if doors.IsZero() {
		doors = p.Curtain
	}
	if doors.After(p.Curtain) || !p.Ends.IsZero() && p.Ends.Before(p.Curtain) {
		return invalid("doors open before the curtain, and the end comes after it")
	}
	key, err := ReadKey(p.Key)
	if err != nil {
		return err
	}
	have, err := l.tx.PerformanceByKey(key)
	if err != nil && KindOf(err) != KindNotFound {
		return err
	}
	want := have
	if have.ID == 0 {
		want = Performance{Event: event.ID, Key: key, State: Planned}
	}
	if have.ID != 0 && have.Event != event.ID {
		return invalid("the key belongs to another event already")
	}
	want.Title = event.Title
	want.Curtain, want.Doors, want.Ends = p.Curtain.UTC(), doors.UTC(), p.Ends
	if !p.Ends.IsZero() {
		want.Ends = p.Ends.UTC()
	}
	want.BusinessDay = BusinessDay(want.Curtain, house.Location())
	want.TaxPPM, want.TaxIncluded = e.TaxPPM, e.TaxIncluded
	if have.State == Planned || have.ID == 0 {
		want.Plan = plan.ID
	} else if old, err := l.tx.Plan(have.Plan); err != nil {
		return err
	} else if old.Name != plan.Name {
		return invalid("it is on sale on %s; a performance on sale keeps its plan", old.Name)
	} else {
		plan = old
	}
	if have.ID != 0 && have.State != Planned && (have.TaxPPM != want.TaxPPM || have.TaxIncluded != want.TaxIncluded) {
		return invalid("it is on sale; its tax can no longer change")
	}
	changed := want != have
	if changed {
		if want, err = l.tx.SavePerformance(want); err != nil {
			return err
		}
	}
	repriced, err := l.prices(want, plan, e.Prices, p.Prices)
	if err != nil {
		return err
	}
	l.at(p.Line)
	if changed || repriced {
		if err := l.note(VerbPerformance, want.ID, want.Key); err != nil {
			return err
		}
		l.loaded.Performances++
	} else {
		l.loaded.Unchanged++
	}
	if p.OnSale && want.State == Planned {
		l.loaded.OnSale++
		if !want.Curtain.After(l.tx.Now()) {
			l.loaded.Past = append(l.loaded.Past, want.Key)
		}
		return openSales(l.tx, l.by, want)
	}
	return nil
}

// prices sets the prices of a performance from the event's usual ones and its
// own, and reports whether they changed.
func (l *loader) prices(perf Performance, plan *Plan, usual, own []ProgrammePrice) (bool, error) {
	type key struct {
		zone int
		typ  PriceTypeID
	}
	amounts := map[key]Money{}
	// The star first, then names; the event's first, then the performance's own.
	for _, list := range [][]ProgrammePrice{usual, own} {
		for _, star := range []bool{true, false} {
			for _, p := range list {
				if (p.Zone == "*") != star {
					continue
				}
				l.at(p.Line)
				t := slices.IndexFunc(l.types, func(t PriceType) bool { return t.Code == strings.ToLower(p.Type) })
				if t < 0 {
					return false, NotFound("price code", p.Type)
				}
				if p.Amount < 0 || p.Amount >= maxMoney {
					return false, invalid("a price is not negative and below 100 million")
				}
				found := star
				for z, zone := range plan.Zones {
					if star || strings.EqualFold(zone.Name, p.Zone) {
						amounts[key{z, l.types[t].ID}] = p.Amount
						found = true
					}
				}
				if !found {
					return false, NotFound("zone", p.Zone+" in "+plan.Name)
				}
			}
		}
	}
	var prices []Price
	for z := range plan.Zones {
		for _, t := range l.types {
			if a, ok := amounts[key{z, t.ID}]; ok {
				prices = append(prices, Price{z, t.ID, a})
			}
		}
	}
	have, err := l.tx.PriceList(perf.ID)
	if err != nil && KindOf(err) != KindNotFound {
		return false, err
	}
	if have != nil && slices.Equal(sortedPrices(have.Prices), sortedPrices(prices)) {
		return false, nil
	}
	return true, l.tx.SavePrices(perf.ID, prices)
}

func sortedPrices(prices []Price) []Price {
	sorted := slices.Clone(prices)
	slices.SortFunc(sorted, func(a, b Price) int {
		if a.Zone != b.Zone {
			return a.Zone - b.Zone
		}
		return int(a.Type - b.Type)
	})
	if len(sorted) == 0 {
		return nil
	}
	return sorted
}

// OpenSales puts a performance on sale: every place gets its ticket. Stopped sales
// go on where they were.
func (o *Office) OpenSales(ctx context.Context, cmd CommandID, by Actor, id PerformanceID) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, RunSales); err != nil {
			return struct{}{}, err
		}
		perf, err := tx.Performance(id)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, openSales(tx, by, perf)
	})
	return err
}

func openSales(tx Tx, by Actor, perf Performance) error {
	switch perf.State {
	case OnSale:
		return wrongState("%s is on sale already", perf.Title)
	case PerformanceCancelled:
		return notSelling(perf)
	}
	entry := stamp(by, VerbOpen)
	entry.Performance = perf.ID
	if perf.State == Planned {
		prices, err := tx.PriceList(perf.ID)
		if err != nil {
			return err
		}
		if len(prices.Prices) == 0 {
			return wrongState("%s has no prices yet; set them first", perf.Title)
		}
		plan, err := tx.Plan(perf.Plan)
		if err != nil {
			return err
		}
		tickets := make([]Ticket, len(plan.Places))
		entry.Changes = make(Changes, len(plan.Places))
		for i := range plan.Places {
			tickets[i] = Ticket{Performance: perf.ID, Place: PlaceNo(i + 1), State: Available}
			entry.Changes[i] = Diff(Ticket{}, tickets[i])
		}
		if err := tx.InsertTickets(tickets); err != nil {
			return err
		}
	}
	perf.State, perf.Reason = OnSale, ""
	if _, err := tx.SavePerformance(perf); err != nil {
		return err
	}
	return tx.Append(entry)
}

// StopSales stops the sale of new places everywhere at once; what is held may
// still be paid.
func (o *Office) StopSales(ctx context.Context, cmd CommandID, by Actor, id PerformanceID, reason string) error {
	return o.endSales(ctx, cmd, by, id, reason, Stopped, VerbStop)
}

// CancelPerformance cancels a performance: nothing of it is sold any more, not
// even what is held. Sold tickets stay sold, for their refund.
func (o *Office) CancelPerformance(ctx context.Context, cmd CommandID, by Actor, id PerformanceID, reason string) error {
	return o.endSales(ctx, cmd, by, id, reason, PerformanceCancelled, VerbCall)
}

func (o *Office) endSales(ctx context.Context, cmd CommandID, by Actor, id PerformanceID, reason string, to PerformanceState, verb Verb) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, RunSales); err != nil {
			return struct{}{}, err
		}
		perf, err := tx.Performance(id)
		if err != nil {
			return struct{}{}, err
		}
		if perf.State == PerformanceCancelled || perf.State == to {
			return struct{}{}, notSelling(perf)
		}
		if to == Stopped && perf.State == Planned {
			return struct{}{}, notSelling(perf)
		}
		perf.State, perf.Reason = to, Shorten(Clean(reason), 120)
		if _, err := tx.SavePerformance(perf); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, verb)
		entry.Performance, entry.Note = id, perf.Reason
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// IsNotFound reports whether err says that there is no such thing.
func IsNotFound(err error) bool {
	var missing *NotFoundError
	return errors.As(err, &missing)
}
