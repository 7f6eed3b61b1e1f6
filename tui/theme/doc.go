// Package theme is how Wicket looks: colours, glyphs and bars.
//
// A [Theme] belongs to one terminal. Many people share a process, each with a
// terminal of their own, so nothing here is package-level state, and no style
// comes from anywhere but the theme of the terminal it is shown on.
//
// # Promises
//
//   - The terminal is never asked anything: what it can do is read from the
//     environment its user came with.
//   - Backgrounds are the terminal's own. Dark and light choose foregrounds.
//   - There is one accent: it means «yours» or «act here».
//   - A state has a glyph of its own; colour repeats it. Without colours
//     nothing is lost, and every glyph takes exactly one cell.
//   - Hues of zones are about equally light, tell apart for the colour-blind,
//     and are never red against green.
//
// # Two ways to write
//
// A style is an [SGR], the escape sequence that opens it, computed once. What is
// drawn often goes through a [Pen], which writes runs of equal style without
// allocating. The few parts of bubbles that want a lipgloss style get it from
// [Theme.Style].
package theme
