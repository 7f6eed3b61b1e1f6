package storetest

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"testing"
	"time"

	"wicket/boxoffice"
)

// Partner is the other of two processes that send the same use cases under the same
// command ids, step by step.
type Partner struct {
	number int // 0 or 1
	in     *bufio.Reader
	out    io.Writer
	mayDie bool
	die    func(step int)
}

// NewPartner returns the partner that reads what is written to out and writes what is
// read from in. The processes have the numbers 0 and 1. Where mayDie is true, the
// other may end at any step; this one goes on alone.
func NewPartner(number int, in io.Reader, out io.Writer, mayDie bool) *Partner {
	return &Partner{number: number, in: bufio.NewReader(in), out: out, mayDie: mayDie}
}

// DieAt has die called at a step, beside the use case that is sent.
func (p *Partner) DieAt(step int, die func()) {
	p.die = func(at int) {
		if at == step {
			go die()
		}
	}
}

func (p *Partner) dieAt(step int) {
	if p != nil && p.die != nil {
		p.die(step)
	}
}

// meet tells the partner something and waits to be told; alive is false once it has
// ended.
func (p *Partner) meet(told string) (theirs string, alive bool) {
	_, _ = fmt.Fprintln(p.out, strconv.Quote(told))
	line, err := p.in.ReadString('\n')
	if err != nil {
		return "", false
	}
	theirs, err = strconv.Unquote(line[:len(line)-1])
	return theirs, err == nil
}

// TwiceInEither sends every use case of the office several times under one command id,
// in step with the same in another process on the same, fresh house: at first it
// breaks, in one of them; then both send it at once; then both do again. Each is done
// once, and answered alike. It returns how many were sent.
func TwiceInEither(t *testing.T, store boxoffice.Store, clock *Clock, partner *Partner) int {
	s := &sender{T: t, clock: clock, store: &breaking{Store: store}, sent: map[string]bool{}, partner: partner}
	s.office = NewOffice(s.store)
	s.evening()
	return s.steps
}

// TwiceStarts is where the clocks of both processes begin.
var TwiceStarts = Curtain.Add(-24 * time.Hour)
