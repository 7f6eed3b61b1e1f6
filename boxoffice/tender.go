package boxoffice

import "time"

// TenderKind is a way of paying.
type TenderKind string

// Cash is the one way of paying that never leaves the building.
const Cash TenderKind = "cash"

// Tender is one act of paying. Amount is what it settles of the order; for cash
// it is what was tendered less the change. A reversing tender has the amount of
// the tender it reverses, negative.
type Tender struct {
	ID       TenderID
	Order    OrderID
	Kind     TenderKind
	Amount   Money
	Tendered Money
	Change   Money
	At       time.Time
	Staff    StaffID
	Terminal string
	Drawer   string
	Shift    ShiftID
	Reverses TenderID
}

// PayCash returns the tender that settles total out of the cash given. Given
// less than total is an *InvalidError that says how much is missing.
func PayCash(total, given Money, cur Currency) (Tender, error) {
	if given < total {
		return Tender{}, invalid("%s given for %s: %s is missing", cur.Format(given), cur.Format(total), cur.Format(total-given))
	}
	if given >= maxMoney {
		return Tender{}, invalid("%s is more than a till can hold", cur.Format(given))
	}
	return Tender{Kind: Cash, Amount: total, Tendered: given, Change: given - total}, nil
}
