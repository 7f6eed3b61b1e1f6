// Package signin asks who is there: a list of people, then a PIN. The same form
// stands at the start of a terminal, at its lock, where somebody else takes it over,
// and where a supervisor types their PIN at a clerk's terminal.
//
// # Promises
//
//   - A PIN never stands on the screen, nor in what the form keeps once it was tried.
//   - Too many wrong PINs are said with the time that is left, second by second.
package signin
