package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"wicket/boxoffice"
)

// fail answers the whole group with the store's trouble, and does what can be done
// about it.
func (w *writer) fail(err error) {
	w.takeRest()
	w.conn.trouble = nil
	w.version = 0 // read the head again
	w.memory.forget()
	if isBusy(err) {
		w.answer(err)
		return
	}
	w.ill(err)
	w.answer(&boxoffice.StoreError{Words: w.store.Health().Error(), Unknown: isUnknown(err), Err: reasonOf(err)})
	if w.damaged() {
		w.endTurn()
		w.heal() // nobody waits for it
	}
}

// ill notes why the store cannot write.
func (w *writer) ill(err error) {
	words := wordsDamage
	switch {
	case isNewer(err):
		words = wordsNewer
	case isFull(err) || noRoom(w.store.path):
		words = wordsFull
	}
	w.store.setHealth(&boxoffice.StoreError{Words: words, Err: reasonOf(err)})
}

// damaged reports whether the store is ill otherwise than by a full disk, which the
// next write notices by itself.
func (w *writer) damaged() bool {
	health := w.store.Health()
	return health != nil && !isFull(health)
}

// unsure is the error of a commit that failed. On a disk that failed, nobody can
// tell from here whether the commit reached it. A full disk refuses only what makes the
// log longer: the commit's end is not in it.
func unsure(err error) error {
	var store *boxoffice.StoreError
	if errors.As(err, &store) {
		return &boxoffice.StoreError{Words: store.Words, Unknown: !isFull(err) && !isBusy(err), Err: store.Err}
	}
	return &boxoffice.StoreError{Words: wordsDamage, Unknown: true, Err: err}
}

// again is how long it is waited until an ill store is looked after again.
const again = 250 * time.Millisecond

// heal tries to make the store well: after a full disk by writing, after damage by
// opening and checking it anew, and writing.
func (w *writer) heal() {
	defer func() { w.lookedAt = time.Now() }()
	if !w.damaged() {
		if w.store.Health() != nil && probe(w.conn) == nil {
			w.store.setHealth(nil)
		}
		return
	}
	if err := w.siteLeft(); err != nil {
		w.saveLog()
		w.store.setHealth(err)
		return
	}
	c, err := w.reopen()
	if err != nil && !isFull(err) {
		w.conn = &conn{raw: lost{err}, stmts: map[string]*stmt{}}
		w.ill(err)
		return
	}
	w.conn, w.version = c, 0
	if err != nil {
		w.ill(err)
		return
	}
	w.store.setHealth(nil)
}

// reopen opens the store anew, with no connection of this process left from before,
// and checks that it is sound and can be written: a connection comes back without an
// error, or where only the disk is full.
func (w *writer) reopen() (*conn, error) {
	w.store.site.forgetLog()
	_ = w.conn.close()
	goOn := w.store.readers.renew(again)
	c, err := connectWriter(w.store.path)
	goOn()
	if err != nil {
		return nil, err
	}
	w.store.site.sawLog(c)
	if err = checkQuickly(context.Background(), c); err == nil {
		err = notNewer(c)
	}
	if err == nil {
		err = probe(c)
		if err == nil || isBusy(err) { // by another process, which writes
			return c, nil
		}
		if isFull(err) {
			return c, err
		}
	}
	w.store.site.forgetLog() // it may be closed with it
	return nil, errors.Join(err, c.close())
}

// leave closes the writer's connection. What SQLite removes when it closes goes by name:
// where that is another's by now, it stays open until the process ends.
func (w *writer) leave() error {
	err := w.siteLeft()
	if err == nil || w.saveLog() {
		w.store.site.forgetLog()
		return w.conn.close()
	}
	return err
}

// siteLeft is [site.left], and makes sure that the log has all that stands in it, where that
// is in doubt. To write behind a gap, or to fold in what is before one, would damage the
// house: what it has without the log is whole.
func (w *writer) siteLeft() error {
	site := w.store.site
	if err := site.left(); err != nil || !site.doubted.Load() {
		return err
	}
	w.conn.trouble = nil
	defer func() { w.conn.trouble = nil }()
	for range 3 { // once, another may have let it begin again and written as much in between
		log, _, err := one(w.conn, scanLog, "PRAGMA wal_checkpoint(NOOP)")
		if err != nil {
			return nil // whoever writes meets it
		}
		info, err := os.Stat(site.path + logFiles[0])
		if err != nil {
			return nil
		}
		now, _, err := one(w.conn, scanLog, "PRAGMA wal_checkpoint(NOOP)")
		if err != nil {
			return nil
		}
		if info.Size() >= log.length() {
			site.longest.Store(info.Size())
			site.doubted.Store(false)
			return nil
		}
		if now.pages != log.pages { // somebody let it begin again meanwhile: the next group looks
			return nil
		}
	}
	site.cut.Store(true)
	return site.left()
}

// saveLog folds the log of a store in whose log was deleted: it has no name any more, and
// what was sold lately is nowhere else. It reports whether all of it is in the store's file.
func (w *writer) saveLog() bool {
	if !w.store.site.hasLog() {
		return false
	}
	defer func() { w.conn.trouble = nil }()
	w.conn.trouble = nil
	if _, err := w.conn.exec(fmt.Sprintf("PRAGMA busy_timeout = %d", again.Milliseconds())); err != nil {
		return false
	}
	blocked, err := w.conn.number("PRAGMA wal_checkpoint(FULL)")
	_, _ = w.conn.exec("PRAGMA busy_timeout = 0")
	if err != nil || blocked != 0 {
		w.store.log.Warn("store cannot fold its deleted log in", "error", err)
		return false
	}
	return true
}

// probe writes a page, to see whether the disk takes it.
func probe(c *conn) error {
	_, err := c.exec("PRAGMA user_version = 1")
	c.trouble = nil
	return err
}
