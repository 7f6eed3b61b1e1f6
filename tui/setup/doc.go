// Package setup holds what stands before the counter: the few questions a new
// house needs answered, and signing in.
//
// Both are small Bubble Tea programs of their own. They ask and return what was
// answered; making the house and opening the counter is their caller's.
package setup
