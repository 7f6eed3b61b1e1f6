package storetest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wicket/boxoffice"
)

// Rival is what one of several processes saw that sold in one house flat out, all in
// the same time.
type Rival struct {
	Sales   int           // of two tickets each
	P99     time.Duration // of one use case
	Longest time.Duration // of one use case
}

// Compete starts these processes, waits until each has its house open, and lets them
// sell for so long. Each is to call [Evening.Rival] with its standard input and output.
func Compete(t testing.TB, during time.Duration, processes []*exec.Cmd) []Rival {
	t.Helper()
	rivals := make([]Rival, len(processes))
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	ready.Add(len(processes))
	for i, p := range processes {
		done.Go(func() {
			isReady := sync.OnceFunc(ready.Done)
			defer isReady()
			if err := compete(p, during, isReady, start, &rivals[i]); err != nil {
				t.Errorf("process %d: %v", i, err)
			}
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return rivals
}

func compete(p *exec.Cmd, during time.Duration, isReady func(), start <-chan struct{}, r *Rival) error {
	in, err := p.StdinPipe()
	if err != nil {
		return err
	}
	out, err := p.StdoutPipe()
	if err != nil {
		return err
	}
	if err := p.Start(); err != nil {
		return err
	}
	lines := bufio.NewReader(out)
	_, errReady := lines.ReadString('\n')
	isReady()
	<-start
	_, errStart := fmt.Fprintln(in, during)
	errRead := json.NewDecoder(lines).Decode(r)
	rest, _ := io.ReadAll(lines)
	if err := p.Wait(); err != nil {
		return fmt.Errorf("%w: %s", err, rest)
	}
	for _, err := range []error{errReady, errStart, errRead} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Share is the smallest share of the sales by the largest.
func Share(rivals []Rival) float64 {
	by := func(a, b Rival) int { return a.Sales - b.Sales }
	return float64(slices.MinFunc(rivals, by).Sales) / float64(max(1, slices.MaxFunc(rivals, by).Sales))
}

// Rival is the part of one of the processes that [Compete] started: so many callers
// sell the places from first on, two by two, as long as it says on in.
func (e *Evening) Rival(t testing.TB, callers, first int, in io.Reader, out io.Writer) {
	t.Helper()
	var words string
	fmt.Fprintln(out, "ready")
	if _, err := fmt.Fscanln(in, &words); err != nil {
		t.Fatal(err)
	}
	during, err := time.ParseDuration(words)
	if err != nil {
		t.Fatal(err)
	}
	var next, sales atomic.Int64
	waits := make([][]time.Duration, callers)
	over := time.Now().Add(during)
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for time.Now().Before(over) {
				place := boxoffice.PlaceNo(first + 2*int(next.Add(1)-1))
				if err := e.sellTwo(e.Staff[c%len(e.Staff)], place, func(d time.Duration) { waits[c] = append(waits[c], d) }); err != nil {
					t.Errorf("sell %d: %v", place, err)
					return
				}
				sales.Add(1)
			}
		})
	}
	wg.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(waits...)))
	if err := json.NewEncoder(out).Encode(Rival{int(sales.Load()), all[len(all)*99/100], all[len(all)-1]}); err != nil {
		t.Error(err)
	}
}

// sellTwo sells the place and the one after it, and tells how long each use case took.
func (e *Evening) sellTwo(by boxoffice.Actor, place boxoffice.PlaceNo, took func(time.Duration)) error {
	ctx, begun := context.Background(), time.Now()
	picks := []boxoffice.Pick{{Place: place, Type: e.Child}, {Place: place + 1, Type: e.Child}}
	if _, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, e.Performance, picks); err != nil {
		return err
	}
	held := time.Now()
	took(held.Sub(begun))
	_, err := e.Office.SellCash(ctx, boxoffice.NewCommandID(), by, 1800, 1800)
	took(time.Since(held))
	return err
}
