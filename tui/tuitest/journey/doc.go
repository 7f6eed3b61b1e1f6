// Package journey drives whole programs as people do: each in a pseudo-terminal
// with a terminal emulator in front of it, keys going in, a screen coming out. It
// adds two commands to testscript scripts ([Add]).
//
//	screen NAME start [-size 80x24] [-env K=V]… PROGRAM [ARGUMENT]…
//	screen NAME keys [-slow] KEY…
//	screen NAME wait [-within 20s] REGEXP
//	screen NAME gone [-within 20s] REGEXP
//	[!] screen NAME has REGEXP
//	screen NAME show
//	screen NAME save [-ansi] FILE
//	screen NAME resize WxH
//	screen NAME kill [-SIGNAL]
//	screen NAME hangup
//	screen NAME exit [-within 20s] [CODE]
//	screens NAME,NAME… VERB …
//
// start opens a screen; several may be open at once, each with its own program.
// The program gets the script's environment and folder, and the terminal
// xterm-256color unless the script's TERM says otherwise. What is still open at
// the end of the script is killed.
//
// keys types. A KEY is a name (enter, tab, esc, up, pgdn, f1, space, ctrl+n,
// alt+x, shift+right …), «paste=TEXT», or any other text as it stands; «=TEXT» is
// text even where it is the name of a key. All keys of one command are sent as
// one burst, as a barcode reader, key repeat or a slow line sends them; only
// after esc there is a pause, since esc and another key at once are a third key.
// With -slow each key waits until the program has answered the one before.
//
// wait returns when the screen's text matches, gone when it no longer does. They
// wake when the program writes and fail, with the screen, when the time is over
// or the program has ended. has looks at the screen as soon as it is still. In a
// REGEXP ^ and $ are the ends of lines; lines have no spaces behind them.
//
// kill sends a signal (TERM unless another is named: -KILL, -9, -HUP, -STOP);
// hangup closes the terminal, as a window or a lost connection does. exit waits
// for the end; a program ended by signal N has the code 128+N.
//
// screens does the same on several screens; keys reach all of them within the
// same instant.
//
// Pseudo-terminals are Unix: elsewhere a script that opens a screen fails, so let
// it begin with «[!unix] skip».
package journey
