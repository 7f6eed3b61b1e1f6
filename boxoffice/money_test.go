package boxoffice

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	eur = Currency{"EUR", 2}
	jpy = Currency{"JPY", 0}
	kwd = Currency{"KWD", 3}
)

func TestParseCurrency(t *testing.T) {
	for in, want := range map[string]Currency{
		"EUR": eur, " eur ": eur, "jpy": jpy, "KWD": kwd, "CLF": {"CLF", 4}, "CHF": {"CHF", 2},
	} {
		if got, err := ParseCurrency(in); got != want || err != nil {
			t.Errorf("ParseCurrency(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "EU", "EURO", "E R", "€", "123", "ЕUR", "\x1b[2J"} {
		if _, err := ParseCurrency(in); KindOf(err) != KindInvalid {
			t.Errorf("ParseCurrency(%q): %v, want an invalid currency", in, err)
		}
	}
}

func TestFormatMoney(t *testing.T) {
	for _, c := range []struct {
		currency Currency
		m        Money
		want     string
	}{
		{eur, 0, "0.00"},
		{eur, 5, "0.05"},
		{eur, 50, "0.50"},
		{eur, 48_00, "48.00"},
		{eur, 999_99, "999.99"},
		{eur, 1234_50, "1,234.50"},
		{eur, 1_234_567_89, "1,234,567.89"},
		{eur, -5, "-0.05"},
		{eur, -1234_50, "-1,234.50"},
		{jpy, 0, "0"},
		{jpy, 999, "999"},
		{jpy, 12345, "12,345"},
		{kwd, 1, "0.001"},
		{kwd, 1234567, "1,234.567"},
		{eur, math.MaxInt64, "92,233,720,368,547,758.07"},
		{eur, math.MinInt64, "-92,233,720,368,547,758.08"},
	} {
		if got := c.currency.Format(c.m); got != c.want {
			t.Errorf("%s: Format(%d) = %q, want %q", c.currency.Code, c.m, got, c.want)
		}
	}
}

func TestParseMoneyAsClerksTypeIt(t *testing.T) {
	for _, c := range []struct {
		currency Currency
		in       string
		want     Money
	}{
		{eur, "50", 50_00},
		{eur, " 50 ", 50_00},
		{eur, "50.5", 50_50},
		{eur, "50,5", 50_50},
		{eur, "50.50", 50_50},
		{eur, "50,50", 50_50},
		{eur, ".5", 50},
		{eur, ",05", 5},
		{eur, "0", 0},
		{eur, "0.00", 0},
		{eur, "007", 7_00},
		{eur, "1234", 1234_00},
		{eur, "1,234", 1234_00},
		{eur, "1.234", 1234_00},
		{eur, "1,234.5", 1234_50},
		{eur, "1.234,50", 1234_50},
		{eur, "1,234,567", 1_234_567_00},
		{eur, "1.234.567,89", 1_234_567_89},
		{eur, "99999999.99", maxMoney - 1},
		{jpy, "5000", 5000},
		{jpy, "5,000", 5000},
		{jpy, "1,234,567", 1_234_567},
		{kwd, "1", 1000},
		{kwd, "1.234", 1234},
		{kwd, "1,234.500", 1_234_500},
	} {
		if got, err := c.currency.Parse(c.in); got != c.want || err != nil {
			t.Errorf("%s: Parse(%q) = %d, %v; want %d", c.currency.Code, c.in, got, err, c.want)
		}
	}
}

func TestParseMoneyRefusesWhatIsNoAmount(t *testing.T) {
	for _, c := range []struct {
		currency Currency
		in       string
		words    string
	}{
		{eur, "", "nothing was typed"},
		{eur, "   ", "nothing was typed"},
		{eur, ".", "digits are missing"},
		{eur, "50.", "digits are missing"},
		{eur, "-5", "write digits, like 50.00"},
		{eur, "+5", "write digits"},
		{eur, "5e3", "write digits"},
		{eur, "0x10", "write digits"},
		{eur, "12a", "write digits"},
		{eur, "1 234", "write digits"},
		{eur, "٥", "write digits"},
		{eur, "0.500", "EUR has 2 digits behind the point"},
		{eur, ".500", "EUR has 2 digits behind the point"},
		{eur, "1.5000", "EUR has 2 digits behind the point"},
		{jpy, "5.5", "JPY has no digits behind the point"},
		{kwd, "1.2345", "KWD has 3 digits behind the point"},
		{eur, "1234,567", "write it like 1,234.00"},
		{eur, "1,23,45", "write it like"},
		{eur, "1,234,56", "write it like"},
		{eur, "1.234.56", "write it like"},
		{eur, "1,234.567", "write it like"},
		{eur, "1,,234", "write it like"},
		{eur, ",1,234", "write it like"},
		{eur, "..5", "write it like"},
		{jpy, "12,34,567", "write it like 1,234: "},
		{kwd, "1,234,567", "write it like 1,234.000"},
		{eur, "100000000", "more than a till can hold"},
		{eur, "99999999999999999999999", "more than a till can hold"},
		{eur, "\x1b[2J5", "write digits"},
	} {
		_, err := c.currency.Parse(c.in)
		if KindOf(err) != KindInvalid {
			t.Errorf("%s: Parse(%q): %v, want it refused", c.currency.Code, c.in, err)
			continue
		}
		if words := err.Error() + ": "; !strings.Contains(words, c.words) {
			t.Errorf("%s: Parse(%q) says %q, want %q", c.currency.Code, c.in, err, c.words)
		}
		if words := err.Error(); Clean(words) != words {
			t.Errorf("%s: Parse(%q) says %+q, which is not clean", c.currency.Code, c.in, words)
		}
	}
}

func TestParseReadsWhatFormatWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]Currency{eur, jpy, kwd, {"CLF", 4}}).Draw(t, "currency")
		m := Money(rapid.Int64Range(0, int64(maxMoney)-1).Draw(t, "amount"))
		if got, err := c.Parse(c.Format(m)); got != m || err != nil {
			t.Errorf("%s: %d is written %q and read as %d, %v", c.Code, m, c.Format(m), got, err)
		}
		if minus := c.Format(-m); m > 0 && minus != "-"+c.Format(m) {
			t.Errorf("%s: %d is written %q", c.Code, -m, minus)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"50", "50,50", "1,234.50", "1.234", ".5", "0.001", "-5", "1,23,45", "99999999999999999999", "٥", "5\xff"} {
		for digits := range 5 {
			f.Add(s, uint8(digits))
		}
	}
	f.Fuzz(func(t *testing.T, s string, digits uint8) {
		c := Currency{"XTS", int(digits % 5)}
		m, err := c.Parse(s)
		if err != nil {
			if KindOf(err) != KindInvalid || m != 0 {
				t.Fatalf("Parse(%q) = %d, %v", s, m, err)
			}
			return
		}
		if m < 0 || m >= maxMoney {
			t.Fatalf("Parse(%q) = %d is out of bounds", s, m)
		}
		if again, err := c.Parse(c.Format(m)); again != m || err != nil {
			t.Fatalf("Parse(%q) = %d, written %q, read again as %d, %v", s, m, c.Format(m), again, err)
		}
		// Whatever the points and commas mean, no digit is lost or made up.
		digitsOf := func(s string) string {
			return strings.TrimLeft(strings.NewReplacer(".", "", ",", "").Replace(strings.TrimSpace(s)), "0")
		}
		if got, typed := digitsOf(c.Format(m)), digitsOf(s); strings.TrimRight(got, "0") != strings.TrimRight(typed, "0") {
			t.Fatalf("Parse(%q) = %s has other digits", s, c.Format(m))
		}
	})
}
