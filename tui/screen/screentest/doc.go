// Package screentest holds a small box office in memory, for tests of screens: a
// clock that stands still, a house, a feed, and an office that sells by the same
// rules in a few lines.
//
// It is no store: it knows one clerk's basket, and what a test puts into the
// house by hand.
package screentest
