-- Who may come in and do what: keys, permissions, the lock-out, who is at work, and
-- what one person asks another to allow.

-- +goose Up

-- A key is somebody's for ever: it can be revoked, never given to another.
CREATE TABLE staff_key (
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT    NOT NULL UNIQUE CONSTRAINT "a fingerprint begins with SHA256:" CHECK (fingerprint GLOB 'SHA256:?*'),
    staff       INTEGER NOT NULL REFERENCES staff,
    type        TEXT    NOT NULL,
    comment     TEXT    NOT NULL,
    public      BLOB    NOT NULL,
    added_by    INTEGER REFERENCES staff,
    added_at    INTEGER NOT NULL,
    revoked_at  INTEGER,
    version     INTEGER NOT NULL
) STRICT;

CREATE INDEX staff_key_staff ON staff_key (staff);

-- Keys that sign certificates the house trusts.
CREATE TABLE authority (
    id            INTEGER PRIMARY KEY,
    fingerprint   TEXT    NOT NULL UNIQUE CONSTRAINT "a fingerprint begins with SHA256:" CHECK (fingerprint GLOB 'SHA256:?*'),
    type          TEXT    NOT NULL,
    comment       TEXT    NOT NULL,
    public        BLOB    NOT NULL,
    trusted_by    INTEGER REFERENCES staff,
    trusted_at    INTEGER NOT NULL,
    distrusted_at INTEGER,
    version       INTEGER NOT NULL
) STRICT;

-- The names in certificates, and whom they stand for: one person each.
CREATE TABLE principal (
    name  TEXT    NOT NULL PRIMARY KEY CHECK (name <> ''),
    staff INTEGER NOT NULL REFERENCES staff
) STRICT, WITHOUT ROWID;

CREATE INDEX principal_staff ON principal (staff);

-- Where the house departs from the usual table of who may do what.
CREATE TABLE permit (
    role       TEXT    NOT NULL CHECK (role <> ''),
    permission TEXT    NOT NULL CHECK (permission <> ''),
    allowed    INTEGER NOT NULL CHECK (allowed IN (0, 1)),
    PRIMARY KEY (role, permission),
    CONSTRAINT "a manager can always set up the house" CHECK (allowed = 1 OR role <> 'manager' OR permission <> 'set up the house')
) STRICT, WITHOUT ROWID;

-- Wrong PINs in a row, by the name they were typed for and by the terminal they
-- were typed at.
CREATE TABLE wrong_pin (
    door   TEXT    NOT NULL PRIMARY KEY CHECK (door <> ''), -- «person …» (a digest: names that nobody has are kept alike), «terminal …»
    times  INTEGER NOT NULL CHECK (times >= 0),
    last   INTEGER NOT NULL,
    locked INTEGER -- until when; NULL where it is not
) STRICT, WITHOUT ROWID;

-- Who is at work, and where.
CREATE TABLE desk (
    terminal TEXT    NOT NULL PRIMARY KEY CHECK (terminal <> ''),
    staff    INTEGER NOT NULL REFERENCES staff,
    since    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody asked to be allowed, and the answer.
CREATE TABLE approval (
    id          INTEGER PRIMARY KEY,
    state       TEXT    NOT NULL CHECK (state IN ('waiting', 'allowed', 'refused', 'withdrawn', 'lapsed')),
    staff       INTEGER NOT NULL REFERENCES staff,
    terminal    TEXT    NOT NULL,
    drawer      TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    permission  TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    ask         TEXT    NOT NULL, -- JSON
    asked_at    INTEGER NOT NULL,
    lapses_at   INTEGER NOT NULL,
    answered_at INTEGER,
    answered_by INTEGER REFERENCES staff,
    reason      TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    CONSTRAINT "what waits has no answer, and what does not has one" CHECK ((state = 'waiting') = (answered_at IS NULL)),
    CONSTRAINT "an answer is somebody's" CHECK (state NOT IN ('allowed', 'refused') OR answered_by IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX approval_waiting ON approval (terminal) WHERE state = 'waiting';
CREATE INDEX approval_lapses ON approval (lapses_at) WHERE state = 'waiting';

-- Places that may be sold out of their block, under one hold, by somebody's leave.
CREATE TABLE block_leave (
    hold        INTEGER NOT NULL REFERENCES hold,
    performance INTEGER NOT NULL REFERENCES performance,
    place       INTEGER NOT NULL,
    given_by    INTEGER NOT NULL REFERENCES staff,
    given_at    INTEGER NOT NULL,
    PRIMARY KEY (hold, performance, place)
) STRICT, WITHOUT ROWID;

-- Not everybody may give these.
ALTER TABLE price_type ADD COLUMN guarded INTEGER NOT NULL DEFAULT 0 CHECK (guarded IN (0, 1));

-- +goose StatementBegin
CREATE TRIGGER staff_never_goes BEFORE DELETE ON staff
BEGIN
    SELECT RAISE(ABORT, 'nobody is deleted: let them leave');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER staff_key_begins BEFORE INSERT ON staff_key
WHEN EXISTS (SELECT 1 FROM staff_key WHERE id = NEW.id OR fingerprint = NEW.fingerprint) OR NEW.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a key is added once, and never again');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER staff_key_changes BEFORE UPDATE ON staff_key
WHEN NEW.id <> OLD.id OR NEW.fingerprint <> OLD.fingerprint OR NEW.staff <> OLD.staff OR NEW.type <> OLD.type
    OR NEW.comment <> OLD.comment OR NEW.public <> OLD.public OR NEW.added_by IS NOT OLD.added_by OR NEW.added_at <> OLD.added_at
    OR OLD.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a key changes only to be revoked, once');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER staff_key_never_goes BEFORE DELETE ON staff_key
BEGIN
    SELECT RAISE(ABORT, 'keys are never deleted: revoke them');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER authority_never_goes BEFORE DELETE ON authority
BEGIN
    SELECT RAISE(ABORT, 'authorities are never deleted: distrust them');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER authority_changes BEFORE UPDATE ON authority
WHEN NEW.id <> OLD.id OR NEW.fingerprint <> OLD.fingerprint OR NEW.public <> OLD.public
BEGIN
    SELECT RAISE(ABORT, 'an authority stays the key it is');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER approval_begins BEFORE INSERT ON approval
WHEN NEW.state <> 'waiting' OR EXISTS (SELECT 1 FROM approval WHERE id = NEW.id OR state = 'waiting' AND terminal = NEW.terminal)
BEGIN
    SELECT RAISE(ABORT, 'a request begins waiting, one a terminal');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER approval_changes BEFORE UPDATE ON approval
WHEN OLD.state <> 'waiting' OR NEW.id <> OLD.id OR NEW.staff <> OLD.staff OR NEW.terminal <> OLD.terminal OR NEW.drawer <> OLD.drawer
    OR NEW.channel <> OLD.channel OR NEW.permission <> OLD.permission OR NEW.words <> OLD.words OR NEW.ask <> OLD.ask
    OR NEW.asked_at <> OLD.asked_at OR NEW.lapses_at <> OLD.lapses_at
BEGIN
    SELECT RAISE(ABORT, 'a request changes only to be answered, once');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER approval_never_goes BEFORE DELETE ON approval
BEGIN
    SELECT RAISE(ABORT, 'requests are never deleted');
END;
-- +goose StatementEnd

-- A place is sold out of its block only by somebody's leave.

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
