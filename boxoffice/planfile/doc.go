// Package planfile reads seating plans from files and turns them into a
// [boxoffice.Plan], or refuses them.
//
// # What it reads
//
// A seating plan in the shape the pretix editor writes (JSON), or a table (CSV)
// with a first line that names its columns, in any order:
//
//	section,row,seat,x,y,zone,flags,level,capacity,id
//	Stalls,A,1,0,0,Zone 1,wheelchair
//	Stalls,A,2,24,0,Zone 1,companion
//	Floor,,,,,Standing,,Floor,400
//	Stage,,,,,,
//
// Only section and seat (or capacity) are needed. Commas, semicolons, tabs and
// bars separate columns. Flags are wheelchair, companion and restricted,
// separated by a space, «;» or «|». A line with a capacity and no seat is a
// general admission (GA) area. A line with neither whose section says stage (or
// escenario, Bühne, scène …) says where the stage is: by its x and y, or else by
// standing before or after everything else. Without x and y, seats lie in the
// order of their rows and numbers, each section on a level of its own.
//
// The pretix shape has neither GA nor levels nor a stage edge, so a plan may
// say them under one top-level key of ours, all of it optional; pretix itself
// refuses a file with such a key:
//
//	"wicket": {
//	  "stage": "top",
//	  "levels": {"Balcony": "Upstairs"},
//	  "ga": [{"name": "Floor", "zone": "Standing", "capacity": 400, "level": "Downstairs"}]
//	}
//
// Levels names the level each pretix zone is on; stage is top, bottom or none.
// A seat may have the extra keys wheelchair, companion and restricted (true) or
// flags (as in CSV).
//
// # Words
//
// What pretix calls a zone is a [boxoffice.Section] here, and what it calls a
// category is a [boxoffice.Zone].
//
// # Promises
//
//   - A plan is read whole or refused whole. What can be repaired is repaired,
//     and every repair is a [Finding] that says where, what and what was done.
//   - In an accepted plan no two places have the same section, row and seat,
//     the same key, or the same cell of a level; sections are runs of numbers;
//     no text has control characters. [Check] tests all of it.
//   - The same file gives the same plan, always.
//   - A file larger than [MaxBytes] or with more than [MaxPlaces] places is
//     refused before it can do harm.
//
// # The map
//
// Drawn positions become cells of a grid. The drawing is kept as drawn, never
// flipped. A row lies on one line, whatever its curve; a block that was drawn at
// an angle is turned straight about its middle; one to three rows that run down
// the side of the house (boxes) stay upright, one seat a line, and their seats
// are nobody's neighbours. A gap of 1.6 seats or more
// is an aisle and one column wide unless other rows have seats there. Sections
// drawn on top of each other go to different levels. Where a section says the
// same row and seat more than once, each of its blocks becomes a section of its
// own: «Ground floor 1», «Ground floor 2» …, counted from the top left. GA
// places have no cell, so a level with nothing else is 0 lines by 0 columns.
//
// This package knows the standard library and boxoffice. It knows nothing of
// prices, stores or screens.
package planfile
