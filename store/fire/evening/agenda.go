package evening

import (
	"container/heap"
	"time"
)

// agenda is what will happen, by when and then in the order it was noted.
type agenda struct {
	list  events
	noted int
}

type event struct {
	at    time.Duration
	order int
	what  func()
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].order < e[j].order
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

func (a *agenda) note(at time.Duration, what func()) {
	a.noted++
	heap.Push(&a.list, event{at, a.noted, what})
}

// next takes the next event off the agenda.
func (a *agenda) next() (event, bool) {
	if len(a.list) == 0 {
		return event{}, false
	}
	return heap.Pop(&a.list).(event), true
}
