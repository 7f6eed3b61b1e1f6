//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// benchTerminals sit at counters of a house over SSH; benchSellers of them sell.
const (
	benchTerminals = 500
	benchSellers   = 50
)

// TestBenchSSH measures how a house is served to 500 terminals: the server is a
// process of its own, this one is everybody's clients; they share the machine.
// make bench-ssh runs it. WICKET_BENCH_SSH names what to measure, all by default;
// WICKET_BENCH_PROFILE is a folder for profiles of the server.
func TestBenchSSH(t *testing.T) {
	wanted := os.Getenv("WICKET_BENCH_SSH")
	if wanted == "" {
		t.Skip("make bench-ssh runs it")
	}
	b := &sshBench{TB: t}
	want := func(what string) bool { return wanted == "all" || slices.Contains(strings.Split(wanted, ","), what) }
	b.house = newBenchHouse(t, benchTerminals+20, 24)
	b.server = startBenchServer(t, b.house)
	b.server.settle(3 * time.Second)
	bare := b.server.look(t)
	b.row("server alone", "", fmt.Sprintf("%.1f MB, %d goroutines", mega(bare.rss), bare.goroutines), true)

	// Nobody needs an idle terminal to know how a rude client is met.
	if want("idle") || want("keys") || want("change") {
		b.fill(bare)
	}
	if want("idle") {
		b.idle(bare)
	}
	if want("keys") {
		b.keys()
	}
	if want("change") {
		b.change()
	}
	b.empty(bare)
	if want("watched") {
		b.watched()
		b.empty(bare)
	}
	if want("rude") {
		b.rude()
	}
	if want("flood") {
		b.flood()
	}
	b.print()
}

// sshBench collects what was measured.
type sshBench struct {
	testing.TB
	house  *benchHouse
	server *benchServer
	seats  []*benchTerminal // all that are open
	rows   [][4]string
	played int // performances sold out so far
	shown  int // which one the terminals show
}

// row notes a figure. A figure without a target cannot miss.
func (b *sshBench) row(what, target, figure string, ok bool) {
	verdict := "ok"
	switch {
	case target == "":
		verdict = ""
	case !ok:
		verdict = "MISS"
	}
	b.rows = append(b.rows, [4]string{what, target, figure, verdict})
	b.Logf("%s: %s (%s) %s", what, figure, target, verdict)
}

