// Package evening plays whole evenings of a house: dozens of clerks, supervisors and
// sweepers in several processes use the real use cases on the real store, while
// processes die, clocks jump and commands are sent twice.
//
// An evening is a discrete-event simulation. Everything in it comes from its seed: what
// customers want, how long clerks think, who dies when, the ids of commands, the time.
// One goroutine calls, one call at a time. So the same seed plays the same evening, to
// the hash of the last entry of the journal, and an evening that went wrong can be
// played again.
//
// What people were told is kept beside it ([told]): who has which place until when, what
// was sold for how much. Each answer must be the one that follows from what was told
// before; each basket must be as its clerk was told; and at the end of the evening the
// store must hold what was told, no more and no less.
package evening
