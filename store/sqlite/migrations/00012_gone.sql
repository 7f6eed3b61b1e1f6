-- A ticket's place in the indexes stays where it is while the ticket is held and sold: what
-- they are made of changes only when it is cancelled. Its state, which they were made of
-- before, changes with every hold and every sale.

-- +goose Up

DROP TRIGGER ticket_changes;
DROP INDEX ticket_live;
DROP INDEX ticket_dead;

-- Zero for the live ticket of a place, its own id for one that is cancelled.
ALTER TABLE ticket ADD COLUMN gone INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "a ticket that is gone says which it was" CHECK (gone = 0 OR gone = id);

UPDATE ticket SET gone = id WHERE state = 'cancelled';

CREATE UNIQUE INDEX ticket_live ON ticket (performance, place, gone);

-- OR REPLACE puts the default where a value is missing, after all triggers have seen none.

-- +goose StatementBegin
CREATE TRIGGER ticket_changes BEFORE UPDATE ON ticket
BEGIN
    SELECT CASE
        WHEN NEW.price IS NULL OR NEW.block IS NULL OR NEW.version IS NULL
            THEN RAISE(ABORT, 'a ticket always has a price, a block and a version')
        WHEN NEW.id <> OLD.id OR NEW.performance <> OLD.performance OR NEW.place <> OLD.place
            THEN RAISE(ABORT, 'a ticket stays the ticket of its place')
        WHEN NEW.version <> OLD.version + 1
            THEN RAISE(ABORT, 'each change of a ticket adds one to its version')
        WHEN NOT CASE OLD.state
            WHEN 'available' THEN NEW.state IN ('available', 'reserved')
            WHEN 'reserved' THEN NEW.state <> 'cancelled'
            WHEN 'processing' THEN NEW.state <> 'cancelled' AND (NEW.state <> 'processing' OR NEW.block <> OLD.block)
            WHEN 'confirmed' THEN NEW.state = 'cancelled' OR NEW.state = 'confirmed' AND NEW.block <> OLD.block
            ELSE 0 END
            THEN RAISE(ABORT, 'a ticket cannot go from this state to that one')
        WHEN NEW.block <> OLD.block AND (OLD.state <> 'available' OR NEW.state <> 'available') AND (NEW.block <> '' OR NEW.state <> OLD.state)
            THEN RAISE(ABORT, 'only an available ticket goes into a block; one that is sold or in a basket leaves it when the block ends')
        WHEN (OLD.state = 'reserved' OR OLD.state = 'processing')
            AND (NEW.state = 'available' OR NEW.state = 'reserved' AND NEW.hold IS NOT OLD.hold)
            AND EXISTS (SELECT 1 FROM order_line WHERE ticket = OLD.id AND reverses IS NULL)
            THEN RAISE(ABORT, 'the ticket is sold by an order: it is confirmed or nothing')
        WHEN NEW.gone <> 0 AND NEW.state <> 'cancelled'
            THEN RAISE(ABORT, 'a cancelled ticket is gone, and no other')
        ELSE CASE NEW.state
            WHEN 'available' THEN CASE
                WHEN NEW.hold IS NOT NULL OR NEW.held_at IS NOT NULL OR NEW.expires_at IS NOT NULL
                    OR NEW.type IS NOT NULL OR NEW.price <> 0 OR NEW.order_id IS NOT NULL
                    THEN RAISE(ABORT, 'an available ticket has no hold, no price and no order')
                END
            WHEN 'reserved' THEN CASE
                WHEN NEW.hold IS NULL OR NEW.held_at IS NULL OR NEW.expires_at IS NULL OR NEW.type IS NULL
                    THEN RAISE(ABORT, 'a reserved ticket needs a hold, its times and a price type')
                WHEN NEW.order_id IS NOT NULL
                    THEN RAISE(ABORT, 'a reserved ticket has no order')
                WHEN NEW.hold = OLD.hold THEN CASE
                    WHEN NEW.expires_at IS NOT OLD.expires_at AND NEW.expires_at > NEW.held_at
                        AND EXISTS (SELECT 1 FROM hold WHERE id = NEW.hold AND state = 'active' AND expires_at <> NEW.expires_at)
                        THEN RAISE(ABORT, 'a ticket is held until its hold ends')
                    END
                WHEN NEW.block = 'X'
                    THEN RAISE(ABORT, 'the place is killed: revive it first')
                WHEN NEW.block <> '' AND NOT EXISTS (
                    SELECT 1 FROM block_leave WHERE hold = NEW.hold AND performance = NEW.performance AND place = NEW.place)
                    THEN RAISE(ABORT, 'the place is blocked: unblock it first, or sell it by somebody''s leave')
                WHEN OLD.state = 'processing'
                    THEN RAISE(ABORT, 'the ticket is being paid for under another hold')
                WHEN OLD.state = 'reserved' AND NEW.held_at < OLD.expires_at
                    THEN RAISE(ABORT, 'the ticket is under another hold that has not ended')
                WHEN (
                    SELECT CASE
                        WHEN expires_at <> NEW.expires_at AND NEW.expires_at > NEW.held_at
                            THEN RAISE(ABORT, 'a ticket is held until its hold ends')
                        ELSE 1 END
                    FROM hold WHERE id = NEW.hold AND state = 'active') IS NULL
                    THEN RAISE(ABORT, 'a ticket goes only under a hold that is active')
                END
            WHEN 'processing' THEN CASE
                WHEN NEW.hold IS NOT OLD.hold OR NEW.order_id IS NOT NULL
                    THEN RAISE(ABORT, 'a ticket is paid for under the hold it has')
                END
            WHEN 'confirmed' THEN CASE
                WHEN NEW.hold IS NOT NULL OR NEW.held_at IS NOT NULL OR NEW.expires_at IS NOT NULL
                    THEN RAISE(ABORT, 'a sold ticket is under no hold')
                WHEN NOT EXISTS (SELECT 1 FROM orders WHERE id = NEW.order_id AND state = 'paid')
                    THEN RAISE(ABORT, 'a ticket is sold only with an order that is paid')
                WHEN NOT EXISTS (
                    SELECT 1 FROM order_line
                    WHERE ticket = NEW.id AND reverses IS NULL AND order_id = NEW.order_id
                        AND price = NEW.price AND type = NEW.type)
                    THEN RAISE(ABORT, 'the order has no line for this very ticket at this price')
                END
            WHEN 'cancelled' THEN CASE
                WHEN NEW.order_id IS NOT OLD.order_id OR NEW.type IS NOT OLD.type OR NEW.price <> OLD.price
                    OR NEW.hold IS NOT NULL OR NEW.held_at IS NOT NULL OR NEW.expires_at IS NOT NULL
                    THEN RAISE(ABORT, 'a cancelled ticket keeps its order and its price')
                WHEN NEW.gone IS NOT NEW.id
                    THEN RAISE(ABORT, 'a cancelled ticket is gone, and no other')
                END
            END
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER ticket_begins_live BEFORE INSERT ON ticket
WHEN NEW.gone <> 0
BEGIN
    SELECT RAISE(ABORT, 'a cancelled ticket is gone, and no other');
END;
-- +goose StatementEnd
