package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

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

// The log begins again from its start also under readers who never pause, so that there
// is no moment by itself in which nobody reads.
func TestLogBeginsAgainUnderReaders(t *testing.T) {
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
	longest, before := growLog(t, s, func(size int64, _ uint32) bool { return size > 4<<20 })
	again, _ := growLog(t, s, func(size int64, begun uint32) bool {
		longest = max(longest, size)
		return begun != before
	})
	// Where readers are in the way for long, it is a very long one by then.
	if again < longest && longest <= longLog*4<<20 {
		t.Errorf("the log's file had %d KB, and %d when it began again", longest>>10, again>>10)
	}
}

// A very long log, as a long reading leaves it, is cut off once that has ended.
func TestVeryLongLogIsCutOff(t *testing.T) {
	s := openTest(t)
	inside(t, s, func(t *tx) { t.writer.maxLog = 1 << 20 })
	var long int64
	if err := s.View(context.Background(), func(boxoffice.Reader) error {
		long, _ = growLog(t, s, func(size int64, _ uint32) bool { return size > longLog<<20 })
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	growLog(t, s, func(size int64, _ uint32) bool { return size < long })
}

// logOf returns how long the store's log is, and how often it has begun again: its header
// counts that.
func logOf(t *testing.T, s *Store) (size int64, begun uint32) {
	t.Helper()
	log, err := os.Open(s.path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	info, err := log.Stat()
	if err != nil {
		t.Fatal(err)
	}
	var header [16]byte
	if _, err := log.ReadAt(header[:], 0); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return info.Size(), binary.BigEndian.Uint32(header[12:])
}

// growLog writes until the log is as it should be.
func growLog(t *testing.T, s *Store, is func(size int64, begun uint32) bool) (size int64, begun uint32) {
	t.Helper()
	note := strings.Repeat("x", 60_000)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		if err := write(s, note); err != nil {
			t.Fatal(err)
		}
		if size, begun = logOf(t, s); is(size, begun) {
			return size, begun
		}
	}
	t.Fatalf("the log has %d KB, and has begun again %d times", size>>10, begun)
	return 0, 0
}
