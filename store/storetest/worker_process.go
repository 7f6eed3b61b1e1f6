package storetest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
)

// Worker is a process that works in a house, seen from outside.
type Worker struct {
	order  WorkOrder
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stderr bytes.Buffer

	mu    sync.Mutex
	moved *sync.Cond
	acks  int  // answered deeds that were done
	ended bool // all it said was read

	reap sync.Once
	how  error // it ended
}

// StartWorker starts a worker by the test binary itself, or by another one that was
// built of the same package; env goes on top of the own environment. What it tells
// goes into ledger. It is killed when the test ends, if it lives so long.
func StartWorker(t testing.TB, ledger *Ledger, order WorkOrder, binary string, env ...string) *Worker {
	t.Helper()
	if binary == "" {
		binary = os.Args[0]
	}
	text, err := json.Marshal(order)
	if err != nil {
		t.Fatal(err)
	}
	w := &Worker{order: order, cmd: exec.Command(binary)}
	w.moved = sync.NewCond(&w.mu)
	w.cmd.Env = append(append(os.Environ(), env...), workerEnv+"="+string(text))
	w.cmd.Stderr = &w.stderr
	if w.stdin, err = w.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	// A pipe of our own: StdoutPipe would be closed under the last lines.
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	w.cmd.Stdout = write
	err = w.cmd.Start()
	_ = write.Close()
	if err != nil {
		_ = read.Close()
		t.Fatal(err)
	}
	go w.listen(read, ledger)
	t.Cleanup(func() {
		_ = w.cmd.Process.Kill()
		_ = w.Wait()
	})
	return w
}

func (w *Worker) listen(from *os.File, ledger *Ledger) {
	defer from.Close()
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		var d Deed
		if json.Unmarshal(lines.Bytes(), &d) != nil {
			continue // the last words of a process that was killed
		}
		ledger.hear(d)
		if d.Done {
			w.mu.Lock()
			w.acks++
			w.moved.Broadcast()
			w.mu.Unlock()
		}
	}
	w.mu.Lock()
	w.ended = true
	w.moved.Broadcast()
	w.mu.Unlock()
}

// Acks returns how many use cases were answered as done so far.
func (w *Worker) Acks() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.acks
}

// Ended reports whether the worker has ended.
func (w *Worker) Ended() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ended
}

// Await waits until n use cases were answered as done; it reports whether they were
// before the worker ended.
func (w *Worker) Await(n int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.acks < n && !w.ended {
		w.moved.Wait()
	}
	return w.acks >= n
}

// Kill ends the worker with SIGKILL; all it told is in the ledger when it returns.
func (w *Worker) Kill() {
	_ = w.cmd.Process.Kill()
	_ = w.Wait()
}

// Abort ends the worker with SIGQUIT: what Wait returns then has what each of its
// goroutines was doing.
func (w *Worker) Abort() { _ = w.cmd.Process.Signal(syscall.SIGQUIT) }

// Stop tells the worker to end: it does what it began, and closes its store.
func (w *Worker) Stop() error {
	_ = w.stdin.Close()
	return w.Wait()
}

// Tell tells the worker to end without waiting for it.
func (w *Worker) Tell() { _ = w.stdin.Close() }

// WasKilled reports whether the error of a worker's Wait says that a signal ended it.
func WasKilled(err error) bool {
	var ended *exec.ExitError
	return errors.As(err, &ended) && !ended.Exited()
}

// Wait waits until the worker has ended and all it told is in the ledger. The error
// has what it complained of.
func (w *Worker) Wait() error {
	w.mu.Lock()
	for !w.ended {
		w.moved.Wait()
	}
	w.mu.Unlock()
	w.reap.Do(func() {
		if err := w.cmd.Wait(); err != nil {
			w.how = fmt.Errorf("worker: %w\n%s", err, w.stderr.String())
		}
	})
	return w.how
}
