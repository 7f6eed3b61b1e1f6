package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wicket/boxoffice"
)

// DueBlocks implements [boxoffice.Reader].
func (r *reader) DueBlocks(now time.Time, limit int) ([]boxoffice.TimedBlock, error) {
	return list(r.conn, scanTimedBlock, timedBlockColumns+"WHERE released_at IS NULL AND release_at <= ? ORDER BY release_at, id"+atMost, now.UnixMilli(), limit)
}

// TimedBlocks implements [boxoffice.Reader].
func (r *reader) TimedBlocks(perf boxoffice.PerformanceID) ([]boxoffice.TimedBlock, error) {
	return list(r.conn, scanTimedBlock, timedBlockColumns+"WHERE released_at IS NULL AND performance = ? ORDER BY release_at, id", perf)
}

const timedBlockColumns = "SELECT id, performance, code, places, release_at, released_at FROM timed_block "

func scanTimedBlock(r row) (boxoffice.TimedBlock, error) {
	places, err := readPlaces(r.text(3))
	return boxoffice.TimedBlock{
		ID: r.int(0), Performance: boxoffice.PerformanceID(r.int(1)), Code: boxoffice.BlockCode(r.text(2)), Places: places,
		ReleaseAt: r.time(4), ReleasedAt: r.time(5),
	}, err
}

// SaveTimedBlock implements [boxoffice.Tx].
func (t *tx) SaveTimedBlock(b boxoffice.TimedBlock) (boxoffice.TimedBlock, error) {
	if b.ID == 0 {
		id, err := t.next("timed_block")
		if err != nil {
			return b, err
		}
		b.ID = id
		_, err = t.conn.exec("INSERT INTO timed_block (id, performance, code, places, release_at, released_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?)", timedBlockRow(b)...)
		return b, err
	}
	n, err := t.conn.exec("UPDATE timed_block SET performance = ?2, code = ?3, places = ?4, release_at = ?5, released_at = ?6, sum = ?7 WHERE id = ?1", timedBlockRow(b)...)
	return b, changed(n, err, fmt.Sprintf("block %d", b.ID))
}

func timedBlockRow(b boxoffice.TimedBlock) []any {
	return summed(b.ID, b.Performance, b.Code, writePlaces(b.Places), b.ReleaseAt, b.ReleasedAt)
}

// writePlaces writes places in order, runs as one: «12-15 20».
func writePlaces(places []boxoffice.PlaceNo) string {
	sorted := slices.Compact(slices.Sorted(slices.Values(places)))
	var words []string
	for i := 0; i < len(sorted); {
		j := i
		for j+1 < len(sorted) && sorted[j+1] == sorted[j]+1 {
			j++
		}
		word := strconv.Itoa(int(sorted[i]))
		if j > i {
			word += "-" + strconv.Itoa(int(sorted[j]))
		}
		words = append(words, word)
		i = j + 1
	}
	return strings.Join(words, " ")
}

// readPlaces reads what writePlaces wrote.
func readPlaces(s string) ([]boxoffice.PlaceNo, error) {
	var places []boxoffice.PlaceNo
	for word := range strings.FieldsSeq(s) {
		from, to, isRun := strings.Cut(word, "-")
		if !isRun {
			to = from
		}
		first, errFirst := strconv.ParseInt(from, 10, 32)
		last, errLast := strconv.ParseInt(to, 10, 32)
		if errFirst != nil || errLast != nil || last-first > 1<<idBits {
			return nil, fmt.Errorf("read places: %q names none", word)
		}
		for no := first; no <= last; no++ {
			places = append(places, boxoffice.PlaceNo(no))
		}
	}
	return places, nil
}
