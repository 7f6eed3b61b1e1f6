-- What is checked with every sale is checked at once, by one trigger a table, and no row
-- is looked up twice. What is refused, and with which words, is what it was.

-- +goose Up

DROP TRIGGER ticket_whole;
DROP TRIGGER ticket_held_as_its_hold;
DROP TRIGGER ticket_sold_stays;
DROP TRIGGER ticket_changes;

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
                END
            END
    END;
END;
-- +goose StatementEnd

DROP TRIGGER order_line_reverses_its_rate;
DROP TRIGGER order_line_begins;

-- +goose StatementBegin
CREATE TRIGGER order_line_begins BEFORE INSERT ON order_line
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM order_line WHERE id = NEW.id)
            THEN RAISE(ABORT, 'there is a line with this id already')
        WHEN NEW.reverses IS NULL THEN CASE
            WHEN (SELECT state FROM orders WHERE id = NEW.order_id) IS NOT 'draft'
                THEN RAISE(ABORT, 'lines are added only to an order that is being made')
            WHEN EXISTS (SELECT 1 FROM order_line WHERE ticket = NEW.ticket AND reverses IS NULL)
                THEN RAISE(ABORT, 'the ticket was sold in an order already')
            WHEN NOT EXISTS (
                SELECT 1 FROM ticket
                WHERE id = NEW.ticket AND performance = NEW.performance AND place = NEW.place
                    AND state IN ('reserved', 'processing'))
                THEN RAISE(ABORT, 'an order line sells a ticket that is reserved')
            END
        WHEN (SELECT state FROM orders WHERE id = NEW.order_id) IS NOT 'paid'
            THEN RAISE(ABORT, 'only the lines of a paid order are reversed')
        WHEN EXISTS (SELECT 1 FROM order_line WHERE reverses = NEW.reverses)
            THEN RAISE(ABORT, 'the line was reversed already')
        WHEN NOT EXISTS (
            SELECT 1 FROM order_line
            WHERE id = NEW.reverses AND order_id = NEW.order_id AND reverses IS NULL AND ticket = NEW.ticket
                AND performance = NEW.performance AND place = NEW.place AND type = NEW.type
                AND price = -NEW.price AND tax = -NEW.tax AND amount = -NEW.amount
                AND tax_ppm = NEW.tax_ppm AND tax_included = NEW.tax_included)
            THEN RAISE(ABORT, 'a reversing line is the line it reverses with the sign turned')
    END;
END;
-- +goose StatementEnd

DROP TRIGGER journal_grows;

-- +goose StatementBegin
CREATE TRIGGER journal_grows BEFORE INSERT ON journal
BEGIN
    SELECT CASE
        WHEN (
            SELECT CASE
                WHEN NEW.seq IS NOT seq + 1
                    THEN RAISE(ABORT, 'the journal has no gaps: the next entry is the last plus one')
                WHEN NEW.prev IS NOT hash
                    THEN RAISE(ABORT, 'a journal entry carries the hash of the one before')
                WHEN NEW.at < at
                    THEN RAISE(ABORT, 'the journal does not go back in time')
                ELSE 1 END
            FROM journal ORDER BY seq DESC LIMIT 1) IS NOT NULL
            THEN NULL
        WHEN NEW.seq IS NOT 1
            THEN RAISE(ABORT, 'the journal has no gaps: the next entry is the last plus one')
        WHEN NEW.prev IS NOT zeroblob(32)
            THEN RAISE(ABORT, 'a journal entry carries the hash of the one before')
    END;
END;
-- +goose StatementEnd

DROP TRIGGER basket_changes;

-- +goose StatementBegin
CREATE TRIGGER basket_changes BEFORE UPDATE ON basket
WHEN NEW.id <> OLD.id
    OR NEW.state = 'open' AND (NEW.state IS NOT OLD.state OR NEW.staff IS NOT OLD.staff)
        AND EXISTS (SELECT 1 FROM basket WHERE staff = NEW.staff AND state = 'open' AND id <> OLD.id)
    OR NEW.hold IS NOT OLD.hold AND NEW.hold IS NOT NULL
        AND EXISTS (SELECT 1 FROM basket WHERE hold = NEW.hold AND id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'a person has one open basket, and a hold one basket');
END;
-- +goose StatementEnd
