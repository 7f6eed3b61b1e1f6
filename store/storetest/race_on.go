//go:build race

package storetest

// UnderRace says whether the race detector watches: everything takes ten times as long.
const UnderRace = true
