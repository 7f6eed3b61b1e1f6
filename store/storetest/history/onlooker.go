package history

import (
	"context"

	"wicket/boxoffice"
)

// onlooker is a store for one caller, that notes where the last transaction ran.
type onlooker struct {
	boxoffice.Store
	command    boxoffice.CommandID
	ran, write bool
	seq, now   int64
	asked      func(boxoffice.CommandID) // before a transaction that writes
}

func (o *onlooker) reset() { *o = onlooker{Store: o.Store, asked: o.asked} }

func (o *onlooker) note(r boxoffice.Reader) (err error) {
	o.ran, o.now = true, r.Now().UnixMilli()
	o.seq, _, err = r.Head()
	return err
}

// Update implements [boxoffice.Store].
func (o *onlooker) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	o.command, o.ran, o.write = cmd, false, true
	if o.asked != nil {
		o.asked(cmd)
	}
	return o.Store.Update(ctx, cmd, answer, func(tx boxoffice.Tx) error {
		if err := o.note(tx); err != nil {
			return err
		}
		return fn(tx)
	})
}

// View implements [boxoffice.Store].
func (o *onlooker) View(ctx context.Context, fn func(boxoffice.Reader) error) error {
	return o.Store.View(ctx, func(r boxoffice.Reader) error {
		if err := o.note(r); err != nil {
			return err
		}
		return fn(r)
	})
}
