package programmefile

import (
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// limit watches what a file comes to while its tokens go by: the parser itself
// takes time by the square of a mapping's keys, and a stack by the depth.
type limit struct {
	line, entries int         // of the line at hand: its list and key marks
	flow          int         // open brackets and braces
	flowKeys      int         // keys since the last of them
	keys          map[int]int // of block mappings still open, by column
}

// tooMuch says where the tokens are more than any programme, or use what no
// programme needs.
func tooMuch(tokens token.Tokens) (line int, why string) {
	l := limit{keys: map[int]int{}}
	for _, t := range tokens {
		at, column, indent := 0, 0, 0
		if t.Position != nil {
			at, column, indent = t.Position.Line, t.Position.Column, t.Position.IndentNum
		}
		if at != l.line {
			l.line, l.entries = at, 0
			l.leave(column)
		}
		if why := l.take(t, column); why != "" {
			return at, why
		}
		if l.flow > MaxDepth || l.entries > MaxDepth || indent > 20*MaxDepth {
			return at, "it is nested too deep for a programme"
		}
	}
	return 0, ""
}

// leave forgets the mappings that end before a line beginning at column.
func (l *limit) leave(column int) {
	if l.flow > 0 {
		return
	}
	for c := range l.keys {
		if c > column {
			delete(l.keys, c)
		}
	}
}

func (l *limit) take(t *token.Token, column int) (why string) {
	switch t.Type {
	case token.AnchorType, token.AliasType, token.MergeKeyType:
		return "anchors and aliases (& and * without quotes) are not for programmes; write it out, and «*» in quotes"
	case token.TagType, token.DirectiveType:
		return "tags and directives (! and %) are not for programmes; leave them out"
	case token.SequenceStartType, token.MappingStartType:
		l.flow, l.flowKeys = l.flow+1, 0
	case token.SequenceEndType, token.MappingEndType:
		l.flow = max(0, l.flow-1)
	case token.SequenceEntryType:
		l.entries++
		l.leave(column)
	case token.MappingKeyType:
		l.entries++
	case token.MappingValueType:
		n := 0
		if l.flow > 0 {
			l.flowKeys++
			n = l.flowKeys
		} else {
			if t.Prev != nil && t.Prev.Position != nil {
				column = t.Prev.Position.Column
			}
			l.keys[column]++
			n = l.keys[column]
		}
		if n > MaxKeys {
			return fmt.Sprintf("there are more than %d keys in one place", MaxKeys)
		}
	}
	return ""
}
