// Package bench measures the store: the full use cases of the box office on it, with
// durable commits, beside what one would use instead of it. Nothing in it is shipped;
// its tests are the bench.
//
// make bench runs it and prints one table. Without being asked for, as in go test ./...,
// each row is made once with a handful of calls and without the others, so that it
// keeps working; such figures mean nothing and are not printed.
package bench
