package planfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// A walker walks a JSON document once, value by value, and knows at every step
// where it is. Its methods return an error only where walking on is impossible;
// a value of the wrong type is a finding.
type walker struct {
	dec    *json.Decoder
	data   []byte
	report *Report
	path   []step
	extras []*extra
	seen   map[string]*extra
}

type step struct {
	key   string
	index int // where key is empty
}

// extra is a key nobody asked for, told once however often it stands there.
type extra struct {
	kind, key, where string
	count            int
}

// maxDepth is deeper than any plan goes.
const maxDepth = 64

func newWalker(data []byte, report *Report) *walker {
	w := &walker{dec: json.NewDecoder(bytes.NewReader(data)), data: data, report: report, seen: map[string]*extra{}}
	w.dec.UseNumber()
	return w
}

func (w *walker) where() string {
	var b []byte
	for _, s := range w.path {
		switch {
		case s.key == "":
			b = append(strconv.AppendInt(append(b, '['), int64(s.index), 10), ']')
		case len(b) > 0:
			b = append(append(b, '.'), tidy(s.key, 40)...)
		default:
			b = append(b, tidy(s.key, 40)...)
		}
	}
	if len(b) == 0 {
		return "the whole file"
	}
	return string(b)
}

// object calls each for every key of the object that comes next; each must
// consume the value. It reports whether there was an object.
func (w *walker) object(each func(key string) error) (bool, error) {
	if open, err := w.open('{', "an object {…}"); !open || err != nil {
		return false, err
	}
	for w.dec.More() {
		t, err := w.dec.Token()
		if err != nil {
			return false, err
		}
		key := t.(string) // the decoder lets nothing else stand before a colon
		w.path = append(w.path, step{key: firstOf(key, "?")})
		if err := each(key); err != nil {
			return false, err
		}
		w.path = w.path[:len(w.path)-1]
	}
	_, err := w.dec.Token()
	return true, err
}

// array calls each for every element of the array that comes next.
func (w *walker) array(each func(i int) error) error {
	if open, err := w.open('[', "a list […]"); !open || err != nil {
		return err
	}
	for i := 0; w.dec.More(); i++ {
		w.path = append(w.path, step{index: i})
		if err := each(i); err != nil {
			return err
		}
		w.path = w.path[:len(w.path)-1]
	}
	_, err := w.dec.Token()
	return err
}

// open consumes the opening of an object or array. Null is an empty one;
// anything else is refused and skipped.
func (w *walker) open(want json.Delim, words string) (bool, error) {
	t, err := w.dec.Token()
	switch {
	case err != nil:
		return false, err
	case t == want:
		return true, nil
	case t == nil:
		return false, nil
	}
	if w.report.Count(Refused) >= mostRefusals {
		return false, errTooMuch
	}
	w.report.refuse("value of the wrong kind", w.where(), "", fmt.Sprintf("%s stands where %s belongs", kindOf(t), words),
		"save the plan again with the editor")
	return false, w.skipFrom(t)
}

func kindOf(t json.Token) string {
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return "an object"
		}
		return "a list"
	case string:
		return "the text " + quote(v)
	case json.Number:
		return "the number " + quote(string(v))
	default:
		return fmt.Sprint("the value ", v)
	}
}

// scalar returns the text, number, truth value or null that comes next. Of a list
// or an object it returns the opening and skips the rest.
func (w *walker) scalar() (json.Token, error) {
	t, err := w.dec.Token()
	if err != nil {
		return nil, err
	}
	return t, w.skipFrom(t)
}

func (w *walker) skip() error {
	t, err := w.dec.Token()
	if err != nil {
		return err
	}
	return w.skipFrom(t)
}

// mostRefusals is how many are found before nobody looks for more.
const mostRefusals = 1000

// What stops a walk before the end of the file.
var (
	errTooDeep = errors.New("lists and objects are nested too deep")
	errTooMuch = errors.New("too much is wrong to go on")
	errEnough  = fmt.Errorf("there are more than %d places", MaxPlaces)
	errCrowded = fmt.Errorf("there are more than %d rows, zones or areas", MaxPlaces)
)

// skipFrom consumes what t opened.
func (w *walker) skipFrom(t json.Token) error {
	for depth := 0; ; {
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth+len(w.path) > maxDepth {
				return errTooDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return nil
		}
		var err error
		if t, err = w.dec.Token(); err != nil {
			return err
		}
	}
}

// end reports an error where something follows the document.
func (w *walker) end() error {
	t, err := w.dec.Token()
	if err == nil {
		return fmt.Errorf("%s follows the end of the plan", kindOf(t))
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// extra skips a key that no plan has, and remembers it.
func (w *walker) extra(kind, key string) error {
	id := kind + "\x00" + key
	if e := w.seen[id]; e != nil {
		e.count++
	} else if len(w.extras) < 1000 {
		e = &extra{kind, key, w.where(), 1}
		w.seen[id] = e
		w.extras = append(w.extras, e)
	}
	return w.skip()
}

func (w *walker) reportExtras() {
	for _, e := range w.extras {
		times := ""
		if e.count > 1 {
			times = fmt.Sprintf(", %d times", e.count)
		}
		w.report.note("key that is not read", e.where, "", fmt.Sprintf("%s has the key %s%s", e.kind, quote(e.key), times), "left out")
	}
}

// broken reports the error that stopped the walk.
func (w *walker) broken(err error) {
	offset := w.dec.InputOffset()
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	if errors.Is(err, errEnough) || errors.Is(err, errCrowded) {
		w.report.refuse("too many places", w.where(), "", err.Error(), "split the house into several plans")
		return
	}
	words := err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || offset >= int64(len(w.data)) {
		words = "the file ends in the middle of the plan"
	}
	before := w.data[:min(max(offset, 0), int64(len(w.data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	w.report.refuse("broken JSON", fmt.Sprintf("line %d, column %d", line, max(column-1, 1)), "",
		tidy(words, 120), "save or download the plan again")
}

// once refuses a key that stands twice in one object, where two cannot be told
// from one.
func (w *walker) once(keys *[]string, key string) {
	if slices.Contains(*keys, key) {
		w.report.refuse("the same key twice", w.where(), "", quote(key)+" stands twice in one object", "keep one of the two")
	}
	*keys = append(*keys, key)
}
