//go:build faults

package fault

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// env names a point and how often it is passed before it ends the process: «commit:3».
const env = "WICKET_FAULT"

var aimed = sync.OnceValues(func() (name string, times int64) {
	name, number, _ := strings.Cut(os.Getenv(env), ":")
	times, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		times = 1
	}
	return name, times
})

// numberEnv begins the names of the variables that change a number: WICKET_FAULT_log.
const numberEnv = env + "_"

// Number is a number that a test may change.
func Number(name string, usual int64) int64 {
	n, err := strconv.ParseInt(os.Getenv(numberEnv+name), 10, 64)
	if err != nil {
		return usual
	}
	return n
}

var passed atomic.Int64

// Point ends the process as kill -9 does, where the environment names this point.
func Point(point string) {
	name, times := aimed()
	if point != name || passed.Add(1) != times {
		return
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		os.Exit(137)
	}
	select {} // the signal is on its way
}
