package boxoffice

import "slices"

// PriceType is who pays what: adult, child, senior, comp.
type PriceType struct {
	ID PriceTypeID
	// Code is the one or two letters typed at the counter and printed on the
	// ticket, in lower case. Unique in the house.
	Code string
	Name string
	// Rank orders price types on screens; the first is the one meant when a
	// clerk types a bare number.
	Rank int
	// Guarded prices are not everybody's to give: a comp, a staff price.
	Guarded bool
}

// Price is what one price type costs in one zone of one performance.
type Price struct {
	Zone   int // index into Plan.Zones
	Type   PriceTypeID
	Amount Money
}

// PriceList is the prices of one performance.
type PriceList struct {
	// Types are the house's price types by rank, also those without a price here:
	// a clerk who types one is told that it has none.
	Types  []PriceType
	Prices []Price
}

// Price returns what type costs in zone. Where the zone has no such price, it
// returns a *NoPriceError: a clerk never gets a silent other price.
func (l *PriceList) Price(zone int, t PriceTypeID) (Money, error) {
	for _, p := range l.Prices {
		if p.Zone == zone && p.Type == t {
			return p.Amount, nil
		}
	}
	return 0, &NoPriceError{Zone: zone, Type: l.Type(t)}
}

// Type returns the price type with this id, or a zero one.
func (l *PriceList) Type(id PriceTypeID) PriceType {
	for _, t := range l.Types {
		if t.ID == id {
			return t
		}
	}
	return PriceType{}
}

// ByCode returns the price type typed as code, and whether there is one.
func (l *PriceList) ByCode(code string) (PriceType, bool) {
	for _, t := range l.Types {
		if t.Code == code {
			return t, true
		}
	}
	return PriceType{}, false
}

// Default returns the price type meant when none is named: the first by rank that
// has a price here, the very first where none has.
func (l *PriceList) Default() PriceType {
	priced := slices.DeleteFunc(slices.Clone(l.Types), func(t PriceType) bool {
		return !slices.ContainsFunc(l.Prices, func(p Price) bool { return p.Type == t.ID })
	})
	if len(priced) == 0 {
		priced = l.Types
	}
	if len(priced) == 0 {
		return PriceType{}
	}
	return slices.MinFunc(priced, func(a, b PriceType) int { return a.Rank - b.Rank })
}
