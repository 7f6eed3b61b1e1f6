package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testClocks holds what becomes of holds where clocks are set and machines sleep: none
// that lapsed revives, none is lost without a word, and nothing is sold twice.
func testClocks(t *testing.T, open Opener) {
	for name, test := range map[string]func(*clockEvening){
		"back after a lapse": (*clockEvening).backAfterALapse, "forward and back": (*clockEvening).forwardAndBack,
		"asleep": (*clockEvening).asleep, "back while it is held": (*clockEvening).backWhileHeld,
	} {
		t.Run(name, func(t *testing.T) {
			clock := NewClock(Curtain.Add(-2 * time.Hour))
			test(&clockEvening{NewEvening(t, open(t, clock), clock, Rows(2, 6, 0), 2), t, context.Background()})
		})
	}
}

// clockEvening is an evening of Ana and Ben.
type clockEvening struct {
	*Evening
	t   *testing.T
	ctx context.Context
}

const ana, ben = 0, 1

func (e *clockEvening) hold(who int, places ...boxoffice.PlaceNo) error {
	var picks []boxoffice.Pick
	for _, no := range places {
		picks = append(picks, boxoffice.Pick{Place: no, Type: e.Adult})
	}
	_, err := e.Office.HoldPlaces(e.ctx, cmd(), e.Staff[who], e.Performance, picks)
	return err
}

func (e *clockEvening) sell(who int) error {
	_, err := e.Office.SellCash(e.ctx, cmd(), e.Staff[who], e.basket(who).Total, 100_000)
	return err
}

func (e *clockEvening) basket(who int) boxoffice.BasketView {
	e.t.Helper()
	v, err := e.Office.Basket(e.ctx, e.Staff[who].Staff)
	e.must(err)
	return v
}

func (e *clockEvening) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

func (e *clockEvening) sweep() {
	e.t.Helper()
	_, err := e.Office.Sweep(e.ctx, 100)
	e.must(err)
}

// has holds a basket to what is in it and what it lost: «1 2, lost 3».
func (e *clockEvening) has(what string, who int, want string) {
	e.t.Helper()
	v := e.basket(who)
	var have, lost []string
	for _, l := range v.Lines {
		have = append(have, fmt.Sprint(l.Place))
	}
	for _, l := range v.Lost {
		lost = append(lost, fmt.Sprint(l.Place))
	}
	if got := strings.Join(have, " ") + ", lost " + strings.Join(lost, " "); got != want {
		e.t.Errorf("%s: the basket has «%s», want «%s»", what, got, want)
	}
}

func (e *clockEvening) refused(what string, err error, kind boxoffice.Kind, words string) {
	e.t.Helper()
	isKind(e.t, what, err, kind)
	if err != nil && !strings.Contains(err.Error(), words) {
		e.t.Errorf("%s: %v; want words of «%s»", what, err, words)
	}
}

// backAfterALapse: once anything was written down after a hold's end, it is over for
// good, whatever the clock says later.
func (e *clockEvening) backAfterALapse() {
	e.must(e.hold(ana, 1, 2))
	e.Clock.Move(8 * time.Minute)
	e.must(e.hold(ben, 7)) // the sweeper is late: this is all that is written
	e.Clock.Move(-time.Hour)
	e.has("an hour back", ana, ", lost 1 2")
	e.refused("sell what lapsed", e.sell(ana), boxoffice.KindState, "time is over")
	e.refused("renew what lapsed", second(e.Office.Renew(e.ctx, cmd(), e.Staff[ana])), boxoffice.KindState, "time is over")
	e.sweep()
	e.must(e.hold(ben, 1))
	e.refused("take all of it again", second(e.Office.Retake(e.ctx, cmd(), e.Staff[ana], false)), boxoffice.KindTaken, "A1 is held by Clerk 2")
	e.must(second(e.Office.Retake(e.ctx, cmd(), e.Staff[ana], true)))
	e.has("the rest again", ana, "2, lost ")
	e.must(e.sell(ana))
	e.must(e.sell(ben))
}

// forwardAndBack: a clock that is set a day ahead ends every hold, and says so; set
// right again, selling goes on, and no hold ends until it has caught up.
func (e *clockEvening) forwardAndBack() {
	e.must(e.hold(ana, 1, 2))
	e.Clock.Move(24 * time.Hour)
	e.has("a day ahead", ana, ", lost 1 2")
	e.refused("sell what lapsed", e.sell(ana), boxoffice.KindState, "take its places again")
	e.sweep()
	e.has("swept", ana, ", lost 1 2")
	e.must(second(e.Office.Retake(e.ctx, cmd(), e.Staff[ana], false)))
	e.Clock.Move(-24 * time.Hour)
	e.must(e.hold(ben, 3))
	for range 3 {
		e.Clock.Move(7 * time.Hour)
		e.sweep()
		e.has("behind the journal", ana, "1 2, lost ")
		e.has("behind the journal", ben, "3, lost ")
		e.refused("a place that is held", e.hold(ben, 1), boxoffice.KindTaken, "is held by Clerk 1")
	}
	e.must(e.sell(ana))
	if evening, err := e.Office.Evening(e.ctx, e.Staff[ana], Curtain.Add(22*time.Hour)); err != nil || evening.Total() != 4800 {
		e.t.Errorf("what is sold behind the journal is not in the day of its last entry: %v", err)
	}
	e.Clock.Move(3*time.Hour + 8*time.Minute - time.Millisecond)
	e.has("caught up", ben, "3, lost ")
	e.Clock.Move(time.Millisecond)
	e.has("caught up, and over", ben, ", lost 3")
}

// asleep: a machine that slept for three hours finds the basket over, and what is free
// of it can be had again.
func (e *clockEvening) asleep() {
	e.must(e.hold(ana, 1, 2, 3))
	e.Clock.Move(3 * time.Hour)
	e.refused("sell what lapsed", e.sell(ana), boxoffice.KindState, "take its places again")
	e.has("awake again", ana, ", lost 1 2 3")
	e.must(e.hold(ben, 2))
	e.must(e.sell(ben))
	e.has("one is sold", ana, ", lost 1 2 3")
	e.refused("take all of it again", second(e.Office.Retake(e.ctx, cmd(), e.Staff[ana], false)), boxoffice.KindTaken, "A2 is sold")
	e.must(second(e.Office.Retake(e.ctx, cmd(), e.Staff[ana], true)))
	e.has("the rest again", ana, "1 3, lost ")
	e.must(e.sell(ana))
}

// backWhileHeld: a clock that is set back takes nothing from anybody: a hold lasts no
// less than it was told to, and its end is the instant that was told.
func (e *clockEvening) backWhileHeld() {
	e.must(e.hold(ana, 1))
	until := e.basket(ana).Hold.ExpiresAt
	e.Clock.Move(-time.Hour)
	e.must(e.hold(ana, 2))
	e.has("an hour back", ana, "1 2, lost ")
	if got := e.basket(ana).Hold.ExpiresAt; !got.Equal(until) {
		e.t.Errorf("the basket lasts until %s, told was %s", got, until)
	}
	e.Clock.Move(time.Hour + 8*time.Minute - time.Millisecond)
	e.must(e.hold(ben, 3)) // somebody looks, and writes
	e.has("a moment before its end", ana, "1 2, lost ")
	e.must(e.sell(ana))
}
