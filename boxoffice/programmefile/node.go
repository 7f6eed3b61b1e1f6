package programmefile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"wicket/boxoffice"
)

// decoder turns nodes into a programme and gathers what is wrong with them.
type decoder struct {
	zone                 *time.Location
	cur                  boxoffice.Currency
	wrong                []string
	events, performances map[string]int // the lines of keys seen
}

// say notes what is wrong at a node.
func (d *decoder) say(at ast.Node, format string, args ...any) {
	d.wrong = append(d.wrong, lineWords(lineOf(at))+fmt.Sprintf(format, args...))
}

// sayErr notes an error of boxoffice at a node.
func (d *decoder) sayErr(at ast.Node, err error) { d.say(at, "%s", err) }

// field is one «key: value» of a mapping.
type field struct {
	key  string
	at   ast.Node // the key
	node ast.Node // the value; nil where nothing stands
}

// fields returns a mapping's fields in order. What is no mapping, and a key that
// stands twice, is noted.
func (d *decoder) fields(n ast.Node, what string) []field {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		d.say(n, "%s should be lines of «key: value», not %s", what, shape(n))
		return nil
	}
	out := make([]field, 0, len(values))
	lines := map[string]int{}
	for _, v := range values {
		key, ok := scalar(v.Key)
		if !ok {
			d.say(v.Key, "%s has a key that is no text", what)
			continue
		}
		if first, twice := lines[key]; twice {
			d.say(v.Key, "«%s» stands twice, first in line %d", brief(key), first)
			continue
		}
		lines[key] = lineOf(v.Key)
		f := field{key: key, at: v.Key, node: v.Value}
		if _, null := v.Value.(*ast.NullNode); null || v.Value == nil {
			f.node = nil
		}
		out = append(out, f)
	}
	return out
}

// known notes a key that is none of those there are.
func (d *decoder) known(f field, what string, keys ...string) bool {
	if slices.Contains(keys, f.key) {
		return true
	}
	d.say(f.at, "«%s» is no key of %s; there are %s", brief(f.key), what, strings.Join(keys, ", "))
	return false
}

// items returns the entries of a list.
func (d *decoder) items(f field, what string) []ast.Node {
	if f.node == nil {
		return nil
	}
	list, ok := f.node.(*ast.SequenceNode)
	if !ok {
		d.say(f.at, "%s should be a list, each entry begun with «-», not %s", what, shape(f.node))
		return nil
	}
	return list.Values
}

// text returns a field's text, cleaned; empty where there is none.
func (d *decoder) text(f field, cells int) string {
	if f.node == nil {
		return ""
	}
	s, ok := scalar(f.node)
	if !ok {
		d.say(f.at, "%s should be text, not %s", f.key, shape(f.node))
		return ""
	}
	s = boxoffice.Clean(s)
	if boxoffice.Width(s) > cells {
		d.say(f.at, "%s is too long: «%s» has %d characters, %d fit", f.key, brief(s), boxoffice.Width(s), cells)
		return ""
	}
	return s
}

// yes returns a field's yes or no.
func (d *decoder) yes(f field) bool {
	s, _ := scalar(f.node)
	switch strings.ToLower(s) {
	case "yes", "true":
		return true
	case "no", "false", "":
		if f.node == nil || s != "" {
			return false
		}
	}
	d.say(f.at, "%s should be yes or no", f.key)
	return false
}

// keyOf returns a field's text as a key: what a person can type.
func (d *decoder) keyOf(f field) string {
	s := d.text(f, 200)
	if s == "" {
		return ""
	}
	key, err := boxoffice.ReadKey(s)
	if err != nil {
		d.say(f.at, "%s", err)
	}
	return key
}

// scalar returns a node's text as it stands in the file.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		if v.Value == nil {
			return "", true
		}
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.NullNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// shape names what a node is.
func shape(n ast.Node) string {
	switch n.(type) {
	case nil, *ast.NullNode:
		return "nothing"
	case *ast.SequenceNode:
		return "a list"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "lines of «key: value»"
	}
	if s, ok := scalar(n); ok {
		return "«" + brief(s) + "»"
	}
	return "this"
}

// brief is text of the file for a message.
func brief(s string) string { return boxoffice.Shorten(boxoffice.Clean(s), 40) }
