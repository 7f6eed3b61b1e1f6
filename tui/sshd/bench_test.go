//go:build unix

package sshd_test

import (
	"fmt"
	"testing"
)

// BenchmarkSessions measures what one idle terminal costs the server, with a
// program that does next to nothing: memory, goroutines, and the time until its
// first paint is there.
func BenchmarkSessions(b *testing.B) {
	const terminals = 500
	for b.Loop() {
		p := startProcess(b)
		look := func() (rss, heap, stack, goroutines float64) {
			out, err := p.visit(b).session().Output("cost")
			if err != nil {
				b.Fatal(err)
			}
			if _, err := fmt.Sscan(string(out), &rss, &heap, &stack, &goroutines); err != nil {
				b.Fatal(err)
			}
			return rss, heap, stack, goroutines
		}
		look()
		rss0, heap0, stack0, goroutines0 := look()
		for range terminals {
			p.visit(b).sitAt(120, 40).out.wait(b, "Person 1 at ssh")
		}
		rss, heap, stack, goroutines := look()
		b.ReportMetric((rss-rss0)/terminals, "B-rss/terminal")
		b.ReportMetric((heap-heap0)/terminals, "B-heap/terminal")
		b.ReportMetric((stack-stack0)/terminals, "B-stack/terminal")
		b.ReportMetric((goroutines-goroutines0)/terminals, "goroutines/terminal")
	}
}
