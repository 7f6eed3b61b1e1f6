package boxoffice

import (
	"context"
	"fmt"
	"reflect"
	"strings"
)

// CreateHouse makes the house and its first manager. A store has one house:
// *StateError if it has one already.
func (o *Office) CreateHouse(ctx context.Context, cmd CommandID, house House, manager, pin string) (Staff, error) {
	house.Name = Shorten(Clean(house.Name), 60)
	if house.Holds == nil {
		house.Holds = DefaultHoldTimes()
	}
	if err := house.Check(); err != nil {
		return Staff{}, err
	}
	staff, err := o.person(manager, Manager, pin)
	if err != nil {
		return Staff{}, err
	}
	return update(ctx, o, cmd, func(tx Tx) (Staff, error) {
		if err := tx.CreateHouse(house); err != nil {
			return Staff{}, err
		}
		saved, err := tx.SaveStaff(staff)
		if err != nil {
			return Staff{}, err
		}
		if err := tx.Append(Entry{Verb: VerbSetUp, Actor: Actor{Staff: saved.ID}, Note: house.Name}); err != nil {
			return Staff{}, err
		}
		saved.PIN = ""
		return saved, nil
	})
}

// person checks and makes a new member of staff. An empty PIN means the person
// signs in without one.
func (o *Office) person(name string, role Role, pin string) (Staff, error) {
	name = Shorten(Clean(name), 40)
	if strings.TrimSpace(name) == "" {
		return Staff{}, invalid("a person needs a name")
	}
	if err := role.check(); err != nil {
		return Staff{}, err
	}
	hash, err := o.hashPIN(pin)
	return Staff{Name: name, Role: role, PIN: hash, Active: true}, err
}

// AddStaff takes a new person on.
func (o *Office) AddStaff(ctx context.Context, cmd CommandID, by Actor, name string, role Role, pin string) (Staff, error) {
	staff, err := o.person(name, role, pin)
	if err != nil {
		return Staff{}, err
	}
	return update(ctx, o, cmd, func(tx Tx) (Staff, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return Staff{}, err
		}
		if _, err := tx.StaffByName(staff.Name); KindOf(err) != KindNotFound {
			if err != nil {
				return Staff{}, err
			}
			return Staff{}, wrongState("%s works here already; choose another name", staff.Name)
		}
		saved, err := tx.SaveStaff(staff)
		if err != nil {
			return Staff{}, err
		}
		entry := stamp(by, VerbStaff)
		entry.Note = fmt.Sprintf("%s, %s", saved.Name, saved.Role)
		saved.PIN = ""
		return saved, tx.Append(entry)
	})
}

// SaveHouse changes the house's settings.
func (o *Office) SaveHouse(ctx context.Context, cmd CommandID, by Actor, house House) error {
	house.Name = Shorten(Clean(house.Name), 60)
	if err := house.Check(); err != nil {
		return err
	}
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return struct{}{}, err
		}
		if err := tx.SaveHouse(house); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbSetUp)
		entry.Note = house.Name
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// Imported says what importing a plan did.
type Imported struct {
	ID  PlanID
	New bool // false where the house had the very same plan already
}

// ImportPlan keeps a seating plan. The same plan again changes nothing; a
// different one under the same name becomes the newest of that name.
func (o *Office) ImportPlan(ctx context.Context, cmd CommandID, by Actor, plan *Plan) (Imported, error) {
	return update(ctx, o, cmd, func(tx Tx) (Imported, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return Imported{}, err
		}
		same, err := tx.PlanByName(plan.Name)
		if err != nil && KindOf(err) != KindNotFound {
			return Imported{}, err
		}
		if err == nil {
			copied := *plan
			copied.ID = same.ID
			if reflect.DeepEqual(&copied, same) {
				return Imported{ID: same.ID}, nil
			}
		}
		id, err := tx.SavePlan(plan)
		if err != nil {
			return Imported{}, err
		}
		entry := stamp(by, VerbPlan)
		entry.Note = fmt.Sprintf("%s, %d places", plan.Name, len(plan.Places))
		return Imported{ID: id, New: true}, tx.Append(entry)
	})
}
