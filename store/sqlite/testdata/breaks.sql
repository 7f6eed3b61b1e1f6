-- What Verify finds. Each case is a comment with what was done to the store behind
-- its back, comments with where and what Verify must say, and the statements; they
-- run with the schema's triggers dropped and its checks ignored. The house is that
-- of says_no.sql.

-- case: a sold ticket made open
-- where: place 1 of performance 1
-- what: its ticket is available, by the journal it is confirmed
UPDATE ticket SET state = 'available', order_id = NULL, type = NULL, price = 0 WHERE id = 1048577;

-- case: an open ticket made sold
-- where: place 7 of performance 1
-- what: no order has a line for it
UPDATE ticket SET state = 'confirmed', order_id = 1001, type = 1, price = 2400 WHERE id = 1048583;

-- case: a block taken away
-- where: place 6 of performance 1
-- what: its ticket is available, by the journal it is available, block H
UPDATE ticket SET block = '' WHERE id = 1048582;

-- case: a price changed
-- where: place 2 of performance 1
-- what: its ticket and the line of order 1001 do not agree
UPDATE ticket SET price = 1 WHERE id = 1048578;

-- case: two live tickets on a place
-- where: place 1 of performance 1
-- what: tickets 1048577 and 1049000 are both live
DROP INDEX ticket_live;
INSERT INTO ticket (id, performance, place, state) VALUES (1049000, 1, 1, 'available');

-- case: a ticket deleted
-- where: performance 1
-- what: it has 11 live tickets for 12 places
DELETE FROM ticket WHERE id = 1048583;

-- case: a ticket for no place
-- where: place 13 of performance 1
-- what: a place the plan does not have
INSERT INTO ticket (id, performance, place, state) VALUES (1049000, 1, 13, 'available');

-- case: a ticket whose hold was made longer
-- where: place 4 of performance 1
-- what: its ticket's hold ends at
UPDATE ticket SET expires_at = expires_at + 1000 WHERE id = 1048580;

-- case: a ticket under a hold that has ended
-- where: place 4 of performance 1
-- what: which is released
UPDATE hold SET state = 'released' WHERE id = 3;

-- case: a ticket under a hold that is not there
-- where: place 4 of performance 1
-- what: its ticket is reserved under no hold
UPDATE ticket SET hold = 77 WHERE id = 1048580;

-- case: a hold beyond its latest time
-- where: hold 3
-- what: it ends after its latest time
UPDATE hold SET latest_at = 1 WHERE id = 3;

-- case: a journal entry rewritten
-- where: journal entry 3
-- what: its hash is not the hash of what it says
UPDATE journal SET note = 'x' WHERE seq = 3;

-- case: a journal entry taken out
-- where: journal entry 4
-- what: the entry before it is 2
DELETE FROM journal WHERE seq = 3;

-- case: a journal entry put in with a hash of its own
-- where: journal entry 4
-- what: it does not carry the hash of the entry before
UPDATE journal SET hash = zeroblob(32) WHERE seq = 3;

-- case: a journal entry that cannot be read
-- where: journal entry 3
-- what: is no change
UPDATE journal SET changes = 'gibberish' WHERE seq = 3;

-- case: the journal's last entries cut off
-- where: place 6 of performance 1
-- what: its ticket is available, block H, by the journal it is available
DELETE FROM journal WHERE verb = 'block';

-- case: an order deleted
-- where: order 1002
-- what: the order before it is 1000
UPDATE orders SET id = 1000 WHERE id = 1001;

-- case: an order's total changed
-- where: order 1001
-- what: the lines it sold come to 4800
UPDATE orders SET total = 2400 WHERE id = 1001;

-- case: a payment made smaller
-- where: order 1001
-- what: what was paid comes to 100, the total is 4800
UPDATE tender SET amount = 100 WHERE order_id = 1001;

-- case: change that does not add up
-- where: order 1001
-- what: cash given less the change is not what tender
UPDATE tender SET change = change + 1 WHERE order_id = 1001;

