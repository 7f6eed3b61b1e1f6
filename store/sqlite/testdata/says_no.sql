-- What the database refuses, whoever asks. Each case is a comment with what is
-- tried, a comment with words the refusal must have, and the statements; it is run
-- as from the sqlite3 shell, and rolled back.
--
-- The house: performance 1 with places 1 to 12, whose tickets are numbered from
-- 1048577. Places 1 and 2 are sold by order 1001 (cash). Order 1002 sold place 3 and
-- was voided; the place has a new ticket, 1048589. Places 4 and 5 are under hold 3,
-- place 6 is blocked H, the rest is open. Clerk 1 (2) has one key.

-- Tickets: one live ticket a place.

-- case: a second live ticket
-- says: the place has a live ticket already
INSERT INTO ticket (id, performance, place, state) VALUES (1049000, 1, 7, 'available');

-- case: a second live ticket on a sold place
-- says: the place has a live ticket already
INSERT INTO ticket (id, performance, place, state) VALUES (1049000, 1, 1, 'available');

-- case: replace a live ticket by another
-- says: the place has a live ticket already
INSERT OR REPLACE INTO ticket (id, performance, place, state) VALUES (1049000, 1, 4, 'available');

-- case: replace a sold ticket by an open one with its id
-- says: there is a ticket with this id already
INSERT OR REPLACE INTO ticket (id, performance, place, state) VALUES (1048577, 1, 1, 'available');

-- case: replace by REPLACE
-- says: there is a ticket with this id already
REPLACE INTO ticket (id, performance, place, state) VALUES (1048580, 1, 4, 'available');

-- case: or ignore
-- says: the place has a live ticket already
INSERT OR IGNORE INTO ticket (id, performance, place, state) VALUES (1049000, 1, 7, 'available');

-- case: upsert
-- says: there is a ticket with this id already
INSERT INTO ticket (id, performance, place, state) VALUES (1048580, 1, 4, 'available') ON CONFLICT DO UPDATE SET state = 'available';

-- case: move a ticket to another place
-- says: a ticket stays the ticket of its place
UPDATE OR REPLACE ticket SET place = 1, version = version + 1 WHERE id = 1048583;

-- case: give a ticket another id
-- says: a ticket stays the ticket of its place
UPDATE OR REPLACE ticket SET id = 1048577, version = version + 1 WHERE id = 1048583;

-- case: move a sold ticket to another performance
-- says: a ticket stays the ticket of its place
UPDATE ticket SET performance = 2, version = version + 1 WHERE id = 1048577;

-- case: bring a cancelled ticket back to life
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'available', version = version + 1 WHERE id = 1048579;

-- case: sell a cancelled ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'confirmed', version = version + 1 WHERE id = 1048579;

-- case: a ticket for a place the plan does not have
-- says: no such place
INSERT INTO ticket (id, performance, place, state) VALUES (1049000, 1, 13, 'available');

-- case: a ticket for no performance
-- says: no such place
INSERT INTO ticket (id, performance, place, state) VALUES (104857601, 100, 1, 'available');

-- case: delete a ticket
-- says: tickets are never deleted
DELETE FROM ticket WHERE id = 1048583;

-- case: delete all
-- says: tickets are never deleted
DELETE FROM ticket;

-- Tickets: how they begin.

-- case: born sold
-- says: begins its life available
INSERT INTO ticket (id, performance, place, state, order_id) VALUES (1049000, 1, 7, 'confirmed', 1001);

-- case: born reserved
-- says: begins its life available
INSERT INTO ticket (id, performance, place, state, hold) VALUES (1049000, 1, 7, 'reserved', 3);

-- case: born at a later version
-- says: begins its life available
INSERT INTO ticket (id, performance, place, state, version) VALUES (1049000, 1, 7, 'available', 2);

-- case: born with an order
-- says: has no hold, no price and no order
INSERT INTO ticket (id, performance, place, state, order_id) VALUES (1049000, 1, 7, 'available', 1001);

-- Tickets: the state machine.

-- case: sell an open ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'confirmed', order_id = 1001, version = version + 1 WHERE id = 1048583;

-- case: cancel an open ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'cancelled', version = version + 1 WHERE id = 1048583;

