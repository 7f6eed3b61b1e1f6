package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
)

// answer is the standard output. It remembers that something could not be written: a
// recount whose answer nobody can read is not known to be clean.
type answer struct {
	file *os.File
	mu   sync.Mutex
	err  error
}

func (a *answer) Write(text []byte) (int, error) {
	n, err := a.file.Write(text)
	if err != nil && !errors.Is(err, syscall.EPIPE) { // who closed it wanted no more
		a.mu.Lock()
		a.err = cmp.Or(a.err, reason(err))
		a.mu.Unlock()
	}
	return n, err
}

// screen is where a counter is drawn: the terminal itself, where there is one.
func (p *program) screen() io.Writer {
	if a, ok := p.out.(*answer); ok {
		return a.file
	}
	return p.out
}

// ended returns the code to end with: that of a command that did well is not, where its
// answer was not written.
func (p *program) ended(code int, out *answer) int {
	out.mu.Lock()
	defer out.mu.Unlock()
	if code != codeDone || out.err == nil {
		return code
	}
	p.complain(fmt.Sprintf("the answer could not be written: %v\n  what was to be done is done", out.err))
	return codeRefused
}
