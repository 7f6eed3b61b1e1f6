// Package live keeps the outside in step with the store: it follows the journal
// and shows everybody in the process the same pictures of the house.
//
// # Promises
//
//   - A [Hub] reads the store once for each change, however many look; one
//     goroutine does it, a subscription has none.
//   - A picture is immutable and shows one snapshot: its Revision is the
//     journal's head in the very snapshot its places were read from.
//   - Nothing here holds up a sale. A looker that falls behind is told to look
//     again; it never makes anybody wait.
//   - A hold that ends makes a new count at that instant, from memory: the store
//     is not asked, and no sweeper is needed.
//   - Trouble with the store shows in Err and is tried again; what happened
//     meanwhile is caught up with, nothing is skipped.
//   - Pictures are kept only while somebody shows them.
//
// This package knows boxoffice. It knows no kind of store and no screen.
package live
