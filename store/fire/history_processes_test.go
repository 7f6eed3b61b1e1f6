//go:build unix

package fire_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"wicket/store/storetest"
	"wicket/store/storetest/history"
)

// historyHouse names the house in which a process of this test binary is to work, and
// historyCallers whom it works for.
const (
	historyHouse   = "WICKET_TEST_HISTORY_HOUSE"
	historyCallers = "WICKET_TEST_HISTORY_CALLERS"
)

// share maps the file at path, so that all processes that do have one clockwork.
func share(t *testing.T, path string) *clockwork {
	t.Helper()
	size := int(unsafe.Sizeof(clockwork{}))
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(int64(size)); err != nil {
		t.Fatal(err)
	}
	memory, err := syscall.Mmap(int(file.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(memory) })
	return (*clockwork)(unsafe.Pointer(&memory[0]))
}

// TestHistoryOfTwoProcesses has the callers work in two processes on one house. Some
// of what one sends is sent by the other too. One of the two is killed again and
// again; the next in its place sends what it had no answer to once more.
func TestHistoryOfTwoProcesses(t *testing.T) {
	if path := os.Getenv(historyHouse); path != "" {
		workAsProcess(t, path)
		return
	}
	const callers, between = 32, 2500 // operations of a process between deaths
	total := operations(t, 30_000, 300_000)
	dir := t.TempDir()
	path := filepath.Join(dir, "house.wicket")
	c := share(t, path+".clock")
	c.begin(total)
	store, crowd := newCrowd(t, path, storetest.Rows(8, 8, 0), callers, brief, c)
	began := time.Now()

	var logs []string
	start := func(first int, again []history.Operation) *process {
		log := fmt.Sprintf("%s.log%d", path, len(logs))
		logs = append(logs, log)
		return startProcess(t, path, log, fmt.Sprintf("%d:%d", first, callers/2), again)
	}
	survivor, mortal := start(0, nil), start(callers/2, nil)
	read := func(log string) []history.Operation {
		ops, err := history.ReadLog(log)
		if err != nil {
			t.Fatal(err)
		}
		return ops
	}
	// What one of them says the other is told; ends when both have worked all there is.
	deaths, done, ended := 0, 0, 0
	for ended < 2 {
		var from *process
		var line string
		select {
		case line = <-survivor.lines:
			from = survivor
		case line = <-mortal.lines:
			from = mortal
		}
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "":
			_ = from.cmd.Wait()
			t.Fatalf("a process ended by itself: %s", from.said)
		case word == "again" && from == survivor:
			mortal.tell(line)
		case word == "again":
			survivor.tell(line)
		case word == "done" && from == mortal:
			if done++; c.left.Load() < between || done*tellEvery < between {
				continue
			}
			mortal.kill()
			done = 0
			deaths++
			var unheard []history.Operation
			for _, op := range read(logs[len(logs)-1]) {
				if op.Returned == 0 && op.Command != "" && op.What != history.Sweep {
					unheard = append(unheard, op)
				}
			}
			mortal = start(callers/2, unheard)
		case word == "worked":
			ended++
		case word == "trouble":
			t.Error(rest)
		}
	}
	worked := time.Since(began)
	survivor.end()
	mortal.end()
	var ops []history.Operation
	for _, log := range logs {
		ops = append(ops, read(log)...)
	}
	if deaths == 0 && total >= 4*between {
		t.Error("nobody died")
	}
	judge(t, store, crowd, ops, fmt.Sprintf("%d callers in two processes, of which one died %d times,", callers, deaths), worked)
}

// process is one that works for callers of a history.
type process struct {
	*testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string // what it says; closed with it
	said  *strings.Builder
}

// startProcess starts one, and lets it send again what another had no answer to.
func startProcess(t *testing.T, path, log, callers string, again []history.Operation) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHistoryOfTwoProcesses$", "-test.v", "-test.timeout=0")
	cmd.Env = append(os.Environ(), historyHouse+"="+path, historyCallers+"="+callers+":"+log)
	p := &process{T: t, cmd: cmd, lines: make(chan string, 1024), said: &strings.Builder{}}
	out, child, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.ExtraFiles, cmd.Stdout, cmd.Stderr = []*os.File{child}, p.said, p.said
	if p.in, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = child.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	go func() {
		defer close(p.lines)
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				_ = out.Close()
				return
			}
			p.lines <- strings.TrimSuffix(line, "\n")
		}
	}()
	for _, op := range again {
		p.tell("again " + asLine(op))
	}
	p.tell("go")
	return p
}

func asLine(op history.Operation) string {
	line, err := json.Marshal(op)
	if err != nil {
		panic(err) // it is all plain values
	}
	return string(line)
}

// tell writes a line to the process; what it is told in vain it need not know.
func (p *process) tell(line string) { _, _ = io.WriteString(p.in, line+"\n") }

// kill kills it as kill -9 does.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	for range p.lines { //nolint:revive // nobody hears what it said last
	}
	_ = p.cmd.Wait()
}

// end waits until it has done all that it was told.
func (p *process) end() {
	p.Helper()
	p.tell("end")
	for line := range p.lines {
		if words, ok := strings.CutPrefix(line, "trouble "); ok {
			p.Error(words)
		}
	}
	if err := p.cmd.Wait(); err != nil {
		p.Fatalf("a process failed: %v\n%s", err, p.said)
	}
}

// tellEvery is after how many operations a process says that it has done them.
const tellEvery = 100

// workAsProcess is such a process.
func workAsProcess(t *testing.T, path string) {
	var first, n int
	callers, logPath, _ := strings.Cut(os.Getenv(historyCallers), ":/")
	if _, err := fmt.Sscanf(callers, "%d:%d", &first, &n); err != nil {
		t.Fatal(err)
	}
	out := os.NewFile(3, "lines")
	var mu sync.Mutex
	say := func(line string) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = io.WriteString(out, line+"\n")
	}
	c := share(t, path+".clock")
	store := openStore(t, path, history.Clock{Millis: &c.clock})
	defer closeStore(t, store)
	evening, err := storetest.Reopen(store, nil)
	if err != nil {
		t.Fatal(err)
	}
	start, err := history.Look(store, evening)
	if err != nil {
		t.Fatal(err)
	}
	log, err := history.NewLog("/" + logPath)
	if err != nil {
		t.Fatal(err)
	}
	crowd := c.crowd(store, evening, start)
	crowd.Callers, crowd.Name, crowd.Seed = evening.Staff[first:first+n], fmt.Sprintf("Process %d, ", os.Getpid()), uint64(os.Getpid())
	crowd.Elsewhere = func(op history.Operation) { say("again " + asLine(op)) }
	var answered atomic.Int64
	crowd.Log = func(op history.Operation) {
		log.Add(op)
		if op.Returned != 0 && answered.Add(1)%tellEvery == 0 {
			say("done")
		}
	}
	again, err := crowd.Again("again")
	if err != nil {
		t.Fatal(err)
	}
	begun, ended := make(chan struct{}), make(chan struct{})
	go func() {
		lines := bufio.NewReader(os.Stdin)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				os.Exit(1) // who started it is gone
			}
			switch word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); word {
			case "go":
				close(begun)
			case "end":
				close(ended)
				return
			case "again":
				var op history.Operation
				if err := json.Unmarshal([]byte(rest), &op); err != nil {
					say("trouble " + err.Error())
				}
				again(op)
			}
		}
	}()
	<-begun
	if _, err := crowd.Work(&c.left); err != nil {
		t.Fatal(err)
	}
	say("worked")
	<-ended
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	_ = out.Close()
}
