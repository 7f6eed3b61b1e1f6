// Package seating finds the best available places of a house: pure functions
// over a plan and what of it is free.
//
// # The order
//
// Of two choices the better one is told by the first of these that differs:
//
//  1. The zone and section asked for, and zones that have a price. This is never
//     relaxed.
//  2. Together. Best is one stretch of neighbours, no aisle between. Next is one
//     row across an aisle (up to [aisle] empty columns wide). Next are two parts in
//     neighbouring rows of a section, one behind the other with overlapping
//     columns. Next are other parts. In all of these nobody of a party of four or
//     more sits alone. Last comes whatever is left. Of two choices of one kind
//     the one of fewer parts is better, then the one with fewer people alone. A
//     GA section counts as together.
//  3. Beside what the basket already has, then across an aisle from it or in the
//     next row, then in the same section. Of a basket of more than [maxNear]
//     places, those with a free seat beside them count first.
//  4. One zone rather than several; where no zone was asked for, the first in
//     plan order.
//  5. No orphan: as few free seats as possible newly left alone between what is
//     taken. An aisle, a wall and a wheelchair place count as taken.
//  6. Even parts.
//  7. Levels in plan order; seats before standing.
//  8. Rank in the house: nearest the middle of its level, a quarter of the
//     rows back from the stage; a restricted view counts as eight rows further.
//     Filling a gap exactly is worth one row. Of several parts, nearness counts.
//
// So the orphan rule never says no: it ranks, and where every choice of the same
// kind in the same zone leaves an orphan, the choice says so.
//
// Wheelchair spaces and companion places go only to who asks for them. A party
// that does gets its spaces, companion places beside them if any are, and the
// rest as near as can be: in one stretch with them, else together, else singly.
// It is never given an ordinary seat for either.
//
// # Promises
//
//   - The same question has the same answer.
//   - A choice has the number of places asked for, all free, all different,
//     lowest number first.
//   - No two choices of one answer share a place, or are standing places of one
//     GA section and zone.
//   - What is together, across an aisle or in two neighbouring rows is the best
//     there is by the order above. Other parts are found by trying the most
//     promising starting points: that they are as few as can be is promised,
//     that they are the nearest is not.
//
// This package knows the standard library and boxoffice. It knows nothing of
// prices, holds or stores.
package seating
