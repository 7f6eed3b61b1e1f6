// Package store opens the store that a path or URL names. How it is kept is the
// business of the packages below: sqlite keeps it in one file.
package store
