package sqlite

import (
	"context"
	"sync"
	"sync/atomic"

	"wicket/boxoffice"
)

// job is one use case on its way through the writer.
type job struct {
	ctx    context.Context
	cmd    boxoffice.CommandID
	answer any
	fn     func(boxoffice.Tx) error

	taken atomic.Bool   // by the writer, or by a caller who gave up
	err   error         // how it ended, once done is closed
	done  chan struct{} // closed when the caller may go on
}

// take claims the job: for the writer to run it, or for its caller to give it up.
func (j *job) take() bool { return j.taken.CompareAndSwap(false, true) }

// queue is what waits for the writer.
type queue struct {
	mu     sync.Mutex
	jobs   []*job
	closed bool
	wake   chan struct{}
}

func newQueue() *queue { return &queue{wake: make(chan struct{}, 1)} }

// push adds a job; false if the queue is closed.
func (q *queue) push(j *job) bool {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return false
	}
	q.jobs = append(q.jobs, j)
	q.mu.Unlock()
	q.signal()
	return true
}

func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.signal()
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// length is how many wait.
func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.jobs)
}

// pull returns up to limit jobs that wait, and whether the queue is closed.
func (q *queue) pull(limit int) (jobs []*job, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(limit, len(q.jobs))
	jobs = append(jobs, q.jobs[:n]...)
	rest := copy(q.jobs, q.jobs[n:])
	clear(q.jobs[rest:])
	q.jobs = q.jobs[:rest]
	return jobs, q.closed
}

// more returns up to limit further jobs that wait.
func (q *queue) more(limit int) []*job {
	jobs, _ := q.pull(limit)
	return jobs
}

// OthersWait implements [boxoffice.Tx]: some are in the same group, or come after it.
func (t *tx) OthersWait() bool { return len(t.writer.jobs) > 1 || t.store.queue.length() > 0 }
