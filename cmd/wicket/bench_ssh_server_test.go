//go:build linux

package main

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"wicket/boxoffice"
)

// benchHouse is a house for many people: each has a key and a counter of their own.
type benchHouse struct {
	dir, file    string
	env          []string
	people       []ssh.Signer
	manager      ssh.Signer
	performances []boxoffice.PerformanceID // in the order PgDn goes through them
}

// benchSeats is how many places each performance has: a hall of a real size.
const benchSeats = 1392

// newBenchHouse makes a house with so many clerks and performances.
func newBenchHouse(tb testing.TB, people, performances int) *benchHouse {
	tb.Helper()
	dir := tb.TempDir()
	h := &benchHouse{dir: dir, file: filepath.Join(dir, "house.wicket")}
	h.env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "WICKET_HOUSE="+h.file, "WICKET_PIN=", "TERM=xterm-256color")
	var plan strings.Builder
	plan.WriteString("level,section,row,seat,zone\n")
	for i := range 960 {
		fmt.Fprintf(&plan, "Stalls,Stalls,%s,%d,%s\n", rowName(i/40), i%40+1, []string{"Front", "Middle", "Back"}[i/320])
	}
	for i := range benchSeats - 960 {
		fmt.Fprintf(&plan, "Circle,Circle,%s,%d,Circle\n", rowName(i/36), i%36+1)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	write("hall.csv", plan.String())
	var programme strings.Builder
	programme.WriteString("price-types: {a: Adult, c: Child}\nevents:\n  - key: macbeth\n    title: Macbeth\n    plan: hall\n    prices: {\"*\": {a: 24.00, c: 12.00}}\n    performances:\n")
	zone, curtain := eveningAt(time.Now())
	for i := range performances {
		fmt.Fprintf(&programme, "      - {key: macbeth-%02d, curtain: %s, on-sale: yes}\n", i, curtain.AddDate(0, 0, i).Format(curtainForm))
	}
	write("programme.yaml", programme.String())
	for _, args := range [][]string{
		{"house", "create", "--name", "Teatro Leal", "--currency", "EUR", "--zone", zone, "--manager", "Maria"},
		{"plan", "import", "hall.csv", "--name", "hall"},
		{"programme", "load", "programme.yaml"},
	} {
		cmd := exec.Command("wicket", args...)
		cmd.Dir, cmd.Env = dir, h.env
		if out, err := cmd.CombinedOutput(); err != nil {
			tb.Fatalf("wicket %v: %v\n%s", args, err, out)
		}
	}
	h.open(tb, func(ctx context.Context, o *house) error {
		by := boxoffice.Actor{Staff: 1, Terminal: "office", Channel: boxoffice.Window}
		enrol := func(staff boxoffice.StaffID) (ssh.Signer, error) {
			_, private, err := ed25519.GenerateKey(rand.Reader)
			if err != nil {
				return nil, err
			}
			key, err := ssh.NewSignerFromKey(private)
			if err != nil {
				return nil, err
			}
			public := key.PublicKey()
			_, err = o.office.AddKey(ctx, boxoffice.NewCommandID(), by, staff, boxoffice.PublicKey{
				Type: public.Type(), Public: public.Marshal(), Fingerprint: ssh.FingerprintSHA256(public),
			})
			return key, err
		}
		manager, err := enrol(by.Staff)
		if err != nil {
			return err
		}
		h.manager = manager
		for i := range people {
			staff, err := o.office.AddStaff(ctx, boxoffice.NewCommandID(), by, "Clerk "+letters(i), boxoffice.Clerk, "")
			if err != nil {
				return err
			}
			key, err := enrol(staff.ID)
			if err != nil {
				return err
			}
			h.people = append(h.people, key)
		}
		list, err := o.office.Performances(ctx, curtain.AddDate(0, 0, -1), curtain.AddDate(0, 0, performances))
		for _, v := range list {
			h.performances = append(h.performances, v.Performance.ID)
		}
		return err
	})
	return h
}

