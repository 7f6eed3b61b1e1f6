package history

import (
	"encoding/gob"
	"errors"
	"io"
	"os"
	"sync"
)

// Log keeps operations in a file, so that they outlive the process that does them.
type Log struct {
	mu   sync.Mutex
	file *os.File
	out  *gob.Encoder
	err  error
}

// NewLog makes the file at path.
func NewLog(path string) (*Log, error) {
	file, err := os.Create(path) //nolint:gosec // the test's own
	if err != nil {
		return nil, err
	}
	return &Log{file: file, out: gob.NewEncoder(file)}, nil
}

// Add adds an operation, or what has become of it.
func (l *Log) Add(op Operation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = errors.Join(l.err, l.out.Encode(op))
}

// Close ends the log.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.err, l.file.Close())
}

// ReadLog returns the operations of a log, each as it was last noted: those that were
// never answered are so. The end of a log may be missing.
func ReadLog(path string) ([]Operation, error) {
	file, err := os.Open(path) //nolint:gosec // the test's own
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := gob.NewDecoder(file)
	var ops []Operation
	at := map[int64]int{} // by when it was sent: no two are sent at one tick
	for {
		var op Operation
		switch err := in.Decode(&op); {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return ops, nil
		case err != nil:
			return ops, err
		}
		if i, known := at[op.Invoked]; known {
			ops[i] = op
			continue
		}
		at[op.Invoked] = len(ops)
		ops = append(ops, op)
	}
}
