-- What a box office keeps, as lean as it can be in PostgreSQL: no references, no
-- triggers, no index but the keys, no chain of hashes in the journal (every sale would
-- have to wait for the one before), numbers of orders that may have gaps.

CREATE TABLE seat (
    performance int    NOT NULL,
    place       int    NOT NULL,
    state       text   NOT NULL,
    hold        bigint,
    expires_at  bigint,
    type        int,
    price       int    NOT NULL DEFAULT 0,
    order_id    bigint,
    version     int    NOT NULL,
    PRIMARY KEY (performance, place)
) WITH (fillfactor = 50);

CREATE TABLE hold (
    id         bigint PRIMARY KEY,
    staff      int    NOT NULL,
    state      text   NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    places     int[]  NOT NULL
) WITH (fillfactor = 70);
CREATE SEQUENCE hold_id CACHE 20;

CREATE TABLE basket (
    staff   int PRIMARY KEY,
    hold    bigint,
    version int NOT NULL
) WITH (fillfactor = 30);

CREATE TABLE orders (
    id    bigint PRIMARY KEY,
    at    bigint NOT NULL,
    staff int    NOT NULL,
    total int    NOT NULL,
    tax   int    NOT NULL
);
CREATE SEQUENCE order_id CACHE 20;

CREATE TABLE order_line (
    id       bigint GENERATED ALWAYS AS IDENTITY (CACHE 20) PRIMARY KEY,
    order_id bigint NOT NULL,
    performance int NOT NULL,
    place    int    NOT NULL,
    type     int    NOT NULL,
    price    int    NOT NULL,
    tax      int    NOT NULL
);

CREATE TABLE tender (
    id       bigint GENERATED ALWAYS AS IDENTITY (CACHE 20) PRIMARY KEY,
    order_id bigint NOT NULL,
    kind     text   NOT NULL,
    amount   int    NOT NULL,
    tendered int    NOT NULL,
    at       bigint NOT NULL,
    staff    int    NOT NULL
);

CREATE TABLE journal (
    seq         bigint GENERATED ALWAYS AS IDENTITY (CACHE 20) PRIMARY KEY,
    at          bigint NOT NULL,
    command     text   NOT NULL,
    staff       int    NOT NULL,
    verb        text   NOT NULL,
    performance int    NOT NULL,
    hold        bigint,
    order_id    bigint,
    amount      int    NOT NULL,
    changes     text   NOT NULL
);

CREATE TABLE command (
    id     text PRIMARY KEY,
    answer text   NOT NULL,
    at     bigint NOT NULL
);

CREATE FUNCTION hold_places(cmd text, who int, perf int, wanted int[], what int, costs int, now bigint, until bigint, note text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    new_hold bigint := nextval('hold_id');
    taken    int;
BEGIN
    INSERT INTO command VALUES (cmd, new_hold::text, now);
    WITH free AS (
        SELECT place FROM seat WHERE performance = perf AND place = ANY (wanted)
            AND (state = 'available' OR state = 'reserved' AND expires_at <= now)
        ORDER BY place FOR UPDATE)
    UPDATE seat SET state = 'reserved', hold = new_hold, expires_at = until, type = what, price = costs, version = version + 1
    FROM free WHERE seat.performance = perf AND seat.place = free.place;
    GET DIAGNOSTICS taken = ROW_COUNT;
    IF taken <> cardinality(wanted) THEN
        RAISE EXCEPTION 'taken';
    END IF;
    INSERT INTO hold VALUES (new_hold, who, 'active', now, until, wanted);
    UPDATE basket SET hold = new_hold, version = version + 1 WHERE staff = who;
    INSERT INTO journal (at, command, staff, verb, performance, hold, amount, changes) VALUES (now, cmd, who, 'hold', perf, new_hold, 0, note);
    RETURN new_hold;
END $$;

CREATE FUNCTION sell_cash(cmd text, who int, perf int, expect int, now bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    held      hold%ROWTYPE;
    new_order bigint := nextval('order_id');
    total     int;
BEGIN
    SELECT h.* INTO held FROM basket b JOIN hold h ON h.id = b.hold WHERE b.staff = who FOR UPDATE;
    IF held.id IS NULL OR held.expires_at <= now THEN
        RAISE EXCEPTION 'the basket is another by now';
    END IF;
    INSERT INTO command VALUES (cmd, new_order::text, now);
    WITH sold AS (
        UPDATE seat SET state = 'confirmed', hold = NULL, expires_at = NULL, order_id = new_order, version = version + 1
        WHERE performance = perf AND place = ANY (held.places) AND hold = held.id AND state = 'reserved'
        RETURNING place, price),
    lines AS (
        INSERT INTO order_line (order_id, performance, place, type, price, tax)
        SELECT new_order, perf, place, 1, price, price / 11 FROM sold RETURNING price)
    SELECT sum(price) INTO total FROM lines;
    IF total IS DISTINCT FROM expect THEN
        RAISE EXCEPTION 'the basket is another by now';
    END IF;
    INSERT INTO orders VALUES (new_order, now, who, total, total / 11);
    INSERT INTO tender (order_id, kind, amount, tendered, at, staff) VALUES (new_order, 'cash', total, total, now, who);
    UPDATE hold SET state = 'sold' WHERE id = held.id;
    UPDATE basket SET hold = NULL, version = version + 1 WHERE staff = who;
    INSERT INTO journal (at, command, staff, verb, performance, hold, order_id, amount, changes)
    VALUES (now, cmd, who, 'sell', perf, held.id, new_order, total, held.places[1] || '-' || held.places[2] || ':rc1@2400');
    RETURN new_order;
END $$;

-- The best two that are free, in the order of the house; where passing is set, those that
-- somebody is just taking are passed over.
CREATE FUNCTION hold_best(cmd text, who int, perf int, what int, costs int, now bigint, until bigint, passing bool) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    new_hold bigint := nextval('hold_id');
    taken    int[];
BEGIN
    INSERT INTO command VALUES (cmd, new_hold::text, now);
    IF passing THEN
        SELECT array_agg(place) INTO taken FROM (
            SELECT place FROM seat WHERE performance = perf AND state = 'available' ORDER BY place LIMIT 2 FOR UPDATE SKIP LOCKED) best;
    ELSE
        FOR tries IN 1..1000 LOOP
            SELECT array_agg(place) INTO taken FROM (
                SELECT place FROM seat WHERE performance = perf AND state = 'available' ORDER BY place LIMIT 2 FOR UPDATE) best;
            EXIT WHEN cardinality(taken) = 2;
        END LOOP;
    END IF;
    IF cardinality(taken) IS DISTINCT FROM 2 THEN
        RAISE EXCEPTION 'not enough';
    END IF;
    UPDATE seat SET state = 'reserved', hold = new_hold, expires_at = until, type = what, price = costs, version = version + 1
    WHERE performance = perf AND place = ANY (taken);
    INSERT INTO hold VALUES (new_hold, who, 'active', now, until, taken);
    UPDATE basket SET hold = new_hold, version = version + 1 WHERE staff = who;
    INSERT INTO journal (at, command, staff, verb, performance, hold, amount, changes)
    VALUES (now, cmd, who, 'hold', perf, new_hold, 0, taken[1] || '-' || taken[2] || ':ar1@2400');
    RETURN new_hold;
END $$;
