// Package heap says when a process that sells tidies its memory up.
package heap

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// Room is how many bytes of memory, at least, are filled before it is tidied up. A counter
// in a rush keeps some 20 MB and throws away 100 MB a second: with Go's own rule it tidied
// up eight times a second, each of which slows the sales under way.
const Room = 32 << 20

// slack is by which part of itself the rule may be off before it is set anew: that stops
// everything for a moment.
const slack = 8

var (
	least atomic.Int64 // per cent
	begin sync.Once
)

// Tidy lets memory grow by so many per cent of what is kept, and by [Room] in any case,
// before it is tidied up; from now on, for the whole process. GOGC, where it is set, is
// left as it is.
func Tidy(percent int) {
	if os.Getenv("GOGC") != "" {
		return
	}
	least.Store(int64(percent))
	begin.Do(watch)
	set(kept(), int64(percent))
}

// watch sets the rule anew each time memory was tidied up.
func watch() {
	// The cleanup of what nobody refers to runs after that.
	runtime.AddCleanup(&struct{ _ [64]byte }{}, func(struct{}) {
		set(kept(), least.Load())
		watch()
	}, struct{}{})
}

func set(kept uint64, least int64) {
	want := percent(kept, least)
	if is := rule(); is > want+want/slack || is < want-want/slack {
		debug.SetGCPercent(int(want))
	}
}

// percent is by how much what is kept may grow.
func percent(kept uint64, least int64) int64 {
	return max(least, int64(100*Room/max(kept, Room/10)))
}

// kept is how many bytes were still needed when memory was last tidied up.
func kept() uint64 { return read("/gc/heap/live:bytes") }

// rule is by how many per cent memory may grow as it stands.
func rule() int64 { return int64(read("/gc/gogc:percent")) }

func read(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
