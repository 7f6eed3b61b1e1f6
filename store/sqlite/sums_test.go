package sqlite

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
	"testing"

	"wicket/boxoffice"
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
