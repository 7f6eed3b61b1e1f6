// Package counter is the screen tickets are sold on.
//
// Typing always goes into the sale line; above it stands in words what Enter
// would do, and after Enter what was done. Arrows walk the house while the line
// is empty. Enter on an empty line with something in the basket goes to payment;
// there Enter is exact cash, one digit a suggested note, and anything else the
// amount that was given.
//
// A scan shows the order of its ticket; while money is asked for it is dropped.
//
// # Promises
//
//   - Two adults best available for exact cash are five keys: «2 a ⏎ ⏎ ⏎».
//   - What Enter would do is read from the house's picture; what was done is what
//     the office answered. The total to pay is the one the clerk saw, or nothing
//     is sold.
//   - A refusal leaves the basket and the line as they were, and says who has the
//     places, until when, and what the next best are.
//   - Esc takes one step back and never loses a basket.
package counter
