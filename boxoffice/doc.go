// Package boxoffice is the trade: its words, its rules, the use cases a box
// office has, and the ports they need from the outside.
//
// # Words
//
// An [Event] is the show, a [Performance] one dated instance of it, played in a
// house whose geometry is a [Plan]. A [Place] is a seat or one general
// admission (GA) place. Section and row are geometry; a [Zone] is money. A
// [PriceType] (adult, child …) in a zone has a [Price].
//
// Every place of a performance on sale has one live [Ticket], long before it is
// sold:
//
//	available ──hold──► reserved ──pay──► processing ──settle──► confirmed ──cancel──► cancelled
//	    ▲                  │                  │
//	    └─ expire/release ─┴──── withdraw ────┘
//
// A [Hold] keeps tickets for one customer for a while; a [Basket] has one, a
// named hold stands alone. A block keeps places back for the house under a
// one-letter [BlockCode]; the code X is a kill. A cancelled ticket is dead for
// ever: a new available ticket takes its place.
//
// # Promises
//
//   - No place has two live tickets; no ticket is sold twice.
//   - sold + held + blocked + killed + open = places, always.
//   - What tenders brought in, less change, is what the lines of an order come to.
//   - Every change has an entry in the journal that says who, where and when.
//   - A hold that ran out is free at once, whether or not anything swept it.
//   - A use case happens whole or not at all, and once, however often it is sent.
//
// # Shape
//
// A use case is a method of [Office]: it loads for update, decides, and saves,
// inside one [Store.Update]. What decides is a pure function of this package:
// no clock, no store, no screen. Money is in minor units ([Money]), tax rates in
// parts per million, instants in UTC.
//
// This package knows the standard library and small value libraries. It knows
// nothing of SQL, keys or colours.
package boxoffice
