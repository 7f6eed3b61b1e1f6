// Package tui is Wicket's terminal: the one Bubble Tea model that owns size, keys,
// overlays, screens and the live feed of one terminal.
//
// # Promises
//
//   - A message goes to size, overlay, global keys, screen, in this order.
//   - Keys are handled one by one, in the order typed, however many come in one
//     read. While a screen waits for an answer the next key depends on, keys wait
//     with it. Pasted text is text: no line end in it acts as Enter.
//   - The feed's goroutine only ever tells the program that something changed, at
//     most thirty times a second; the feed never waits for a screen.
//   - A scanned barcode goes to the screen in front whole, never as keys; with an
//     overlay in front it is dropped, with a word.
//   - A view is drawn anew only after something changed.
//   - An answer comes to who asked for it: after somebody else sat down, to nobody.
//   - A screen that nobody touched for a while is covered until its person is there
//     again; what happens goes on below, and no basket is given back by it.
//   - A terminal whose person may no longer be there ends, and says why.
//   - What others tell or ask stands above the screen, never over the line that is
//     typed in.
//   - Nothing here stops the process or gives the terminal away: no suspend, no
//     shell.
//
// The screens stand in packages of their own; package screen holds what they
// share.
package tui