// print writes the table.
func (b *sshBench) print() {
	var out strings.Builder
	fmt.Fprintf(&out, "\n%s, %s/%s, %d cores shared by server and clients\n\n", time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	out.WriteString("| what | target | figure | |\n|---|---|---|---|\n")
	for _, r := range b.rows {
		fmt.Fprintf(&out, "| %s |\n", strings.Join(r[:], " | "))
	}
	fmt.Println(out.String())
}

// fill opens everybody's terminal and waits until each shows the house.
func (b *sshBench) fill(bare benchLook) {
	began := time.Now()
	b.open(benchTerminals)
	took := time.Since(began)
	cpu := b.server.look(b).cpu - bare.cpu
	b.row("opening a terminal", "", fmt.Sprintf("%.1f ms of a core, %.1f ms by the clock, one after another", ms(cpu)/benchTerminals, ms(took)/benchTerminals), true)
}

// open opens so many people's terminals and waits until each shows the house.
func (b *sshBench) open(n int) {
	b.shown = 0
	for i := range n {
		b.seats = append(b.seats, b.house.sit(b, b.server.addr, i))
	}
	for i, s := range b.seats {
		if err := s.await("the house", func(s *benchTerminal) bool { return s.sold >= 0 }); err != nil {
			b.server.profile(b, "stuck", time.Second)
			b.Fatalf("terminal %d, %d bytes, the last %q: %v", i, s.wire.Load(), s.tail, err)
		}
	}
}

// idle measures what terminals cost that nobody works at.
func (b *sshBench) idle(bare benchLook) {
	b.server.settle(10 * time.Second)
	before, began := b.server.look(b), time.Now()
	bytes := total(b.seats)
	b.server.profile(b, "idle", 20*time.Second)
	after := b.server.look(b)
	took := time.Since(began)
	kb := float64(after.rss-bare.rss) / 1024 / benchTerminals
	b.row("memory of an idle terminal (RSS)", "≤ 320 KB", fmt.Sprintf("%.0f KB (heap in use %.0f KB, stacks %.0f KB)", kb, float64(after.heap-bare.heap)/1024/benchTerminals, float64(after.stacks-bare.stacks)/1024/benchTerminals), kb <= 320)
	g := float64(after.goroutines-bare.goroutines) / benchTerminals
	b.row("goroutines of an idle terminal", "≤ 16", fmt.Sprintf("%.1f", g), g <= 16)
	cpu := 100 * float64(after.cpu-before.cpu) / float64(took)
	b.row("500 idle terminals", "≤ 15 % of a core", fmt.Sprintf("%.1f %%", cpu), cpu <= 15)
	b.row("written to an idle terminal", "", fmt.Sprintf("%.1f B/s", float64(total(b.seats)-bytes)/took.Seconds()/benchTerminals), true)
}

// keys measures the first paint and the cursor keys of one clerk, while everybody
// else's terminal is open.
func (b *sshBench) keys() {
	s := b.seats[0]
	painted := make([]int64, 0, 10)
	for i := range cap(painted) {
		extra := b.house.sit(b, b.server.addr, benchTerminals+i)
		extra.waitFor(b, "the house", func(s *benchTerminal) bool { return s.sold >= 0 })
		extra.quiet(300 * time.Millisecond)
		painted = append(painted, extra.wire.Load()-extra.opened)
		extra.close()
	}
	most := slices.Max(painted)
	b.row("first paint, on the wire", "≤ 12 KB", fmt.Sprintf("%.1f KB at most of %d", float64(most)/1024, len(painted)), most <= 12*1024)

	arrows := []string{"\x1b[C", "\x1b[B", "\x1b[D", "\x1b[A"}
	var waits []time.Duration
	var sizes []int64
	for i := range 200 {
		s.quiet(40 * time.Millisecond)
		before := s.wire.Load()
		waits = append(waits, s.toFirstByte(b, arrows[i%len(arrows)]))
		s.quiet(70 * time.Millisecond)
		sizes = append(sizes, s.wire.Load()-before)
	}
	slices.Sort(waits)
	slices.Sort(sizes)
	b.row("a cursor key, on the wire", "≤ 900 B", fmt.Sprintf("p50 %d B, p99 %d B, most %d B", sizes[len(sizes)/2], sizes[len(sizes)*99/100], sizes[len(sizes)-1]), sizes[len(sizes)*99/100] <= 900)
	p95 := waits[len(waits)*95/100]
	b.row("key to first byte, 500 open", "p95 ≤ 50 ms", fmt.Sprintf("p50 %.1f ms, p95 %.1f ms, most %.1f ms", ms(waits[len(waits)/2]), ms(p95), ms(waits[len(waits)-1])), p95 <= 50*time.Millisecond)
}

// empty ends all terminals and waits for the server to let go of them.
func (b *sshBench) empty(bare benchLook) {
	if len(b.seats) == 0 {
		return
	}
	for _, s := range b.seats {
		s.close()
	}
	b.seats = nil
	left := b.server.back(b, bare.goroutines)
	b.row("goroutines once all have left", fmt.Sprintf("≤ %d", bare.goroutines+2), fmt.Sprint(left), left <= bare.goroutines+2)
}

func total(seats []*benchTerminal) (n int64) {
	for _, s := range seats {
		n += s.wire.Load()
	}
	return n
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func mega(bytes int64) float64 { return float64(bytes) / (1 << 20) }
