package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// schedule makes backups of a house while it is served. Whatever becomes of them,
// selling goes on.
type schedule struct {
	backup backup
	house  *house
	folder string
	every  time.Duration
	log    *slog.Logger

	mu       sync.Mutex
	last     time.Time // of the last good one; zero where none is known
	trouble  error     // of the last try
	failures int64
}

// keepBackups makes backups until stop is called.
func (s *service) keepBackups(ctx context.Context, b *schedule) (stop func()) {
	s.backups = b
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { b.run(ctx) })
	return func() {
		cancel()
		running.Wait()
	}
}

// retryBackup is how long after a failure it is tried again, at the latest.
const retryBackup = 10 * time.Minute

// nextBackup is how long to wait for the next backup, luck from 0 to 1: houses that
// start together do not copy together.
func nextBackup(now, last time.Time, failed bool, every time.Duration, luck float64) time.Duration {
	wait := min(max(0, last.Add(every).Sub(now)), every)
	if failed {
		wait = min(every, retryBackup)
	}
	return wait + time.Duration(luck*float64(min(every/10, 5*time.Minute)))
}

// run makes backups until ctx ends.
func (s *schedule) run(ctx context.Context) {
	s.lookBack(ctx)
	for {
		s.mu.Lock()
		wait := nextBackup(s.backup.clock.Now(), s.last, s.trouble != nil, s.every, rand.Float64()) //nolint:gosec // no secret
		s.mu.Unlock()
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
			s.once(ctx)
		}
	}
}

// lookBack finds the last backup that an earlier server made.
func (s *schedule) lookBack(ctx context.Context) {
	var reach boxoffice.Reach
	err := s.house.store.View(ctx, func(r boxoffice.Reader) (err error) {
		reach, err = boxoffice.ReachOf(r)
		return err
	})
	if err != nil {
		return // the first backup says why
	}
	all, err := backupsOf(s.folder, reach.Mark())
	if first := ahead(all, s.backup.clock.Now()); err == nil && first < len(all) {
		s.mu.Lock()
		s.last = all[first].at
		s.mu.Unlock()
	}
}

// once makes one backup and notes how it went.
func (s *schedule) once(ctx context.Context) {
	began := time.Now()
	m, err := s.backup.make(ctx, s.house, s.folder, "")
	if ctx.Err() != nil {
		return // the server ends
	}
	if err == nil && len(m.breaks) > 0 {
		err = fmt.Errorf("the house has %s, and so has its backup; nothing older was removed: see wicket verify", screen.Count(len(m.breaks), "break"))
	}
	s.mu.Lock()
	if m.size > 0 {
		s.last = s.backup.clock.Now()
	}
	s.trouble = err
	if err != nil {
		s.failures++
	}
	s.mu.Unlock()
	if err != nil {
		s.log.Error("backup failed", "folder", s.folder, "error", err)
	}
	if m.size > 0 {
		s.log.Info("backup made", "file", m.path, "bytes", m.size, "entry", m.reach.Seq, "removed", len(m.removed), "took", time.Since(began).String())
	}
}

// backupState is how the backups of a house stand.
type backupState struct {
	age      time.Duration // of the last good one
	any      bool          // there is one
	trouble  error         // of the last try
	failures int64
}

func (s *schedule) state() backupState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return backupState{s.backup.clock.Now().Sub(s.last), !s.last.IsZero(), s.trouble, s.failures}
}
