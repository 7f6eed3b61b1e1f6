// Package sqlite keeps a box office in one SQLite file.
//
// # Writing
//
// One goroutine in each process writes. It takes the use cases that wait, runs
// each in a savepoint of its own and commits them together, so that many sales
// share one wait for the disk; nobody gets an answer before the commit. Reading
// has its own connections, sees one snapshot, and neither waits for the writer nor
// makes it wait. Several processes may have the file open.
//
// # The database says no
//
// The schema in migrations/ itself refuses a second live ticket on a place, a step
// the state machine does not have, money that does not add up, a gap in the order
// numbers, and any change to what was written in orders and journal: also to
// somebody with the sqlite3 shell. What can only be seen from further away (that
// every ticket is as the journal tells it) is recounted by [Store.Verify].
//
// # What it may not know
//
// The package knows boxoffice and SQL. It decides nothing about the trade, and no
// statement of it asks the database for the time: instants are parameters.
package sqlite
