package fire_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wicket/store/storetest"
)

// TestLedgerFindsWhatIsLostAndWhatWasNeverSold: the judge of these tests sees a sale
// that has gone, and one that nobody was told of.
func TestLedgerFindsWhatIsLostAndWhatWasNeverSold(t *testing.T) {
	h := newFireHouse(t, 2)
	before, err := os.ReadFile(h.path)
	if err != nil {
		t.Fatal(err)
	}
	w := storetest.StartWorker(t, h.ledger, storetest.WorkOrder{House: h.path, Clerks: 2, Seed: 1, Start: h.start}, "")
	if !w.Await(30) {
		t.Error("the worker ended by itself")
	}
	if err := w.Stop(); err != nil {
		t.Fatal(err)
	}
	h.check(t, true)

	store, e := h.open(t)
	defer closeStore(t, store)
	if err := sellOne(e, e.Staff[0]); err != nil {
		t.Fatal(err)
	}
	if err := h.ledger.Check(e); err == nil || !strings.Contains(err.Error(), "told to nobody") {
		t.Errorf("a sale of somebody else was taken for a worker's: %v", err)
	}

	old := filepath.Join(t.TempDir(), "old.wicket")
	if err := os.WriteFile(old, before, 0o600); err != nil {
		t.Fatal(err)
	}
	earlier := openStore(t, old, e.Clock)
	defer closeStore(t, earlier)
	if e, err = storetest.Reopen(earlier, e.Clock); err != nil {
		t.Fatal(err)
	}
	if err := h.ledger.Check(e); err == nil || !strings.Contains(err.Error(), "was told, but") {
		t.Errorf("a house without its sales is as it was told: %v", err)
	}
}
