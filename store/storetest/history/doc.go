// Package history decides whether what callers of a box office saw can be: whether
// there is one order of all they did, in which each call takes effect at one moment
// between its beginning and its end, and each answer is the one the house gives at
// that moment (linearizability, in the literature).
//
// [Witness] judges a history: it takes the journal's word for the order, and holds
// every call, refusal and reading to it. It needs no search, so a million operations
// are judged in seconds. [Search] knows no journal: it looks for an order, place by
// place, and is for small histories. Their models of the house share nothing with the
// box office's own code but its words.
package history
