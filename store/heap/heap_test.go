package heap

import (
	"runtime"
	"testing"
)

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		kept  uint64
		least int64
		want  int64
	}{
		{0, 100, 1000},
		{Room / 4, 100, 400},
		{Room, 50, 100},
		{4 * Room, 50, 50},
		{4 * Room, 100, 100},
	} {
		if got := percent(c.kept, c.least); got != c.want {
			t.Errorf("with %d bytes kept, and %d %% at least: %d %%, not %d", c.kept, c.least, got, c.want)
		}
	}
}

// TestTidyFollowsWhatIsKept keeps much, and then little.
func TestTidyFollowsWhatIsKept(t *testing.T) {
	t.Setenv("GOGC", "")
	Tidy(50)
	if p := rule(); p <= 100 {
		t.Errorf("with next to nothing kept, memory may grow by %d %%", p)
	}
	much := make([]byte, 8*Room)
	await(t, func(p int64) bool { return p == 50 })
	runtime.KeepAlive(much)
	await(t, func(p int64) bool { return p > 100 })
}

// await tidies up until the rule is as wanted: it is set a moment after.
func await(t *testing.T, wanted func(int64) bool) {
	t.Helper()
	for range 10_000 {
		runtime.GC()
		if wanted(rule()) {
			return
		}
	}
	t.Fatalf("memory may grow by %d %%", rule())
}

func TestGOGCIsLeftAsItIs(t *testing.T) {
	before := rule()
	t.Setenv("GOGC", "77")
	Tidy(int(2 * before))
	if rule() != before {
		t.Errorf("it is %d now, and was %d", rule(), before)
	}
}
