//go:build unix

package sqlite_test

import (
	"context"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"wicket/boxoffice"
)

// BenchmarkFeed counts what it costs to look out for other processes while nothing
// happens, over ten seconds, and how soon it is noticed when one of them commits.
func BenchmarkFeed(b *testing.B) {
	path := filepath.Join(b.TempDir(), "house.wicket")
	here, there := openAt(b, path, boxoffice.SystemClock{}), openAt(b, path, boxoffice.SystemClock{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	changed := here.Watch(ctx)
	commit := func() {
		if err := there.Update(ctx, boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
			return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp})
		}); err != nil {
			b.Fatal(err)
		}
	}
	commit()
	<-changed
	b.Run("idle", func(b *testing.B) {
		const idle = 10 * time.Second
		<-time.After(3 * time.Second) // what was noticed last is over
		before := spent(b)
		<-time.After(idle)
		b.ReportMetric(100*float64(spent(b)-before)/float64(idle), "%core")
		b.ReportMetric(0, "ns/op")
	})
	for len(changed) > 0 {
		<-changed
	}
	b.Run("noticed", func(b *testing.B) {
		var took []time.Duration
		for range 200 {
			<-time.After(time.Duration(len(took)%50) * time.Millisecond)
			begun := time.Now()
			commit()
			<-changed
			took = append(took, time.Since(begun))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(0, "ns/op")
	})
}

// spent is the processor time of this process.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
