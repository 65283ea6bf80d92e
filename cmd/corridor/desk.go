package main

import (
	"fmt"

	"carecorridor/content"
	"carecorridor/desk"
)

// openDesk wires the alliance's desk, feedback and reports to an app with accounts.
func (a *app) openDesk() error {
	texts, err := content.Load()
	if err != nil {
		return fmt.Errorf("texts: %w", err)
	}
	if a.told, err = a.feedbackService(); err != nil {
		return err
	}
	o := desk.Options{Store: a.store, Catalogue: a.cat, Texts: texts, Clock: a.clock}
	if a.people != nil {
		o.Names = a.people.Names
	}
	if a.referrals != nil {
		o.PastDue = a.referrals.PastDue
	}
	a.desk, err = desk.New(o)
	return err
}
