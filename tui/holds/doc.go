// Package holds is the screen that lists what is kept for later: named holds for
// customers who come back, and baskets that were parked.
//
// Typing filters. Enter picks a named hold up, or takes a parked basket in hand
// again; what was in hand is parked in its stead.
package holds
