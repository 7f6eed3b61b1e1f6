-- Tickets, and what keeps them for somebody. A place of a performance has one
-- live ticket from the moment the performance goes on sale.
--
-- What is checked with every sale says «= … OR = …»: for IN with more than two
-- words SQLite makes and drops a table each time.

-- +goose Up

CREATE TABLE hold (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('basket', 'named')),
    state      TEXT    NOT NULL CHECK (state = 'active' OR state = 'sold' OR state = 'released' OR state = 'lapsed'),
    staff      INTEGER NOT NULL REFERENCES staff,
    terminal   TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    customer   INTEGER REFERENCES customer,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    latest_at  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    CONSTRAINT "a hold never lasts beyond its latest time" CHECK (expires_at <= latest_at),
    CONSTRAINT "a named hold is for a customer" CHECK (kind = 'basket' OR customer IS NOT NULL)
) STRICT;

CREATE INDEX hold_ends ON hold (expires_at) WHERE state = 'active';

CREATE TABLE basket (
    id        INTEGER PRIMARY KEY,
    staff     INTEGER NOT NULL REFERENCES staff,
    state     TEXT    NOT NULL CHECK (state = 'open' OR state = 'parked' OR state = 'closed'),
    hold      INTEGER REFERENCES hold,
    label     TEXT    NOT NULL,
    parked_at INTEGER,
    version   INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX basket_open ON basket (staff) WHERE state = 'open';
CREATE INDEX basket_parked ON basket (parked_at) WHERE state = 'parked';
CREATE UNIQUE INDEX basket_hold ON basket (hold) WHERE hold IS NOT NULL;

-- What a hold lost because its time was over.
CREATE TABLE lapse (
    hold        INTEGER NOT NULL REFERENCES hold,
    performance INTEGER NOT NULL REFERENCES performance,
    place       INTEGER NOT NULL,
    type        INTEGER,
    at          INTEGER NOT NULL,
    PRIMARY KEY (hold, performance, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE timed_block (
    id          INTEGER PRIMARY KEY,
    performance INTEGER NOT NULL REFERENCES performance,
    code        TEXT    NOT NULL CHECK (length(code) = 1),
    places      TEXT    NOT NULL, -- «12-15 20»
    release_at  INTEGER NOT NULL,
    released_at INTEGER
) STRICT;

CREATE INDEX timed_block_due ON timed_block (release_at) WHERE released_at IS NULL;

CREATE TABLE ticket (
    id          INTEGER PRIMARY KEY, -- performance * 1048576 + a running number: a house's tickets lie together
    performance INTEGER NOT NULL REFERENCES performance,
    place       INTEGER NOT NULL,
    state       TEXT    NOT NULL
        CHECK (state = 'available' OR state = 'reserved' OR state = 'confirmed' OR state = 'processing' OR state = 'cancelled'),
    block       TEXT    NOT NULL DEFAULT '' CHECK (block = '' OR length(block) = 1 AND block BETWEEN 'A' AND 'Z'),
    hold        INTEGER REFERENCES hold,
    held_at     INTEGER,
    expires_at  INTEGER, -- when the hold ends: a copy of the hold's own
    type        INTEGER REFERENCES price_type,
    price       INTEGER NOT NULL DEFAULT 0 CONSTRAINT "a price is never below zero" CHECK (price >= 0),
    order_id    INTEGER REFERENCES orders,
    version     INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "a ticket's id begins with its performance" CHECK (id >> 20 = performance),
    CONSTRAINT "a hold ends after it began" CHECK (expires_at > held_at)
) STRICT;

CREATE UNIQUE INDEX ticket_live ON ticket (performance, place) WHERE state <> 'cancelled';
CREATE INDEX ticket_dead ON ticket (performance, place) WHERE state = 'cancelled';
CREATE INDEX ticket_hold ON ticket (hold) WHERE hold IS NOT NULL;

-- +goose StatementBegin
CREATE TRIGGER ticket_begins BEFORE INSERT ON ticket
BEGIN
    SELECT CASE
        WHEN NEW.state <> 'available' OR NEW.version <> 1
            THEN RAISE(ABORT, 'a ticket begins its life available, at version 1')
        WHEN NEW.hold IS NOT NULL OR NEW.held_at IS NOT NULL OR NEW.expires_at IS NOT NULL
            OR NEW.type IS NOT NULL OR NEW.price <> 0 OR NEW.order_id IS NOT NULL
            THEN RAISE(ABORT, 'an available ticket has no hold, no price and no order')
        WHEN EXISTS (SELECT 1 FROM ticket WHERE id = NEW.id)
            THEN RAISE(ABORT, 'there is a ticket with this id already')
        WHEN EXISTS (SELECT 1 FROM ticket WHERE performance = NEW.performance AND place = NEW.place AND state <> 'cancelled')
            THEN RAISE(ABORT, 'the place has a live ticket already')
        WHEN NOT EXISTS (
            SELECT 1 FROM performance p JOIN place ON place.plan = p.plan
            WHERE p.id = NEW.performance AND place.no = NEW.place)
            THEN RAISE(ABORT, 'the performance''s plan has no such place')
    END;
END;
-- +goose StatementEnd

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
            WHEN 'processing' THEN NEW.state <> 'processing' AND NEW.state <> 'cancelled'
            WHEN 'confirmed' THEN NEW.state = 'cancelled'
            ELSE 0 END
            THEN RAISE(ABORT, 'a ticket cannot go from this state to that one')
        WHEN NEW.block <> OLD.block AND (OLD.state <> 'available' OR NEW.state <> 'available')
            THEN RAISE(ABORT, 'only an available ticket goes into a block or out of it')
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
                WHEN NEW.block <> ''
                    THEN RAISE(ABORT, 'the place is blocked: unblock it first')
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

-- +goose StatementBegin
CREATE TRIGGER ticket_never_goes BEFORE DELETE ON ticket
BEGIN
    SELECT RAISE(ABORT, 'tickets are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER performance_changes BEFORE UPDATE ON performance
WHEN NEW.id <> OLD.id
    OR NEW.plan <> OLD.plan AND EXISTS (SELECT 1 FROM ticket WHERE performance = OLD.id AND state <> 'cancelled')
BEGIN
    SELECT RAISE(ABORT, 'a performance that has tickets keeps its plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hold_never_replaced BEFORE INSERT ON hold
WHEN EXISTS (SELECT 1 FROM hold WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'there is a hold with this id already');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hold_never_goes BEFORE DELETE ON hold
BEGIN
    SELECT RAISE(ABORT, 'holds are never deleted: release them');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER basket_never_replaced BEFORE INSERT ON basket
WHEN EXISTS (SELECT 1 FROM basket WHERE id = NEW.id)
    OR NEW.state = 'open' AND EXISTS (SELECT 1 FROM basket WHERE staff = NEW.staff AND state = 'open')
    OR EXISTS (SELECT 1 FROM basket WHERE hold = NEW.hold AND hold IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a person has one open basket, and a hold one basket');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER basket_changes BEFORE UPDATE ON basket
WHEN NEW.id <> OLD.id
    OR NEW.state = 'open' AND EXISTS (SELECT 1 FROM basket WHERE staff = NEW.staff AND state = 'open' AND id <> OLD.id)
    OR EXISTS (SELECT 1 FROM basket WHERE hold = NEW.hold AND hold IS NOT NULL AND id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'a person has one open basket, and a hold one basket');
END;
-- +goose StatementEnd
