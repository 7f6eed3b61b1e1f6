package boxoffice

import (
	"context"
	"slices"
	"strings"
)

// EnterDesk notes that the person is at work at their terminal from now on. Who was
// there before is not any more.
func (o *Office) EnterDesk(ctx context.Context, cmd CommandID, by Actor) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		s, err := tx.Staff(by.Staff)
		if err != nil {
			return struct{}{}, err
		}
		if !s.Active {
			return struct{}{}, wrongState("%s works here no longer", s.Name)
		}
		if by.Terminal == "" {
			return struct{}{}, invalid("a desk needs the name of its terminal")
		}
		desks, err := tx.Desks()
		if err != nil {
			return struct{}{}, err
		}
		for _, d := range desks {
			if d.Terminal != by.Terminal {
				continue
			}
			if d.Staff == by.Staff {
				break
			}
			if err := tx.Append(Entry{Actor: Actor{Staff: d.Staff, Terminal: d.Terminal, Channel: by.Channel}, Verb: VerbSignOut}); err != nil {
				return struct{}{}, err
			}
		}
		if err := tx.SaveDesk(Desk{Terminal: by.Terminal, Staff: by.Staff, Since: tx.Now()}); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.Append(stamp(by, VerbSignIn))
	})
	return err
}

// LeaveDesk notes that the person is no longer at work at their terminal. Where they
// were not, nothing happens.
func (o *Office) LeaveDesk(ctx context.Context, cmd CommandID, by Actor) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		desks, err := tx.Desks()
		if err != nil {
			return struct{}{}, err
		}
		if !slices.ContainsFunc(desks, func(d Desk) bool { return d.Terminal == by.Terminal && d.Staff == by.Staff }) {
			return struct{}{}, nil
		}
		if err := tx.ClearDesk(by.Terminal); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.Append(stamp(by, VerbSignOut))
	})
	return err
}

// LeaveDesks notes that terminals are no more, which ended without a word: they are
// given as [Office.AtWork] had them. One that was sat down at since is left alone.
func (o *Office) LeaveDesks(ctx context.Context, cmd CommandID, gone []AtWork) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		desks, err := tx.Desks()
		if err != nil {
			return struct{}{}, err
		}
		for _, g := range gone {
			if !slices.Contains(desks, Desk{Terminal: g.Terminal, Staff: g.Staff.ID, Since: g.Since}) {
				continue
			}
			if err := tx.ClearDesk(g.Terminal); err != nil {
				return struct{}{}, err
			}
			if err := tx.Append(Entry{Actor: Actor{Staff: g.Staff.ID, Terminal: g.Terminal}, Verb: VerbSignOut}); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	return err
}

// AtWork returns who is at work this business day, and where, by terminal. A terminal
// that ended without a word counts until somebody sits down there, [Office.LeaveDesks]
// says that it is no more, or the day ends.
func (o *Office) AtWork(ctx context.Context) ([]AtWork, error) { return view(ctx, o, atWork) }

func atWork(r Reader) ([]AtWork, error) {
	house, err := r.House()
	if err != nil {
		return nil, err
	}
	desks, err := r.Desks()
	if err != nil {
		return nil, err
	}
	people, err := staffByID(r)
	if err != nil {
		return nil, err
	}
	from, _ := day(r.Now(), house.Location())
	var out []AtWork
	for _, d := range desks {
		if s := people[d.Staff]; s.Active && !d.Since.Before(from) {
			out = append(out, AtWork{s, d.Terminal, d.Since})
		}
	}
	return out, nil
}

// Tell sends words to a terminal or a person that is at work, or to everybody where
// to is empty. Screens show them from the journal: [Entry.Message].
func (o *Office) Tell(ctx context.Context, cmd CommandID, by Actor, to, words string) error {
	to, words = strings.TrimSpace(Clean(to)), strings.TrimSpace(Shorten(Clean(words), maxMessage))
	if words == "" {
		return invalid("say what the message is")
	}
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Tell); err != nil {
			return struct{}{}, err
		}
		if to != "" {
			present, err := atWork(tx)
			if err != nil {
				return struct{}{}, err
			}
			at := slices.IndexFunc(present, func(a AtWork) bool {
				return a.Terminal == to || strings.EqualFold(a.Staff.Name, to)
			})
			if at < 0 {
				return struct{}{}, NotFound("terminal or person at work called", to)
			}
			if present[at].Terminal != to {
				to = present[at].Staff.Name
			}
		}
		entry := stamp(by, VerbTell)
		entry.Note = Message{To: to, Words: words}.note()
		return struct{}{}, tx.Append(entry)
	})
	return err
}
