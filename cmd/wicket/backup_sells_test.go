package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"wicket/boxoffice"
)

// sellsMain is «wicket-sells NAME»: a counter without a screen, where NAME sells one
// standing place after another, a line for each, until its input ends.
func sellsMain() {
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ(), clock: boxoffice.SystemClock{}}
	if err := p.sells(context.Background(), os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(codeRefused)
	}
}

func (p *program) sells(ctx context.Context, name string) (err error) {
	ctx, leave := context.WithCancel(ctx)
	go func() {
		_, _ = p.in.Read(make([]byte, 1))
		leave()
	}()
	h, err := p.openToSell(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	who, err := h.office.PersonByName(ctx, name)
	if err != nil {
		return err
	}
	perf, err := h.office.PerformanceByKey(ctx, "macbeth-1")
	if err != nil {
		return err
	}
	types, err := h.office.PriceTypes(ctx)
	if err != nil {
		return err
	}
	by := boxoffice.Actor{Staff: who.ID, Terminal: "counter of " + name, Drawer: name, Channel: boxoffice.Window}
	one := boxoffice.Request{Parties: []boxoffice.Party{{Type: types[0].ID, Count: 1}}, Section: -1, Zone: -1}
	for ctx.Err() == nil {
		_, err := h.office.HoldBest(context.Background(), boxoffice.NewCommandID(), by, perf.ID, one)
		if err != nil {
			return err
		}
		basket, err := h.office.Basket(context.Background(), who.ID)
		if err != nil {
			return err
		}
		sale, err := h.office.SellCash(context.Background(), boxoffice.NewCommandID(), by, basket.Total, basket.Total)
		if err != nil {
			return err
		}
		fmt.Println("sold", sale.Order)
	}
	return nil
}
