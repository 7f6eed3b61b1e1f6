package boxoffice

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in minor units of the house's currency (cents).
type Money int64

// maxMoney bounds what a person can have meant (a hundred million euros), so that
// sums of many amounts cannot overflow.
const maxMoney = Money(100_000_000_00)

// Currency is an ISO 4217 currency: its code and how many digits stand behind
// the point.
type Currency struct {
	Code   string
	Digits int
}

// currencyDigits lists the ISO 4217 currencies whose minor unit is not a
// hundredth (ISO 4217 list one, 2024-06). The rest have two digits.
var currencyDigits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// ParseCurrency returns the currency with an ISO 4217 code of three letters.
func ParseCurrency(code string) (Currency, error) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return Currency{}, invalid("«%s» is no currency; write the three letters of ISO 4217, like EUR", Shorten(Clean(code), 20))
	}
	if d, ok := currencyDigits[code]; ok {
		return Currency{code, d}, nil
	}
	return Currency{code, 2}, nil
}

// Format writes m with its decimals and a comma between thousands: «1,234.50».
func (c Currency) Format(m Money) string {
	sign := ""
	u := uint64(m)
	if m < 0 {
		sign, u = "-", -u
	}
	s := strconv.FormatUint(u, 10)
	frac := ""
	if c.Digits > 0 {
		for len(s) <= c.Digits {
			s = "0" + s
		}
		s, frac = s[:len(s)-c.Digits], "."+s[len(s)-c.Digits:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s + frac
}

// Parse reads an amount as a clerk types it: «50», «50.5», «50,50», «1,234.50».
// The last point or comma is the decimal one, unless three digits stand behind it
// that could be thousands; the other sign, or the same in all places, groups.
// It returns an *InvalidError for anything else, for a negative amount, for more
// decimals than the currency has, and for more than a till can hold.
func (c Currency) Parse(s string) (Money, error) {
	text := strings.TrimSpace(s)
	bad := func(why string, args ...any) (Money, error) {
		return 0, invalid("«%s» is no amount: %s", Shorten(Clean(s), 20), fmt.Sprintf(why, args...))
	}
	if text == "" {
		return 0, invalid("nothing was typed")
	}
	sample := Money(1234)
	for range c.Digits {
		sample *= 10
	}

	whole, frac := text, ""
	if i := strings.LastIndexAny(text, ".,"); i >= 0 && !c.groups(text[:i], text[i+1:]) {
		whole, frac = text[:i], text[i+1:]
		if frac == "" {
			return bad("digits are missing behind the point")
		}
		if strings.Contains(whole, text[i:i+1]) {
			return bad("write it like %s", c.Format(sample))
		}
	}
	digits, ok := ungroup(whole)
	if !ok {
		return bad("write it like %s", c.Format(sample))
	}
	if strings.Trim(digits+frac, "0123456789") != "" {
		return bad("write digits, like %s", c.Format(sample/1234*50))
	}
	switch {
	case len(frac) > c.Digits && c.Digits == 0:
		return bad("%s has no digits behind the point", c.Code)
	case len(frac) > c.Digits:
		return bad("%s has %d digits behind the point", c.Code, c.Digits)
	}
	frac += strings.Repeat("0", c.Digits-len(frac))
	n, err := strconv.ParseInt("0"+digits+frac, 10, 64)
	if err != nil || Money(n) >= maxMoney {
		return bad("it is more than a till can hold")
	}
	return Money(n), nil
}

// groups reports whether the sign between before and behind parts thousands.
func (c Currency) groups(before, behind string) bool {
	return len(behind) == 3 && c.Digits != 3 && before != "" && before != "0"
}

// ungroup takes the signs between thousands out of a whole number, and reports
// whether they stood where they belong.
func ungroup(whole string) (string, bool) {
	for _, sign := range []string{",", "."} {
		groups := strings.Split(whole, sign)
		if len(groups) == 1 {
			continue
		}
		if groups[0] == "" || len(groups[0]) > 3 {
			return "", false
		}
		for _, g := range groups[1:] {
			if len(g) != 3 || strings.ContainsAny(g, ".,") {
				return "", false
			}
		}
		return strings.Join(groups, ""), !strings.ContainsAny(groups[0], ".,")
	}
	return whole, true
}
