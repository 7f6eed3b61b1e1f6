package screen

import (
	"errors"
	"sync"
	"testing"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

// TestShelfSharesWhatIsMade: desks that look at the same have one of it.
func TestShelfSharesWhatIsMade(t *testing.T) {
	plan, err := planfile.Builtin("small-hall")
	if err != nil {
		t.Fatal(err)
	}
	var s Shelf
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			first := s.Index(plan)
			if again := s.Index(plan); again != first {
				t.Error("two indexes of one plan")
			}
		})
	}
	all.Wait()
	for range 100 { // a house draws plans anew all the time
		other := *plan
		s.Index(&other)
	}

	ana := boxoffice.Staff{ID: 1, Name: "Ana"}
	first := s.People([]boxoffice.Staff{ana})
	if again := s.People([]boxoffice.Staff{ana}); &again[0] != &first[0] {
		t.Error("the same people are kept twice")
	}
	ana.Name = "Anna"
	if now := s.People([]boxoffice.Staff{ana}); now[0].Name != "Anna" {
		t.Errorf("people as they were before: %v", now)
	}
	s.Names(map[boxoffice.StaffID]string{1: "Ana"})
	if now := s.Names(map[boxoffice.StaffID]string{1: "Anna"}); now[1] != "Anna" {
		t.Errorf("names as they were before: %v", now)
	}
}

func TestShelfReadsAPlanOnce(t *testing.T) {
	var s Shelf
	reads := 0
	failed := errors.New("no")
	if _, err := s.Plan(1, func() (*boxoffice.Plan, error) { return nil, failed }); !errors.Is(err, failed) {
		t.Errorf("what could not be read is %v", err)
	}
	for range 3 {
		if _, err := s.Plan(1, func() (*boxoffice.Plan, error) { reads++; return &boxoffice.Plan{}, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if reads != 1 {
		t.Errorf("a plan is read %d times", reads)
	}
}
