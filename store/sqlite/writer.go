package sqlite

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"time"

	"wicket/boxoffice"
	"wicket/store/fault"
)

// maxGroup is how many use cases share one commit at most.
const maxGroup = 512

// The log (the file «…-wal») is copied back into the store's file in the background
// of a commit each time it has grown by so many pages, and then begun again from its
// start: 16 MB is the size it has in a store that is in use. It can begin again only
// in a moment when nobody reads from it; where such moments do not come by
// themselves, the writer makes one as soon as the log has maxLog bytes: it looks every
// lookAtLog. A file of longLog times maxLog is cut off.
const (
	logPages  = 4000
	maxLog    = 3 * logPages * 4096
	longLog   = 6
	lookAtLog = 50 * time.Millisecond
)

// LongestLog is how many bytes the log's file keeps at most, once nobody reads for long.
const LongestLog = longLog * maxLog

// writer is the one goroutine of the process that writes. It takes the use cases
// that wait and commits them in groups, each in a savepoint of its own: one that
// fails fails alone, and nobody gets an answer before the commit.
type writer struct {
	store    *Store
	conn     *conn
	head     head  // as committed, while version is the store's
	version  int64 // PRAGMA data_version: moves when another process commits
	schema   int64 // PRAGMA schema_version that was looked at: moves when the schema changes
	memory   memory
	answers  answers
	rival    time.Time // when another process was last seen to write
	turns    *turnstile
	asked    time.Time // when it was last looked whether others want a turn
	hasTurn  bool
	jobs     []*job // the group, as it was pulled
	group    []*job // those of it that were taken: they get an answer
	expected int    // how many wait once all who were answered are back
	newPlans bool   // the group made plans, which may yet be rolled back
	keeps    bool   // somebody watches: what the group does is kept for them
	deeds    []deed
	maxLog   int64
	cutAgain time.Time // when the log may be cut again, after it could not be
	lookedAt time.Time // when it was last tried to make an ill store well
	ended    bool
	closeErr error
}

// connectWriter opens the writer's connection. While it connects, it waits for other
// processes as SQLite does (one may be recovering the log); after that the writer
// waits in its own way, which is fairer.
func connectWriter(path string) (*conn, error) {
	c, err := connect(path, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), fmt.Sprintf("wal_autocheckpoint(%d)", fault.Number("pages", logPages)), "cache_size(-65536)")
	if err != nil {
		return nil, err
	}
	if _, err := c.exec("PRAGMA busy_timeout = 0"); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func (w *writer) loop() {
	defer func() {
		if w.ended {
			close(w.store.ended)
			return
		}
		// A use case ended the goroutine (runtime.Goexit): its group did not
		// happen, and the writer goes on.
		w.conn.rollback()
		w.conn.trouble, w.version = nil, 0
		w.memory.forget()
		w.takeRest()
		w.answer(&panicError{"a use case ended the writer"})
		go w.loop()
	}()
	for {
		jobs, closed := w.store.queue.pull(maxGroup)
		switch {
		case len(jobs) > 0:
			began := time.Now()
			w.write(jobs)
			w.gather(time.Since(began))
		case closed:
			fault.Point("close")
			w.closeErr = w.leave()
			fault.Point("closed")
			w.ended = true
			return
		default:
			w.wait()
		}
	}
}

// A lull is so long, or so many looks, without anybody coming: longer after a group that took
// long, since who misses the next one waits for two.
const (
	lull        = 30 * time.Microsecond
	longestLull = 100 * time.Microsecond
	lullPart    = 64 // of what the group took
	lullLooks   = 1000
)

// gather lets those who were answered come with their next, beside those who came
// meanwhile, until all are there or there is a lull: the more share a commit, the less each
// costs, and who comes at once need not wake the writer. The group before took so long.
func (w *writer) gather(took time.Duration) {
	quiet := min(max(lull, took/lullPart), longestLull)
	waiting, last, looks := w.store.queue.length(), time.Now(), 0
	for ; waiting < w.expected && looks < lullLooks && time.Since(last) < quiet; looks++ {
		runtime.Gosched()
		if n := w.store.queue.length(); n > waiting {
			waiting, last, looks = n, time.Now(), 0
		}
	}
}