-- case: cancel a reserved ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'cancelled', hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- case: free a sold ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'available', order_id = NULL, type = NULL, price = 0, version = version + 1 WHERE id = 1048577;

-- case: change the price of a sold ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET price = 100, version = version + 1 WHERE id = 1048577;

-- case: change the order of a sold ticket
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET order_id = 1002, version = version + 1 WHERE id = 1048577;

-- case: cancel a sold ticket into another order
-- says: keeps its order and its price
UPDATE ticket SET state = 'cancelled', order_id = 1002, version = version + 1 WHERE id = 1048577;

-- case: a state nobody knows
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET state = 'lost', version = version + 1 WHERE id = 1048583;

-- case: a change without a new version
-- says: adds one to its version
UPDATE ticket SET block = 'H' WHERE id = 1048583;

-- case: a version that goes back
-- says: adds one to its version
UPDATE ticket SET block = 'H', version = 0 WHERE id = 1048583;

-- Tickets: holds.

-- case: reserve without a hold
-- says: a reserved ticket needs a hold
UPDATE ticket SET state = 'reserved', version = version + 1 WHERE id = 1048583;

-- case: reserve without an end
-- says: a reserved ticket needs a hold
UPDATE ticket SET state = 'reserved', hold = 3, held_at = 1, type = 1, version = version + 1 WHERE id = 1048583;

-- case: reserve under a hold that is not there
-- says: only under a hold that is active
UPDATE ticket SET state = 'reserved', hold = 99, held_at = 1, expires_at = 2, type = 1, version = version + 1 WHERE id = 1048583;

-- case: reserve under a hold that has ended
-- says: only under a hold that is active
UPDATE ticket SET state = 'reserved', hold = 1, held_at = 1, expires_at = 2, type = 1, version = version + 1 WHERE id = 1048583;

-- case: a hold that ends before it began
-- says: a hold ends after it began
UPDATE ticket SET state = 'reserved', hold = 3, held_at = 2, expires_at = 1, type = 1, version = version + 1 WHERE id = 1048583;

-- case: take over a hold that has not ended
-- says: under another hold that has not ended
INSERT INTO hold (id, kind, state, staff, terminal, channel, created_at, expires_at, latest_at, version)
    SELECT 50, kind, 'active', staff, terminal, channel, created_at, expires_at, latest_at, 1 FROM hold WHERE id = 3;
UPDATE ticket SET hold = 50, held_at = expires_at - 1, version = version + 1 WHERE id = 1048580;

-- case: reserve a blocked place
-- says: the place is blocked
UPDATE ticket SET state = 'reserved', hold = 3, held_at = 1, expires_at = (SELECT expires_at FROM hold WHERE id = 3), type = 1, version = version + 1 WHERE id = 1048582;

-- case: block a reserved place
-- says: only an available ticket goes into a block
UPDATE ticket SET block = 'H', version = version + 1 WHERE id = 1048580;

-- case: unblock and reserve at once
-- says: only an available ticket goes into a block
UPDATE ticket SET block = '', state = 'reserved', hold = 3, held_at = 1, expires_at = (SELECT expires_at FROM hold WHERE id = 3), type = 1, version = version + 1 WHERE id = 1048582;

-- case: give a sold ticket a block
-- says: only an available ticket goes into a block
UPDATE ticket SET block = 'H', version = version + 1 WHERE id = 1048577;

-- case: sell again what is sold
-- says: a ticket cannot go from this state to that one
UPDATE ticket SET order_id = 1002, version = version + 1 WHERE id = 1048577;

-- case: a block code of two letters
-- says: CHECK constraint failed
UPDATE ticket SET block = 'HH', version = version + 1 WHERE id = 1048583;

-- case: release without letting the hold go
-- says: has no hold, no price and no order
UPDATE ticket SET state = 'available', version = version + 1 WHERE id = 1048580;

-- case: a price below zero
-- says: a price is never below zero
UPDATE ticket SET price = -1, version = version + 1 WHERE id = 1048580;

-- case: pay for it under another hold
-- says: paid for under the hold it has
UPDATE ticket SET state = 'processing', hold = 2, version = version + 1 WHERE id = 1048580;

