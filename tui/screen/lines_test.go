package screen_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
)

// TestHeader: when a performance begins is said whole; the house's name gives way to
// it, and then the title's end.
func TestHeader(t *testing.T) {
	for _, c := range []struct {
		house, about, behind, want string
	}{
		{"Teatro Leal", "Macbeth", " · Fri 27 Nov 20:00", " Teatro Leal   Macbeth · Fri 27 Nov 20:00                Ana · window 2 · 19:12"},
		{"Teatro de la Villa", "A Midsummer Night", " · Fri 27 Nov 20:00", " Teatro de la V…   A Midsummer Night · Fri 27 Nov 20:00  Ana · window 2 · 19:12"},
		{"Teatro de la Villa", "The Merry Wives of Windsor", " · Fri 27 Nov 20:00", " The Merry Wives of Windsor · Fri 27 Nov 20:00           Ana · window 2 · 19:12"},
		{"Villa", "The Comedy of Errors, in two evenings", " · Fri 27 Nov 20:00", " The Comedy of Errors, in two eveni… · Fri 27 Nov 20:00  Ana · window 2 · 19:12"},
		{"Villa", "The Merry Wives of Windsor, or: Falstaff", "", " Villa   The Merry Wives of Windsor, or: Falstaff        Ana · window 2 · 19:12"},
	} {
		house := screentest.New(t).Settings()
		house.Name = c.house
		d := &screen.Desk{
			Staff: boxoffice.Staff{Name: "Ana"}, Actor: boxoffice.Actor{Terminal: "window 2"}, House: house,
			Clock: &screentest.Clock{}, Theme: theme.New(io.Discard, theme.Look{}), Zone: time.FixedZone("", 19*3600+12*60),
		}
		d.Open()
		got := strings.TrimRight(tuitest.Screen(t, d.HeaderOf(80, c.about, c.behind), 80, 1).Text(), " ")
		if got != c.want {
			t.Errorf("«%s», want\n«%s»", got, c.want)
		}
	}
}
