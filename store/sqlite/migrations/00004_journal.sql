-- The journal: who did what, where and when, each entry chained to the one before
-- by its hash; and the commands that were carried out.

-- +goose Up

CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY CHECK (seq >= 1),
    at          INTEGER NOT NULL,
    command     TEXT    NOT NULL,
    staff       INTEGER, -- nobody: the house itself
    terminal    TEXT    NOT NULL,
    drawer      TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    verb        TEXT    NOT NULL,
    performance INTEGER,
    basket      INTEGER,
    hold        INTEGER,
    order_id    INTEGER,
    amount      INTEGER NOT NULL,
    note        TEXT    NOT NULL,
    changes     TEXT    NOT NULL, -- «12-13:ar1@2400»: places 12 and 13, available to reserved, price type 1 at 24.00
    prev        BLOB    NOT NULL CHECK (length(prev) = 32),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX journal_performance ON journal (performance) WHERE performance IS NOT NULL;
CREATE INDEX journal_order ON journal (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE command (
    id     TEXT PRIMARY KEY,
    seq    INTEGER, -- the last journal entry it made
    answer TEXT,    -- JSON
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER journal_grows BEFORE INSERT ON journal
BEGIN
    SELECT CASE
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
            THEN RAISE(ABORT, 'the journal has no gaps: the next entry is the last plus one')
        WHEN NEW.prev IS NOT coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), zeroblob(32))
            THEN RAISE(ABORT, 'a journal entry carries the hash of the one before')
        WHEN NEW.at < (SELECT at FROM journal WHERE seq = NEW.seq - 1)
            THEN RAISE(ABORT, 'the journal does not go back in time')
    END;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER journal_never_goes BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER command_never_replaced BEFORE INSERT ON command
WHEN EXISTS (SELECT 1 FROM command WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the command was carried out already');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER command_never_changes BEFORE UPDATE ON command
BEGIN
    SELECT RAISE(ABORT, 'a command carried out is never changed');
END;
-- +goose StatementEnd