-- case: a hold beyond its latest time
-- says: a hold never lasts beyond its latest time
UPDATE hold SET expires_at = latest_at + 1, version = version + 1 WHERE id = 3;

-- case: a named hold for nobody
-- says: a named hold is for a customer
UPDATE hold SET kind = 'named', version = version + 1 WHERE id = 3;

-- case: replace a hold
-- says: there is a hold with this id already
INSERT OR REPLACE INTO hold (id, kind, state, staff, terminal, channel, created_at, expires_at, latest_at, version)
    VALUES (3, 'basket', 'active', 1, '', 'window', 1, 2, 2, 1);

-- case: delete a hold
-- says: holds are never deleted
DELETE FROM hold WHERE id = 3;

-- Tickets: sold only by a paid order with a line for them.

-- case: sell without an order
-- says: only with an order that is paid
UPDATE ticket SET state = 'confirmed', hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- case: sell with an order that is not there
-- says: only with an order that is paid
UPDATE ticket SET state = 'confirmed', order_id = 99, hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- case: sell with a voided order
-- says: only with an order that is paid
UPDATE ticket SET state = 'confirmed', order_id = 1002, hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- case: sell with somebody else's order
-- says: no line for this very ticket
UPDATE ticket SET state = 'confirmed', order_id = 1001, hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- case: sell and keep the hold
-- says: a sold ticket is under no hold
UPDATE ticket SET state = 'confirmed', order_id = 1001, version = version + 1 WHERE id = 1048580;

-- case: sell with a draft
-- says: only with an order that is paid
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
UPDATE ticket SET state = 'confirmed', order_id = 1003, hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- case: sell for less than the line says
-- says: no line for this very ticket at this price
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 4, 1, 2400, 100000, 1, 218, 2400);
INSERT INTO tender (id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer) VALUES (1003 << 8 | 1, 1003, 'cash', 2400, 2400, 0, 1, 1, '', '');
UPDATE orders SET state = 'paid', version = 2 WHERE id = 1003;
UPDATE ticket SET state = 'confirmed', price = 1, order_id = 1003, hold = NULL, held_at = NULL, expires_at = NULL, version = version + 1 WHERE id = 1048580;

-- Orders.

-- case: an order number with a gap
-- says: order numbers have no gaps
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1004, 'draft', 1, 1, '', '', 'window', 0, 0, 1);

-- case: an order without a number
-- says: order numbers have no gaps
INSERT INTO orders (state, at, staff, terminal, drawer, channel, total, tax, version) VALUES ('draft', 1, 1, '', '', 'window', 0, 0, 1);

-- case: replace an order
-- says: order numbers have no gaps
INSERT OR REPLACE INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1001, 'draft', 1, 1, '', '', 'window', 0, 0, 1);

-- case: born paid
-- says: an order begins as a draft
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'paid', 1, 1, '', '', 'window', 0, 0, 1);

-- case: paid without a line
-- says: an order needs a line
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 0, 0, 1);
UPDATE orders SET state = 'paid', version = 2 WHERE id = 1003;

-- case: lines that do not come to the total
-- says: the order's lines do not come to its total
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2300, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 4, 1, 2400, 100000, 1, 218, 2400);
UPDATE orders SET state = 'paid', version = 2 WHERE id = 1003;

-- case: taxes that do not come to the tax
-- says: the taxes of the order's lines
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 0, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 4, 1, 2400, 100000, 1, 218, 2400);
UPDATE orders SET state = 'paid', version = 2 WHERE id = 1003;

-- case: paid without money
-- says: the order's tenders do not come to its total
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 4, 1, 2400, 100000, 1, 218, 2400);
UPDATE orders SET state = 'paid', version = 2 WHERE id = 1003;

-- case: a line whose tax is not in its amount
-- says: a line's amount is its price
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 4, 1, 2400, 100000, 0, 240, 2400);

-- case: a line for an open ticket
-- says: sells a ticket that is reserved
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048583, 1, 7, 1, 2400, 100000, 1, 218, 2400);

-- case: a line for a ticket of another place
-- says: sells a ticket that is reserved
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 5, 1, 2400, 100000, 1, 218, 2400);

