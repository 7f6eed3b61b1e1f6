package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// feeler feels when a file is written, by whichever process of this machine: once each
// time it was told to listen. To hear of each of twenty writes of a sale would take who
// writes a twentieth more.
type feeler struct {
	felt   chan struct{} // receives once the file was written since listen
	path   string
	fd     int
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
	f := &feeler{make(chan struct{}), path, fd, os.NewFile(uintptr(fd), "inotify"), make(chan struct{}), make(chan struct{})}
	if err := f.listen(); err != nil {
		return nil, errors.Join(err, f.events.Close())
	}
	go f.run()
	return f, nil
}

// listen begins to feel for the next time that the file is written.
func (f *feeler) listen() error {
	if _, err := unix.InotifyAddWatch(f.fd, f.path, unix.IN_MODIFY|unix.IN_ONESHOT); err != nil {
		return fmt.Errorf("feel for the store's log: %w", err)
	}
	return nil
}

func (f *feeler) run() {
	defer close(f.ended)
	var many [4096]byte
	for {
		n, err := f.events.Read(many[:])
		if err != nil {
			return
		}
		if !wasWritten(many[:n]) {
			continue
		}
		select {
		case f.felt <- struct{}{}:
		case <-f.done:
			return
		}
	}
}

// wasWritten reports whether an event among these says so. That it listens no more is
// another one.
func wasWritten(events []byte) bool {
	for len(events) >= unix.SizeofInotifyEvent {
		mask, name := binary.NativeEndian.Uint32(events[4:]), binary.NativeEndian.Uint32(events[12:])
		if mask&unix.IN_MODIFY != 0 {
			return true
		}
		events = events[min(len(events), unix.SizeofInotifyEvent+int(name)):]
	}
	return false
}

func (f *feeler) close() {
	close(f.done)
	_ = f.events.Close()
	<-f.ended
}
