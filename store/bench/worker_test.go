//go:build linux

package bench_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Another process of a bench is this test binary with these set.
const (
	workName  = "WICKET_BENCH_WORK"
	workHouse = "WICKET_BENCH_HOUSE"
	workFirst = "WICKET_BENCH_FIRST" // the first of its clerks
	workLasts = "WICKET_BENCH_LASTS"
)

// worker is another process, as it sees itself. It says «ready», works until it is told
// to go on or to end, and writes what came of it.
type worker struct {
	*section
	in    *bufio.Reader
	first int
}

// TestWork is the work of another process; nothing where this is none.
func TestWork(t *testing.T) {
	name := os.Getenv(workName)
	if name == "" {
		t.Skip("a process of TestBench")
	}
	w := &worker{section: &section{TB: t, bench: &bench{table: &table{}, peers: &peers{}}, name: name}, in: bufio.NewReader(os.Stdin)}
	_, _ = fmt.Sscan(os.Getenv(workFirst), &w.first)
	w.lasts, _ = time.ParseDuration(os.Getenv(workLasts))
	h := w.reopen(os.Getenv(workHouse))
	var result any
	switch name {
	case "watch":
		result = w.watchHouse(h)
	case "sell":
		result = w.sellHouse(h)
	default:
		t.Fatalf("there is no work called %q", name)
	}
	w.must(h.store.Close())
	text, err := json.Marshal(result)
	w.must(err)
	fmt.Printf("result %s\n", text)
}

// say tells the bench that the next step is done.
func (w *worker) say() { fmt.Println("ready") }

// told waits until the bench says to go on, and returns the number it says.
func (w *worker) told() (n int64) {
	line, _ := w.in.ReadString('\n')
	_, _ = fmt.Sscan(line, &n)
	return n
}

// employee is another process, as the bench sees it.
type employee struct {
	s     *section
	to    io.WriteCloser
	lines *bufio.Scanner
	cmd   *exec.Cmd
}

// employ starts another process on a house and waits until it is ready.
func (s *section) employ(work, path string, more ...string) *employee {
	s.Helper()
	e := &employee{s: s, cmd: exec.Command(os.Args[0], "-test.run=^TestWork$", "-test.v")}
	e.cmd.Env = append(os.Environ(), append(more, workName+"="+work, workHouse+"="+path, workLasts+"="+s.lasts.String())...)
	e.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	e.cmd.Stderr = os.Stderr
	out, err := e.cmd.StdoutPipe()
	s.must(err)
	e.to, err = e.cmd.StdinPipe()
	s.must(err)
	s.must(e.cmd.Start())
	s.Cleanup(func() {
		_ = e.cmd.Process.Kill()
		_ = e.cmd.Wait()
	})
	e.lines = bufio.NewScanner(out)
	e.lines.Buffer(nil, 64<<20)
	e.hear("ready")
	return e
}

// hear returns what stands behind a word at the beginning of a line.
func (e *employee) hear(word string) []byte {
	e.s.Helper()
	said := ""
	for e.lines.Scan() {
		line := e.lines.Bytes()
		if len(line) >= len(word) && string(line[:len(word)]) == word {
			return line[len(word):]
		}
		said += e.lines.Text() + "\n"
	}
	e.s.Fatalf("the other process never said %q: %s", word, said)
	return nil
}

// tell tells it to go on, and a number.
func (e *employee) tell(n int64) {
	_, err := fmt.Fprintln(e.to, n)
	e.s.must(err)
}

// end tells it to go on, and a number, and returns what came of its work.
func (e *employee) end(n int64) []byte {
	e.s.Helper()
	e.tell(n)
	return e.hear("result ")
}
