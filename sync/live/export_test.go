package live

// Breath and LongBreath are how long the hub rests after a read, at least and at most.
const Breath, LongBreath = breath, longBreath

// Kept is how many entries a looker may fall behind.
const Kept = kept

// Pictures returns how many pictures are kept.
func (h *Hub) Pictures() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.shown)
}
