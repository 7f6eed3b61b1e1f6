// Package widget holds the parts screens are made of: lists, bars, countdowns.
//
// A widget has plain methods and a View(w, h). It gets no messages and sends
// none: its screen turns keys into calls. Its size is passed down each time it is
// drawn; what it returns has exactly h lines, none wider than w cells, each
// closing the styles it opens. Text given to a widget has been through
// boxoffice.Clean.
//
// A widget belongs to one terminal and is used by one goroutine.
package widget
