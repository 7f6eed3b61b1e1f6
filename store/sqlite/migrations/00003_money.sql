-- Orders and the money they bring. What is written here is never changed: a void
-- adds lines and tenders that reverse.

-- +goose Up

CREATE TABLE shift (
    id           INTEGER PRIMARY KEY,
    drawer       TEXT    NOT NULL CHECK (drawer <> ''),
    business_day TEXT    NOT NULL,
    opened_at    INTEGER NOT NULL,
    opened_by    INTEGER NOT NULL REFERENCES staff,
    closed_at    INTEGER CONSTRAINT "a shift closes after it opened" CHECK (closed_at >= opened_at)
) STRICT;

CREATE UNIQUE INDEX shift_open ON shift (drawer) WHERE closed_at IS NULL;

CREATE TABLE orders (
    id        INTEGER PRIMARY KEY CHECK (id > 1000), -- the number the customer is told; no gaps
    state     TEXT    NOT NULL CHECK (state = 'draft' OR state = 'paid' OR state = 'voided'),
    at        INTEGER NOT NULL,
    staff     INTEGER NOT NULL REFERENCES staff,
    terminal  TEXT    NOT NULL,
    drawer    TEXT    NOT NULL,
    shift     INTEGER REFERENCES shift,
    channel   TEXT    NOT NULL,
    customer  INTEGER REFERENCES customer,
    total     INTEGER NOT NULL CHECK (total >= 0), -- all taxes in
    tax       INTEGER NOT NULL CHECK (tax >= 0),   -- of which tax
    voided_at INTEGER,
    version   INTEGER NOT NULL,
    CONSTRAINT "a voided order says when" CHECK ((state = 'voided') = (voided_at IS NOT NULL))
) STRICT;

CREATE INDEX orders_customer ON orders (customer) WHERE customer IS NOT NULL;

CREATE TABLE order_line (
    id           INTEGER PRIMARY KEY, -- order * 65536 + a running number: an order's lines lie together
    order_id     INTEGER NOT NULL REFERENCES orders,
    ticket       INTEGER NOT NULL REFERENCES ticket,
    performance  INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    type         INTEGER NOT NULL REFERENCES price_type,
    price        INTEGER NOT NULL, -- face value
    tax_ppm      INTEGER NOT NULL CHECK (tax_ppm >= 0),
    tax_included INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
    tax          INTEGER NOT NULL,
    amount       INTEGER NOT NULL, -- what it adds to the order's total
    reverses     INTEGER REFERENCES order_line,
    CONSTRAINT "a line's id begins with its order" CHECK (id >> 16 = order_id),
    CONSTRAINT "a line is sold for zero or more" CHECK (reverses IS NOT NULL OR price >= 0 AND tax >= 0),
    CONSTRAINT "a line's amount is its price, and its tax where that is not included"
        CHECK (amount = price + CASE tax_included WHEN 1 THEN 0 ELSE tax END)
) STRICT;

