package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/sync/live"
	"wicket/tui/sshd"
)

func TestServeRefusesWhatMakesNoSense(t *testing.T) {
	for _, c := range []struct {
		o    serveOptions
		says string
	}{
		{serveOptions{channel: "window"}, ""},
		{serveOptions{channel: "phone", metrics: "127.0.0.1:9323"}, ""},
		{serveOptions{channel: "group", metrics: "[::1]:9323"}, ""},
		{serveOptions{channel: "group", metrics: "localhost:9323"}, ""},
		{serveOptions{channel: "window", metrics: "0.0.0.0:9323", metricsAll: true}, ""},
		{serveOptions{channel: "web"}, "no channel web"},
		{serveOptions{channel: "window", drain: -1}, "negative"},
		{serveOptions{channel: "window", metrics: "9323"}, "missing port"},
		{serveOptions{channel: "window", metrics: ":9323"}, "--metrics-public"},
		{serveOptions{channel: "window", metrics: "0.0.0.0:9323"}, "--metrics-public"},
		{serveOptions{channel: "window", metrics: "box-office.example:9323"}, "--metrics-public"},
	} {
		err := c.o.check()
		if (err != nil) != (c.says != "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want «%s»", c.o, err, c.says)
		}
	}
}

func TestDoor(t *testing.T) {
	d := door{
		gone:    map[boxoffice.StaffID]bool{1: false, 2: true},
		keys:    map[string]boxoffice.StaffID{"SHA256:a": 1, "SHA256:c": 2},
		revoked: map[string]bool{"SHA256:b": true},
	}
	for _, c := range []struct {
		staff     boxoffice.StaffID
		key, says string
		certified bool
	}{
		{1, "SHA256:a", "", false},
		{1, "SHA256:b", "Your key was revoked.", false},
		{2, "SHA256:c", "You work here no longer.", false},
		{1, "SHA256:z", "", true},
	} {
		at := sshd.Visit{Staff: boxoffice.Staff{ID: c.staff}, Fingerprint: c.key}
		if words := d.shut(at); !strings.HasPrefix(words, c.says) || (words == "") != (c.says == "") || d.certified(at) != c.certified {
			t.Errorf("person %d with %s: «%s», certified %v", c.staff, c.key, words, d.certified(at))
		}
	}
}

// TestVisitsAreCheckedOnceMore: a key that was revoked after it was proved opens
// neither a terminal nor a report.
func TestVisitsAreCheckedOnceMore(t *testing.T) {
	s := newServed(t)
	key := boxoffice.PublicKey{Type: "ssh-ed25519", Public: []byte("x"), Fingerprint: "SHA256:x"}
	_, err := s.house.office.AddKey(context.Background(), boxoffice.NewCommandID(), s.manager, s.manager.Staff, key)
	s.must(err)
	at := sshd.Visit{Staff: boxoffice.Staff{ID: s.manager.Staff, Name: "Clerk 1"}, Fingerprint: key.Fingerprint, Terminal: "ssh 1", Out: io.Discard}
	var out, complaint strings.Builder
	if code := s.command(context.Background(), at, []string{"sales"}, &out, &complaint); code != codeDone {
		t.Fatalf("sales ended with %d: %s", code, complaint.String())
	}
	term, err := s.open(at)
	s.must(err)
	term.(*terminal).app.Close()

	s.must(s.house.office.RevokeKey(context.Background(), boxoffice.NewCommandID(), s.manager, key.Fingerprint, ""))
	out.Reset()
	if code := s.command(context.Background(), at, []string{"sales"}, &out, &complaint); code != codeRefused || out.Len() > 0 || !strings.Contains(complaint.String(), "revoked") {
		t.Errorf("with a revoked key sales ended with %d: %s%s", code, out.String(), complaint.String())
	}
	if _, err := s.open(at); err == nil || !strings.Contains(err.Error(), "revoked") {
		t.Errorf("a revoked key opens a terminal: %v", err)
	}
}

// TestMeters: the endpoints say how the server stands.
func TestMeters(t *testing.T) {
	s := newServed(t)
	news := s.house.feed.Subscribe()
	defer news.Close()
	feed := &pretended{Subscription: news}
	meters := s.meters(feed)
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		meters.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Code, w.Body.String()
	}
	expect := func(path string, code int, words ...string) {
		t.Helper()
		got, body := get(path)
		if got != code {
			t.Errorf("%s answers %d, want %d: %s", path, got, code, body)
		}
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("%s does not say «%s»:\n%s", path, w, body)
			}
		}
	}
	expect("/readyz", http.StatusOK, "ready")
	expect("/metrics", http.StatusOK, "wicket_store_up 1", "wicket_feed_in_step 1", "wicket_closing 0", "wicket_ssh_terminals 0", "wicket_ssh_bytes_total{direction=\"in\"} 0", "go_goroutines")
	if _, body := get("/metrics"); strings.Contains(body, "wicket_journal_entries_total 0") || !strings.Contains(body, "wicket_journal_entries_total ") {
		t.Error("the journal is not counted")
	}

	feed.err = errors.New("out of step")
	expect("/readyz", http.StatusServiceUnavailable, "feed: out of step")
	expect("/metrics", http.StatusOK, "wicket_feed_in_step 0")
	feed.err = nil
	s.draining.Store(true)
	expect("/readyz", http.StatusServiceUnavailable, "closing")
	s.draining.Store(false)

	s.must(s.house.store.Close())
	expect("/readyz", http.StatusServiceUnavailable, "store: ")
	expect("/metrics", http.StatusOK, "wicket_store_up 0")
	expect("/healthz", http.StatusOK, "alive")
	expect("/", http.StatusNotFound)
}

// pretended is a subscription that is as well as a test says.
type pretended struct {
	boxoffice.Subscription
	err error
}

func (p *pretended) Err() error { return p.err }

// servedHouse is a service in a test's house, with nobody listening.
type servedHouse struct {
	*service
	manager boxoffice.Actor
	must    func(error)
}

func newServed(t *testing.T) *servedHouse {
	t.Helper()
	evening := newScripted(t)
	log := slog.New(slog.DiscardHandler)
	h := &house{store: evening.Store, office: evening.Office, feed: live.New(evening.Store, evening.Clock, log), log: log}
	s := &service{program: &program{clock: evening.Clock}, house: h, channel: boxoffice.Window, log: log}
	var err error
	s.ssh, err = sshd.New(sshd.Options{
		HostKey: filepath.Join(t.TempDir(), "host_ed25519"), Directory: directory{h.office}, Clock: evening.Clock, Open: s.open, Command: s.command,
	})
	evening.must(err)
	return &servedHouse{s, evening.Staff[0], evening.must}
}
