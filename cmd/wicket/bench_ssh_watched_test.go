//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// watched measures what the manager's live view costs those who sell: rounds with it
// open and rounds without take turns, each in a performance of its own.
func (b *sshBench) watched() {
	const pairs, lasts = 7, 2500 * time.Millisecond
	b.open(benchSellers)
	round := func(live bool) float64 {
		b.nextHouse()
		if live {
			m := sitBench(b, b.server.addr, 0, b.house.manager)
			defer m.close()
			m.waitFor(b, "the house", func(s *benchTerminal) bool { return s.sold >= 0 })
			if err := m.press("\x1b[15~"); err != nil {
				b.Fatal(err)
			}
			m.waitFor(b, "the evening", func(s *benchTerminal) bool { return s.words[liveWords] > 0 })
			before := m.wire.Load()
			defer func() {
				if m.wire.Load() == before {
					b.Error("the live view showed nothing of the sales")
				}
			}()
		}
		n, took := b.sellFor(lasts, b.seats)
		return float64(n) / took.Seconds()
	}
	var ratios []float64
	var said []string
	var with, without float64
	for i := range pairs {
		var on, off float64
		if i%2 == 0 {
			on, off = round(true), round(false)
		} else {
			off, on = round(false), round(true)
		}
		with, without = with+on/pairs, without+off/pairs
		ratios = append(ratios, on/off)
		said = append(said, fmt.Sprintf("%.2f", on/off))
	}
	slices.Sort(ratios)
	median := ratios[len(ratios)/2]
	b.row("50 sell, with the manager's live view open to without", "≥ 0.95", fmt.Sprintf("%.3f, the median of %s; %.0f to %.0f sales/s", median, strings.Join(said, ", "), with, without), median >= 0.95)
}