// wait returns when somebody queues. While the store is not well, it looks after
// it meanwhile.
func (w *writer) wait() {
	if w.store.Health() == nil {
		<-w.store.queue.wake
		return
	}
	timer := time.NewTimer(time.Until(w.lookedAt.Add(again)))
	defer timer.Stop()
	select {
	case <-w.store.queue.wake:
	case <-timer.C:
		w.heal()
	}
}

// write runs a group and commits it. On a store that is damaged nothing is tried but
// to make it well, and that not too often: the group is refused.
func (w *writer) write(jobs []*job) {
	w.jobs, w.group, w.newPlans, w.memory.offRows, w.memory.portions = jobs, w.group[:0], false, false, 0
	w.keeps, w.deeds = w.store.watch.any(), nil
	if err := w.siteLeft(); err != nil {
		w.store.setHealth(err)
	}
	if w.damaged() && time.Since(w.lookedAt) >= again {
		w.heal()
	}
	if w.damaged() {
		w.takeRest()
		w.answer(w.store.Health())
		return
	}
	w.takeTurn()
	defer w.endTurn()
	if err := w.begin(jobs); err != nil {
		w.fail(err)
		return
	}
	if w.hasTurn {
		// Who came while the others wrote goes along.
		jobs = append(jobs, w.store.queue.more(maxGroup-len(jobs))...)
		w.jobs = jobs
	}
	committed := w.head
	alone := len(jobs) == 1
	wrote := false
	for _, j := range jobs {
		if !j.take() {
			continue // its caller gave up
		}
		w.group = append(w.group, j)
		did, err := w.run(j, alone)
		if w.conn.trouble != nil {
			w.head = committed
			w.rollback()
			w.fail(w.conn.trouble)
			return
		}
		j.err = err
		wrote = wrote || did
	}
	if !wrote {
		w.head = committed
		w.rollback()
		if w.conn.trouble != nil {
			w.fail(w.conn.trouble)
			return
		}
		w.answer(nil)
		return
	}
	fault.Point("commit")
	if _, err := w.conn.exec("COMMIT"); err != nil {
		w.head = committed
		w.rollback()
		w.fail(unsure(err))
		return
	}
	fault.Point("committed")
	hadTurn := w.hasTurn
	w.endTurn()
	w.store.setHealth(nil)
	w.store.recent.add(w.deeds)
	w.store.watch.signal(w.head.seq)
	w.answer(nil)
	w.cutLog()
	if w.hasRival() && !hadTurn {
		// There are no turns to take: let the other try.
		time.Sleep(time.Duration(300+rand.IntN(300)) * time.Microsecond)
	}
}

// cutLog lets the log begin again from its start once it is too long: it waits for those
// who read from it, for a moment. Where a long reading is under way, it is tried again
// later. The file keeps its length, since writing over what is there takes less than
// growing; only a very long one is cut off.
func (w *writer) cutLog() {
	now := time.Now()
	info, err := os.Stat(w.store.path + "-wal")
	if err != nil || info.Size() <= w.maxLog || now.Before(w.cutAgain) {
		return
	}
	w.cutAgain = now.Add(lookAtLog)
	// The sales are on disk: where the log meets trouble, the next commit says what it is.
	defer func() { w.conn.trouble = nil }()
	log, _, err := one(w.conn, scanLog, "PRAGMA wal_checkpoint(NOOP)")
	if err != nil {
		return
	}
	how := log.again(info.Size(), w.maxLog)
	if how == "" {
		return
	}
	_, _ = w.conn.exec("PRAGMA busy_timeout = 20")
	fault.Point("cut")
	blocked, err := w.conn.number("PRAGMA wal_checkpoint(" + how + ")")
	fault.Point("was cut")
	_, _ = w.conn.exec("PRAGMA busy_timeout = 0")
	if err != nil {
		w.store.log.Warn("store cannot fold its log in", "error", err)
	}
	if err != nil || blocked != 0 {
		w.cutAgain = now.Add(time.Second)
	}
}

