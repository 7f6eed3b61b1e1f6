package boxoffice

// Feed shows the house as it changes: pictures of performances and what has just
// happened. It never makes a sale wait, and nobody waits for it.
type Feed interface {
	// Subscribe opens a view of the feed. Close it.
	Subscribe() Subscription
}

// Subscription is one looker's view of the feed.
type Subscription interface {
	// Show says which performances the looker has on screen; their pictures are
	// kept in step from now on. It replaces what was shown before.
	Show(performances ...PerformanceID)
	// Changed receives a value after something changed: once for any number of
	// changes. It is closed when the subscription is.
	Changed() <-chan struct{}
	// Picture returns the latest picture of a shown performance, nil while there
	// is none yet. It never waits.
	Picture(PerformanceID) *Picture
	// News returns the journal's entries since the last call, oldest first. Where
	// the looker fell too far behind, it returns resync: look at everything again.
	News() (entries []Entry, resync bool)
	// Err returns why the feed is not in step with the store now, nil if it is.
	Err() error
	// Close ends the subscription.
	Close()
}
