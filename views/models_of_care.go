package views

import (
	"strconv"

	"carecorridor/views/ui"
)

// ModelsIndex is the list of models of care with its filters (a plain GET form).
type ModelsIndex struct {
	Action  string
	Filters []ModelFilter
	Applied bool   // any filter is set
	Clear   string // address without filters
	Cards   []ModelCard
	Levels  []OrderPoint // what each level of evidence means
	Feed    Anchor
}

// ModelFilter is one select. The first option is "Any".
type ModelFilter struct {
	Name, Label string
	Options     []ui.Option
}

// ModelCard is one article in the list.
type ModelCard struct {
	Title, URL string
	Where      string
	Summary    string
	Topic      string
	Country    string
	Evidence   string // label of the level
	Reviewed   string // day, long form
}

// ModelArticle is one model of care. All fields named …HTML are markup that was sanitised where it was made.
type ModelArticle struct {
	Title, Lead      string
	Where            string
	Topic, Specialty string
	Country          string
	Evidence         string
	EvidenceMeans    string
	ProblemHTML      string
	WhatHTML         string
	CostHTML         string
	StaffHTML        string
	CarbonHTML       string
	ResultsHTML      []string
	TransferHTML     []string
	Body             string // sanitised markup
	Contents         []Anchor
	Cite             []Anchor // "RIS", "BibTeX"
	All              Anchor   // back to the list
	Sources          []Cited
	Reviewed         Reviewed
}

// count is the number of articles in words.
func (m ModelsIndex) count() string {
	switch n := len(m.Cards); {
	case n == 1:
		return "1 model of care"
	case m.Applied:
		return strconv.Itoa(n) + " models of care match"
	default:
		return strconv.Itoa(n) + " models of care"
	}
}

// boxed is the rows of the summary box that hold markup.
func (a ModelArticle) boxed() [][2]string {
	return [][2]string{{"The problem", a.ProblemHTML}, {"What they do", a.WhatHTML}, {"Cost for each case", a.CostHTML}, {"Staff mix", a.StaffHTML}, {"Carbon", a.CarbonHTML}}
}

// sections are the headings of the whole page, in order.
func (a ModelArticle) sections() []ui.Link {
	out := []ui.Link{{Text: "In short", Href: "#in-short"}, {Text: "Results", Href: "#results"}}
	for _, c := range a.Contents {
		out = append(out, c.link())
	}
	return append(out, ui.Link{Text: "How to copy this", Href: "#copy"}, ui.Link{Text: "Sources", Href: "#sources"})
}
