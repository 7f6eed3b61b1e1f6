package sqlite

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// feeler feels when a file is written, by whichever process of this machine.
type feeler struct {
	felt   chan struct{} // receives once the file was written since it last did
	events *os.File
	done   chan struct{}
	ended  chan struct{}
}

// feel begins to feel for writing to the file at path.
func feel(path string) (*feeler, error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, fmt.Errorf("feel for the store's log: %w", err)
	}
	events := os.NewFile(uintptr(fd), "inotify")
	if _, err := unix.InotifyAddWatch(fd, path, unix.IN_MODIFY); err != nil {
		return nil, errors.Join(fmt.Errorf("feel for the store's log: %w", err), events.Close())
	}
	f := &feeler{make(chan struct{}), events, make(chan struct{}), make(chan struct{})}
	go f.run()
	return f, nil
}

func (f *feeler) run() {
	defer close(f.ended)
	var many [4096]byte
	for {
		if _, err := f.events.Read(many[:]); err != nil {
			return
		}
		select {
		case f.felt <- struct{}{}:
		case <-f.done:
			return
		}
	}
}

func (f *feeler) close() {
	close(f.done)
	_ = f.events.Close()
	<-f.ended
}
