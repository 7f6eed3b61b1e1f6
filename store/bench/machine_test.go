//go:build linux

package bench_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// machine is what the figures were taken on.
type machine struct {
	cpu, disk string
	memory    float64 // GB
	load      string  // before anything ran
	sync      time.Duration
	began     time.Time
	busy      []float64 // what others took while ours had its turns
}

func lookAtMachine(t testing.TB, dir string) *machine {
	t.Helper()
	m := &machine{began: time.Now(), cpu: "unknown processor"}
	for line := range strings.Lines(readWhole("/proc/cpuinfo")) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			m.cpu = strings.TrimSpace(value)
		}
	}
	var kb float64
	_, _ = fmt.Sscanf(readWhole("/proc/meminfo"), "MemTotal: %f kB", &kb)
	m.memory = kb / (1 << 20)
	m.load = strings.Join(strings.Fields(readWhole("/proc/loadavg"))[:3], " ")
	m.disk = fileSystem(dir)
	m.sync = syncTime(t, dir, 300)
	return m
}

func (m *machine) text() string {
	slices.Sort(m.busy)
	busy := "nothing of ours ran"
	if len(m.busy) > 0 {
		busy = fmt.Sprintf("while ours had its turns, others took %s of the cores (median; at most %s)", percent(middle(m.busy)), percent(m.busy[len(m.busy)-1]))
	}
	return fmt.Sprintf("Measured %s to %s on %d cores of an %s, %.0f GB, %s, fdatasync of an appended 4 KiB p50 %s, %s %s/%s. Load before %s; %s.",
		m.began.Format("2006-01-02 15:04"), time.Now().Format("15:04"), runtime.NumCPU(), m.cpu, m.memory, m.disk, span(m.sync), runtime.Version(), runtime.GOOS, runtime.GOARCH, m.load, busy)
}

// fileSystem names the kind of file system that dir is on.
func fileSystem(dir string) string {
	kind, best := "unknown file system", -1
	mounts := bufio.NewScanner(strings.NewReader(readWhole("/proc/self/mounts")))
	for mounts.Scan() {
		f := strings.Fields(mounts.Text())
		if len(f) < 3 {
			continue
		}
		within, err := filepath.Rel(f[1], dir)
		if err == nil && within != ".." && !strings.HasPrefix(within, "../") && len(f[1]) > best {
			kind, best = f[2]+" on "+f[0], len(f[1])
		}
	}
	if strings.HasPrefix(kind, "tmpfs") {
		kind += " (MEMORY AND NO DISK: no durable figure here counts)"
	}
	return kind
}

// syncTime is how long it takes to have 4 KiB more of a file on disk: the median.
func syncTime(t testing.TB, dir string, n int) time.Duration {
	t.Helper()
	f, err := os.CreateTemp(dir, "sync")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}()
	page := make([]byte, 4096)
	waits := make([]time.Duration, n)
	for i := range waits {
		asked := time.Now()
		if _, err := f.Write(page); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			t.Fatal(err)
		}
		waits[i] = time.Since(asked)
	}
	return middle(waits)
}

// coreTime is how much of the cores has been used: by all, and by this process and the
// children it has waited for.
type coreTime struct{ all, own time.Duration }

func coreTimes() (c coreTime) {
	var user, nice, system int64
	_, _ = fmt.Sscanf(readWhole("/proc/stat"), "cpu %d %d %d", &user, &nice, &system)
	c.all = time.Duration(user+nice+system) * 10 * time.Millisecond
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var r syscall.Rusage
		if syscall.Getrusage(who, &r) == nil {
			c.own += time.Duration(r.Utime.Nano() + r.Stime.Nano())
		}
	}
	return c
}

func (c coreTime) since(before coreTime) coreTime {
	return coreTime{c.all - before.all, c.own - before.own}
}

// others is what part of the machine others took in so long.
func (c coreTime) others(took time.Duration) float64 {
	return max(0, float64(c.all-c.own)/float64(took)/float64(runtime.NumCPU()))
}

// readWhole returns a file's text, or nothing.
func readWhole(path string) string {
	text, _ := os.ReadFile(path)
	return string(text)
}