-- case: a line taken out of an order
-- where: order 1001
-- what: the lines it sold come to 2400
DELETE FROM order_line WHERE id = (1001 << 16 | 1);

-- case: a draft left behind
-- where: order 1003
-- what: it was never finished
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'draft', 1, 1, '', '', 'window', 0, 0, 1);

-- case: an order the journal does not know
-- where: order 1003
-- what: the journal knows nothing of it
INSERT INTO orders (id, state, at, staff, terminal, drawer, channel, total, tax, version) VALUES (1003, 'paid', 1, 1, '', '', 'window', 0, 0, 1);

-- case: a voided order that keeps the money
-- where: order 1002
-- what: it is voided, but its lines come to 0 and its tenders to 2400
DELETE FROM tender WHERE order_id = 1002 AND reverses IS NOT NULL;

-- case: a sold ticket whose order is void
-- where: place 1 of performance 1
-- what: its ticket is sold, but order 1001 is voided
UPDATE orders SET state = 'voided', voided_at = 1 WHERE id = 1001;

-- case: a reversal of another amount
-- where: order 1002
-- what: as it was
UPDATE order_line SET price = -1, amount = -1 WHERE order_id = 1002 AND reverses IS NOT NULL;

-- case: two open shifts on a drawer
-- where: drawer window 1
-- what: 2 shifts are open on it
DROP INDEX shift_open;
INSERT INTO shift (drawer, business_day, opened_at, opened_by) SELECT drawer, business_day, opened_at, opened_by FROM shift WHERE drawer = 'window 1';

-- case: an order sold outside its shift
-- where: order 1001
-- what: it was not sold within shift
UPDATE shift SET closed_at = 1;

-- case: a command forgotten
-- where: journal entry 2
-- what: sent again, it would be done again
DELETE FROM command WHERE seq = 2;

-- case: a command of no entry
-- where: command x
-- what: the journal has no entry 999 of it
INSERT INTO command (id, seq, at) VALUES ('x', 999, 1);

-- case: two open baskets
-- where: staff 2
-- what: 2 baskets are open
DROP INDEX basket_open;
INSERT INTO basket (staff, state, label, version) VALUES (2, 'open', '', 1);

-- case: a guard dropped
-- where: the schema
-- what: order_line_ticket is missing
DROP INDEX order_line_ticket;

-- case: a reference to nothing
-- where: order_line
-- what: there is no such price_type as it names
UPDATE order_line SET type = 99 WHERE order_id = 1001;

-- case: an index that does not match its table
-- where: the file
-- what: ticket_hold
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE INDEX ticket_hold ON ticket (hold) WHERE hold IS NULL' WHERE name = 'ticket_hold';

-- case: a guard hollowed out
-- where: the schema
-- what: ticket_never_goes is not as this program made it
CREATE TRIGGER ticket_never_goes BEFORE DELETE ON ticket BEGIN SELECT 1; END;

-- case: an index that lets everything in
-- where: the schema
-- what: ticket_live is not as this program made it
DROP INDEX ticket_live;
CREATE INDEX ticket_live ON ticket (performance, place) WHERE state <> 'cancelled';

-- case: a check taken out
-- where: the schema
-- what: ticket is not as this program made it
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (price >= 0)', 'CHECK (1)') WHERE name = 'ticket';

-- case: a column of the store's own notes called otherwise
-- where: the schema
-- what: migration is not as this program made it
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = replace(sql, 'tstamp', 'tstamP') WHERE name = 'migration';

-- case: the store's own notes without their guard
-- where: the schema
-- what: migration_taken_once is missing
DROP INDEX migration_taken_once;

-- case: a trigger that changes what others write
-- where: the schema
-- what: skim is not of this program's making
CREATE TRIGGER skim AFTER INSERT ON tender BEGIN UPDATE tender SET amount = amount - 1 WHERE id = NEW.id; END;

