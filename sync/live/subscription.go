package live

import (
	"maps"
	"sync/atomic"

	"wicket/boxoffice"
)

// shown is a performance that somebody looks at. Its picture is nil until it was
// first read.
type shown struct {
	lookers int // guarded by Hub.mu
	picture atomic.Pointer[boxoffice.Picture]
}

// subscription is one looker. It has no goroutine: the hub leaves a value in
// changed and goes on.
type subscription struct {
	hub     *Hub
	changed chan struct{} // cap 1
	shows   atomic.Pointer[map[boxoffice.PerformanceID]*shown]

	// Guarded by Hub.mu.
	read   uint64 // entries of the ring already given out
	behind bool   // something was skipped
	closed bool
}

var _ boxoffice.Subscription = (*subscription)(nil)

// Subscribe opens a view of the feed; news begins now. Close it.
func (h *Hub) Subscribe() boxoffice.Subscription {
	s := &subscription{hub: h, changed: make(chan struct{}, 1)}
	s.shows.Store(&map[boxoffice.PerformanceID]*shown{})
	h.mu.Lock()
	defer h.mu.Unlock()
	// What happened before the journal was first read nobody can tell.
	s.read, s.behind = h.recent.count, !h.begun
	h.subs[s] = struct{}{}
	return s
}

// Show replaces the performances on screen. Those that others show already have
// their picture at once.
func (s *subscription) Show(performances ...boxoffice.PerformanceID) {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.closed {
		return
	}
	before := *s.shows.Load()
	after := make(map[boxoffice.PerformanceID]*shown, len(performances))
	missing, ready := false, false
	for _, id := range performances {
		if id == 0 || after[id] != nil {
			continue
		}
		seen := h.shown[id]
		if seen == nil {
			seen = &shown{}
			h.shown[id] = seen
		}
		after[id] = seen
		seen.lookers++
		if seen.picture.Load() == nil {
			missing = true
		} else if before[id] == nil {
			ready = true
		}
	}
	s.shows.Store(&after)
	h.drop(before)
	if missing {
		select {
		case h.wanted <- struct{}{}:
		default:
		}
	}
	if ready {
		s.tell()
	}
}

// drop lets go of performances that a looker no longer shows. h.mu is held.
func (h *Hub) drop(shows map[boxoffice.PerformanceID]*shown) {
	for id, seen := range shows {
		if seen.lookers--; seen.lookers == 0 {
			delete(h.shown, id)
		}
	}
}

func (s *subscription) Changed() <-chan struct{} { return s.changed }

func (s *subscription) Picture(id boxoffice.PerformanceID) *boxoffice.Picture {
	if seen := (*s.shows.Load())[id]; seen != nil {
		return seen.picture.Load()
	}
	return nil
}

func (s *subscription) News() (entries []boxoffice.Entry, resync bool) {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	entries, complete := s.hub.recent.since(s.read)
	resync = s.behind || !complete
	if !s.hub.begun {
		return nil, false
	}
	s.read, s.behind = s.hub.recent.count, false
	if resync {
		return nil, true
	}
	return entries, false
}

func (s *subscription) Err() error {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return s.hub.err
}

func (s *subscription) Close() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	delete(h.subs, s)
	h.drop(*s.shows.Load())
	s.shows.Store(&map[boxoffice.PerformanceID]*shown{})
	close(s.changed)
}

// tell wakes the looker; a value nobody took says it already. Hub.mu is held.
func (s *subscription) tell() {
	if s.closed {
		return
	}
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// onScreen returns what is shown now.
func (h *Hub) onScreen() map[boxoffice.PerformanceID]*shown {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.shown)
}
