package main

import (
	"context"
	"testing"

	"wicket/boxoffice"
)

// TestPosts: two servers on one house call no two terminals alike, and a post that is
// left is taken again.
func TestPosts(t *testing.T) {
	folder := t.TempDir()
	take := func(want int, names string) post {
		t.Helper()
		p, err := takePost(folder)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = p.leave() })
		if p.number != want || p.terminals() != names {
			t.Errorf("took post %d, terminals «%s»", p.number, p.terminals())
		}
		return p
	}
	first, second := take(1, "ssh "), take(2, "ssh 2.")
	for terminal, whose := range map[string][2]bool{
		"ssh 1": {true, false}, "ssh 12": {true, false}, "ssh 2.1": {false, true}, "ssh 3.1": {}, "ssh 2.1.1": {}, "ssh": {}, "ssh x": {}, "window 1": {}, "ssh +1": {},
	} {
		if got := [2]bool{first.owns(terminal), second.owns(terminal)}; got != whose {
			t.Errorf("«%s» is of the first and the second: %v", terminal, got)
		}
	}
	if err := first.leave(); err != nil {
		t.Fatal(err)
	}
	take(1, "ssh ")
}

// TestTidy: a server notes the end of its own terminals that are no more, and of no
// others.
func TestTidy(t *testing.T) {
	s := newServed(t)
	ctx := context.Background()
	for _, terminal := range []string{"ssh 1", "ssh 2.1", "window 1"} {
		by := s.manager
		by.Terminal = terminal
		s.must(s.house.office.EnterDesk(ctx, boxoffice.NewCommandID(), by))
	}
	s.must(s.tidy(ctx))
	present, err := s.house.office.AtWork(ctx)
	s.must(err)
	if len(present) != 2 || present[0].Terminal != "ssh 2.1" || present[1].Terminal != "window 1" {
		t.Errorf("at work are %+v", present)
	}
}
