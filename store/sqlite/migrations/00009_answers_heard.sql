-- Who sit at one terminal in turns each have a request of their own waiting, and an
-- answer is kept until who asked has heard it.

-- +goose Up

DROP TRIGGER approval_begins;
DROP TRIGGER approval_changes;
DROP INDEX approval_waiting;

CREATE UNIQUE INDEX approval_waiting ON approval (staff, terminal) WHERE state = 'waiting';

ALTER TABLE approval ADD COLUMN heard_at INTEGER
    CONSTRAINT "an answer is heard when there is one" CHECK (heard_at IS NULL OR state <> 'waiting');

-- What was answered before nobody waits for.
UPDATE approval SET heard_at = answered_at WHERE state <> 'waiting';

CREATE INDEX approval_unheard ON approval (staff, answered_at) WHERE state <> 'waiting' AND heard_at IS NULL;

-- +goose StatementBegin
CREATE TRIGGER approval_begins BEFORE INSERT ON approval
WHEN NEW.state <> 'waiting'
    OR EXISTS (SELECT 1 FROM approval WHERE id = NEW.id OR state = 'waiting' AND staff = NEW.staff AND terminal = NEW.terminal)
BEGIN
    SELECT RAISE(ABORT, 'a request begins waiting, one a person at a terminal');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER approval_changes BEFORE UPDATE ON approval
WHEN NEW.id <> OLD.id OR NEW.staff <> OLD.staff OR NEW.terminal <> OLD.terminal OR NEW.drawer <> OLD.drawer
    OR NEW.channel <> OLD.channel OR NEW.permission <> OLD.permission OR NEW.words <> OLD.words OR NEW.ask <> OLD.ask
    OR NEW.asked_at <> OLD.asked_at OR NEW.lapses_at <> OLD.lapses_at
    OR OLD.state <> 'waiting' AND (OLD.heard_at IS NOT NULL OR NEW.heard_at IS NULL OR NEW.state <> OLD.state
        OR NEW.answered_at IS NOT OLD.answered_at OR NEW.answered_by IS NOT OLD.answered_by OR NEW.reason <> OLD.reason)
BEGIN
    SELECT RAISE(ABORT, 'a request changes only to be answered, once, and heard of, once');
END;
-- +goose StatementEnd
