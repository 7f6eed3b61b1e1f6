package main

import (
	"context"
	"io"
)

// typed is what is typed or piped in, until ctx ends: who waits for a line that does not
// come is not held up by it.
type typed struct {
	ctx context.Context
	in  io.Reader
}

func (t typed) Read(into []byte) (int, error) {
	type got struct {
		text []byte
		err  error
	}
	read := make(chan got, 1)
	go func() { // it ends with the line, or with the program
		text := make([]byte, len(into))
		n, err := t.in.Read(text)
		read <- got{text[:n], err}
	}()
	select {
	case r := <-read:
		return copy(into, r.text), r.err
	case <-t.ctx.Done():
		return 0, t.ctx.Err()
	}
}
