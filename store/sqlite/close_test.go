package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"wicket/boxoffice"
)

// strict is a log in which nothing may be wrong.
func strict(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(failing{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

type failing struct{ t *testing.T }

func (f failing) Write(line []byte) (int, error) {
	f.t.Errorf("the log says %s", line)
	return len(line), nil
}

func TestCloseIsNoTrouble(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	s, err := Open(context.Background(), path, Options{Logger: strict(t)})
	if err != nil {
		t.Fatal(err)
	}
	watch := s.Watch(context.Background())
	if err := write(s, "a"); err != nil {
		t.Fatal(err)
	}
	written(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range watch { //nolint:revive // until it is closed
	}
	var closed *boxoffice.StoreError
	if err := s.Health(); !errors.As(err, &closed) {
		t.Errorf("a closed store is well: %v", err)
	}
	if err := write(s, "b"); !errors.As(err, &closed) {
		t.Errorf("a closed store takes a sale: %v", err)
	}
	for _, file := range []string{path + "-wal", path + "-shm"} {
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left over: %v", filepath.Base(file), err)
		}
	}
}

// The log is cut back also under readers who never pause, so that there is no moment
// by itself in which nobody reads.
func TestLogIsCutUnderReaders(t *testing.T) {
	s := openTest(t)
	inside(t, s, func(t *tx) { t.writer.maxLog = 4 << 20 })
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					_ = s.View(context.Background(), func(r boxoffice.Reader) error {
						_, err := r.LastEntries(10)
						return err
					})
				}
			}
		})
	}
	defer readers.Wait()
	defer close(done)
	note := strings.Repeat("x", 60_000)
	var longest int64
	for range 5000 {
		if err := write(s, note); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(s.path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() < longest {
			return
		}
		longest = info.Size()
	}
	t.Errorf("the log was never cut, and has %d MB", longest>>20)
}
