package boxoffice

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// lines returns n lines of one amount.
func lines(n int, amount Money, ppm int64, included bool) []Taxed {
	return slices.Repeat([]Taxed{{amount, ppm, included}}, n)
}

func total(parts []Money) Money {
	var sum Money
	for _, p := range parts {
		sum += p
	}
	return sum
}

func TestTaxIsRoundedOncePerRate(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []Taxed
		want  Money
	}{
		{"five at 99.00 with 22 %", lines(5, 99_00, 220_000, true), 89_26},
		{"two at 34.00 and a fee of 2.07 with 7 %", append(lines(2, 34_00, 70_000, true), Taxed{2_07, 70_000, true}), 4_58},
		{"two at 25.00 with 10 %", lines(2, 25_00, 100_000, true), 4_55},
		{"five at 64.00 with 21 %", lines(5, 64_00, 210_000, true), 55_54},
		{"48.00 with 7 %", lines(1, 48_00, 70_000, true), 3_14},
		{"48.00 with 19 %", lines(1, 48_00, 190_000, true), 7_66},
		{"five at 9.99 with 19 %, not five times 1.60", lines(5, 9_99, 190_000, true), 7_98},
		{"added to the price", lines(2, 25_00, 100_000, false), 5_00},
		{"added, a half cent rounds up", lines(1, 5, 100_000, false), 1},
		{"8.875 % added", lines(3, 19_99, 88_750, false), 5_32},
		{"no tax", lines(3, 10_00, 0, true), 0},
		{"comps", lines(3, 0, 100_000, true), 0},
		{"nothing", nil, 0},
		{"refund of five", lines(5, -99_00, 220_000, true), -89_26},
		{"refund of a half cent", lines(1, -5, 100_000, false), -1},
		{"two rates", append(lines(1, 48_00, 70_000, true), lines(1, 48_00, 190_000, true)...), 10_80},
		{"added and included are two rates", append(lines(1, 10_00, 100_000, true), lines(1, 10_00, 100_000, false)...), 1_91},
		{"more than 64 bits on the way", lines(2, maxMoney, 220_000, true), 3_606_557_377},
	} {
		t.Run(c.name, func(t *testing.T) {
			taxes := Taxes(c.lines)
			if len(taxes) != len(c.lines) {
				t.Fatalf("%d taxes for %d lines", len(taxes), len(c.lines))
			}
			if got := total(taxes); got != c.want {
				t.Errorf("tax = %d, want %d (lines %v)", got, c.want, taxes)
			}
		})
	}
}

func TestTaxIsSpreadByLargestRemainder(t *testing.T) {
	for _, c := range []struct {
		name    string
		total   Money
		weights []Money
		want    []Money
	}{
		{"equal lines: the earlier ones get the odd cents", 8926, []Money{99, 99, 99, 99, 99}, []Money{1786, 1785, 1785, 1785, 1785}},
		{"largest remainder first", 10, []Money{1, 2}, []Money{3, 7}},
		{"exact", 10, []Money{3, 7}, []Money{3, 7}},
		{"a comp gets none", 5, []Money{10, 0, 10}, []Money{3, 0, 2}},
		{"only comps", 0, []Money{0, 0}, []Money{0, 0}},
		{"one cent for two", 1, []Money{1, 1}, []Money{1, 0}},
		{"mirror", -1, []Money{-1, -1}, []Money{-1, 0}},
		{"mirror with remainders", -10, []Money{-1, -2}, []Money{-3, -7}},
		{"exchange: one line back, a dearer one out", 55, []Money{-2400, 3000}, []Money{-220, 275}},
		{"exchange: a dearer line back", -55, []Money{2400, -3000}, []Money{220, -275}},
		{"nothing to spread over", 0, nil, []Money{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := spread(c.total, c.weights); !slices.Equal(got, c.want) {
				t.Errorf("spread(%d, %v) = %v, want %v", c.total, c.weights, got, c.want)
			}
		})
	}
}

// roundedTax computes a tax the long way, in fractions.
func roundedTax(amount Money, ppm int64, included bool) Money {
	whole := int64(ppmWhole)
	if included {
		whole += ppm
	}
	tax := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(amount)), big.NewRat(ppm, whole))
	tax.Abs(tax).Add(tax, big.NewRat(1, 2))
	n := Money(new(big.Int).Quo(tax.Num(), tax.Denom()).Int64())
	if amount < 0 {
		return -n
	}
	return n
}

func TestTaxesAddUp(t *testing.T) {
	line := rapid.Custom(func(t *rapid.T) Taxed {
		return Taxed{
			Amount:   Money(rapid.Int64Range(-500_00, 2000_00).Draw(t, "amount")),
			PPM:      rapid.SampledFrom([]int64{0, 21_000, 70_000, 88_750, 100_000, 190_000, 220_000, 1_000_000}).Draw(t, "ppm"),
			Included: rapid.Bool().Draw(t, "included"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		doc := rapid.SliceOfN(line, 0, 30).Draw(t, "lines")
		taxes := Taxes(doc)

		type rate struct {
			ppm      int64
			included bool
		}
		sums, booked := map[rate]Money{}, map[rate]Money{}
		for i, l := range doc {
			sums[rate{l.PPM, l.Included}] += l.Amount
			booked[rate{l.PPM, l.Included}] += taxes[i]
		}
		for r, sum := range sums {
			if want := roundedTax(sum, r.ppm, r.included); booked[r] != want {
				t.Errorf("%+v: lines book %d, the document's tax on %d is %d", r, booked[r], sum, want)
			}
		}

		mirror := slices.Clone(doc)
		for i := range mirror {
			mirror[i].Amount *= -1
		}
		for i, tax := range Taxes(mirror) {
			if tax != -taxes[i] {
				t.Errorf("line %d books %d, given back %d", i, taxes[i], tax)
			}
		}
	})
}

func TestSpreadIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Map(rapid.Int64Range(-1000_00, 5000_00), func(n int64) Money { return Money(n) }), 1, 40).Draw(t, "weights")
		sum := total(weights)
		if sum == 0 {
			weights[0]++
			sum++
		}
		whole := Money(rapid.Int64Range(-int64(maxMoney), int64(maxMoney)).Draw(t, "total"))
		parts := spread(whole, weights)
		if got := total(parts); got != whole {
			t.Fatalf("parts come to %d, not %d", got, whole)
		}
		for i, w := range weights {
			quota := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(whole)), big.NewRat(int64(w), int64(sum)))
			off := quota.Sub(quota, new(big.Rat).SetInt64(int64(parts[i])))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Errorf("part %d is %d, a whole unit or more off its share", i, parts[i])
			}
		}
	})
}
