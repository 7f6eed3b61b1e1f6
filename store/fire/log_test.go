package fire_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestCutLogsKeepWhatWasBefore: the log of a machine that stopped ends anywhere, at
// each quarter of a frame or where chance has it, or has lost or garbled a sector in
// its midst. What is there then is whole, and it is all that was acknowledged up to
// that point: no sale less.
func TestCutLogsKeepWhatWasBefore(t *testing.T) {
	const frame, head = 4096 + 24, 32
	rounds := storetest.Rounds(t, 90, 2000)
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	im := takeImage(t, 24, false)
	folder := t.TempDir()
	began, cuts, sectors, kept := time.Now(), 0, 0, 0
	quarters := (len(im.log) - head) / (frame / 4)
	for i := range rounds {
		log, at, how := slices.Clone(im.log), 0, ""
		switch {
		case i%3 == 0: // spread over all quarters there are, each once where the rounds reach
			at = min(head+(i/3*max(1, quarters*3/rounds)%quarters)*frame/4, len(log))
			log, how = log[:at], "cut"
			cuts++
		case i%3 == 1:
			at = random.IntN(len(log) + 1)
			log, how = log[:at], "cut"
			cuts++
		default:
			at = random.IntN(len(log)/512) * 512
			how = "sector lost"
			for j := at; j < min(at+512, len(log)); j++ {
				if log[j] = 0; i%2 == 0 {
					log[j], how = byte(random.Uint32()), "sector garbled"
				}
			}
			sectors++
		}
		want := 0
		for _, s := range im.sold {
			if s.log <= int64(at) {
				want++
			}
		}
		n, err := im.open(t, lay(t, folder, im.file, log))
		kept += n
		// A sale whose last page is there, but nobody was told yet, may be there too.
		if err != nil || n < want || how == "cut" && n > want+1 {
			t.Errorf("round %d, %s at %d of %d: %d sales are there, %d were acknowledged by then: %v", i, how, at, len(im.log), n, want, err)
		}
	}
	if t.Failed() {
		return
	}
	t.Logf("%d cuts of the log and %d sectors of it lost or garbled in %.1f s: %d of %d times a sale was there that was written by then, none was missing, never one without those before it, verify clean each time",
		cuts, sectors, time.Since(began).Seconds(), kept, rounds*len(im.sold))
}

// open opens a house and returns how many of the acknowledged sales are there. It is
// an error where they are not the first ones, or where anything does not add up.
func (im *image) open(t *testing.T, path string) (n int, err error) {
	t.Helper()
	store := openStore(t, path, im.clock)
	defer closeStore(t, store)
	breaks, err := store.Verify(context.Background())
	if err != nil || len(breaks) > 0 {
		return 0, fmt.Errorf("verify: %v, %w", breaks, err)
	}
	err = store.View(context.Background(), func(r boxoffice.Reader) error {
		orders, err := r.OrdersAfter(0, 10*len(im.sold))
		if err != nil {
			return err
		}
		for i, o := range orders {
			if i >= len(im.sold) || o.ID != im.sold[i].order {
				return fmt.Errorf("order %d is there, and was not the next", o.ID)
			}
		}
		n = len(orders)
		return nil
	})
	return n, err
}
