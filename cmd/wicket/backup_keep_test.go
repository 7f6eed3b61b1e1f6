package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"filippo.io/age/armor"

	"wicket/boxoffice"
	"wicket/sync/live"
)

func TestBackupNames(t *testing.T) {
	at := time.Date(2026, 11, 23, 19, 30, 12, 999, time.FixedZone("", 3600))
	for _, n := range []backupName{
		{"teatro-leal", "8f3a2c1d", at, false, false},
		{"teatro-leal-2", "00000000", at, true, false},
		{"house", "ffffffff", at, true, true},
	} {
		got, ok := parseBackupName(n.String())
		if n.at = n.at.UTC().Truncate(time.Second); !ok || got.String() != n.String() || !got.at.Equal(n.at) || got.mark != n.mark || got.packed != n.packed {
			t.Errorf("%s is read as %+v, %v", n, got, ok)
		}
	}
	for _, name := range []string{
		"house.wicket", "teatro-8f3a2c1d-20261123T183012Z.wicket.sha256", ".wicket-part-123", "teatro-8f3a2c1d-20261323T183012Z.wicket",
		"teatro-8F3A2C1D-20261123T183012Z.wicket", "house.wicket.replaced-20261123T183012Z", "teatro-8f3a2c1d-20261123T183012Z.wicket-wal",
	} {
		if _, ok := parseBackupName(name); ok {
			t.Errorf("%s is taken for a backup", name)
		}
	}
	for name, want := range map[string]string{
		"Teatro Leal": "teatro-leal", "«Ñandú» & Co.": "and-co", "../../etc/passwd": "etc-passwd", "劇場": "house", "": "house", "a\x1b[2Jb": "a-2jb",
		strings.Repeat("x", 99): strings.Repeat("x", 40),
	} {
		if got := plainName(name); got != want {
			t.Errorf("%q is plainly %q, want %q", name, got, want)
		}
	}
}

func TestKeeping(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	days := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	for _, c := range []struct {
		keep  keeping
		place int // 0 is the newest
		at    time.Time
		goes  bool
	}{
		{keeping{}, 99, days(999), false},
		{keeping{count: 2}, 0, days(9), false},
		{keeping{count: 2}, 1, days(9), false},
		{keeping{count: 2}, 2, days(0), true},
		{keeping{days: 7}, 50, days(6), false},
		{keeping{days: 7}, 50, days(7), true},
		{keeping{days: 7}, 0, days(99), false},
		{keeping{count: 2, days: 7}, 1, days(99), false},
		{keeping{count: 2, days: 7}, 9, days(1), false},
		{keeping{count: 2, days: 7}, 2, days(8), true},
	} {
		if got := c.keep.goes(c.place, c.at, now); got != c.goes {
			t.Errorf("%+v, number %d of %s: goes %v", c.keep, c.place, c.at, got)
		}
	}
}

func TestNextBackup(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		last   time.Time
		failed bool
		luck   float64
		want   time.Duration
	}{
		{time.Time{}, false, 0, 0},
		{now.Add(-7 * time.Hour), false, 0, 0},
		{now.Add(-time.Hour), false, 0, 5 * time.Hour},
		{now.Add(-time.Hour), false, 1, 5*time.Hour + 5*time.Minute},
		{now.Add(99 * time.Hour), false, 0, 6 * time.Hour}, // the clock was ahead
		{time.Time{}, true, 0, 10 * time.Minute},
		{now, true, 0.5, 12*time.Minute + 30*time.Second},
	} {
		if got := nextBackup(now, c.last, c.failed, 6*time.Hour, c.luck); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// keptHouse is a house in a file, with a folder for its backups.
func keptHouse(t *testing.T) (p *program, h *house, folder string) {
	t.Helper()
	dir := t.TempDir()
	p = &program{house: filepath.Join(dir, "house.wicket"), out: &bytes.Buffer{}, err: &bytes.Buffer{}, clock: boxoffice.SystemClock{}}
	currency, err := boxoffice.ParseCurrency("EUR")
	if err != nil {
		t.Fatal(err)
	}
	settings := boxoffice.House{Name: "Teatro Leal", Currency: currency, TimeZone: "UTC", Holds: boxoffice.DefaultHoldTimes()}
	if _, err := p.createHouse(context.Background(), settings, "Marta", "", false); err != nil {
		t.Fatal(err)
	}
	h, err = p.openHouse(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.close() })
	folder = filepath.Join(dir, "backups")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return p, h, folder
}

