// Package programmefile reads a programme — what a house plays, when, and for
// how much — from a YAML file into a [boxoffice.Programme], or refuses it.
//
// # What it reads
//
//	price-types:                # the first is the one meant by a bare number
//	  a: Adult
//	  c: Child
//	  p: {name: Press, guarded: yes}   # not everybody's to give
//	events:
//	  - key: macbeth            # letters, digits and hyphens
//	    title: Macbeth
//	    subtitle: by William Shakespeare
//	    plan: Teatro Leal       # a seating plan of the house, by name
//	    tax: 10%                # contained in the prices; added to them with
//	    tax-added: yes          #   this
//	    prices:
//	      Zone 1: {a: 32.00, c: 16.00}
//	      "*":    {a: 24.00, c: 12.00}   # every other zone
//	    performances:
//	      - key: macbeth-1127
//	        curtain: 2026-11-27 20:00
//	        doors: 19:30        # may be left out, as may ends
//	        ends: 22:45
//	        on-sale: yes
//	      - key: macbeth-1128
//	        curtain: 2026-11-28 20:00
//	        plan: Sala          # own plan and own prices, where they differ
//	        prices: {"*": {a: 20.00}}
//
// Times are the house's own. Doors and ends are times of the day, the last before
// and the first after the curtain, or whole dates. Where the clocks change, a
// time that does not exist is refused, and one that exists twice asks for its
// offset: «2026-10-25 02:30 +02:00».
//
// Amounts are in the house's currency. Text is cleaned ([boxoffice.Clean]).
//
// # Promises
//
//   - A file is read whole or refused whole, and a refusal says the line and what
//     stands there, in words.
//   - A key that is not known, or stands twice, is refused: a typing error is
//     never a silent default.
//   - A file larger than [MaxBytes], nested deeper than [MaxDepth], or using
//     anchors, aliases or tags is refused before it can do harm.
//   - The same file gives the same programme, always.
//
// What needs the house — whether it has the plan, the zone, the price type — is
// checked where the programme is loaded ([boxoffice.Office.LoadProgramme]).
//
// This package knows boxoffice and a YAML parser.
package programmefile
