package sshd

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Stats counts what the server does; what is not «now» only grows.
type Stats struct {
	Connections int // open now
	Handshakes  int // of them without a key proved
	Terminals   int // now
	Commands    int // now

	Refused           map[string]int64 // before a word, by reason
	AuthFailures      int64            // connections that proved no key
	UnknownKeys       int64            // offered
	HandshakeFailures int64            // connections that came to nothing before that
	Crowded           int64            // closed to make room for others
	Panics            int64
	BytesIn, BytesOut int64
}

type counters struct {
	in, out, strangers, authFailures, handshakeFailures, crowded, panics atomic.Int64

	mu      sync.Mutex
	refused map[string]int64
}

func (c *counters) refuse(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refused == nil {
		c.refused = map[string]int64{}
	}
	c.refused[reason]++
}

// Stats returns the counts.
func (s *Server) Stats() Stats {
	st := Stats{
		AuthFailures: s.count.authFailures.Load(), UnknownKeys: s.count.strangers.Load(),
		HandshakeFailures: s.count.handshakeFailures.Load(), Crowded: s.count.crowded.Load(),
		Panics: s.count.panics.Load(), BytesIn: s.count.in.Load(), BytesOut: s.count.out.Load(),
		Refused: map[string]int64{},
	}
	st.Connections, st.Handshakes = s.gate.open()
	s.count.mu.Lock()
	maps.Copy(st.Refused, s.count.refused)
	s.count.mu.Unlock()
	for _, v := range s.present() {
		if v.screen {
			st.Terminals++
		} else {
			st.Commands++
		}
	}
	return st
}
