package main

import (
	"strings"
	"sync"
	"testing"
)

func TestPINs(t *testing.T) {
	p := newPINs()
	hash, err := p.Hash("2468")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(hash, "2468") {
		t.Errorf("hash %s", hash)
	}
	if other, _ := p.Hash("2468"); other == hash {
		t.Error("the same PIN has the same hash twice: no salt")
	}
	if !p.Check(hash, "2468") {
		t.Error("the PIN is refused")
	}
	for _, bad := range [][2]string{
		{hash, "2469"},
		{hash, ""},
		{"", "2468"},
		{"2468", "2468"},
		{hash[:len(hash)-4], "2468"},
		{strings.Replace(hash, "m=19456", "m=4000000", 1), "2468"},
		{strings.Replace(hash, "t=2", "t=0", 1), "2468"},
		{strings.Replace(hash, "argon2id", "argon2i", 1), "2468"},
		{"$argon2id$v=19$m=8,t=1,p=1$!$!", "2468"},
	} {
		if p.Check(bad[0], bad[1]) {
			t.Errorf("%q opens %q", bad[1], bad[0])
		}
	}
}

// TestPINsAreCheckedByMany at once, two at a time.
func TestPINsAreCheckedByMany(t *testing.T) {
	p := newPINs()
	hash, err := p.Hash("1357")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if !p.Check(hash, "1357") {
				t.Error("the PIN is refused")
			}
		})
	}
	all.Wait()
}
