package boxoffice_test

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// barcodes are those of a house whose key is one byte, over and over.
func barcodes(t interface{ Fatal(args ...any) }, b byte) boxoffice.Barcodes {
	codes, err := boxoffice.NewBarcodes(bytes.Repeat([]byte{b}, boxoffice.BarcodeKeySize))
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

// TestBarcodesStayWhatTheyAre: tickets that were printed must be known for as long
// as their house has its key.
func TestBarcodesStayWhatTheyAre(t *testing.T) {
	codes := barcodes(t, 1)
	for _, c := range []struct {
		id   boxoffice.TicketID
		copy int
		want string
	}{
		{1, 1, "T0000000404T8VQ6XP"},
		{1, 2, "T000000043JCTK0F1S"},
		{123456, 1, "T0000F2801AG78PWRP"},
		{1<<38 - 1, 64, "TZZZZZZZZYE5D2T632"},
	} {
		got := codes.Of(c.id, c.copy)
		if got != c.want {
			t.Errorf("ticket %d copy %d has %s, had %s", c.id, c.copy, got, c.want)
		}
		id, copy, err := codes.Read(got)
		if id != c.id || copy != c.copy || err != nil {
			t.Errorf("%s reads as ticket %d copy %d, %v", got, id, copy, err)
		}
	}
}

func TestBarcodesHaveBounds(t *testing.T) {
	codes := barcodes(t, 1)
	for _, c := range []struct {
		id   boxoffice.TicketID
		copy int
	}{{0, 1}, {-1, 1}, {1 << 38, 1}, {1, 0}, {1, 65}} {
		if got := codes.Of(c.id, c.copy); got != "" {
			t.Errorf("ticket %d copy %d has %s", c.id, c.copy, got)
		}
	}
	if got := (boxoffice.Barcodes{}).Of(1, 1); got != "" {
		t.Errorf("without a key: %s", got)
	}
	if _, _, err := (boxoffice.Barcodes{}).Read(codes.Of(1, 1)); boxoffice.KindOf(err) != boxoffice.KindState {
		t.Errorf("without a key: %v", err)
	}
	for _, n := range []int{0, 31, 33} {
		if _, err := boxoffice.NewBarcodes(make([]byte, n)); err == nil {
			t.Errorf("a key of %d bytes is taken", n)
		}
	}
}

func TestBarcodesAsTyped(t *testing.T) {
	codes := barcodes(t, 1)
	code := codes.Of(12, 1)
	grouped := boxoffice.GroupBarcode(code)
	if !regexp.MustCompile(`^T(-[0-9A-Z]{4}){4}-[0-9A-Z]$`).MatchString(grouped) {
		t.Errorf("grouped: %s", grouped)
	}
	lookAlike := strings.NewReplacer("0", "O", "1", "l").Replace(code)
	if lookAlike == code {
		t.Fatal("no look-alike in the code")
	}
	for _, typed := range []string{
		code, grouped, strings.ToLower(grouped), strings.ReplaceAll(grouped, "-", " "), " " + code + " ", lookAlike,
		"]Q1" + code, "]C0" + code + "\r\n",
		strings.NewReplacer("0", "o", "1", "I").Replace(code),
	} {
		if id, copy, err := codes.Read(typed); id != 12 || copy != 1 || err != nil {
			t.Errorf("%q reads as ticket %d copy %d, %v", typed, id, copy, err)
		}
	}
	for typed, want := range map[string]boxoffice.BarcodeFault{
		"":                                 boxoffice.BarcodeNone,
		"T":                                boxoffice.BarcodeNone,
		code[:17]:                          boxoffice.BarcodeNone,
		code + "0":                         boxoffice.BarcodeNone,
		"S" + code[1:]:                     boxoffice.BarcodeNone,
		"5901234123457":                    boxoffice.BarcodeNone,
		strings.Replace(code, "0", "U", 1): boxoffice.BarcodeNone,
		strings.Replace(code, "0", "é", 1): boxoffice.BarcodeNone,
		strings.Replace(code, "0", "8", 1): boxoffice.BarcodeMistyped,
		barcodes(t, 2).Of(12, 1):           boxoffice.BarcodeForeign,
	} {
		_, _, err := codes.Read(typed)
		var fault *boxoffice.BarcodeError
		if !errors.As(err, &fault) || fault.Fault != want || boxoffice.KindOf(err) != boxoffice.KindInvalid {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// TestBarcodesRoundTrip: what is printed is read again, and no code with any one
// character changed is; nor is it by another house.
func TestBarcodesRoundTrip(t *testing.T) {
	ours, theirs := barcodes(t, 1), barcodes(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		id := boxoffice.TicketID(rapid.Int64Range(1, 1<<38-1).Draw(t, "id"))
		copy := rapid.IntRange(1, 64).Draw(t, "copy")
		code := ours.Of(id, copy)
		gotID, gotCopy, err := ours.Read(code)
		if gotID != id || gotCopy != copy || err != nil {
			t.Fatalf("%s reads as ticket %d copy %d, %v", code, gotID, gotCopy, err)
		}
		if _, _, err := theirs.Read(code); err == nil {
			t.Fatalf("another house takes %s", code)
		}
		for i := range code {
			for _, c := range crockford {
				changed := code[:i] + string(c) + code[i+1:]
				if changed == code {
					continue
				}
				if _, err := boxoffice.SpellBarcode(changed); err == nil {
					t.Fatalf("%s for %s passes", changed, code)
				}
			}
		}
	})
}

// TestBarcodesNeedTheKey: with the right check character, what a code says cannot
// be changed without the key.
func TestBarcodesNeedTheKey(t *testing.T) {
	ours := barcodes(t, 1)
	code := ours.Of(12, 1)
	forged := 0
	for i := 1; i < 17; i++ {
		for _, c := range crockford {
			for _, check := range crockford {
				try := code[:i] + string(c) + code[i+1:17] + string(check)
				if _, err := boxoffice.SpellBarcode(try); try == code || err != nil {
					continue
				}
				forged++
				if id, copy, err := ours.Read(try); err == nil {
					t.Errorf("%s reads as ticket %d copy %d", try, id, copy)
				}
			}
		}
	}
	if forged != 16*31 {
		t.Errorf("tried %d codes", forged)
	}
}

// FuzzReadBarcode: whatever comes from a scanner is refused, or is a barcode of
// this house to the letter.
func FuzzReadBarcode(f *testing.F) {
	ours := barcodes(f, 1)
	for _, s := range []string{"", ours.Of(1, 1), boxoffice.GroupBarcode(ours.Of(99, 2)), barcodes(f, 2).Of(1, 1), "]Q1T", "T\x00", "t-oil"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, copy, err := ours.Read(s)
		if err != nil {
			if id != 0 || copy != 0 {
				t.Fatalf("%q: %v, and yet ticket %d copy %d", s, err, id, copy)
			}
			return
		}
		spelt, err := boxoffice.SpellBarcode(s)
		if err != nil || spelt != ours.Of(id, copy) {
			t.Fatalf("%q reads as ticket %d copy %d, whose barcode is %s", s, id, copy, ours.Of(id, copy))
		}
	})
}
