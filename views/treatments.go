package views

// Treatments is the A to Z of treatments by specialty.
type Treatments struct {
	Total  int
	Query  string // words in the search box
	Action string // address the box is sent to (this page), key q
	Found  int    // treatments that match Query; ignored without one
	Groups []TreatmentGroup
}

// TreatmentGroup is one specialty with its treatments.
type TreatmentGroup struct {
	ID     string // page anchor, the specialty's slug
	Name   string // "Orthopaedics"
	Plain  string // "Bones, joints and muscles"
	Search Anchor // hospitals that list the specialty, or no URL
	Items  []TreatmentItem
}

// TreatmentItem is one treatment in a list.
type TreatmentItem struct {
	Name     string
	URL      string
	Plain    string // the words people use, e.g. "new knee, knee op"
	Price    string // "£4,980 to £7,400 in India", or "" for no range
	Excluded bool   // not offered for travel
}
