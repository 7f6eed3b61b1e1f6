package boxoffice_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

func TestChangesReadAsWritten(t *testing.T) {
	changes := boxoffice.Changes{
		{Place: 12, From: boxoffice.Available, To: boxoffice.Held, Type: 1, Price: 2400},
		{Place: 13, From: boxoffice.Available, To: boxoffice.Held, Type: 1, Price: 2400},
		{Place: 15, From: boxoffice.Available, To: boxoffice.Available, Block: "H"},
	}
	const want = "12-13:ar1@2400 15:aa/H"
	if got := changes.String(); got != want {
		t.Fatalf("wrote %q, want %q", got, want)
	}
	got, err := boxoffice.ParseChanges(want)
	if err != nil || !slices.Equal(got, changes) {
		t.Fatalf("read %v, %v", got, err)
	}
}

func TestChangesRoundTrip(t *testing.T) {
	states := []boxoffice.State{"", boxoffice.Available, boxoffice.Held, boxoffice.Processing, boxoffice.Confirmed, boxoffice.Cancelled}
	change := rapid.Custom(func(t *rapid.T) boxoffice.Change {
		return boxoffice.Change{
			Place: boxoffice.PlaceNo(rapid.IntRange(1, 40).Draw(t, "place")),
			From:  rapid.SampledFrom(states).Draw(t, "from"), To: rapid.SampledFrom(states).Draw(t, "to"),
			Block: rapid.SampledFrom([]boxoffice.BlockCode{"", "H", "X"}).Draw(t, "block"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		changes := boxoffice.Changes(rapid.SliceOfN(change, 0, 30).Draw(t, "changes"))
		for i := range changes {
			if rapid.Bool().Draw(t, "priced") {
				changes[i].Type, changes[i].Price = 2, 1250
			}
		}
		got, err := boxoffice.ParseChanges(changes.String())
		if err != nil || !slices.Equal(got, changes) {
			t.Fatalf("%q read as %v, %v; want %v", changes.String(), got, err, changes)
		}
	})
}

// FuzzParseChanges: whatever stands in a journal row, reading it ends in changes
// that write and read the same, or in an error.
func FuzzParseChanges(f *testing.F) {
	for _, s := range []string{"", "12-13:ar1@2400 15:aa/H", "1:-a", "9:zz", "5-1:ar", "1-99999999:ar", "1:ar@", "x:ar"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		changes, err := boxoffice.ParseChanges(s)
		if err != nil {
			return
		}
		again, err := boxoffice.ParseChanges(changes.String())
		if err != nil || !slices.Equal(again, changes) {
			t.Fatalf("%q: %v, %v", s, again, err)
		}
	})
}
