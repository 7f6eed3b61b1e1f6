// Package fault names the points at which tests kill the process: between one step
// of the store and the next. In a program built without the tag «faults» a point is
// nothing at all.
package fault
