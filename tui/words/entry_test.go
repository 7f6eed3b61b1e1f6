package words_test

import (
	"testing"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/tui/words"
)

func TestEntry(t *testing.T) {
	plan, err := planfile.Builtin("leal")
	if err != nil {
		t.Fatal(err)
	}
	book := words.Book{
		Currency:    boxoffice.Currency{Code: "EUR", Digits: 2},
		Names:       map[boxoffice.StaffID]string{1: "Ana"},
		Performance: func(boxoffice.PerformanceID) (string, *boxoffice.Plan) { return "Macbeth", plan },
	}
	ana := boxoffice.Actor{Staff: 1}
	places := func(n int) boxoffice.Changes {
		var c boxoffice.Changes
		for i := range n {
			c = append(c, boxoffice.Change{Place: boxoffice.PlaceNo(i + 1)})
		}
		return c
	}
	for want, e := range map[string]boxoffice.Entry{
		"Ana sold 2, Macbeth A1 A2, 48.00, order 1042":       {Actor: ana, Verb: boxoffice.VerbSell, Performance: 1, Changes: places(2), Amount: 4800, Order: 1042},
		"Ana voided 2, Macbeth A1 A2, -48.00, order 1042: ?": {Actor: ana, Verb: boxoffice.VerbVoid, Performance: 1, Changes: places(2), Amount: -4800, Order: 1042, Note: "\x1b[2J?"},
		"Ana took 20, Macbeth 20 Stalls":                     {Actor: ana, Verb: boxoffice.VerbHold, Performance: 1, Changes: places(20)},
		"a basket's time was over, Macbeth A1":               {Verb: boxoffice.VerbLapse, Performance: 1, Changes: places(1)},
		"Ana put a basket by for somebody, Macbeth":          {Actor: ana, Verb: boxoffice.VerbName, Performance: 1, Note: "f521cae2a01ebb94"},
		"Ana forgot a basket whose time was over":            {Actor: ana, Verb: boxoffice.VerbRelease},
		"the house set the house up":                         {Verb: boxoffice.VerbSetUp},
		"somebody parked a basket":                           {Actor: boxoffice.Actor{Staff: 9}, Verb: boxoffice.VerbPark},
		"Ana stopped sales, Macbeth: lift is out":            {Actor: ana, Verb: boxoffice.VerbStop, Performance: 1, Note: "lift is out"},
		"Ana freed a basket, Macbeth A1: Ben's: stuck":       {Actor: ana, Verb: boxoffice.VerbFree, Performance: 1, Changes: places(1), Note: "Ben's: stuck"},
		"Ana told everybody: doors are open":                 {Actor: ana, Verb: boxoffice.VerbTell, Note: "to everybody: doors are open"},
		"Ana: juggle, Macbeth":                               {Actor: ana, Verb: "juggle", Performance: 1},
	} {
		if got := words.Entry(e, book); got != want {
			t.Errorf("said «%s», want «%s»", got, want)
		}
	}
	if got := words.Entry(boxoffice.Entry{Verb: boxoffice.VerbSell}, words.Book{}); got != "the house sold 0" {
		t.Errorf("with nothing known: «%s»", got)
	}
}

func TestPlacesWithoutASeatAreCounted(t *testing.T) {
	line := func(perf boxoffice.PerformanceID, title, label, section string) boxoffice.BasketLine {
		return boxoffice.BasketLine{Performance: perf, Title: title, Label: label, Section: section}
	}
	lines := []boxoffice.BasketLine{
		line(1, "Macbeth", "B12", "Stalls"), line(2, "Comedy Night", "", "Floor"), line(2, "Comedy Night", "", "Gallery"),
		line(2, "Comedy Night", "", "Floor"), line(1, "Macbeth", "B13", "Stalls"),
	}
	if got, want := words.Lines(lines), "Macbeth: B12 B13, Comedy Night: 2 Floor Gallery"; got != want {
		t.Errorf("said «%s», want «%s»", got, want)
	}
	if got := words.Lines(nil); got != "" {
		t.Errorf("nothing is «%s»", got)
	}
}
