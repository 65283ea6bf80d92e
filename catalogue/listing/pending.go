package listing

import (
	"context"
	"io"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

var errLater = fault.Say(fault.Busy, "listing", "This part is not ready yet")

// Preview is the listing as the public would see it with the draft. ListingView.
func (s *Service) Preview(ctx context.Context, who auth.Actor, provider int64) (*models.Profile, error) {
	return nil, errLater
}

// Upload is a file as its owner sees it.
type Upload struct {
	ID    string
	Media string
	Scan  string // pending | safe | blocked
}

// AddFile keeps a certificate or a cleaned photo for a listing and gives the id that a File field holds. ListingEdit.
// purpose is certificate or photo.
func (s *Service) AddFile(ctx context.Context, who auth.Actor, provider int64, purpose string, r io.Reader) (Upload, check.List, error) {
	return Upload{}, nil, errLater
}

// File opens an uploaded file for its organisation (ListingView) or for a checker (VerificationView) once it is safe.
func (s *Service) File(ctx context.Context, who auth.Actor, id string) (content []byte, media string, err error) {
	return nil, "", errLater
}

// Photo opens a photo that is public.
func (s *Service) Photo(ctx context.Context, id string) (content []byte, media string, err error) {
	return nil, "", errLater
}

// Overview is the first page of the portal. ListingView.
func (s *Service) Overview(ctx context.Context, who auth.Actor, provider int64) (Overview, error) {
	return Overview{}, errLater
}

// ToDo is one thing that waits for the hospital.
type ToDo struct {
	Code string // certificate_ends | certificate_ended | price_ends | enquiry_waits | measures_missing | sent_back | draft_waits | clinicians_missing
	Unit string // what it is about, "" when the listing
	Name string // of the package or certificate
	Days int    // until it ends; of an enquiry hours left
	N    int
}

// Overview is what a hospital sees first.
type Overview struct {
	ToDos        []ToDo
	Has          []Part // what a whole listing has
	AnswerMedian string // "2 days" of the last 90 days, "" when fewer than 5 were answered
}

// Part is one of the things a whole listing has.
type Part struct {
	Name string
	Done bool
}

// Month counts what happened in one month; a count below 5 but not 0 is Few.
type Month struct {
	Month                         string // "2026-11"
	Enquiries, Quotes, Acceptance int
	AnswerHours                   int // median; 0 when not enough
}

// Few stands for a count of 1 to 4: too small to show (ux.md §6.14).
const Few = -1

// Activity counts the last months, newest first. ListingView. It holds no personal data.
func (s *Service) Activity(ctx context.Context, who auth.Actor, provider int64, months int) ([]Month, error) {
	return nil, errLater
}

// Export writes everything a hospital owns as a ZIP of JSON and CSV files. ListingExport.
func (s *Service) Export(ctx context.Context, who auth.Actor, provider int64, w io.Writer) error {
	return errLater
}

// Prices is the public history of a listing's prices, newest first.
func (s *Service) Prices(ctx context.Context, provider int64) ([]PriceChange, error) {
	return nil, errLater
}
