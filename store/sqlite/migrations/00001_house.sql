-- The house, who works in it, its plans and its programme.
--
-- Times are Unix milliseconds in UTC; read one with
--   SELECT datetime(curtain / 1000, 'unixepoch') FROM performance;
-- Money is in minor units of the house's currency.

-- +goose Up

CREATE TABLE house (
    id         INTEGER PRIMARY KEY CONSTRAINT "a store keeps one house" CHECK (id = 1),
    name       TEXT    NOT NULL,
    currency   TEXT    NOT NULL,
    digits     INTEGER NOT NULL CHECK (digits BETWEEN 0 AND 4),
    time_zone  TEXT    NOT NULL,
    hold_times TEXT    NOT NULL, -- JSON: by channel, how long a hold lasts and its maximum
    version    INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL,
    folded  TEXT    NOT NULL UNIQUE, -- the name in lower case: nobody is here twice
    role    TEXT    NOT NULL CHECK (role <> ''),
    pin     TEXT    NOT NULL,
    active  INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE plan (
    id    INTEGER PRIMARY KEY,
    name  TEXT    NOT NULL,
    stage TEXT    NOT NULL,
    size  INTEGER NOT NULL CHECK (size BETWEEN 0 AND 1048575) -- its places
) STRICT;

CREATE INDEX plan_name ON plan (name);

-- Zones, levels and sections are numbered from 0 within their plan.
CREATE TABLE zone (
    plan INTEGER NOT NULL REFERENCES plan,
    no   INTEGER NOT NULL CHECK (no >= 0),
    name TEXT    NOT NULL,
    PRIMARY KEY (plan, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE level (
    plan    INTEGER NOT NULL REFERENCES plan,
    no      INTEGER NOT NULL CHECK (no >= 0),
    name    TEXT    NOT NULL,
    lines   INTEGER NOT NULL,
    columns INTEGER NOT NULL,
    PRIMARY KEY (plan, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE section (
    plan        INTEGER NOT NULL REFERENCES plan,
    no          INTEGER NOT NULL CHECK (no >= 0),
    name        TEXT    NOT NULL,
    level       INTEGER NOT NULL,
    admission   TEXT    NOT NULL,
    first_place INTEGER NOT NULL,
    last_place  INTEGER NOT NULL,
    PRIMARY KEY (plan, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    plan     INTEGER NOT NULL REFERENCES plan,
    no       INTEGER NOT NULL CHECK (no >= 1), -- from 1, in the plan's own order
    section  INTEGER NOT NULL,
    zone     INTEGER NOT NULL,
    row_name TEXT    NOT NULL,
    seat     TEXT    NOT NULL,
    line     INTEGER NOT NULL,
    col      INTEGER NOT NULL,
    features INTEGER NOT NULL, -- 1 wheelchair, 2 companion, 4 restricted view
    key      TEXT    NOT NULL, -- in the file the plan came from
    PRIMARY KEY (plan, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    title    TEXT NOT NULL,
    subtitle TEXT NOT NULL
) STRICT;

CREATE TABLE performance (
    id           INTEGER PRIMARY KEY,
    event        INTEGER NOT NULL REFERENCES event,
    key          TEXT    NOT NULL UNIQUE,
    plan         INTEGER NOT NULL REFERENCES plan,
    doors        INTEGER,
    curtain      INTEGER NOT NULL,
    ends         INTEGER,
    state        TEXT    NOT NULL CHECK (state IN ('planned', 'on sale', 'stopped', 'cancelled')),
    business_day TEXT    NOT NULL,
    tax_ppm      INTEGER NOT NULL CHECK (tax_ppm >= 0),
    tax_included INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
    reason       TEXT    NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

CREATE INDEX performance_curtain ON performance (curtain);

CREATE TABLE price_type (
    id   INTEGER PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE,
    name TEXT    NOT NULL,
    rank INTEGER NOT NULL
) STRICT;

CREATE TABLE price (
    performance INTEGER NOT NULL REFERENCES performance,
    zone        INTEGER NOT NULL,
    type        INTEGER NOT NULL REFERENCES price_type,
    amount      INTEGER NOT NULL CONSTRAINT "a price is never below zero" CHECK (amount >= 0),
    PRIMARY KEY (performance, zone, type)
) STRICT, WITHOUT ROWID;

-- Personal data stands here and nowhere else.
CREATE TABLE customer (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL, -- the name in lower case, for searching
    phone  TEXT NOT NULL,
    digits TEXT NOT NULL, -- the phone's digits, for searching
    email  TEXT NOT NULL,
    salt   BLOB
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER place_never_changes BEFORE UPDATE ON place
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER place_never_goes BEFORE DELETE ON place
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER place_never_replaced BEFORE INSERT ON place
WHEN EXISTS (SELECT 1 FROM place WHERE plan = NEW.plan AND no = NEW.no)
BEGIN
    SELECT RAISE(ABORT, 'a plan does not change: read the changed house as a new plan');
END;
-- +goose StatementEnd
