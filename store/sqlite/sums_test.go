package sqlite

import (
	"database/sql"
	"encoding/binary"
	"hash/crc32"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestEveryTableIsSummedOrTold: who adds a table says how damage in it is found.
func TestEveryTableIsSummedOrTold(t *testing.T) {
	told := []string{
		"zone", "level", "section", "place", // by their plan
		"order_line",   // by its order
		"journal",      // by its hashes
		"tender",       // by what its order came to, the journal and the tender it reverses
		migrationTable, // by what migrations there are
	}
	var summed []string
	for _, table := range summedTables() {
		summed = append(summed, table.name)
	}
	s := openTest(t)
	if err := s.View(t.Context(), func(r boxoffice.Reader) error {
		return r.(*reader).conn.each(`SELECT name, EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'sum')
			FROM sqlite_schema t WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`, func(r row) error {
			name := r.text(0)
			if is := slices.Contains(summed, name); is != r.bool(1) || is == slices.Contains(told, name) {
				t.Errorf("%s: summed %t, with a sum %t, told otherwise %t", name, is, r.bool(1), slices.Contains(told, name))
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
}

// TestSumsAreFilledStretchByStretch: of tables with more rows than are read at once, each
// row gets its sum, whether one column names it or three.
func TestSumsAreFilledStretchByStretch(t *testing.T) {
	ctx := t.Context()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	s, err := Open(ctx, filepath.Join(t.TempDir(), "house.wicket"), Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e := storetest.NewEvening(t, s, clock, storetest.Rows(5, fillRows, 0), 1)
	const held = 2*fillRows + 3
	for i := range held {
		pick := []boxoffice.Pick{{Place: boxoffice.PlaceNo(i + 1), Type: e.Adult}}
		if _, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), e.Staff[0], e.Performance, pick); err != nil {
			t.Fatal(err)
		}
	}
	clock.Move(time.Hour)
	if _, err := e.Office.Sweep(ctx, 10); err != nil {
		t.Fatal(err)
	}

	db, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := dropTriggers(ctx, tx); err != nil {
		t.Fatal(err)
	}
	for _, table := range summedTables() {
		if _, err := tx.ExecContext(ctx, "UPDATE "+table.name+" SET sum = sum + 1"); err != nil {
			t.Fatal(err)
		}
		if err := table.fill(ctx, tx); err != nil {
			t.Fatal(err)
		}
		rows := 0
		err := table.rows(eachOf(ctx, tx), func(r row, has, should int64) error {
			if rows++; has != should {
				t.Errorf("%s has a sum of %d, not %d", table.called(r), has, should)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if many := table.name == "lapse" || table.name == "ticket"; many && rows < held {
			t.Errorf("%s has %d rows only", table.name, rows)
		}
	}
}

// TestSumTellsEachBit: a sum is another for each flipped bit, and for values that have
// moved from one column to the next.
func TestSumTellsEachBit(t *testing.T) {
	of := func(values ...any) int64 {
		var s sum
		s.add(values...)
		return s.number()
	}
	text := make([]byte, 1000)
	was := of(int64(17), string(text), nil)
	for bit := range 8 * len(text) {
		text[bit/8] ^= 1 << (bit % 8)
		if of(int64(17), string(text), nil) == was {
			t.Errorf("bit %d of a text is not told", bit)
		}
		text[bit/8] ^= 1 << (bit % 8)
	}
	for bit := range 64 {
		if of(int64(17)^int64(1)<<bit, string(text), nil) == was {
			t.Errorf("bit %d of a number is not told", bit)
		}
	}
	for _, pair := range [][2][]any{
		{{"ab", "c"}, {"a", "bc"}}, {{nil, int64(1)}, {int64(1), nil}}, {{""}, {nil}}, {{"1"}, {int64(1)}}, {{"a"}, {[]byte("a")}}, {{}, {nil}},
	} {
		if of(pair[0]...) == of(pair[1]...) {
			t.Errorf("%v and %v have one sum", pair[0], pair[1])
		}
	}
	if n := of(int64(17)); n < -1<<23 || n >= 1<<23 {
		t.Errorf("%d takes more than three bytes", n)
	}
	// The table is that of the polynomial of OpenPGP, turned round.
	var want uint32
	for _, b := range []byte("123456789") {
		want ^= uint32(b)
		for range 8 {
			want = want>>1 ^ 0xDF3261*(want&1)
		}
	}
	if got := ^crc32.Update(^uint32(0), crc24, []byte("123456789")); got != want {
		t.Errorf("the CRC is %06x, bit by bit %06x", got, want)
	}
	if reversed := binary.BigEndian.Uint32([]byte{0, 0x86, 0x4C, 0xFB}); turned(reversed) != 0xDF3261 {
		t.Errorf("the polynomial is %06x", turned(reversed))
	}
}

// turned turns the bits of 24 round.
func turned(n uint32) (round uint32) {
	for i := range 24 {
		round |= n >> i & 1 << (23 - i)
	}
	return round
}
