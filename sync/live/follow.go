package live

import (
	"context"
	"time"

	"wicket/boxoffice"
)

// reading is what one look at the store brought.
type reading struct {
	head     int64
	newest   time.Time         // when its last entry was made; zero where none is new
	entries  []boxoffice.Entry // after the last reading, oldest first
	skipped  bool              // there were more than the ring keeps
	pictures map[boxoffice.PerformanceID]*boxoffice.Picture
}

// follow reads what is new and shows it. Where it returns an error, all is as it
// was, and the next call catches up.
func (h *Hub) follow(ctx context.Context) error {
	select {
	case <-h.wanted: // it is on screen by now, and read with the rest
	default:
	}
	screen := h.onScreen()
	var got reading
	err := h.store.View(ctx, func(r boxoffice.Reader) error {
		var err error
		got, err = h.read(r, screen)
		return err
	})
	if err != nil {
		return err
	}
	h.last = got.head
	h.mu.Lock()
	defer h.mu.Unlock()
	// Where it was closed and shown again meanwhile, it is another shown, without
	// a picture, and already wanted.
	for id, pic := range got.pictures {
		if seen := h.shown[id]; seen != nil && seen == screen[id] {
			seen.picture.Store(pic)
		}
	}
	h.recent.add(got.entries)
	if !got.newest.IsZero() {
		h.newest = got.newest
	}
	if got.skipped || !h.begun {
		for s := range h.subs {
			s.behind = true
		}
	}
	if len(got.entries) > 0 || len(got.pictures) > 0 || got.skipped || !h.begun || h.err != nil {
		h.tellAll()
	}
	h.begun, h.err = true, nil
	return nil
}

// read reads the journal's news and makes the pictures that they change.
func (h *Hub) read(r boxoffice.Reader, screen map[boxoffice.PerformanceID]*shown) (reading, error) {
	head, _, err := r.Head()
	if err != nil {
		return reading{}, err
	}
	got := reading{head: head, pictures: map[boxoffice.PerformanceID]*boxoffice.Picture{}}
	after := h.last
	if !h.isBegun() {
		after = head
		last, err := r.LastEntries(1)
		if err != nil {
			return got, err
		}
		if len(last) > 0 {
			got.newest = last[0].At
		}
	}
	if head-after > kept {
		after, got.skipped = head-kept, true
	}
	if head > after {
		if got.entries, err = r.Journal(after, int(head-after)); err != nil {
			return got, err
		}
		if n := len(got.entries); n > 0 {
			got.newest = got.entries[n-1].At
		}
	}
	now := later(r.Now(), h.clock.Now())
	for id, seen := range screen {
		old := seen.picture.Load()
		job := choreOf(old, id, got.entries)
		job.all = job.all || got.skipped
		if !job.all && !job.touched {
			continue
		}
		pic, err := h.draw(r, id, old, job, head, now)
		switch {
		case boxoffice.KindOf(err) == boxoffice.KindNotFound:
			h.log.Warn("shown performance not found", "performance", id, "err", err)
		case err != nil:
			return got, err
		default:
			got.pictures[id] = pic
		}
	}
	return got, nil
}

func (h *Hub) isBegun() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.begun
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
