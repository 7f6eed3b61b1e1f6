package screentest

import "wicket/boxoffice"

// subscription is a feed that is always in step.
type subscription struct {
	h       *House
	changed chan struct{}
	news    []boxoffice.Entry
	seen    map[boxoffice.PerformanceID]*boxoffice.Picture
	err     error
}

// Subscribe implements boxoffice.Feed.
func (h *House) Subscribe() boxoffice.Subscription {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := &subscription{h: h, changed: make(chan struct{}, 1), seen: map[boxoffice.PerformanceID]*boxoffice.Picture{}}
	h.subs = append(h.subs, s)
	return s
}

// note adds an entry to what is new.
func (h *House) note(e boxoffice.Entry) {
	e.Seq, e.At = int64(len(h.journal))+1, h.Clock.Now()
	h.journal = append(h.journal, e)
	for _, s := range h.subs {
		s.news = append(s.news, e)
	}
	h.wake()
}

func (h *House) wake() {
	for _, s := range h.subs {
		select {
		case s.changed <- struct{}{}:
		default:
		}
	}
}

func (s *subscription) Show(...boxoffice.PerformanceID) {}

func (s *subscription) Changed() <-chan struct{} { return s.changed }

func (s *subscription) Picture(id boxoffice.PerformanceID) *boxoffice.Picture {
	s.h.mu.Lock()
	defer s.h.mu.Unlock()
	if s.h.Dark {
		return nil
	}
	if pic := s.seen[id]; pic != nil && s.h.Behind {
		return pic
	}
	s.seen[id] = s.h.show(id).pic
	return s.seen[id]
}

func (s *subscription) News() ([]boxoffice.Entry, bool) {
	s.h.mu.Lock()
	defer s.h.mu.Unlock()
	n := s.news
	s.news = nil
	return n, false
}

func (s *subscription) Err() error { return s.err }

func (s *subscription) Close() {}