-- case: a table taken out
-- where: the schema
-- what: lapse is missing
DROP TABLE lapse;

-- case: an order sold by somebody else than the journal says
-- where: order 1001
-- what: has it sold at another time, by somebody else
UPDATE orders SET staff = 3 WHERE id = 1001;

-- case: a void that the journal does not have
-- where: order 1001
-- what: in the journal not voided
UPDATE orders SET state = 'voided', voided_at = at WHERE id = 1001;

-- case: a tender taken elsewhere than its order
-- where: order 1001
-- what: was not taken with the order
UPDATE tender SET terminal = 'window 9' WHERE order_id = 1001;

-- case: a tender given back elsewhere than the journal says
-- where: order 1002
-- what: was not given back as entry
UPDATE tender SET terminal = 'window 9' WHERE reverses IS NOT NULL;

-- case: a line at a rate that its tax is not of
-- where: order 1001
-- what: is not of its rate
UPDATE order_line SET tax_ppm = 200000 WHERE order_id = 1001;

-- case: a reversing line at another rate
-- where: order 1002
-- what: for another place or at another rate
UPDATE order_line SET tax_ppm = tax_ppm + 1 WHERE reverses IS NOT NULL;

-- case: a cancelled ticket at another price than it was sold for
-- where: order 1002
-- what: and the cancelled ticket it sold do not agree
UPDATE ticket SET price = 1 WHERE state = 'cancelled';

-- case: a gap in the tenders of an order
-- where: order 1001
-- what: is not numbered after the one before it
UPDATE tender SET id = id + 2 WHERE order_id = 1001;

-- case: a way of paying that nobody knows
-- where: order 1001
-- what: is of a kind that nobody knows
UPDATE tender SET kind = 'cbsh' WHERE order_id = 1001;

-- case: a person renamed
-- where: staff 2
-- what: it is not as the program left it
UPDATE staff SET name = 'Clark 1' WHERE id = 2;

-- case: a person with another role
-- where: staff 2
-- what: it is not as the program left it
UPDATE staff SET role = 'supervisor' WHERE id = 2;

-- case: a seat that moved
-- where: plan 1
-- what: its zones, levels, sections or places are otherwise
UPDATE place SET col = col + 1 WHERE no = 7;

-- case: another price
-- where: price 1 0 1
-- what: it is not as the program left it
UPDATE price SET amount = amount - 100 WHERE zone = 0 AND type = 1;

-- case: the house in another zone of time
-- where: the house
-- what: it is not as the program left it
UPDATE house SET time_zone = 'UTC';

-- case: an answer rewritten
-- where: command
-- what: it is not as the program left it
UPDATE command SET answer = replace(answer, '1001', '1002') WHERE answer LIKE '%1001%';

-- case: somebody else's hold
-- where: hold 3
-- what: it is not as the program left it
UPDATE hold SET terminal = 'window 9' WHERE id = 3;

-- case: a ticket held since another time
-- where: place 4 of performance 1
-- what: ticket 1048580 is not as the program left it
UPDATE ticket SET held_at = held_at - 1 WHERE id = 1048580;

-- case: a reversing line under another number
-- where: order 1002
-- what: it is not as the program left it, or a line of it
UPDATE order_line SET id = id + 64 WHERE order_id = 1002 AND reverses IS NOT NULL;

-- case: a change of the schema noted as taken back
-- where: the schema
-- what: change 7 of it was not made, or not once
UPDATE migration SET is_applied = 0 WHERE version_id = 7;

-- case: a sold ticket kept as if it were gone
-- where: place 1 of performance 1
-- what: its ticket 1048577 is confirmed, but is kept as if it were not
UPDATE ticket SET gone = id WHERE id = 1048577;

-- case: a cancelled ticket kept as if it were live
-- where: place 3 of performance 1
-- what: is cancelled, but is kept as if it were not
DROP INDEX ticket_live;
UPDATE ticket SET gone = 0 WHERE state = 'cancelled';
