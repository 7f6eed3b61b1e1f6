//go:build !race

package storetest

// UnderRace says whether the race detector watches.
const UnderRace = false
