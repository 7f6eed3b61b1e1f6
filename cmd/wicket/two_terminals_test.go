//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/tui/tuitest/journey"
)

// BenchmarkTwoTerminals measures how long it takes from a key in one terminal until
// what it did stands on the screen of another, each a process of its own on one
// house. One operation is one sale: taking a seat and paying for it, each seen by
// the other; they take turns.
func BenchmarkTwoTerminals(b *testing.B) {
	const seats, standing = 600, 1200
	house := openHouse(b, seats, standing)
	windows := [2]*journey.Screen{house.terminal(b, "Ana", "window 2"), house.terminal(b, "Ben", "window 4")}
	for _, w := range windows {
		see(b, w, `Macbeth`)
	}
	var took, sold []time.Duration
	for i := 0; b.Loop(); i++ {
		if i == seats+standing {
			b.Fatalf("the house has %d places: ask for fewer with -benchtime", i)
		}
		seller, other := windows[i%2], windows[(i+1)%2]
		line := "1a stalls"
		if i >= seats {
			line = "1a floor"
		}
		press(b, seller, line)
		see(b, seller, `› `+line+`\s`)
		see(b, seller, `24\.00`)
		took = append(took, until(b, seller, "\r", other, `[^\d]1 held`))
		see(b, seller, `Basket +24\.00`)
		press(b, seller, "\r")
		see(b, seller, `To pay`)
		sold = append(sold, until(b, seller, "\r", other, fmt.Sprintf(`[^\d]%d sold`, i+1)))
		see(b, seller, fmt.Sprintf(`order %d`, 1001+i))
	}
	report := func(what string, all []time.Duration) {
		slices.Sort(all)
		at := func(p float64) float64 {
			return float64(all[min(len(all)-1, int(p*float64(len(all))))].Microseconds()) / 1000
		}
		b.ReportMetric(at(0.5), what+"-p50-ms")
		b.ReportMetric(at(0.99), what+"-p99-ms")
		b.ReportMetric(at(1), what+"-max-ms")
	}
	b.ReportMetric(0, "ns/op") // it says how long a clerk takes, which is this test
	report("took", took)
	report("sold", sold)
}

// commonHouse is a house file that terminals of several processes open.
type commonHouse struct {
	dir string
	env []string
}

// openHouse makes a house with so many seats and standing places, one performance
// tonight, and the clerks Ana and Ben.
func openHouse(tb testing.TB, seats, standing int) *commonHouse {
	tb.Helper()
	return openHouseIn(tb, tb.TempDir(), seats, standing)
}

// openHouseIn makes such a house in a folder.
func openHouseIn(tb testing.TB, dir string, seats, standing int) *commonHouse {
	tb.Helper()
	h := &commonHouse{dir: dir}
	h.env = append(os.Environ(), "HOME="+h.dir, "XDG_DATA_HOME="+h.dir, "WICKET_HOUSE="+filepath.Join(h.dir, "house.wicket"), "WICKET_PIN=", "TERM=xterm-256color")
	zone, curtain := eveningAt(time.Now())
	var plan strings.Builder
	plan.WriteString("section,row,seat,capacity,zone\n")
	for i := range seats {
		fmt.Fprintf(&plan, "Stalls,%c,%d,,Seats\n", 'A'+i/30, i%30+1)
	}
	fmt.Fprintf(&plan, "Floor,,,%d,Standing\n", standing)
	h.write(tb, "hall.csv", plan.String())
	h.write(tb, "programme.yaml", fmt.Sprintf(`price-types: {a: Adult}
events:
  - key: macbeth
    title: Macbeth
    plan: hall
    prices: {"*": {a: 24.00}}
    performances: [{key: macbeth-1, curtain: %s, on-sale: yes}]
`, curtain.Format(curtainForm)))
	h.run(tb, "house", "create", "--name", "Teatro Leal", "--currency", "EUR", "--zone", zone, "--manager", "Maria")
	h.run(tb, "staff", "add", "Ana", "--role", "clerk")
	h.run(tb, "staff", "add", "Ben", "--role", "clerk")
	h.run(tb, "plan", "import", "hall.csv", "--name", "hall")
	h.run(tb, "programme", "load", "programme.yaml")
	return h
}

func (h *commonHouse) write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func (h *commonHouse) command(args ...string) *exec.Cmd {
	cmd := exec.Command("wicket", args...)
	cmd.Dir, cmd.Env = h.dir, h.env
	return cmd
}

// run runs wicket and returns what it printed.
func (h *commonHouse) run(tb testing.TB, args ...string) string {
	tb.Helper()
	out, err := h.command(args...).CombinedOutput()
	if err != nil {
		tb.Fatalf("wicket %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// terminal opens the house at a window.
func (h *commonHouse) terminal(tb testing.TB, staff, window string) *journey.Screen {
	tb.Helper()
	s, err := journey.Start(window, h.command("--staff", staff, "--terminal", window), 100, 30)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

func press(tb testing.TB, s *journey.Screen, keys string) {
	tb.Helper()
	if err := s.Send(keys); err != nil {
		tb.Fatal(err)
	}
}

// see waits until the screen shows a pattern.
func see(tb testing.TB, s *journey.Screen, pattern string) {
	tb.Helper()
	if err := s.Wait(regexp.MustCompile("(?m)"+pattern), true, 30*time.Second); err != nil {
		tb.Fatal(err)
	}
}

// until returns how long it took from a key on one screen until another showed a
// pattern.
func until(tb testing.TB, on *journey.Screen, key string, other *journey.Screen, pattern string) time.Duration {
	tb.Helper()
	began := time.Now()
	press(tb, on, key)
	see(tb, other, pattern)
	return time.Since(began)
}
