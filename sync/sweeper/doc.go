// Package sweeper keeps house: it clears away holds whose time is over and lets
// timed blocks go, at the instant they are due.
//
// Nothing depends on it. A hold that ran out is free in every transaction by its
// own instants, swept or not; the sweeper writes it down, so that the journal and
// the screens say so. Any number of processes may sweep one store at once.
//
// It asks the store when the next hold ends and sleeps until then, or until the
// journal grew; but no longer than a minute, since a clock may be set. This package
// knows boxoffice.
package sweeper
