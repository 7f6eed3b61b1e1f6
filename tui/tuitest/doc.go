// Package tuitest holds what tests of screens share: golden views that say in
// words what changed, and checks that a view fits its terminal.
//
// Packages below it: emulator, a terminal in memory; svg, pictures of views;
// journey, whole programs driven through a pseudo-terminal.
package tuitest
