-- What others name stays, under the id they name it by: REPLACE deletes a row without
-- firing its DELETE triggers, and the sqlite3 shell minds no reference. A plan has the
-- places it has; a hold that is over stays over.

-- +goose Up

-- Words with «is taken» are told like a row that is refused because there is one like it.

-- +goose StatementBegin
CREATE TRIGGER staff_never_replaced BEFORE INSERT ON staff
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM staff WHERE id = NEW.id)
            THEN RAISE(ABORT, 'a person stays who they are')
        WHEN EXISTS (SELECT 1 FROM staff WHERE folded = NEW.folded)
            THEN RAISE(ABORT, 'the name is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER staff_changes BEFORE UPDATE ON staff
BEGIN
    SELECT CASE
        WHEN NEW.id <> OLD.id
            THEN RAISE(ABORT, 'a person stays who they are')
        WHEN EXISTS (SELECT 1 FROM staff WHERE folded = NEW.folded AND id <> OLD.id)
            THEN RAISE(ABORT, 'the name is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER price_type_never_replaced BEFORE INSERT ON price_type
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM price_type WHERE id = NEW.id)
            THEN RAISE(ABORT, 'there is a price type with this id already')
        WHEN EXISTS (SELECT 1 FROM price_type WHERE code = NEW.code)
            THEN RAISE(ABORT, 'the code is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER price_type_changes BEFORE UPDATE ON price_type
BEGIN
    SELECT CASE
        WHEN NEW.id <> OLD.id
            THEN RAISE(ABORT, 'there is a price type with this id already')
        WHEN NEW.code <> OLD.code AND EXISTS (SELECT 1 FROM price_type WHERE code = NEW.code)
            THEN RAISE(ABORT, 'the code is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER price_type_never_goes BEFORE DELETE ON price_type
BEGIN
    SELECT RAISE(ABORT, 'price types are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
            THEN RAISE(ABORT, 'there is an event with this id already')
        WHEN EXISTS (SELECT 1 FROM event WHERE key = NEW.key)
            THEN RAISE(ABORT, 'the key is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_changes BEFORE UPDATE ON event
BEGIN
    SELECT CASE
        WHEN NEW.id <> OLD.id
            THEN RAISE(ABORT, 'there is an event with this id already')
        WHEN NEW.key <> OLD.key AND EXISTS (SELECT 1 FROM event WHERE key = NEW.key)
            THEN RAISE(ABORT, 'the key is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER performance_never_replaced BEFORE INSERT ON performance
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM performance WHERE id = NEW.id)
            THEN RAISE(ABORT, 'there is a performance with this id already')
        WHEN EXISTS (SELECT 1 FROM performance WHERE key = NEW.key)
            THEN RAISE(ABORT, 'the key is taken')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER performance_stays BEFORE UPDATE ON performance
BEGIN
    SELECT CASE
        WHEN NEW.key <> OLD.key AND EXISTS (SELECT 1 FROM performance WHERE key = NEW.key)
            THEN RAISE(ABORT, 'the key is taken')
        WHEN OLD.state = 'cancelled' AND NEW.state <> OLD.state
            THEN RAISE(ABORT, 'a cancelled performance stays cancelled')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER performance_never_goes BEFORE DELETE ON performance
BEGIN
    SELECT RAISE(ABORT, 'performances are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_never_replaced BEFORE INSERT ON customer
WHEN EXISTS (SELECT 1 FROM customer WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'there is a customer with this id already');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_changes BEFORE UPDATE ON customer
WHEN NEW.id <> OLD.id
BEGIN
    SELECT RAISE(ABORT, 'there is a customer with this id already');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_never_goes BEFORE DELETE ON customer
WHEN EXISTS (SELECT 1 FROM orders WHERE customer = OLD.id) OR EXISTS (SELECT 1 FROM hold WHERE customer = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'a customer who has holds or orders is not deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER house_never_replaced BEFORE INSERT ON house
WHEN EXISTS (SELECT 1 FROM house WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the house stays, and is one');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER house_changes BEFORE UPDATE ON house
BEGIN
    SELECT CASE
        WHEN NEW.id <> OLD.id
            THEN RAISE(ABORT, 'the house stays, and is one')
        WHEN (NEW.currency <> OLD.currency OR NEW.digits <> OLD.digits) AND EXISTS (SELECT 1 FROM orders)
            THEN RAISE(ABORT, 'the house keeps the currency it has sold in')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER house_never_goes BEFORE DELETE ON house
BEGIN
    SELECT RAISE(ABORT, 'the house stays, and is one');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER basket_never_goes BEFORE DELETE ON basket
BEGIN
    SELECT RAISE(ABORT, 'baskets are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER timed_block_never_replaced BEFORE INSERT ON timed_block
WHEN EXISTS (SELECT 1 FROM timed_block WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'there is a timed block with this id already');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER timed_block_never_goes BEFORE DELETE ON timed_block
BEGIN
    SELECT RAISE(ABORT, 'timed blocks are never deleted: they end');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_never_replaced BEFORE INSERT ON plan
WHEN EXISTS (SELECT 1 FROM plan WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_never_changes BEFORE UPDATE ON plan
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_never_goes BEFORE DELETE ON plan
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER zone_never_replaced BEFORE INSERT ON zone
WHEN EXISTS (SELECT 1 FROM zone WHERE plan = NEW.plan AND no = NEW.no)
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER zone_never_changes BEFORE UPDATE ON zone
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER zone_never_goes BEFORE DELETE ON zone
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER level_never_replaced BEFORE INSERT ON level
WHEN EXISTS (SELECT 1 FROM level WHERE plan = NEW.plan AND no = NEW.no)
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER level_never_changes BEFORE UPDATE ON level
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER level_never_goes BEFORE DELETE ON level
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER section_never_replaced BEFORE INSERT ON section
WHEN EXISTS (SELECT 1 FROM section WHERE plan = NEW.plan AND no = NEW.no)
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER section_never_changes BEFORE UPDATE ON section
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER section_never_goes BEFORE DELETE ON section
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER place_in_plan BEFORE INSERT ON place
WHEN NOT EXISTS (SELECT 1 FROM plan WHERE id = NEW.plan AND NEW.no <= size)
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hold_changes BEFORE UPDATE ON hold
BEGIN
    SELECT CASE
        WHEN NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at
            THEN RAISE(ABORT, 'a hold stays the hold it is')
        WHEN NEW.version <> OLD.version + 1
            THEN RAISE(ABORT, 'each change of a hold adds one to its version')
        WHEN OLD.state <> 'active' AND NEW.state <> OLD.state
            THEN RAISE(ABORT, 'a hold that has ended stays ended')
    END;
END;
-- +goose StatementEnd

-- OR REPLACE puts the default where a value is missing, after all triggers have seen none.

-- +goose StatementBegin
CREATE TRIGGER ticket_whole BEFORE UPDATE ON ticket
WHEN NEW.price IS NULL OR NEW.block IS NULL OR NEW.version IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a ticket always has a price, a block and a version');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_held_as_its_hold BEFORE UPDATE ON ticket
WHEN NEW.state = 'reserved' AND NEW.expires_at > NEW.held_at AND (NEW.hold IS NOT OLD.hold OR NEW.expires_at IS NOT OLD.expires_at)
    AND EXISTS (SELECT 1 FROM hold WHERE id = NEW.hold AND state = 'active' AND expires_at <> NEW.expires_at)
BEGIN
    SELECT RAISE(ABORT, 'a ticket is held until its hold ends');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_sold_stays BEFORE UPDATE ON ticket
WHEN (OLD.state = 'reserved' OR OLD.state = 'processing') AND (NEW.state = 'available' OR NEW.state = 'reserved' AND NEW.hold IS NOT OLD.hold)
    AND EXISTS (SELECT 1 FROM order_line WHERE ticket = OLD.id AND reverses IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'the ticket is sold by an order: it is confirmed or nothing');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER order_line_reverses_its_rate BEFORE INSERT ON order_line
WHEN NEW.reverses IS NOT NULL AND EXISTS (
    SELECT 1 FROM order_line WHERE id = NEW.reverses AND (tax_ppm <> NEW.tax_ppm OR tax_included <> NEW.tax_included))
BEGIN
    SELECT RAISE(ABORT, 'a reversing line is the line it reverses with the sign turned');
END;
-- +goose StatementEnd