-- A ticket is sold once in its life.
CREATE UNIQUE INDEX order_line_ticket ON order_line (ticket) WHERE reverses IS NULL;
CREATE UNIQUE INDEX order_line_reverses ON order_line (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE tender (
    id       INTEGER PRIMARY KEY, -- order * 256 + a running number
    order_id INTEGER NOT NULL REFERENCES orders,
    kind     TEXT    NOT NULL CHECK (kind <> ''),
    amount   INTEGER NOT NULL, -- what it settles of the order
    tendered INTEGER NOT NULL,
    change   INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    staff    INTEGER NOT NULL REFERENCES staff,
    terminal TEXT    NOT NULL,
    drawer   TEXT    NOT NULL,
    shift    INTEGER REFERENCES shift,
    reverses INTEGER REFERENCES tender,
    CONSTRAINT "a tender's id begins with its order" CHECK (id >> 8 = order_id),
    CONSTRAINT "a payment is of zero or more" CHECK (reverses IS NOT NULL OR amount >= 0),
    CONSTRAINT "cash given less the change is what is paid"
        CHECK (kind <> 'cash' OR reverses IS NOT NULL OR tendered - change = amount AND change >= 0)
) STRICT;

CREATE UNIQUE INDEX tender_reverses ON tender (reverses) WHERE reverses IS NOT NULL;

-- +goose StatementBegin
CREATE TRIGGER shift_never_replaced BEFORE INSERT ON shift
WHEN EXISTS (SELECT 1 FROM shift WHERE id = NEW.id)
    OR NEW.closed_at IS NULL AND EXISTS (SELECT 1 FROM shift WHERE drawer = NEW.drawer AND closed_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'a drawer has one open shift');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER shift_changes BEFORE UPDATE ON shift
WHEN NEW.id <> OLD.id OR NEW.drawer <> OLD.drawer OR NEW.opened_at <> OLD.opened_at OR NEW.opened_by <> OLD.opened_by
    OR NEW.business_day <> OLD.business_day OR OLD.closed_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a shift changes only to be closed, once');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER shift_never_goes BEFORE DELETE ON shift
BEGIN
    SELECT RAISE(ABORT, 'shifts are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER orders_begin BEFORE INSERT ON orders
BEGIN
    SELECT CASE
        WHEN NEW.state <> 'draft' OR NEW.version <> 1
            THEN RAISE(ABORT, 'an order begins as a draft, at version 1')
        WHEN NEW.id IS NOT (SELECT coalesce(max(id), 1000) + 1 FROM orders)
            THEN RAISE(ABORT, 'order numbers have no gaps: the next is the last plus one')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER orders_change BEFORE UPDATE ON orders
BEGIN
    SELECT CASE
        WHEN NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.staff <> OLD.staff OR NEW.terminal <> OLD.terminal
            OR NEW.drawer <> OLD.drawer OR NEW.shift IS NOT OLD.shift OR NEW.channel <> OLD.channel
            OR NEW.customer IS NOT OLD.customer OR NEW.total <> OLD.total OR NEW.tax <> OLD.tax
            THEN RAISE(ABORT, 'an order never changes but to be paid or voided')
        WHEN NEW.version <> OLD.version + 1
            THEN RAISE(ABORT, 'each change of an order adds one to its version')
        WHEN OLD.state = 'draft' AND NEW.state = 'paid' THEN (
            SELECT CASE
                WHEN count(*) = 0
                    THEN RAISE(ABORT, 'an order needs a line')
                WHEN sum(amount) <> NEW.total
                    THEN RAISE(ABORT, 'the order''s lines do not come to its total')
                WHEN sum(tax) <> NEW.tax
                    THEN RAISE(ABORT, 'the taxes of the order''s lines do not come to its tax')
                WHEN (SELECT coalesce(sum(amount), 0) FROM tender WHERE id BETWEEN OLD.id << 8 AND OLD.id << 8 | 255) <> NEW.total
                    THEN RAISE(ABORT, 'the order''s tenders do not come to its total')
                END
            FROM order_line WHERE id BETWEEN OLD.id << 16 AND OLD.id << 16 | 65535)
        WHEN OLD.state = 'paid' AND NEW.state = 'voided' THEN CASE
            WHEN (SELECT sum(amount) FROM order_line WHERE id BETWEEN OLD.id << 16 AND OLD.id << 16 | 65535) <> 0
                OR (SELECT sum(reverses IS NULL) - sum(reverses IS NOT NULL) FROM order_line WHERE id BETWEEN OLD.id << 16 AND OLD.id << 16 | 65535) <> 0
                THEN RAISE(ABORT, 'an order is voided only when its lines are all reversed')
            WHEN (SELECT coalesce(sum(amount), 0) FROM tender WHERE id BETWEEN OLD.id << 8 AND OLD.id << 8 | 255) <> 0
                THEN RAISE(ABORT, 'an order is voided only when its tenders are all reversed')
            END
        ELSE RAISE(ABORT, 'an order goes from draft to paid, and from paid to voided')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER orders_never_go BEFORE DELETE ON orders
BEGIN
    SELECT RAISE(ABORT, 'orders are never deleted: void them');
END;
-- +goose StatementEnd

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
                AND price = -NEW.price AND tax = -NEW.tax AND amount = -NEW.amount)
            THEN RAISE(ABORT, 'a reversing line is the line it reverses with the sign turned')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER order_line_never_changes BEFORE UPDATE ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order lines are never changed: reverse them');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER order_line_never_goes BEFORE DELETE ON order_line
BEGIN
    SELECT RAISE(ABORT, 'order lines are never deleted: reverse them');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tender_begins BEFORE INSERT ON tender
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM tender WHERE id = NEW.id)
            THEN RAISE(ABORT, 'there is a tender with this id already')
        WHEN NEW.reverses IS NULL THEN CASE
            WHEN (SELECT state FROM orders WHERE id = NEW.order_id) IS NOT 'draft'
                THEN RAISE(ABORT, 'tenders are added only to an order that is being made')
            END
        WHEN (SELECT state FROM orders WHERE id = NEW.order_id) IS NOT 'paid'
            THEN RAISE(ABORT, 'only the tenders of a paid order are reversed')
        WHEN EXISTS (SELECT 1 FROM tender WHERE reverses = NEW.reverses)
            THEN RAISE(ABORT, 'the tender was reversed already')
        WHEN NOT EXISTS (
            SELECT 1 FROM tender
            WHERE id = NEW.reverses AND order_id = NEW.order_id AND reverses IS NULL AND kind = NEW.kind AND amount = -NEW.amount)
            THEN RAISE(ABORT, 'a reversing tender is the tender it reverses with the sign turned')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tender_never_changes BEFORE UPDATE ON tender
BEGIN
    SELECT RAISE(ABORT, 'tenders are never changed: reverse them');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tender_never_goes BEFORE DELETE ON tender
BEGIN
    SELECT RAISE(ABORT, 'tenders are never deleted: reverse them');
END;
-- +goose StatementEnd
