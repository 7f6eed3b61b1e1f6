// Package orders is the screen on which orders are found, looked at and undone.
//
// Typing filters and searches by number, name or place; Enter opens an order with
// its whole history in words and the barcode of the ticket under the cursor. A scan
// opens the order of its ticket. Voiding and cancelling ask first, and the harmless
// answer is the default. Tickets are cancelled that are chosen, all of an order where
// none is.
package orders
