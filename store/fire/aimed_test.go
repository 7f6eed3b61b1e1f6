//go:build faults

package fire_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestAimedKills kills a process that sells at each named point, beside another one
// that goes on, and compares what both were told. The log is folded in all the time:
// by SQLite itself, or where the store cuts it.
func TestAimedKills(t *testing.T) {
	const clerks = 4
	h := newFireHouse(t, 2*clerks)
	began, kills := time.Now(), 0
	worker := func(i int, sweeps bool, fault string) *storetest.Worker {
		order := storetest.WorkOrder{House: h.path, First: i * clerks, Clerks: clerks, Seed: uint64(kills), Start: h.start, Sweeps: sweeps}
		log := []string{"WICKET_FAULT_pages=8", "WICKET_FAULT=" + fault}
		if strings.Contains(fault, "cut") { // else SQLite is always first
			log[0] = "WICKET_FAULT_log=65536"
		}
		return storetest.StartWorker(t, h.ledger, order, "", log...)
	}
	for _, point := range []string{"commit", "committed", "cut", "was cut", "close", "closed", "sweep"} {
		for i, times := range []int{1, 2, 9} {
			fault := fmt.Sprintf("%s:%d", point, times)
			switch point {
			case "close", "closed":
				fault = point
			case "sweep": // the one commit there is, is of a sweep
				fault = "commit"
				h.lapse(t)
			}
			first := worker(i%2, point == "sweep", fault)
			second := worker(1-i%2, false, "")
			if point == "close" || point == "closed" {
				first.Await(times)
				first.Tell()
			}
			if first.Await(5000) {
				t.Fatalf("%s was never passed", fault)
			}
			if err := first.Wait(); !storetest.WasKilled(err) {
				t.Errorf("at %s it was not killed: %v", fault, err)
			}
			if !second.Await(second.Acks() + 5) {
				t.Errorf("the one that was left after %s ended by itself: %v", fault, second.Wait())
			}
			second.Kill()
			kills += 2
			h.check(t, true)
		}
	}
	t.Logf("%d kills, %d of them at named points, in %.1f s: %d sales and %d voids acknowledged, %d commands without an answer sent again; none lost, none doubled, verify clean after each",
		kills, kills/2, time.Since(began).Seconds(), h.ledger.Told(boxoffice.VerbSell), h.ledger.Told(boxoffice.VerbVoid), h.ledger.Again())
}

// lapse takes a place into a clerk's basket, which lapses unless they sell it; where
// none is left there are baskets enough.
func (h *fireHouse) lapse(t *testing.T) {
	t.Helper()
	store, e := h.open(t)
	defer closeStore(t, store)
	ctx := context.Background()
	request := boxoffice.Request{Parties: []boxoffice.Party{{Count: 1}}, Section: -1, Zone: -1}
	if _, err := e.Office.HoldBest(ctx, boxoffice.NewCommandID(), e.Staff[0], e.Performance, request); err != nil && boxoffice.KindOf(err) != boxoffice.KindNotEnough {
		t.Fatal(err)
	}
}
