package evening

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// How many work in the house.
const (
	supervisors = 3
	clerks      = 30
)

// The performances of the evening, by their key.
var keys = []string{"macbeth-1127", "late-1127"}

// pin is everybody's who has one.
const pin = "2468"

// Build makes the house that evenings are played in, in one file without a log: an
// evening begins with a copy of it.
func Build(path string) (err error) {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, path, sqlite.Options{Clock: &clock{}})
	if err != nil {
		return fmt.Errorf("build house: %w", err)
	}
	defer func() {
		if e := store.Close(); err == nil && e != nil {
			err = fmt.Errorf("build house: %w", e)
		}
	}()
	n := 0
	cmd := func() boxoffice.CommandID {
		n++
		return boxoffice.CommandID(fmt.Sprintf("HOUSE%03d", n))
	}
	office := storetest.NewOffice(store)
	house := boxoffice.House{Name: "Teatro Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid"}
	boss, err := office.CreateHouse(ctx, cmd(), house, "Manager", pin)
	if err != nil {
		return err
	}
	by := boxoffice.Actor{Staff: boss.ID, Terminal: "office", Drawer: "office", Channel: boxoffice.Window}
	for i := range supervisors {
		if _, err := office.AddStaff(ctx, cmd(), by, fmt.Sprintf("Supervisor %d", i+1), boxoffice.Supervisor, pin); err != nil {
			return err
		}
	}
	for i := range clerks {
		if _, err := office.AddStaff(ctx, cmd(), by, fmt.Sprintf("Clerk %d", i+1), boxoffice.Clerk, ""); err != nil {
			return err
		}
	}
	theatre, studio := storetest.Rows(9, 14, 24), storetest.Rows(5, 8, 0)
	theatre.Name, studio.Name = "Theatre", "Studio"
	for _, plan := range []*boxoffice.Plan{theatre, studio} {
		if _, err := office.ImportPlan(ctx, cmd(), by, plan); err != nil {
			return err
		}
	}
	_, err = office.LoadProgramme(ctx, cmd(), by, programme())
	return err
}

func programme() boxoffice.Programme {
	event := func(key, title, plan string, perf int, after time.Duration) boxoffice.ProgrammeEvent {
		return boxoffice.ProgrammeEvent{
			Key: key, Title: title, Plan: plan, TaxPPM: 100_000, TaxIncluded: true,
			Prices: []boxoffice.ProgrammePrice{
				{Zone: "*", Type: "a", Amount: 2400},
				{Zone: "Back", Type: "a", Amount: 1600},
				{Zone: "*", Type: "c", Amount: 900},
				{Zone: "*", Type: "p", Amount: 0},
			},
			Performances: []boxoffice.ProgrammePerformance{{Key: keys[perf], Curtain: start.Add(after), OnSale: true}},
		}
	}
	return boxoffice.Programme{
		PriceTypes: []boxoffice.PriceType{
			{Code: "a", Name: "Adult"}, {Code: "c", Name: "Child"}, {Code: "p", Name: "Press", Guarded: true},
		},
		Events: []boxoffice.ProgrammeEvent{event("macbeth", "Macbeth", "Theatre", 0, curtain), event("late", "Late Night", "Studio", 1, curtain+90*time.Minute)},
	}
}

// copyHouse copies the files of a store as they are, whoever writes them.
func copyHouse(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fmt.Errorf("copy house: %w", err)
	}
	for _, ext := range []string{"", "-wal", "-shm"} {
		content, err := os.ReadFile(from + ext)
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			err = os.WriteFile(to+ext, content, 0o600)
		}
		if err != nil {
			return fmt.Errorf("copy house: %w", err)
		}
	}
	return nil
}
