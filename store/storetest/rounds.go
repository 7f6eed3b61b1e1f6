package storetest

import (
	"os"
	"strconv"
	"testing"
)

// Rounds returns how often a test that tries to break the store goes round: few
// times in every run of the tests, fewer with -short and under the race detector, which
// looks for other mistakes, and soak times where WICKET_SOAK is set (make soak).
// WICKET_ROUNDS names another number.
func Rounds(t testing.TB, few, soak int) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("WICKET_ROUNDS")); err == nil && n > 0 {
		return n
	}
	switch {
	case os.Getenv("WICKET_SOAK") != "":
		return soak
	case testing.Short():
		return max(1, few/10)
	case UnderRace:
		return max(1, few/3)
	}
	return few
}
