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

// unsealed are the columns in which one flipped bit may stay unnoticed, since nothing
// else in the house says the same again, and why that is borne. Of every other column
// each flip is found.
var unsealed = because(map[string]string{
	"what a repeated command is told again; what it did is in the journal":           "command.answer",
	"which schema changes were made, and when; a store of another schema is refused": "migration migration.id migration.version_id migration.is_applied migration.tstamp sqlite_sequence sqlite_sequence.name sqlite_sequence.seq",
	"set up by hand, shown before each sale, and in the programme's file to be loaded again": "house.name house.currency house.digits house.time_zone house.hold_times house.version " +
		"event.id event.key event.title event.subtitle performance.key performance.doors performance.curtain performance.ends performance.state performance.business_day " +
		"performance.tax_ppm performance.tax_included performance.reason performance.version price_type.code price_type.name price_type.rank price_type.guarded " +
		"price price.zone price.type price.amount",
	"of the plan's file, to be read again: what places are called and where they are drawn": "plan.name plan.stage zone zone.no zone.name level level.no level.name level.lines level.columns " +
		"section section.no section.name section.level section.admission section.first_place section.last_place " +
		"place place.no place.section place.zone place.row_name place.seat place.line place.col place.features place.key",
	"who works here and may what; each change is in the journal": "staff.name staff.folded staff.role staff.pin staff.active staff.version permit permit.role permit.permission permit.allowed " +
		"staff_key.fingerprint staff_key.staff staff_key.type staff_key.comment staff_key.public staff_key.added_by staff_key.added_at staff_key.version " +
		"desk desk.terminal desk.staff desk.since wrong_pin.door wrong_pin.times wrong_pin.last wrong_pin.locked",
	"personal data, which the journal must not hold": "customer.name customer.folded customer.phone customer.digits customer.email customer.salt",
	"of what somebody has in hand for minutes; who took it, and what, is in the journal": "hold.staff hold.terminal hold.channel hold.customer hold.created_at hold.expires_at hold.latest_at hold.version " +
		"basket.staff basket.hold basket.label basket.parked_at basket.version ticket.hold ticket.held_at ticket.version " +
		"timed_block.code timed_block.places timed_block.release_at timed_block.released_at lapse block_leave",
	"of a sale: whom it was for, by their own wish":                "orders.customer",
	"the rate behind a tax, where it makes less than a cent":       "order_line.tax_ppm order_line.tax_included",
	"what a drawer's day is called; what it took is in the orders": "shift.business_day shift.opened_at shift.opened_by shift.closed_at",
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
		outside = append(outside, fmt.Sprintf("%s %d", where, n))
		total += n
	}
	sort.Strings(outside)
	if t.Failed() {
		return
	}
	t.Logf("%d flipped bits in a file of %d kB in %.1f s: %d changed nothing that is in it, %d were found, %d were in columns that nothing else tells of (%s)",
		flips, len(im.file)>>10, time.Since(began).Seconds(), nothing, found, total, strings.Join(outside, "; "))
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
