package main

import (
	"context"
	"time"

	"carecorridor/catalogue/listing"
	"carecorridor/internal/mail"
	"carecorridor/letters"
	"carecorridor/models"
)

// portalPath is where a hospital's people see what waits for them.
const portalPath = "/portal"

// openListings wires the keeping of listings to an app with documents; with accounts it names people and writes to owners.
func (a *app) openListings() error {
	box, err := a.cfg.box()
	if err != nil {
		return err
	}
	o := listing.Options{Store: a.store, Catalogue: a.cat, Clock: a.clock, Files: a.documents, Scanner: a.cfg.scanner()}
	if a.people != nil {
		if a.listingLetters, err = letters.New(a.store, box, listing.LetterFiles, "letters"); err != nil {
			return err
		}
		o.Names, o.Belongs, o.Tell = a.people.Names, a.people.Belongs, a.tellOwners
	}
	if a.referrals != nil {
		o.Flag, o.Lift = a.referrals.FlagHospital, a.referrals.ClearHospital
	}
	a.listings, err = listing.New(o)
	return err
}

// viewsEvery is how often the counts of page views are written: what a crash may lose.
const viewsEvery = time.Minute

// keepViews writes what was counted of page views now and then; stop writes the rest.
func (a *app) keepViews(ctx context.Context) (stop func()) {
	write := func(ctx context.Context) {
		if err := a.listings.FlushViews(ctx); err != nil {
			a.log.Warn("page views not written yet", "error", err.Error())
		}
	}
	ctx, end := context.WithCancel(ctx)
	go func() {
		for t := time.NewTicker(viewsEvery); ; {
			select {
			case <-ctx.Done():
				t.Stop()
				return
			case <-t.C:
				write(ctx)
			}
		}
	}()
	return func() {
		end()
		write(context.WithoutCancel(ctx))
	}
}

// tellOwners queues a letter to everybody who owns a listing.
func (a *app) tellOwners(tx *models.Tx, provider int64, l listing.Letter) (int, error) {
	owners, err := a.people.Owners(tx, provider)
	if err != nil {
		return 0, err
	}
	for _, to := range owners {
		if err := a.listingLetters.Post(tx, l.Template, letters.Letter{To: to, Link: a.cfg.Origin + portalPath, Values: l.Values()}); err != nil {
			return 0, err
		}
	}
	return len(owners), nil
}

// sendListingMail is the part of the mail queue that listings write.
func (a *app) sendListingMail(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	if a.listingLetters == nil {
		return false, nil
	}
	return a.listingLetters.Send(ctx, sender, id)
}

// turnListings does for listings what the day makes due.
func (a *app) turnListings(ctx context.Context) error {
	if a.listings == nil {
		return nil
	}
	done, err := a.listings.TurnDay(ctx)
	if done != (listing.Turned{}) {
		a.log.Info("listings followed the calendar", "expired", done.Expired, "due", done.Due, "reminders", done.Reminders, "scanned", done.Scanned)
	}
	return err
}
