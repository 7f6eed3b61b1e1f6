package seating

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// subsets calls do with every subset of n places.
func subsets(places []boxoffice.Place, n int, do func([]boxoffice.Place)) {
	set := make([]boxoffice.Place, 0, n)
	var next func(from int)
	next = func(from int) {
		if len(set) == n {
			do(set)
			return
		}
		for i := from; i <= len(places)-(n-len(set)); i++ {
			set = append(set, places[i])
			next(i + 1)
			set = set[:len(set)-1]
		}
	}
	next(0)
}

// smallHouse draws a house of a few rows with aisles, special places, zones and
// levels. At most about sixteen of its seats are free.
func smallHouse(t *rapid.T) *drawing {
	var rows []string
	seats := 0
	for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
		if i > 0 {
			if sep := rapid.SampledFrom([]string{"", "", "", "", "zone", "=", "=="}).Draw(t, "separator"); sep != "" {
				rows = append(rows, sep)
			}
		}
		var b strings.Builder
		for range rapid.IntRange(1, 9).Draw(t, "columns") {
			glyph := rapid.SampledFrom([]byte(".....xxx   rwcC")).Draw(t, "glyph")
			if glyph == '.' || glyph == 'r' {
				if seats++; seats > 15 {
					glyph = 'x'
				}
			}
			b.WriteByte(glyph)
		}
		rows = append(rows, b.String())
	}
	d := draw(rows...)
	d.plan.Stage = rapid.SampledFrom([]boxoffice.Edge{boxoffice.EdgeTop, boxoffice.EdgeBottom, boxoffice.EdgeNone}).Draw(t, "stage")
	if rapid.IntRange(0, 4).Draw(t, "patchwork") == 0 {
		for i := range d.plan.Places {
			d.plan.Places[i].Zone = rapid.IntRange(0, len(d.plan.Zones)-1).Draw(t, "zone")
		}
	}
	return d
}

// asked draws a question for ordinary seats in any zone, one, or some.
func asked(t *rapid.T, d *drawing, most int) Request {
	req := anywhere(rapid.IntRange(1, most).Draw(t, "seats"))
	switch rapid.IntRange(0, 5).Draw(t, "where") {
	case 0:
		req.Zone = rapid.IntRange(0, len(d.plan.Zones)-1).Draw(t, "zone asked")
	case 1:
		req.Section = rapid.IntRange(0, max(0, len(d.plan.Sections)-1)).Draw(t, "section asked")
	case 2:
		req.Zones = rapid.SliceOfN(rapid.Bool(), len(d.plan.Zones), len(d.plan.Zones)).Draw(t, "priced")
	}
	return req
}

// TestAgainstBruteForce compares Best with the best of all subsets.
func TestAgainstBruteForce(t *testing.T) {
	seen := map[tier]int{}
	house := func(t *rapid.T) {
		d := smallHouse(t)
		req := asked(t, d, 5)
		h := slow{d.plan, d.free, req}
		got := Prepare(d.plan).Best(d.free, req, 1)
		var best merit
		var bestSet []boxoffice.Place
		fewest := 1 << 20
		subsets(h.mayHave(), req.Seats, func(set []boxoffice.Place) {
			m := h.judge(set)
			if bestSet == nil || slices.Compare(m.order(), best.order()) < 0 {
				best, bestSet = m, slices.Clone(set)
			}
		})
		if bestSet == nil {
			if len(got) != 0 {
				t.Fatalf("there is nothing, got\n%s", d.with(got[0].Places))
			}
			return
		}
		var nos []boxoffice.PlaceNo
		for _, p := range bestSet {
			nos = append(nos, p.No)
		}
		if len(got) == 0 {
			t.Fatalf("got nothing, there is\n%s\n%+v", d.with(nos), best)
		}
		seen[best.tier]++
		var set []boxoffice.Place
		for _, no := range got[0].Places {
			set = append(set, d.plan.Places[no-1])
		}
		mine := h.judge(set)
		if best.tier <= behind {
			if !slices.Equal(mine.order(), best.order()) {
				t.Fatalf("%+v: got\n%s\n%s %+v\nbest is\n%s\n%+v", req, d.with(got[0].Places), got[0].Why, mine, d.with(nos), best)
			}
			s := got[0].score
			if s.tier != mine.tier || int(s.orphans) != mine.orphans || int(s.cost) != mine.cost || int(s.zone) != mine.zone || int(s.parts) != mine.parts {
				t.Fatalf("%s: its score is %+v, judged %+v", d.with(got[0].Places), s, mine)
			}
			return
		}
		// Of other parts only the number is promised.
		subsets(h.mayHave(), req.Seats, func(set []boxoffice.Place) {
			if m := h.judge(set); m.tier == best.tier {
				fewest = min(fewest, m.parts)
			}
		})
		if mine.tier != best.tier || mine.parts != fewest {
			t.Fatalf("%+v: got\n%s\n%s %+v\nbest is %d parts, as\n%s\n%+v", req, d.with(got[0].Places), got[0].Why, mine, fewest, d.with(nos), best)
		}
	}
	for range 10 {
		rapid.Check(t, house)
	}
	t.Logf("houses by tier: %v", seen)
	for _, tier := range []tier{together, across, behind, parted, scattered} {
		if seen[tier] == 0 {
			t.Errorf("no house had tier %d", tier)
		}
	}
}
