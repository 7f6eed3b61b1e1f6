package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"wicket/boxoffice"
	"wicket/store"
)

func TestOpenTakesAPathWithAndWithoutItsKind(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "house.wicket")
	for i, where := range []string{path, "sqlite:" + path} {
		s, err := store.Open(ctx, where, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var seq int64
		if err := s.Update(ctx, "", nil, func(tx boxoffice.Tx) error {
			if err := tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp}); err != nil {
				return err
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.View(ctx, func(r boxoffice.Reader) (err error) { seq, _, err = r.Head(); return err }); err != nil || seq != int64(i+1) {
			t.Errorf("%s has %d entries (%v), want %d", where, seq, err, i+1)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := store.Open(ctx, "", store.Options{}); err == nil || s != nil {
		t.Errorf("nothing was opened as %v", s)
	}
}
