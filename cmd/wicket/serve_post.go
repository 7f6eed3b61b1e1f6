package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"wicket/boxoffice"
)

// maxPosts is how many servers may serve one house at once.
const maxPosts = 32

// post is which of the servers of a house one is. It is held by a lock that ends
// with the process, however that ends: terminals of a post that was free are no more.
type post struct {
	number int
	lock   *flock.Flock
}

// takePost takes the lowest post that is free, by a file in folder.
func takePost(folder string) (post, error) {
	for n := 1; n <= maxPosts; n++ {
		lock := flock.New(filepath.Join(folder, fmt.Sprintf("server-%d.lock", n)), flock.SetPermissions(0o600))
		switch ok, err := lock.TryLock(); {
		case err != nil:
			return post{}, fmt.Errorf("note that this server serves the house: %w", err)
		case ok:
			return post{n, lock}, nil
		}
	}
	return post{}, errors.New("too many servers serve this house already; end one first")
}

// leave frees the post.
func (p post) leave() error { return p.lock.Close() }

// terminals is what the names of its terminals begin with: those of the first server
// are «ssh 3», those of the second «ssh 2.3».
func (p post) terminals() string {
	if p.number <= 1 {
		return "ssh "
	}
	return fmt.Sprintf("ssh %d.", p.number)
}

// owns reports whether a terminal of this name is one of its own.
func (p post) owns(terminal string) bool {
	number, ok := strings.CutPrefix(terminal, p.terminals())
	n, err := strconv.Atoi(number)
	return ok && err == nil && strconv.Itoa(n) == number
}

// gone returns who is noted as at work at terminals of its own that are not open.
func (p post) gone(present []boxoffice.AtWork, open map[string]bool) []boxoffice.AtWork {
	var gone []boxoffice.AtWork
	for _, at := range present {
		if p.owns(at.Terminal) && !open[at.Terminal] {
			gone = append(gone, at)
		}
	}
	return gone
}
