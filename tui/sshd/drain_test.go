package sshd_test

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestDraining lets the idle go, the busy finish, and nobody new in.
func TestDraining(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	ana, ben := h.directory.employ(1, "Ana"), h.directory.employ(2, "Ben")
	busy := h.visit(t, ana).sit()
	busy.out.wait(t, "Ana at ssh 1")
	busy.press("x")
	busy.out.wait(t, "typed <x>")
	idle := h.visit(t, ben).sit()
	idle.out.wait(t, "Ben at ssh 2")
	waiting := h.connect(t)

	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	defer cancel()
	drained1 := make(chan error, 1)
	go func() { drained1 <- h.Drain(ctx) }()
	idle.code()
	busy.out.wait(t, "closing")
	drained(t, waiting)
	if _, _, err := dial(h.addr, "ben", ben); err == nil || !strings.Contains(err.Error(), "Wicket is closing") {
		t.Errorf("a newcomer: %v", err)
	}
	busy.press("y")
	busy.out.wait(t, "typed <xy>")
	busy.press("Q")
	busy.code()
	select {
	case err := <-drained1:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("Drain does not return")
	}
	select {
	case err := <-h.served:
		if err != nil {
			t.Error(err)
		}
		h.served <- nil
	case <-time.After(patience):
		t.Fatal("Serve does not return")
	}
	if _, _, err := dial(h.addr, "ben", ben); err == nil {
		t.Error("still open")
	}
}

// TestDrainingEndsAtItsDeadline, whoever does not leave.
func TestDrainingEndsAtItsDeadline(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.open.deaf = true
	ana := h.directory.employ(1, "Ana")
	busy := h.visit(t, ana).sit()
	busy.out.wait(t, "Ana at ssh 1")
	busy.press("x")
	busy.out.wait(t, "typed <x>")
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // the deadline is now
	err := h.Drain(ctx)
	if err == nil || !strings.Contains(err.Error(), "1 of those") {
		t.Errorf("drained: %v", err)
	}
	busy.out.wait(t, "Wicket is closing. What was sold and held stands")
	select {
	case err := <-h.served:
		h.served <- err
	case <-time.After(patience):
		t.Fatal("Serve does not return")
	}
}

// TestServeEndsWithItsContext, with everybody in it.
func TestServeEndsWithItsContext(t *testing.T) {
	h := newHouse(t, nil)
	s := h.visit(t, h.directory.employ(1, "Ana")).sit()
	s.out.wait(t, "Ana at ssh 1")
	h.stop()
	select {
	case err := <-h.served:
		if err != nil {
			t.Error(err)
		}
		h.served <- nil
	case <-time.After(patience):
		t.Fatal("Serve does not return")
	}
	h.log.wait(t, `why="server ended"`)
}
