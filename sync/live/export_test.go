package live

// Breath is how long the hub rests after a read.
const Breath = breath

// Pictures returns how many pictures are kept.
func (h *Hub) Pictures() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.shown)
}
