package theme

import (
	"math"
	"testing"
)

// TestHuesOfZones measures what the package promises of zone hues: about equal
// lightness, told apart by everybody.
func TestHuesOfZones(t *testing.T) {
	for name, light := range map[string]bool{"dark": false, "light": true} {
		hues := zoneInks(Look{Depth: Colours256, Light: light})
		number := func(i int) int {
			if light {
				return hues[i].light
			}
			return hues[i].dark
		}
		low, high := 100.0, 0.0
		for i := range hues {
			l := lab(linear(number(i)))[0]
			low, high = min(low, l), max(high, l)
			for j := range i {
				// Differences below 10 are hard to see in small glyphs.
				want := 15.0
				if i >= 5 {
					want = 10
				}
				for eyes, m := range sight {
					d := distance(lab(m.see(linear(number(i)))), lab(m.see(linear(number(j)))))
					if d < want {
						t.Errorf("%s: zones %d and %d differ by %.1f to %s eyes, want %.0f", name, j, i, d, eyes, want)
					}
				}
			}
		}
		if high-low > 18 {
			t.Errorf("%s: lightness runs from %.0f to %.0f", name, low, high)
		}
	}
}

// TestAccentStandsOut: yours is told from any open place by colour alone, too.
func TestAccentStandsOut(t *testing.T) {
	for light, accent := range map[bool]int{false: 220, true: 90} {
		for i, z := range zoneInks(Look{Depth: Colours256, Light: light}) {
			hue := z.dark
			if light {
				hue = z.light
			}
			for eyes, m := range sight {
				if d := distance(lab(m.see(linear(accent))), lab(m.see(linear(hue)))); d < 10 || i < 5 && d < 15 {
					t.Errorf("light %v: the accent and zone %d differ by %.1f to %s eyes", light, i, d, eyes)
				}
			}
		}
	}
}

type matrix [3][3]float64

// sight simulates colour-blindness (Machado, Oliveira and Fernandes 2009,
// severity 1), on linear RGB.
var sight = map[string]matrix{
	"usual":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritan": {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func (m matrix) see(c [3]float64) (seen [3]float64) {
	for i, row := range m {
		seen[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return seen
}

// linear returns the linear RGB of a number in the palette's cube.
func linear(n int) (c [3]float64) {
	n -= 16
	for i, step := range []int{n / 36, n / 6 % 6, n % 6} {
		v := 0.0
		if step > 0 {
			v = float64(55+40*step) / 255
		}
		if c[i] = v / 12.92; v > 0.04045 {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

// lab returns CIE L*a*b* of a linear RGB colour.
func lab(c [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.95047)
	y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}
