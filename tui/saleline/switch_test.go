package saleline_test

import (
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/saleline"
)

// to returns the performance a line goes to, zero where it goes to none.
func to(line string, ctx saleline.Context) boxoffice.PerformanceID {
	s, _ := saleline.Parse(line, ctx).(saleline.Switch)
	return s.Performance.ID
}

// A time is the next performance at that time which is not over.
func TestTimesMeanTheNext(t *testing.T) {
	ctx := tonight(theatre())
	for _, c := range []struct {
		now  time.Time
		line string
		want boxoffice.PerformanceID
	}{
		{at(27, 19, 12), "20:00", 1},
		{at(27, 20, 40), "20:00", 1}, // somebody comes late
		{at(27, 21, 30), "20:00", 4},
		{at(27, 21, 30), "macbeth", 0}, // twice tomorrow
		{at(27, 21, 30), "macbeth 15:00", 3},
		{at(27, 19, 12), "8pm", 1},
		{at(27, 19, 12), "20h", 1},
		{at(27, 19, 12), "20.30", 2},
		{at(27, 19, 12), "3pm", 3},
		{at(27, 19, 12), "sat 20:00", 4},
		{at(27, 19, 12), "20:00 sat", 4},
		{at(27, 19, 12), "tomorrow 8pm", 4},
		{at(27, 19, 12), "macbeth saturday 8pm", 4},
		{at(27, 19, 12), "sunday 20:00", 6},
		{at(27, 19, 12), "12 angry men", 6},
		{at(27, 19, 12), "tonight 20:30", 2},
		{at(30, 23, 0), "comedy", 2}, // long over: the last there was
		{at(27, 19, 12), "fri", 0},   // two tonight
		{at(27, 19, 12), "21:00", 0},
		{at(27, 19, 12), "tuesday", 0},
		{at(27, 19, 12), "macbeth mon", 0},
		{at(27, 19, 12), "p0", 0},
		{at(27, 19, 12), "p7", 7},
		{at(27, 19, 12), "p 7", 7},
		{at(27, 19, 12), "P8", 0},
		{at(27, 19, 12), "macbeth-1128", 4},
		{at(27, 19, 12), "macbeth-1128m", 3},
		{at(27, 19, 12), "comedy-", 2},
	} {
		ctx.Now = c.now
		if got := to(c.line, ctx); got != c.want {
			t.Errorf("at %s «%s» goes to %d, want %d: %s", c.now.Format("Mon 15:04"), c.line, got, c.want, saleline.Parse(c.line, ctx).Words())
		}
	}
}

// Times are the house's, not the machine's or UTC's.
func TestHouseTime(t *testing.T) {
	ctx := tonight(theatre())
	ctx.Location = time.FixedZone("Europe/Madrid", 3600)
	if got := to("21:30", ctx); got != 2 {
		t.Errorf("20:30 UTC is not 21:30 an hour east of it: %d", got)
	}
	c := saleline.Parse("hold Vidal 21:00", ctx).(saleline.Command)
	if want := at(27, 20, 0); !c.Until.Equal(want) || c.Until.Location() != time.UTC {
		t.Errorf("until %s, want %s in UTC", c.Until, want)
	}
}

// Where two performances begin at the same time, both are named.
func TestSameTime(t *testing.T) {
	ctx := tonight(paraninfo())
	ctx.Performances[1].Curtain = ctx.Performances[0].Curtain
	u, ok := saleline.Parse("20:00", ctx).(saleline.Unknown)
	if want := "«20:00» could be p 1 Macbeth 20:00, p 2 Comedy Night 20:00"; !ok || u.Why != want {
		t.Fatalf("20:00: %q, want %q", u.Why, want)
	}
	if got := to(u.Hint, ctx); got != 1 {
		t.Errorf("«%s» goes to %d", u.Hint, got)
	}
}

// A quantity of a price code is not a time.
func TestCodeLikeATime(t *testing.T) {
	ctx := tonight(theatre())
	ctx.Prices.Types = append(ctx.Prices.Types, boxoffice.PriceType{ID: 9, Code: "pm", Name: "Promenade", Rank: 9})
	if b, ok := saleline.Parse("8pm", ctx).(saleline.Best); !ok || b.Count() != 8 || b.Parties[0].Type.Code != "pm" {
		t.Errorf("8pm is %s", saleline.Parse("8pm", ctx).Words())
	}
	if got := to("8:00pm", ctx); got != 1 {
		t.Errorf("8:00pm goes to %d", got)
	}
}

// A ticket is known by its shape, before anything else.
func TestScans(t *testing.T) {
	ctx := tonight(theatre())
	for line, want := range map[string]string{
		"T0000F2801AG78PWRP":      "T0000F2801AG78PWRP",
		"]Q1T0000F2801AG78PWRP":   "T0000F2801AG78PWRP",
		"]C0T0000F2801AG78PWRP\r": "T0000F2801AG78PWRP",
		"T-0000-F280-1AG7-8PWR-P": "T0000F2801AG78PWRP",
		"t oooo f280 iag7 8pwr p": "T0000F2801AG78PWRP",
		"T-0000-F280-1AG7-8PWR-X": "T-0000-F280-1AG7-8PWR-X", // mistyped
		"]E05901234123457":        "]E05901234123457",        // something else that was scanned
		"T0000F2801AG78PWR":       "",
		"X0000F2801AG78PWRP":      "",
		"theresa-anne smither":    "",
		"the 39 steps matinee":    "",
	} {
		s, _ := saleline.Parse(line, ctx).(saleline.Scan)
		if s.Code != want {
			t.Errorf("%q is the ticket %q, want %q", line, s.Code, want)
		}
	}
}
