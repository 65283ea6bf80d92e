package main

import (
	"context"

	"carecorridor/internal/mail"
	"carecorridor/referral"
)

// openReferrals wires referrals to an app with documents, before the listings, whose ended certificates hold them.
func (a *app) openReferrals(demo bool) error {
	box, err := a.cfg.box()
	if err != nil {
		return err
	}
	a.referrals, err = referral.New(referral.Options{Store: a.store, Box: box, Files: a.documents, Scanner: a.cfg.scanner(),
		Directory: referral.FromCatalogue(a.cat), Clock: a.clock, Origin: a.cfg.Origin, TestNumbers: demo})
	return err
}

// tellReferral is the worker that mails one notice of a referral.
func (a *app) tellReferral(ctx context.Context, id string) error {
	sender, err := a.cfg.sender()
	if err != nil {
		return err
	}
	return a.referrals.Tell(ctx, sender, id)
}

// tendReferrals does what time alone makes due of referrals.
func (a *app) tendReferrals(ctx context.Context) error {
	done, err := a.referrals.Tend(ctx)
	if done != (referral.Tended{}) {
		a.log.Info("referrals tended", "timers", done.Fired, "scanned", done.Scanned, "checked", done.Checked, "swept", done.Swept)
	}
	return err
}

// sendReferralMail is the part of the mail queue that referrals write.
func (a *app) sendReferralMail(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	if a.referrals == nil {
		return false, nil
	}
	return a.referrals.SendMail(ctx, sender, id)
}