// TestOnlyOwnBackupsGo: what is another house's, or none, or of this house on a way
// it did not go, stays, whatever it is called.
func TestOnlyOwnBackupsGo(t *testing.T) {
	ctx := context.Background()
	p, h, folder := keptHouse(t)
	_, other, elsewhere := keptHouse(t)
	b := backup{clock: p.clock}
	first, err := b.make(ctx, h, folder, "first")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := b.make(ctx, other, elsewhere, "foreign")
	if err != nil {
		t.Fatal(err)
	}
	text := func(path string) []byte {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	name := func(mark string, year int) string {
		return backupName{house: "teatro-leal", mark: mark, at: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}.String()
	}
	mark := first.reach.Mark()
	goes := name(mark, 2001)
	files := map[string][]byte{
		goes:                             text(first.path),
		name(mark, 2002):                 text(foreign.path),     // by its name alone
		name(mark, 2003):                 []byte("a letter"),     // no backup
		name(foreign.reach.Mark(), 2004): text(foreign.path),     // another house's
		name(mark, 2005) + ".tar":        text(first.path),       // not what it is called
		name(mark, 2006) + ".tar.age":    []byte("age? no"),      // nor this
		"house.wicket":                   text(first.path),       // a name of somebody's own
		name(mark, 2007) + ".part":       text(first.path)[:999], // half of one
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(first.path, filepath.Join(folder, name(mark, 2008))); err == nil {
		files[name(mark, 2008)] = nil
	}
	b.keep.count = 1
	m, err := b.make(ctx, h, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(m.removed) != 1 || filepath.Base(m.removed[0]) != goes {
		t.Errorf("removed %v, want %s", m.removed, goes)
	}
	for name := range files {
		if _, err := os.Lstat(filepath.Join(folder, name)); (err != nil) != (name == goes) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSealedBackup: what is encrypted comes out as it went in for each of those it
// was encrypted to, whichever kind of key they have, and a cut one does not.
func TestSealedBackup(t *testing.T) {
	p, h, folder := keptHouse(t)
	one, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	two, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for name, id := range map[string]struct {
		to  string
		who age.Identity
	}{"classic": {one.Recipient().String(), one}, "hybrid": {two.Recipient().String(), two}} {
		to, err := recipients([]string{id.to})
		if err != nil {
			t.Fatal(err)
		}
		m, err := (backup{clock: p.clock, to: to}).make(context.Background(), h, folder, name)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := os.ReadFile(m.path)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		put := func(name string, r interface{ Read([]byte) (int, error) }) error {
			var b bytes.Buffer
			_, err := b.ReadFrom(r)
			got[name] = b.Len()
			return err
		}
		open := func(text []byte) error {
			u := unpacked{dir: t.TempDir()}
			err := unpack(bytes.NewReader(text), []age.Identity{id.who}, u.put)
			if err == nil {
				f, errOpen := os.Open(u.file(boxedKey))
				if errOpen != nil {
					return errOpen
				}
				defer f.Close()
				err = put(boxedKey, f)
			}
			return err
		}
		if err := open(sealed); err != nil || got[boxedKey] != boxoffice.BarcodeKeySize {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		var letters bytes.Buffer
		w := armor.NewWriter(&letters)
		if _, err := w.Write(sealed); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		if err := open(letters.Bytes()); err != nil {
			t.Errorf("%s, written in letters: %v", name, err)
		}
		for _, cut := range []int{len(sealed) - 1, len(sealed) / 2} {
			if err := open(sealed[:cut]); err == nil || !strings.Contains(err.Error(), "it is cut or damaged") || !strings.Contains(err.Error(), "take another backup") {
				t.Errorf("%s: the first %d of %d bytes: %v", name, cut, len(sealed), err)
			}
		}
		turned := bytes.Clone(sealed)
		turned[len(turned)-40] ^= 1
		if open(turned) == nil {
			t.Errorf("%s: with a bit turned it is a backup", name)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(h.path), partName+"*")); len(left) > 0 {
			t.Errorf("left in the clear: %v", left)
		}
	}
	if _, err := recipients([]string{"age1nobody"}); err == nil {
		t.Error("a recipient that is none is taken")
	}
	word, err := age.NewScryptRecipient("a passphrase")
	if err != nil {
		t.Fatal(err)
	}
	word.SetWorkFactor(10)
	var text bytes.Buffer
	w, err := age.Encrypt(&text, word)
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	err = unpack(bytes.NewReader(text.Bytes()), []age.Identity{one}, unpacked{dir: t.TempDir()}.put)
	if err == nil || !strings.Contains(err.Error(), "with a passphrase\n  decrypt it with age -d first") {
		t.Errorf("with a passphrase: %v", err)
	}
	locked := filepath.Join(t.TempDir(), "age.key")
	if err := os.WriteFile(locked, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := identitiesIn([]string{locked}); err == nil || !strings.Contains(err.Error(), "encrypted itself") {
		t.Errorf("an identity that is encrypted: %v", err)
	}
}

// TestBackupsOfAClockThatWasAhead: those dated later than now take no place of those that
// are made, are taken for no backup that is fresh, and stay.
func TestBackupsOfAClockThatWasAhead(t *testing.T) {
	ctx := context.Background()
	p, h, folder := keptHouse(t)
	b := backup{clock: p.clock, keep: keeping{count: 2}}
	first, err := b.make(ctx, h, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(first.path)
	if err != nil {
		t.Fatal(err)
	}
	n, ok := parseBackupName(filepath.Base(first.path))
	if !ok {
		t.Fatal(first.path)
	}
	for year := range 3 {
		later := n
		later.at = n.at.AddDate(year+1, 0, 0)
		if err := os.WriteFile(filepath.Join(folder, later.String()), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	earlier := n
	earlier.at = n.at.AddDate(0, 0, -1)
	if err := os.Rename(first.path, filepath.Join(folder, earlier.String())); err != nil {
		t.Fatal(err)
	}
	if _, err := b.make(ctx, h, folder, ""); err != nil {
		t.Fatal(err)
	}
	all, err := backupsOf(folder, n.mark)
	if err != nil || len(all) != 5 {
		t.Errorf("kept are %v, %v: want three of later, and two", all, err)
	}
	next := &schedule{backup: b, house: h, folder: folder, every: time.Hour, log: h.log}
	next.lookBack(ctx)
	if age := next.state().age; age < 0 || age > time.Hour {
		t.Errorf("the newest one is %v old", age)
	}
}

// TestScheduleSurvivesItsFolder: a folder that has gone shows, stops nothing, and is
// not taken for a file to write; when it is back, so are the backups.
func TestScheduleSurvivesItsFolder(t *testing.T) {
	ctx := context.Background()
	p, h, folder := keptHouse(t)
	log := slog.New(slog.DiscardHandler)
	h.feed = live.New(h.store, p.clock, log)
	served := newServed(t)
	s := &service{program: p, house: h, ssh: served.ssh, log: log}
	s.backups = &schedule{backup: backup{clock: p.clock, keep: keeping{count: 28}}, house: h, folder: folder, every: time.Hour, log: log}
	news := h.feed.Subscribe()
	defer news.Close()
	meters := s.meters(&pretended{Subscription: news})
	expect := func(path string, words ...string) {
		t.Helper()
		w := httptest.NewRecorder()
		meters.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		for _, word := range words {
			if !strings.Contains(w.Body.String(), word) || w.Code != http.StatusOK {
				t.Errorf("%s answers %d and does not say «%s»: %s", path, w.Code, word, w.Body)
			}
		}
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	s.backups.once(ctx)
	expect("/readyz", "ready\n", "backup: there is no folder "+folder)
	expect("/metrics", "wicket_backup_ok 0", "wicket_backup_failures_total 1", "wicket_store_up 1")
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was made in the folder's place: %v", err)
	}
	if st := s.backups.state(); st.any {
		t.Error("a backup is known that was never made")
	}

	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	s.backups.once(ctx)
	expect("/metrics", "wicket_backup_ok 1", "wicket_backup_failures_total 1", "wicket_backup_age_seconds ")
	if st := s.backups.state(); st.trouble != nil || !st.any {
		t.Errorf("after a good one: %+v", st)
	}
	next := &schedule{backup: s.backups.backup, house: h, folder: folder, every: time.Hour, log: log}
	next.lookBack(ctx)
	if !next.state().any {
		t.Error("the next server does not know of it")
	}
}
