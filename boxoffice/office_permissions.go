package boxoffice

import "context"

// Permissions returns who may do what in this house.
func (o *Office) Permissions(ctx context.Context) (Permissions, error) {
	return view(ctx, o, Reader.Permissions)
}

// Permit changes the house's table: whether a role may do something, from this
// moment and everywhere. A manager can always set up the house.
func (o *Office) Permit(ctx context.Context, cmd CommandID, by Actor, role Role, permission Permission, allowed bool) error {
	if err := role.check(); err != nil {
		return err
	}
	permission, err := ParsePermission(string(permission))
	if err != nil {
		return err
	}
	if role == Manager && permission == SetUp && !allowed {
		return invalid("a manager can always set up the house: nobody could give it back")
	}
	_, err = update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return struct{}{}, err
		}
		table, err := tx.Permissions()
		if err != nil {
			return struct{}{}, err
		}
		word := "may"
		if !allowed {
			word = "may not"
		}
		if table.Allows(role, permission) == allowed {
			return struct{}{}, wrongState("a %s %s %s as it is", role, word, permission)
		}
		if err := tx.SavePermit(Permit{role, permission, allowed}); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbPermit)
		entry.Note = "a " + string(role) + " " + word + " " + string(permission)
		return struct{}{}, tx.Append(entry)
	})
	return err
}
