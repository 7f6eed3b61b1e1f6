// Package manager is the live view: the evening on one screen that a manager leaves
// open. It shows what sells, who is at work, what people have in hand, what waits too
// long and what has just happened, and has the keys that help where something is stuck.
//
// # Promises
//
//   - The evening is read once and then kept in step from the feed's entries. It is
//     read again where an entry does not say enough, and where entries are missing.
//     What only the store knows to wait too long is asked for once a minute.
//   - News draw the screen anew at most five times a second; where nothing changed it
//     stays the same, line by line.
//   - Whatever cannot be undone asks first, wants a reason, and is never the answer of
//     enter.
package manager
