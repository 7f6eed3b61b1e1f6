// Package saleline is the grammar of the sale line: what a clerk types, read as
// one [Intent].
//
// # The rule
//
// One rule settles every line that could be read in two ways:
//
//   - A number first is a quantity: «2a» is two adults, «2» two of the first
//     price type.
//   - A letter first is a row: «A2» is row A, seat 2.
//   - A row that is a number is written with a hyphen, a slash or an «r»: «5-12»,
//     «5/12», «5-12..15», «r5 12-15».
//
// A letter that is both a price code and the beginning of a section is the code
// behind a number or behind places («2 s», «B12 s»), and the section before
// places («s B12»). «P3» is a seat where there is such a row; «p 3» is always the
// third performance.
//
// Where the rule decided, [Intent.Words] says so.
//
// # The forms
//
//	2   2a1c   2a 1c   2 1c      best available places
//	2a stalls   2a z2   3 ga     … in a section, a zone, general admission
//	4a w                         … one of them a wheelchair space, and its companion
//	B12   B12-15   B12,14,16     places
//	stalls B12   B12 stalls      … of a section, by the first letters of its words
//	B12-15 c   2a1c B12-14       … with price types, in the order of the places
//	row B   seat 3               a whole row; a seat that has no row
//	stalls                       show that part of the house
//	p3   19:30   7pm   sat 20:00   macbeth   another performance
//	#1042                        an order
//	vidal                        whoever has that name
//	T0000F2801AG78PWRP           a ticket's barcode, with hyphens or without
//	help, orders, park … and what [Commands] lists
//
// Capitals and accents do not matter. A comma continues the row: «B12,14».
// A range goes along the chairs as they stand in the row, whatever their numbers:
// «B12-16» is three places where the row counts 12, 14, 16.
//
// A word is a command first, then a section, then a performance, then a name.
// Where a line could be a performance or a command with words behind it («stop
// making sense»), it is the performance, which changes nothing.
//
// # Promises
//
//   - Everything here is pure: the same text and [Context] give the same intent.
//     Nothing is taken, sold or looked up, and the clock is the context's.
//   - Any text has an answer; what makes no sense is an [Unknown] that says why,
//     where, and what to type instead.
//   - No text is read beyond [MaxRunes], no quantity beyond [MaxPlaces].
//   - Words are clean in the sense of [boxoffice.Clean] where the context is.
//
// This package knows the standard library and boxoffice.
package saleline
