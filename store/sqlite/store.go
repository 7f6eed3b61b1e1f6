package sqlite

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"wicket/boxoffice"
	"wicket/store/fault"
)

// Options are what a store needs from the outside. Zero fields mean the machine's
// clock, and no log.
type Options struct {
	Clock  boxoffice.Clock
	Logger *slog.Logger
	// Upgraded is told of a store with content that was brought up to date.
	Upgraded func(Upgrade)
	// NoCopy says that what is opened is itself a copy: before it is brought up to
	// date none is kept of it.
	NoCopy bool
}

// Store is a box office in one SQLite file. It implements [boxoffice.Store], and
// several processes may have it open.
type Store struct {
	path    string
	site    *site
	clock   boxoffice.Clock
	log     *slog.Logger
	queue   *queue
	writer  *writer
	readers *pool
	watch   *watchers
	recent  recent
	plans   sync.Map // boxoffice.PlanID → *boxoffice.Plan: plans do not change
	manners manners

	mu     sync.Mutex
	health error
	ended  chan struct{} // closed when the writer has ended
	close  sync.Once
}

var _ boxoffice.Store = (*Store)(nil)

// Open opens the store at path, creates it where there is none, and brings its
// schema up to date: of one with content it keeps a copy beside it first, and an
// *[UpgradeError] says why where that cannot be. The file is its owner's alone.
func Open(ctx context.Context, path string, opts Options) (*Store, error) {
	if path == "" {
		return nil, errors.New("open store: no file named")
	}
	if opts.Clock == nil {
		opts.Clock = boxoffice.SystemClock{}
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if err := create(path); err != nil {
		return nil, err
	}
	if err := migrate(ctx, path, opts); err != nil {
		return nil, err
	}
	readers := &pool{path: path, as: toWrite}
	s := &Store{
		path: path, clock: opts.Clock, log: opts.Logger,
		queue: newQueue(), readers: readers, watch: newWatchers(readers), ended: make(chan struct{}),
	}
	c, err := connectWriter(path)
	if err != nil {
		return nil, err
	}
	if s.site, err = newSite(path); err != nil {
		return nil, errors.Join(err, c.close())
	}
	s.site.sawLog(c)
	readers.site = s.site
	s.watch.trouble = s.missed
	s.writer = &writer{store: s, conn: c, turns: newTurnstile(path), answers: newAnswers(), maxLog: fault.Number("log", maxLog)}
	go s.writer.loop()
	return s, nil
}

// Update implements [boxoffice.Store].
func (s *Store) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait for the store: %w", err)
	}
	j := &job{ctx: ctx, cmd: cmd, answer: answer, fn: fn, done: make(chan struct{})}
	if !s.queue.push(j) {
		return errClosed()
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		if j.take() {
			return fmt.Errorf("wait for the store: %w", ctx.Err())
		}
		// It is running: how it ends is what the caller must know.
		<-j.done
		return j.err
	}
}

// View implements [boxoffice.Store].
func (s *Store) View(ctx context.Context, fn func(boxoffice.Reader) error) error {
	return s.look(ctx, func(r *reader) error { return fn(r) })
}

// look runs fn on a snapshot.
func (s *Store) look(ctx context.Context, fn func(*reader) error) (err error) {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read the store: %w", err)
	}
	r, end, err := s.beginView()
	if err != nil {
		return err
	}
	defer end()
	defer s.recovered(&err)
	r.ctx = ctx
	return fn(r)
}

// beginView returns a reader of the store as it is now, until end is called.
func (s *Store) beginView() (r *reader, end func(), err error) {
	c, err := s.readers.get()
	if err != nil {
		s.doubt(err)
		return nil, nil, err
	}
	put := func() {
		s.doubt(c.trouble)
		s.readers.put(c)
	}
	if _, err := c.exec("BEGIN"); err != nil {
		put()
		return nil, nil, err
	}
	end = func() {
		c.rollback()
		put()
	}
	h, err := readHead(c) // the first read fixes the snapshot
	if err != nil {
		end()
		return nil, nil, err
	}
	return &reader{conn: c, store: s, now: later(s.now(), h.at), head: h, keepPlans: true, recent: s.recent.until(h), pace: pace{since: time.Now()}}, end, nil
}

// Watch implements [boxoffice.Store].
func (s *Store) Watch(ctx context.Context) <-chan struct{} { return s.watch.add(ctx) }

// Health implements [boxoffice.Store].
func (s *Store) Health() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.health
}

// doubt has the writer look after the store where somebody could not read it.
func (s *Store) doubt(err error) {
	if !isDamage(err) || s.Health() != nil {
		return
	}
	s.setHealth(&boxoffice.StoreError{Words: wordsDamage, Err: err})
	s.queue.signal()
}

// missed has the writer look after the store where its file or its log has gone, though
// nobody writes.
func (s *Store) missed(err error) {
	if s.Health() == nil && isTrouble(err) && s.site.left() != nil {
		s.setHealth(err)
		s.queue.signal()
	}
}

// setHealth notes how the store is, and logs when that changes.
func (s *Store) setHealth(err error) {
	s.mu.Lock()
	before := s.health
	s.health = err
	s.mu.Unlock()
	switch {
	case err != nil && before == nil:
		s.log.Error("store cannot write", "error", errors.Unwrap(err), "words", err)
	case err == nil && before != nil:
		s.log.Info("store writes again")
	}
}

// Close implements [boxoffice.Store]. What waits is still written.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		s.queue.close()
		<-s.ended
		s.watch.close()
		err = errors.Join(s.writer.closeErr, s.readers.close())
		s.mu.Lock() // no word to the log: this is how a store ends
		s.health = errClosed()
		s.mu.Unlock()
	})
	return err
}

// now is the clock's present instant as the store keeps instants.
func (s *Store) now() time.Time { return time.UnixMilli(s.clock.Now().UnixMilli()).UTC() }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// recovered turns a panic into an error: none leaves the package.
func (s *Store) recovered(err *error) {
	if p := recover(); p != nil {
		s.log.Error("panic in a transaction", "value", p, "stack", string(debug.Stack()))
		*err = &panicError{p}
	}
}

// panicError is our own mistake in a function that was to run in a transaction.
type panicError struct{ value any }

func (e *panicError) Error() string        { return fmt.Sprintf("internal error: %v", e.value) }
func (e *panicError) Kind() boxoffice.Kind { return boxoffice.KindInternal }
