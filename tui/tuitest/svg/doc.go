// Package svg draws a terminal's screen as a small SVG that reads well in a diff:
// one element for each run of text and, line by line, one for each kind of shape
// in a style.
//
// The picture looks the same in any monospaced font and nearly the same without
// one: every run is held to its columns, and what must join or sit in the middle
// of a cell (box drawing, bars, seats) is drawn as a shape instead of text.
package svg