-- case: sell a ticket again in another order
-- says: the ticket was sold in an order already
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT OR REPLACE INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048577, 1, 1, 1, 2400, 100000, 1, 218, 2400);

-- case: add a line to a paid order
-- says: lines are added only to an order that is being made
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1001 << 16 | 9, 1001, 1048580, 1, 4, 1, 2400, 100000, 1, 218, 2400);

-- case: add a payment to a paid order
-- says: tenders are added only to an order that is being made
INSERT INTO tender (id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer) VALUES (1001 << 8 | 9, 1001, 'cash', 1, 1, 0, 1, 1, '', '');

-- case: replace a line
-- says: there is a line with this id already
INSERT OR REPLACE INTO order_line SELECT * FROM order_line WHERE id = (1001 << 16 | 1);

-- case: replace a tender
-- says: there is a tender with this id already
INSERT OR REPLACE INTO tender SELECT * FROM tender WHERE id = (1001 << 8 | 1);

-- case: change a line
-- says: order lines are never changed
UPDATE order_line SET price = 0, amount = 0 WHERE order_id = 1001;

-- case: delete a line
-- says: order lines are never deleted
DELETE FROM order_line WHERE order_id = 1001;

-- case: change a tender
-- says: tenders are never changed
UPDATE tender SET amount = 0 WHERE order_id = 1001;

-- case: delete a tender
-- says: tenders are never deleted
DELETE FROM tender WHERE order_id = 1001;

-- case: delete an order
-- says: orders are never deleted
DELETE FROM orders WHERE id = 1002;

-- case: change an order's total
-- says: an order never changes but
UPDATE orders SET total = 1, version = version + 1 WHERE id = 1001;

-- case: give an order another number
-- says: an order never changes but
UPDATE OR REPLACE orders SET id = 1002, version = version + 1 WHERE id = 1001;

-- case: void without reversing
-- says: voided only when its lines are all reversed
UPDATE orders SET state = 'voided', voided_at = 1, version = version + 1 WHERE id = 1001;

-- case: void without giving the money back
-- says: voided only when its tenders are all reversed
INSERT INTO order_line SELECT id + 10, order_id, ticket, performance, place, type, -price, tax_ppm, tax_included, -tax, -amount, id FROM order_line WHERE order_id = 1001;
UPDATE orders SET state = 'voided', voided_at = 1, version = version + 1 WHERE id = 1001;

-- case: reverse a line for another amount
-- says: the line it reverses with the sign turned
INSERT INTO order_line SELECT id + 10, order_id, ticket, performance, place, type, -price - 1, tax_ppm, tax_included, -tax, -amount - 1, id FROM order_line WHERE order_id = 1001;

-- case: reverse a line twice
-- says: the line was reversed already
INSERT INTO order_line SELECT id + 10, order_id, ticket, performance, place, type, -price, tax_ppm, tax_included, -tax, -amount, id FROM order_line WHERE id = (1001 << 16 | 1);
INSERT OR REPLACE INTO order_line SELECT id + 20, order_id, ticket, performance, place, type, -price, tax_ppm, tax_included, -tax, -amount, id FROM order_line WHERE id = (1001 << 16 | 1);

-- case: reverse a tender for more
-- says: the tender it reverses with the sign turned
INSERT INTO tender SELECT id + 10, order_id, kind, -amount - 100, tendered, change, at, staff, terminal, drawer, shift, id FROM tender WHERE order_id = 1001;

-- case: reverse a tender twice
-- says: the tender was reversed already
INSERT INTO tender SELECT id + 10, order_id, kind, -amount, tendered, change, at, staff, terminal, drawer, shift, id FROM tender WHERE id = (1001 << 8 | 1);
INSERT OR REPLACE INTO tender SELECT id + 20, order_id, kind, -amount, tendered, change, at, staff, terminal, drawer, shift, id FROM tender WHERE id = (1001 << 8 | 1);

-- case: reverse a line of a voided order
-- says: only the lines of a paid order are reversed
INSERT INTO order_line SELECT id + 10, order_id, ticket, performance, place, type, -price, tax_ppm, tax_included, -tax, -amount, id FROM order_line WHERE order_id = 1002 AND reverses IS NULL;