// open opens the house's file beside the server.
func (h *benchHouse) open(tb testing.TB, fn func(ctx context.Context, o *house) error) {
	tb.Helper()
	p := &program{out: io.Discard, err: io.Discard, clock: boxoffice.SystemClock{}, house: h.file}
	o, err := p.openHouse(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	if err := fn(tb.Context(), o); err != nil {
		tb.Fatal(err)
	}
	if err := o.close(); err != nil {
		tb.Fatal(err)
	}
}

func rowName(i int) string { return string(rune('A' + i)) }

// letters names people without digits, which are what counts stand in.
func letters(i int) string { return string([]rune{rune('A' + i/26%26), rune('a' + i%26)}) }

// benchServer is wicket serve in a process of its own.
type benchServer struct {
	cmd     *exec.Cmd
	addr    string
	metrics string
	pprof   string // empty unless profiles are wanted
	folder  string
}

// startBenchServer builds wicket and serves the house. Where profiles are wanted,
// it is this test's own binary, which has the same in it.
func startBenchServer(tb testing.TB, h *benchHouse) *benchServer {
	tb.Helper()
	s := &benchServer{folder: os.Getenv("WICKET_BENCH_PROFILE")}
	program := filepath.Join(h.dir, "wicket")
	env := h.env
	if s.folder != "" {
		program = "wicket-profiled"
		s.pprof = "127.0.0.1:6464"
		env = append(env, "WICKET_BENCH_PPROF="+s.pprof)
	} else {
		build := exec.Command("go", "build", "-o", program, "wicket/cmd/wicket")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			tb.Fatalf("build wicket: %v\n%s", err, out)
		}
	}
	s.cmd = exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--log", filepath.Join(h.dir, "serve.log"))
	s.cmd.Env, s.cmd.Dir, s.cmd.Stderr = env, h.dir, os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = s.cmd.Process.Signal(syscall.SIGKILL)
		_ = s.cmd.Wait()
	})
	open, metrics := regexp.MustCompile(`is open on (\S+)`), regexp.MustCompile(`metrics on (\S+)`)
	lines := bufio.NewScanner(out)
	for s.metrics == "" && lines.Scan() {
		if m := open.FindStringSubmatch(lines.Text()); m != nil {
			s.addr = m[1]
		}
		if m := metrics.FindStringSubmatch(lines.Text()); m != nil {
			s.metrics = m[1]
		}
	}
	if s.metrics == "" {
		tb.Fatal("the server did not open")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return s
}

// benchLook is how the server's process stands.
type benchLook struct {
	rss, heap, stacks int64
	goroutines        int
	cpu               time.Duration
}

// look reads it: memory and time as the kernel counts them.
func (s *benchServer) look(tb testing.TB) benchLook {
	tb.Helper()
	var l benchLook
	pid := strconv.Itoa(s.cmd.Process.Pid)
	status, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		tb.Fatal(err)
	}
	if m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status); m != nil {
		kb, _ := strconv.ParseInt(string(m[1]), 10, 64)
		l.rss = kb << 10
	}
	for name, value := range s.read(tb) {
		switch name {
		case "go_goroutines":
			l.goroutines = int(value)
		case "go_memstats_heap_inuse_bytes":
			l.heap = int64(value)
		case "go_memstats_stack_inuse_bytes":
			l.stacks = int64(value)
		case "process_cpu_seconds_total":
			l.cpu = time.Duration(value * float64(time.Second))
		}
	}
	return l
}

// read asks for the server's metrics; those with labels are left out.
func (s *benchServer) read(tb testing.TB) map[string]float64 {
	tb.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	r, err := client.Get(s.metrics)
	if err != nil {
		tb.Fatal(err)
	}
	defer r.Body.Close()
	values := map[string]float64{}
	for lines := bufio.NewScanner(r.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			values[name] = v
		}
	}
	return values
}

// settle lets time pass.
func (s *benchServer) settle(d time.Duration) { <-time.After(d) }

// back waits until no more than so many goroutines are left, and returns how many
// there are.
func (s *benchServer) back(tb testing.TB, to int) int {
	for late := time.Now().Add(2 * time.Minute); ; {
		n := s.look(tb).goroutines
		if n <= to || time.Now().After(late) {
			return n
		}
		s.settle(500 * time.Millisecond)
	}
}

// profile lets time pass; where profiles are wanted it records them meanwhile.
func (s *benchServer) profile(tb testing.TB, name string, d time.Duration) {
	tb.Helper()
	if s.pprof == "" {
		s.settle(d)
		return
	}
	for _, p := range []string{"profile?seconds=" + strconv.Itoa(int(d.Seconds())), "heap?gc=1", "goroutine?debug=2", "allocs"} {
		kind, _, _ := strings.Cut(p, "?")
		r, err := http.Get("http://" + s.pprof + "/debug/pprof/" + p)
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err == nil {
			err = os.WriteFile(filepath.Join(s.folder, name+"."+kind), data, 0o600)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}
