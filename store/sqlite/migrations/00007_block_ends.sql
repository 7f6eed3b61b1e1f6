-- A block that ends is over for all its places: one that is sold or in somebody's basket
-- leaves it where it is, and comes back to open sale.

-- +goose Up

DROP TRIGGER ticket_changes;

-- +goose StatementBegin
CREATE TRIGGER ticket_changes BEFORE UPDATE ON ticket
BEGIN
    SELECT CASE
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
                WHEN NEW.hold = OLD.hold THEN NULL
                WHEN NEW.block = 'X'
                    THEN RAISE(ABORT, 'the place is killed: revive it first')
                WHEN NEW.block <> '' AND NOT EXISTS (
                    SELECT 1 FROM block_leave WHERE hold = NEW.hold AND performance = NEW.performance AND place = NEW.place)
                    THEN RAISE(ABORT, 'the place is blocked: unblock it first, or sell it by somebody''s leave')
                WHEN OLD.state = 'processing'
                    THEN RAISE(ABORT, 'the ticket is being paid for under another hold')
                WHEN OLD.state = 'reserved' AND NEW.held_at < OLD.expires_at
                    THEN RAISE(ABORT, 'the ticket is under another hold that has not ended')
                WHEN NOT EXISTS (SELECT 1 FROM hold WHERE id = NEW.hold AND state = 'active')
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
                END
            END
    END;
END;
-- +goose StatementEnd