-- case: bring a voided order back
-- says: from draft to paid, and from paid to voided
UPDATE orders SET state = 'paid', voided_at = NULL, version = version + 1 WHERE id = 1002;

-- case: make a paid order a draft
-- says: from draft to paid, and from paid to voided
UPDATE orders SET state = 'draft', version = version + 1 WHERE id = 1001;

-- case: change that does not add up
-- says: cash given less the change is what is paid
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO tender (id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer) VALUES (1003 << 8 | 1, 1003, 'cash', 2400, 5000, 2000, 1, 1, '', '');

-- case: a payment below zero
-- says: a payment is of zero or more
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO tender (id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer) VALUES (1003 << 8 | 1, 1003, 'cash', -1, 0, 1, 1, 1, '', '');

-- The journal.

-- case: change an entry
-- says: the journal is never changed
UPDATE journal SET note = 'nothing happened' WHERE seq = 1;

-- case: delete the last entry
-- says: the journal is never deleted
DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal);

-- case: leave a gap
-- says: the journal has no gaps
INSERT INTO journal SELECT seq + 2, at, '', NULL, '', '', '', 'sell', NULL, NULL, NULL, NULL, 0, '', '', hash, hash FROM journal ORDER BY seq DESC LIMIT 1;

-- case: replace an entry
-- says: the journal has no gaps
INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1;

-- case: an entry out of the chain
-- says: carries the hash of the one before
INSERT INTO journal SELECT seq + 1, at, '', NULL, '', '', '', 'sell', NULL, NULL, NULL, NULL, 0, '', '', prev, hash FROM journal ORDER BY seq DESC LIMIT 1;

-- case: an entry from the past
-- says: the journal does not go back in time
INSERT INTO journal SELECT seq + 1, at - 1, '', NULL, '', '', '', 'sell', NULL, NULL, NULL, NULL, 0, '', '', hash, hash FROM journal ORDER BY seq DESC LIMIT 1;

-- case: carry a command out again
-- says: the command was carried out already
INSERT OR REPLACE INTO command SELECT * FROM command LIMIT 1;

-- case: change what a command answered
-- says: a command carried out is never changed
UPDATE command SET answer = '{}';

-- The rest of the house.

-- case: a second house
-- says: a store keeps one house
INSERT INTO house SELECT 2, name, currency, digits, time_zone, hold_times, version, sum FROM house;

-- case: two open baskets
-- says: a person has one open basket
INSERT OR REPLACE INTO basket (staff, state, label, version) SELECT staff, 'open', '', 1 FROM basket WHERE state = 'open' LIMIT 1;

-- case: two open shifts on a drawer
-- says: a drawer has one open shift
INSERT OR REPLACE INTO shift (drawer, business_day, opened_at, opened_by) SELECT drawer, business_day, opened_at, opened_by FROM shift WHERE closed_at IS NULL LIMIT 1;

-- case: rewrite a shift
-- says: a shift changes only to be closed
UPDATE shift SET drawer = 'mine';

-- case: delete a shift
-- says: shifts are never deleted
DELETE FROM shift;

-- case: a price below zero in the list
-- says: a price is never below zero
UPDATE price SET amount = -1;

-- case: another plan under a performance that has tickets
-- says: keeps its plan
INSERT INTO plan (id, name, stage, size) VALUES (9, 'x', '', 0);
UPDATE performance SET plan = 9 WHERE id = 1;

-- case: move a place of a plan to another zone
-- says: a plan does not change
UPDATE place SET zone = 1;

-- case: take a place out of a plan
-- says: a plan does not change
DELETE FROM place WHERE no = 1;

-- case: replace a place
-- says: a plan does not change
INSERT OR REPLACE INTO place SELECT * FROM place WHERE no = 1;

-- Who may come in.

-- case: give a revoked key back
-- says: only to be revoked
UPDATE staff_key SET revoked_at = 5;
UPDATE staff_key SET revoked_at = NULL;

-- case: give somebody's key to another
-- says: only to be revoked
UPDATE staff_key SET staff = 1;

