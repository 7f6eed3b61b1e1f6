// Package sshd is the server Wicket is reached by over SSH: it says who somebody
// is, gives each person a terminal, and ends it. What is on the terminal comes
// from outside, as a [Terminal].
//
// # Promises
//
//   - Who somebody is, is the key they proved they hold, looked up anew when their
//     session begins. Never the user name, never a key that was only offered. There
//     is no server without a [Directory], no password, and nobody gets in unknown.
//   - Before somebody has proved a key they cost little: a few connections from one
//     address, for seconds. What crowds in is put out, the silent first.
//   - After it they get one terminal or one command a connection, and nothing else:
//     no forwarding, no agent, no subsystem, no shell of the machine.
//   - One terminal disturbs no other: neither a mistake in it, nor a window that is
//     resized for ever, nor a reader that takes nothing.
//   - Every terminal ends: with its user, its line, its channel, its key, or the
//     server. Nothing of it stays behind.
//
// It knows nothing of a store. It asks a terminal on the other side nothing: what
// that can show is read from the environment it came with.
package sshd
