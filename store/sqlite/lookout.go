package sqlite

import "time"

const (
	// lookEvery is how often the store looks whether another process has committed. A
	// look costs little, waking up for it more: so it is as seldom as screens allow,
	// which are to show what another process sold within 100 ms.
	lookEvery = 40 * time.Millisecond
	// lookFelt is how soon it looks where it felt that the log was written: that is a
	// moment before the commit stands, and more may come.
	lookFelt = 10 * time.Millisecond
	// lookAlert is how soon it looks again where that commit did not stand yet: on a slow
	// disk.
	lookAlert = 25 * time.Millisecond
	// lookAnyway is how often it looks where it feels, and felt nothing.
	lookAnyway = 500 * time.Millisecond
	// lookBusy is how long it rests where this process sells itself: what others did is
	// told with its next commit. To feel each of its own would wake three goroutines a
	// hundred times a second, and take who sells a fortieth.
	lookBusy = 30 * time.Millisecond
	// alertFor is how long it looks so often once it felt something: the commit may
	// take a while, and another one may follow that was felt with it.
	alertFor = 2 * time.Second
	// maxMissed is how often in a row it may find what it did not feel: then it cannot.
	maxMissed = 3
)

// lookout looks for what other connections commit to the store. Where it can feel when
// the store's log is written, it hardly looks while nothing happens.
type lookout struct {
	readers *pool
	conn    *conn
	leave   <-chan struct{} // when it is to put its connection back
	version int64           // PRAGMA data_version at the last look
	feeler  *feeler
	missed  int
	busy    bool      // this process has committed since it last rested
	numb    bool      // it cannot feel here
	soon    bool      // what was written while it did not listen may stand only now
	alert   time.Time // until when what was felt is awaited
}

func (l *lookout) close() {
	if l.feeler != nil {
		l.feeler.close()
		l.feeler = nil
	}
	l.putBack()
}

func (l *lookout) putBack() {
	if l.conn != nil {
		l.readers.put(l.conn)
		l.conn, l.leave = nil, nil
	}
}

// rest returns when it is time to look; false once stop is closed.
func (l *lookout) rest(stop <-chan struct{}) bool {
	every := lookEvery
	var felt chan struct{}
	switch {
	case l.busy:
		every = lookBusy
		l.alert = time.Now().Add(every + alertFor) // what it sees next it could not feel
	case l.feeler != nil:
		felt = l.feeler.felt
		switch {
		case l.soon:
			every = lookFelt
		case time.Now().After(l.alert):
			every = lookAnyway
		default:
			every = lookAlert
		}
	}
	l.soon = false
	timer := time.NewTimer(every)
	defer timer.Stop()
	for {
		select {
		case <-stop:
			return false
		case <-timer.C:
			return true
		case <-l.leave:
			l.putBack() // and another one is waited for
			return true
		case <-felt:
			felt = nil
			l.alert, l.soon = time.Now().Add(alertFor), true
			timer.Reset(lookFelt)
		}
	}
}

// look returns how far the journal has grown, and whether the store has changed since
// the last look.
func (l *lookout) look() (seq int64, isNew bool, err error) {
	if l.readers.site != nil {
		if err := l.readers.site.left(); err != nil {
			return 0, false, err
		}
	}
	begins := l.conn == nil
	if begins {
		l.leave = l.readers.leaving()
		if l.conn, err = l.readers.get(); err != nil {
			l.conn = nil
			return 0, false, err
		}
	}
	if l.feeler == nil && !l.numb {
		// It is felt before it is looked, lest something come between.
		l.feeler, err = feel(l.readers.path + "-wal")
		l.numb = err != nil && !begins // there may be no log yet
	} else if l.feeler != nil && l.feeler.listen() != nil {
		l.feeler.close()
		l.feeler = nil // the log is gone: the next look feels for another
	}
	version, err := l.conn.number("PRAGMA data_version")
	if err != nil {
		return 0, false, err
	}
	isNew = begins || version != l.version
	if !isNew {
		return 0, false, nil
	}
	if l.feeler != nil && !begins {
		if time.Now().After(l.alert) {
			l.missed++
		} else {
			l.missed = 0
		}
		if l.missed > maxMissed {
			l.feeler.close()
			l.feeler, l.numb = nil, true
		}
	}
	l.version = version
	seq, err = l.conn.number("SELECT max(seq) FROM journal")
	return seq, err == nil, err
}