-- case: put another key under a fingerprint
-- says: only to be revoked
UPDATE staff_key SET public = x'00';

-- case: delete a key
-- says: keys are never deleted
DELETE FROM staff_key;

-- case: replace a key
-- says: a key is added once
INSERT OR REPLACE INTO staff_key SELECT id, fingerprint, 1, type, comment, public, added_by, added_at, revoked_at, version, sum FROM staff_key;

-- case: a key without a fingerprint
-- says: a fingerprint begins with SHA256
INSERT INTO staff_key (fingerprint, staff, type, comment, public, added_at, version) VALUES ('MD5:12', 1, '', '', x'00', 1, 1);

-- case: delete a person
-- says: nobody is deleted
DELETE FROM staff WHERE id = 1;

-- case: a manager who cannot set up the house
-- says: a manager can always set up the house
INSERT INTO permit (role, permission, allowed) VALUES ('manager', 'set up the house', 0);

-- case: two requests of one person waiting at a terminal
-- says: one a person at a terminal
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
INSERT OR REPLACE INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);

-- case: a request that begins allowed
-- says: a request begins waiting
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, answered_at, answered_by, reason, version)
    VALUES ('allowed', 1, 'w', '', '', '', '', '', 1, 2, 1, 1, '', 1);

-- case: an answer by nobody
-- says: an answer is somebody's
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
UPDATE approval SET state = 'allowed', answered_at = 2;

-- case: answer a request twice
-- says: only to be answered, once
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
UPDATE approval SET state = 'refused', answered_at = 2, answered_by = 1;
UPDATE approval SET state = 'allowed', answered_at = 2, answered_by = 1;

-- case: change what was asked
-- says: only to be answered, once
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
UPDATE approval SET state = 'allowed', ask = 'more', answered_at = 2, answered_by = 1;

-- case: hear an answer twice
-- says: heard of, once
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
UPDATE approval SET state = 'refused', answered_at = 2, answered_by = 1;
UPDATE approval SET heard_at = 3;
UPDATE approval SET heard_at = 4;

-- case: change an answer when it is heard
-- says: heard of, once
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
UPDATE approval SET state = 'refused', answered_at = 2, answered_by = 1;
UPDATE approval SET reason = 'because', heard_at = 3;

-- case: hear an answer that nobody gave
-- says: an answer is heard when there is one
INSERT INTO approval (state, staff, terminal, drawer, channel, permission, words, ask, asked_at, lapses_at, reason, version)
    VALUES ('waiting', 1, 'w', '', '', '', '', '', 1, 2, '', 1);
UPDATE approval SET heard_at = 3;

-- case: sell a killed place by somebody's leave
-- says: the place is killed
UPDATE ticket SET block = 'X', version = version + 1 WHERE id = 1048582;
INSERT INTO block_leave VALUES (3, 1, 6, 1, 1, 0);
UPDATE ticket SET state = 'reserved', hold = 3, held_at = 1, expires_at = (SELECT expires_at FROM hold WHERE id = 3), type = 1, version = version + 1 WHERE id = 1048582;

-- What others name stays, under the id they name it by.

-- case: replace a person
-- says: stays who they are
INSERT OR REPLACE INTO staff (id, name, folded, role, pin, active, version) VALUES (1, 'Eve', 'eve', 'manager', '', 1, 1);

-- case: replace a person by their name
-- says: the name is taken
INSERT OR REPLACE INTO staff (name, folded, role, pin, active, version) SELECT 'Eve', folded, 'manager', '', 1, 1 FROM staff WHERE id = 2;

-- case: push a person out by taking their name
-- says: the name is taken
UPDATE OR REPLACE staff SET folded = (SELECT folded FROM staff WHERE id = 1) WHERE id = 2;

-- case: upsert a person
-- says: stays who they are
INSERT INTO staff (id, name, folded, role, pin, active, version) VALUES (2, 'Eve', 'eve', 'manager', '', 1, 1) ON CONFLICT DO UPDATE SET role = 'manager';

-- case: give a person another id
-- says: stays who they are
UPDATE staff SET id = 77 WHERE id = 2;

-- case: delete a price type
-- says: price types are never deleted
DELETE FROM price_type WHERE id = 1;

