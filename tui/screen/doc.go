// Package screen holds what every screen of Wicket is made from: what a screen
// is, the desk it stands on, the dialogs it may put in front of itself, and the
// lines all screens share.
//
// # Promises
//
//   - A screen does no input or output in Update: what takes time goes through
//     [Desk.Do], runs beside the screen with a time limit, and comes back as a
//     message.
//   - A screen says when the next key depends on an answer that is still out
//     ([Screen.Busy]); keys wait then, in order, and none is lost. An answer that
//     is a no drops what was typed ahead of it ([Desk.Flush]): it was meant for a
//     yes.
//   - A dialog that opens by itself is deaf until the keyboard was quiet
//     ([Grace]).
//   - A desk belongs to one terminal and is used by one goroutine.
package screen
