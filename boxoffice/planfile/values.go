package planfile

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// text reads a text that ends up in the plan. A number will do, and is told.
func (w *walker) text(to *string, length int) error {
	t, err := w.scalar()
	if err != nil {
		return err
	}
	switch v := t.(type) {
	case string:
		*to = w.report.tidied(v, length, w.where)
	case json.Number:
		*to = plainNumber(string(v))
		w.report.repair("number where text belongs", w.where(), "", "the number "+quote(string(v)), "reads "+quote(*to))
	case nil:
		*to = ""
	default:
		*to = ""
		w.report.repair("value of the wrong kind", w.where(), "", kindOf(t)+" stands where text belongs", "read as empty")
	}
	return nil
}

// plainNumber writes 12.0 as 12.
func plainNumber(s string) string {
	if v, err := strconv.ParseFloat(s, 64); err == nil && v == math.Trunc(v) && math.Abs(v) < 1e9 {
		return strconv.FormatInt(int64(v), 10)
	}
	return tidy(s, labelLength)
}

// number reads a coordinate; false where it is none that can be used.
func (w *walker) number() (float64, bool, error) {
	t, err := w.scalar()
	if err != nil {
		return 0, false, err
	}
	var words string
	switch v := t.(type) {
	case json.Number:
		words = string(v)
	case string:
		words = strings.TrimSpace(v)
		w.report.repair("text where a number belongs", w.where(), "", "the text "+quote(v), "read as a number")
	case nil:
		return 0, false, nil
	default:
		w.report.repair("position that is none", w.where(), "", kindOf(t), "left out")
		return 0, false, nil
	}
	v, err := strconv.ParseFloat(words, 64)
	if err != nil || !sane(v) {
		w.report.repair("position that is none", w.where(), "", quote(words)+" is no place on a drawing", "left out")
		return 0, false, nil
	}
	return v, true, nil
}

// point reads a position. Both halves must be there for it to count.
func (w *walker) point() (x, y float64, ok bool, err error) {
	var hasX, hasY bool
	_, err = w.object(func(key string) (err error) {
		switch key {
		case "x":
			x, hasX, err = w.number()
		case "y":
			y, hasY, err = w.number()
		default:
			err = w.extra("a position", key)
		}
		return err
	})
	return x, y, hasX && hasY, err
}

// wholes reads an object of measures that should be whole numbers and matter to
// nobody here.
func (w *walker) wholes(names ...string) error {
	_, err := w.object(func(key string) error {
		t, err := w.scalar()
		for _, name := range names {
			if n, ok := t.(json.Number); ok && key == name && strings.ContainsAny(string(n), ".eE") {
				w.report.note("fraction where a whole number belongs", w.where(), "", quote(string(n)), "only decoration: nothing depends on it")
			}
		}
		return err
	})
	return err
}