-- case: replace a price type
-- says: there is a price type with this id already
INSERT OR REPLACE INTO price_type (id, code, name, rank) VALUES (1, 'z', 'Free', 1);

-- case: replace a price type by its code
-- says: the code is taken
INSERT OR REPLACE INTO price_type (code, name, rank) VALUES ('a', 'Free', 1);

-- case: push a price type out by taking its code
-- says: the code is taken
UPDATE OR REPLACE price_type SET code = 'a' WHERE code = 'c';

-- case: give a price type another id
-- says: there is a price type with this id already
UPDATE price_type SET id = 77 WHERE id = 1;

-- case: delete an event
-- says: events are never deleted
DELETE FROM event;

-- case: replace an event by its key
-- says: the key is taken
INSERT OR REPLACE INTO event (key, title, subtitle) SELECT key, 'Other', '' FROM event;

-- case: delete a performance
-- says: performances are never deleted
DELETE FROM performance WHERE id = 1;

-- case: replace a performance, and give it another plan
-- says: there is a performance with this id already
INSERT INTO plan (id, name, stage, size) VALUES (9, 'x', '', 0);
INSERT OR REPLACE INTO performance SELECT id, event, key, 9, doors, curtain, ends, state, business_day, tax_ppm, tax_included, reason, version, sum FROM performance;

-- case: replace a performance by its key
-- says: the key is taken
INSERT OR REPLACE INTO performance SELECT 2, event, key, plan, doors, curtain, ends, state, business_day, tax_ppm, tax_included, reason, 1, sum FROM performance;

-- case: sell a cancelled performance again
-- says: a cancelled performance stays cancelled
UPDATE performance SET state = 'cancelled', version = version + 1;
UPDATE performance SET state = 'on sale', version = version + 1;

-- case: delete the house
-- says: the house stays
DELETE FROM house;

-- case: replace the house
-- says: the house stays
INSERT OR REPLACE INTO house SELECT id, 'Other', currency, digits, time_zone, hold_times, version, sum FROM house;

-- case: turn cents into euros
-- says: the house keeps the currency it has sold in
UPDATE house SET digits = 0;

-- case: delete a customer who has a hold
-- says: a customer who has holds or orders is not deleted
INSERT INTO customer (id, name, folded, phone, digits, email) VALUES (5, 'Vidal', 'vidal', '', '', '');
UPDATE hold SET kind = 'named', customer = 5, version = version + 1 WHERE id = 3;
DELETE FROM customer;

-- case: replace a customer
-- says: there is a customer with this id already
INSERT INTO customer (id, name, folded, phone, digits, email) VALUES (5, 'Vidal', 'vidal', '', '', '');
INSERT OR REPLACE INTO customer (id, name, folded, phone, digits, email) VALUES (5, 'Other', 'other', '', '', '');

-- case: delete a basket
-- says: baskets are never deleted
DELETE FROM basket;

-- case: forget to put blocked places on sale again
-- says: timed blocks are never deleted
INSERT INTO timed_block (performance, code, places, release_at) VALUES (1, 'H', '6', 1);
DELETE FROM timed_block;

-- A plan has the places it has.

-- case: one more place in the house
-- says: a plan does not change
INSERT INTO place SELECT plan, 13, section, zone, row_name, '99', 9, 9, features, 'more' FROM place WHERE no = 12;
INSERT INTO ticket (id, performance, place, state) VALUES (1049000, 1, 13, 'available');

-- case: a larger plan
-- says: a plan does not change
UPDATE plan SET size = 13 WHERE id = 1;

-- case: delete a plan
-- says: a plan does not change
DELETE FROM plan;

-- case: replace a plan
-- says: a plan does not change
INSERT OR REPLACE INTO plan (id, name, stage, size) VALUES (1, 'x', '', 13);

-- case: a place of no plan
-- says: a plan does not change
INSERT INTO place SELECT 99, no, section, zone, row_name, seat, line, col, features, key FROM place WHERE no = 12;

-- case: rename a zone
-- says: a plan does not change
UPDATE zone SET no = no + 10;

