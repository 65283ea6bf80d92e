package ui

import "github.com/a-h/templ"

// SideNav is the list of a section's pages beside the page (portal, desk).
type SideNav struct {
	Label string // of the landmark
	Items []SideItem
}

// SideItem is one page. Count is work waiting there, "" for none; Said is what the count means, read out.
type SideItem struct {
	Text, Href  string
	Count, Said string
	Urgent      bool // the count in marigold
	Current     bool
}

// TaskList is groups of tasks with a status each (ux.md §6.12).
type TaskList struct{ Groups []TaskGroup }

// TaskGroup is tasks under one heading.
type TaskGroup struct {
	Title string
	Tasks []Task
}

// Task is one row; without Href it cannot be started yet.
type Task struct {
	ID, Text, Href, Hint string
	Status               string // "Completed", "In progress", "Not yet started", "Cannot start yet", "There is a problem"
}

// ActionBar is the bar at the foot of an editor: a sentence and its buttons, which belong to the form around it.
type ActionBar struct {
	Strong, Text string
	Buttons      []Button
}

// Identity is the bar that says whose record this is, the same on each of its pages.
type Identity struct {
	Name  string // family name in capitals first
	Facts []Fact
}

// FileField is a file input with what may be chosen said before choosing (ux.md §6.12).
type FileField struct {
	ID, Name, Label, Hint, Error string
	Accept                       string // ".pdf,.jpg"
	Many                         bool
}

// DateField is one date in three inputs, as people write it: names are Name-day, Name-month, Name-year.
type DateField struct {
	ID, Name, Legend, Hint, Error string
	Day, Month, Year              string
	Birth                         bool // the reader's own birth date: browsers may fill it
}

// Compare is two versions of one thing side by side, field by field.
type Compare struct {
	Caption    string
	Old, New   string // column headings: "Live now", "Proposed"
	Rows       []CompareRow
	ShowBefore bool // caption is shown
}

// CompareRow is one field. Who is who wrote the new value and when.
type CompareRow struct {
	Field, Old, New, Who string
	Body                 templ.Component // buttons or a form of this row; may be nil
}

// Worklist is a table of work whose first column links to the item; it stacks on phones.
type Worklist struct {
	Table StackTable
	Empty Empty // shown when there are no rows
}