// begin starts the group's transaction: it waits for another process by short
// tries of its own, since SQLite's waiting backs off and starves.
func (w *writer) begin(jobs []*job) error {
	deadline := time.Now().Add(patience)
	for {
		_, err := w.conn.exec("BEGIN IMMEDIATE")
		if err == nil {
			break
		}
		if !isBusy(err) {
			return err
		}
		w.conn.trouble = nil
		isNew := !w.hasRival()
		w.rival = time.Now()
		if isNew && !w.hasTurn {
			w.takeTurn() // the other one sees that somebody waits
			continue
		}
		if time.Now().After(deadline) || !anyWaits(jobs) {
			return err
		}
		time.Sleep(time.Duration(150+rand.IntN(300)) * time.Microsecond)
	}
	version, err := w.conn.number("PRAGMA data_version")
	if err == nil && version != w.version {
		w.memory.forget()
		if w.version != 0 {
			w.rival = time.Now()
		}
		if err = w.checkSchema(); err == nil {
			w.head, err = readHead(w.conn)
		}
		if err == nil {
			w.version = version
		}
	}
	if err != nil {
		w.rollback()
	}
	return err
}

// checkSchema looks whether the schema is still one this program knows: another process
// may be of a newer one.
func (w *writer) checkSchema() error {
	at, err := w.conn.number("PRAGMA schema_version")
	if err != nil || at == w.schema {
		return err
	}
	if err := notNewer(w.conn); err != nil {
		return err
	}
	w.schema = at
	return nil
}

func anyWaits(jobs []*job) bool {
	for _, j := range jobs {
		if !j.taken.Load() {
			return true
		}
	}
	return false
}

// run runs one use case inside the group's transaction, and reports whether it
// wrote. A use case alone needs no savepoint: nothing else is in the transaction.
func (w *writer) run(j *job, alone bool) (wrote bool, err error) {
	c := w.conn
	if j.cmd != "" {
		known, err := w.recall(j.cmd, j.answer)
		if known || err != nil {
			return false, err
		}
	}
	before, plansBefore := w.head, w.newPlans
	if !alone {
		if _, err := c.exec("SAVEPOINT usecase"); err != nil {
			return false, err
		}
	}
	err = w.attempt(j)
	if c.trouble != nil {
		return false, c.trouble
	}
	if err != nil {
		w.head, w.newPlans = before, plansBefore
		if !alone {
			if _, e := c.exec("ROLLBACK TO usecase"); e != nil {
				c.trouble = &boxoffice.StoreError{Words: wordsDamage, Err: e}
				return false, err
			}
		}
	}
	if !alone {
		if _, e := c.exec("RELEASE usecase"); e != nil {
			c.trouble = &boxoffice.StoreError{Words: wordsDamage, Err: e}
		}
	}
	return err == nil, err
}

// attempt calls the use case's function and keeps its answer.
func (w *writer) attempt(j *job) (err error) {
	defer w.store.recovered(&err)
	t := &tx{reader: reader{
		conn: w.conn, store: w.store, now: later(w.store.now(), w.head.at), head: w.head, keepPlans: !w.newPlans, memory: &w.memory,
	}, writer: w, cmd: j.cmd}
	if err := j.fn(t); err != nil {
		return err
	}
	entries := t.head.seq - w.head.seq
	w.head = t.head
	if j.cmd == "" {
		t.settle()
		return nil
	}
	var answer any
	if j.answer != nil {
		text, err := w.answers.write(j.answer)
		if err != nil {
			return err
		}
		answer = text
	}
	var seq any
	if entries > 0 {
		seq = t.head.seq
	}
	if _, err := w.conn.exec("INSERT INTO command (id, seq, answer, at, sum) VALUES (?, ?, ?, ?, ?)", summed(string(j.cmd), seq, answer, t.now)...); err != nil {
		return fmt.Errorf("keep command: %w", err)
	}
	t.settle()
	return nil
}

// rollback leaves no transaction open. SQLite may have rolled back by itself.
func (w *writer) rollback() {
	if inner, ok := w.conn.raw.(interface{ IsValid() bool }); ok && !inner.IsValid() {
		w.conn.trouble = &boxoffice.StoreError{Words: wordsDamage, Err: errors.New("connection lost")}
		return
	}
	w.conn.rollback()
}

// takeRest takes those of the group that have not run, to answer them.
func (w *writer) takeRest() {
	for _, j := range w.jobs {
		if j.take() {
			w.group = append(w.group, j)
		}
	}
}

// answer lets the callers of the group go on: each with its own outcome, or all
// with err.
func (w *writer) answer(err error) {
	w.expected = w.store.queue.length() + len(w.group)
	for _, j := range w.group {
		if err != nil {
			j.err = err
		}
		close(j.done)
	}
	clear(w.group)
	w.group = w.group[:0]
}
