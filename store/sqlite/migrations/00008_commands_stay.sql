-- A command that was carried out is known for ever: sent again, it is not done again.

-- +goose Up

-- +goose StatementBegin
CREATE TRIGGER command_never_goes BEFORE DELETE ON command
BEGIN
    SELECT RAISE(ABORT, 'a command carried out is never forgotten');
END;
-- +goose StatementEnd
