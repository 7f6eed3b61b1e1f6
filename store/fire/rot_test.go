package fire_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// unsealed are the columns in which one flipped bit may stay unnoticed, and why that is
// borne. Of every other column each flip is found.
var unsealed = because(map[string]string{
	"goose's own numbers, and when a change of the schema was made: nothing is read from them; which ones were made is recounted": "migration.id migration.tstamp sqlite_sequence sqlite_sequence.name sqlite_sequence.seq",
})

// because turns reasons and their columns round.
func because(reasons map[string]string) map[string]string {
	of := map[string]string{}
	for why, columns := range reasons {
		for _, c := range strings.Fields(columns) {
			of[c] = why
		}
	}
	return of
}

// TestFlippedBitsAreFound: each flip of one bit of a house's file either changes
// nothing that is in it, or it is found, by opening the house or by recounting it. What
// was changed is seen by reading all tables before and after, without the program.
func TestFlippedBitsAreFound(t *testing.T) {
	flips := storetest.Rounds(t, 150, 2000)
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	im := takeImage(t, 24, true)
	path := lay(t, t.TempDir(), im.file, nil)
	before, err := dump(path)
	if err != nil {
		t.Fatal(err)
	}
	if breaks, err := im.recount(path); err != nil || len(breaks) > 0 {
		t.Fatalf("an undamaged house: %v, %v", breaks, err)
	}
	began, nothing, found, missed := time.Now(), 0, 0, map[string]int{}
	for range flips {
		bit := random.IntN(8 * len(im.file))
		for tries := 0; im.file[bit/8] == 0 && tries < 3; tries++ { // where there is nothing, nothing is to be found
			bit = random.IntN(8 * len(im.file))
		}
		flip(t, path, bit)
		after, dumpErr := dump(path)
		changed := before.differ(after)
		if dumpErr == nil && len(changed) == 0 {
			nothing++
			flip(t, path, bit)
			continue
		}
		breaks, err := im.recount(path)
		switch {
		case err != nil || len(breaks) > 0:
			found++
		case dumpErr != nil:
			t.Errorf("bit %d: the tables cannot be read (%v), and nothing was found", bit, dumpErr)
		default:
			where := strings.Join(changed, ", ")
			missed[where]++
			for _, c := range changed {
				if unsealed[c] == "" {
					t.Errorf("bit %d changed %s, and nothing was found", bit, where)
				}
			}
		}
		flip(t, path, bit)
	}
	var outside []string
	total := 0
	for where, n := range missed {
		outside = append(outside, fmt.Sprintf("; %s %d", where, n))
		total += n
	}
	sort.Strings(outside)
	if t.Failed() {
		return
	}
	t.Logf("%d flipped bits in a file of %d kB in %.1f s: %d changed nothing that is in it, %d were found, %d were not%s",
		flips, len(im.file)>>10, time.Since(began).Seconds(), nothing, found, total, strings.Join(outside, ""))
}

// flip turns one bit of a file.
func flip(t *testing.T, path string, bit int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 1)
	if _, err := f.ReadAt(b, int64(bit/8)); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << (bit % 8)
	if _, err := f.WriteAt(b, int64(bit/8)); err != nil {
		t.Fatal(err)
	}
}

// recount opens a house to look at it and recounts everything.
func (im *image) recount(path string) ([]boxoffice.Break, error) {
	r, err := sqlite.OpenReading(path, im.clock)
	if err != nil {
		return nil, err
	}
	breaks, err := r.Verify(context.Background())
	if e := r.Close(); err == nil {
		err = e
	}
	return breaks, err
}