-- case: replace a zone
-- says: a plan does not change
INSERT OR REPLACE INTO zone SELECT plan, no, 'other' FROM zone;

-- case: move a section's bounds
-- says: a plan does not change
UPDATE section SET last_place = 99;

-- case: delete a section
-- says: a plan does not change
DELETE FROM section;

-- case: delete a level
-- says: a plan does not change
DELETE FROM level;

-- Commands: what was carried out is not done again.

-- case: forget a command
-- says: a command carried out is never forgotten
DELETE FROM command;

-- Holds: once over, over.

-- case: bring a hold back to life
-- says: a hold that has ended stays ended
UPDATE hold SET state = 'active', version = version + 1 WHERE id = 1;

-- case: give a hold another id
-- says: a hold stays the hold it is
UPDATE hold SET id = 77, version = version + 1 WHERE id = 3;

-- case: a hold that changes without a new version
-- says: adds one to its version
UPDATE hold SET expires_at = expires_at - 1000 WHERE id = 3;

-- case: end a ticket's hold earlier than its hold
-- says: a ticket is held until its hold ends
UPDATE ticket SET expires_at = held_at + 1, version = version + 1 WHERE id = 1048580;

-- case: keep a ticket longer than its hold
-- says: a ticket is held until its hold ends
UPDATE ticket SET expires_at = expires_at + 3600000, version = version + 1 WHERE id = 1048580;

-- case: reserve for longer than the hold lasts
-- says: a ticket is held until its hold ends
UPDATE ticket SET state = 'reserved', hold = 3, held_at = 1, expires_at = 99999999999999, type = 1, price = 2400, version = version + 1 WHERE id = 1048583;

-- Tickets: a cancelled one is gone from its place, and no other.

-- case: keep a cancelled ticket as if it were live
-- says: a cancelled ticket is gone, and no other
UPDATE ticket SET state = 'cancelled', version = version + 1 WHERE id = 1048577;

-- case: cancel a ticket as another
-- says: a cancelled ticket is gone, and no other
UPDATE ticket SET state = 'cancelled', gone = 1048578, version = version + 1 WHERE id = 1048577;

-- case: a live ticket that is gone
-- says: a cancelled ticket is gone, and no other
UPDATE ticket SET block = 'H', gone = id, version = version + 1 WHERE id = 1048583;

-- case: born gone
-- says: a cancelled ticket is gone, and no other
INSERT INTO ticket (id, performance, place, state, gone) VALUES (1049000, 1, 7, 'available', 1049000);

-- Tickets: what is missing is not made up.

-- case: forget the price of a sold ticket
-- says: a ticket always has a price, a block and a version
UPDATE OR REPLACE ticket SET state = 'cancelled', price = NULL, version = version + 1 WHERE id = 1048577;

-- case: forget a ticket's version
-- says: a ticket always has a price, a block and a version
UPDATE OR REPLACE ticket SET block = 'H', version = NULL WHERE id = 1048583;

-- case: forget a block
-- says: a ticket always has a price, a block and a version
UPDATE OR REPLACE ticket SET block = NULL, version = version + 1 WHERE id = 1048582;

-- case: let go of a ticket that an order sells
-- says: the ticket is sold by an order
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 2400, 218, 1);
INSERT INTO order_line (id, order_id, ticket, performance, place, type, price, tax_ppm, tax_included, tax, amount) VALUES (1003 << 16 | 1, 1003, 1048580, 1, 4, 1, 2400, 100000, 1, 218, 2400);
INSERT INTO tender (id, order_id, kind, amount, tendered, change, at, staff, terminal, drawer) VALUES (1003 << 8 | 1, 1003, 'cash', 2400, 2400, 0, 1, 1, '', '');
UPDATE orders SET state = 'paid', version = 2 WHERE id = 1003;
UPDATE ticket SET state = 'available', hold = NULL, held_at = NULL, expires_at = NULL, type = NULL, price = 0, version = version + 1 WHERE id = 1048580;

-- case: give the tax back at another rate
-- says: the line it reverses with the sign turned
INSERT INTO order_line SELECT id + 10, order_id, ticket, performance, place, type, -price, 210000, tax_included, -tax, -amount, id FROM order_line WHERE order_id = 1001;
