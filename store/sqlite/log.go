package sqlite

// logState is how many pages a log has, and how many of them are folded in.
type logState struct{ pages, folded int64 }

func scanLog(r row) (logState, error) { return logState{r.int(1), r.int(2)}, nil }

// length is how many bytes the file of a log has at least.
func (l logState) length() int64 {
	if l.pages <= 0 { // not opened yet, or begun again
		return 0
	}
	return 32 + l.pages*(24+4096)
}

// again returns how a log in a file of so many bytes is made to begin again from its start,
// where most is what it may have; nothing where it does by itself, or cannot: somebody is
// reading who began before most of it was written.
func (l logState) again(size, most int64) string {
	switch {
	case size <= most, l.pages-l.folded > logPages:
		return ""
	case size > longLog*most:
		return "TRUNCATE"
	case l.pages*4096 > most:
		return "RESTART"
	}
	return ""
}
