// Package emulator is a terminal in memory: what a program writes goes in, what
// a person would see comes out, cell by cell.
//
// Tests look at screens with it, pictures are drawn from it, and journeys put it
// behind a pseudo-terminal. It knows what Bubble Tea programs write: text of any
// width, SGR, cursor moves, erasing, scrolling, the alternate screen; and it
// answers what a terminal is asked (where the cursor is, what it is, which
// colours it has). What it does not know it counts, see [Terminal.Unknown],
// rather than guess.
//
// The escape sequences are taken apart by charmbracelet/x/ansi.
package emulator
