package views

import "carecorridor/views/ui"

// Track is a patient's own page about an enquiry.
type Track struct {
	Code      string
	State     Mark
	Sent      string // "22 November 2026, 9:00am UK"
	Treatment string
	Hospitals []TrackHospital
	Compare   Anchor // quotes side by side, when there are two or more
	Answers   ui.SummaryList
	Timeline  ui.Timeline
	Actions   []Anchor // withdraw, delete my data
	Demo      []Anchor
	Letter    Anchor
	Closed    string // why nothing more can be done
}

// TrackHospital is what one hospital has said.
type TrackHospital struct {
	ID       string // of the section
	Name     string
	URL      string
	Sample   bool
	State    Mark
	Text     []string // in plain words, what happens now
	Late     string   // "An answer was expected by …"
	Quote    Anchor
	Total    string
	Valid    string
	Messages []Message
	Actions  []Anchor
	Contact  string // "It can see your contact details, because you accepted its quote."
}

// Message is a line between a patient and a hospital.
type Message struct {
	From, When, ISO string
	Text            string
	Own             bool
	Caution         string // why to be careful with it
}

// Answer is a hospital's page about one enquiry.
type Answer struct {
	Code      string
	Hospital  string
	Sample    bool
	State     Mark
	AnswerBy  string
	Summary   ui.SummaryList
	Documents []AnswerFile
	NoFiles   string
	Contact   ui.SummaryList
	NoContact string // why contact details are not shown
	Messages  []Message
	Quotes    []Anchor
	Actions   []Anchor
	Closed    string
	Timeline  ui.Timeline
	Demo      bool
}

// AnswerFile is a document the hospital may know of; URL is empty while it may not be opened.
type AnswerFile struct {
	Name, Kind, Size, URL, State string
}
