package main

import (
	"context"
	"fmt"
	"time"

	"carecorridor/jobs"
)

// stopTime is how long running jobs may take to end; an unfinished one is run again by whoever is next.
const stopTime = 10 * time.Second

// startJobs runs the queue in this process and returns what stops it.
func (a *app) startJobs(ctx context.Context) (stop func(), _ error) {
	workers := jobs.Workers{
		IndexProvider: func(ctx context.Context, id int64) error { return a.cat.Index(ctx, a.index, []int64{id}) },
		RebuildIndex: func(ctx context.Context) error {
			_, err := a.index.Rebuild(ctx, a.cat.Source(ctx, nil))
			return err
		},
		ExpireCertificates: a.turnDay,
	}
	if a.enquiries != nil {
		workers.SendMail, workers.TendEnquiries = a.sendMail, a.tendEnquiries
	}
	if a.people != nil {
		workers.TellPerson, workers.TendPeople = a.tellPerson, a.tendPeople
	}
	if a.referrals != nil {
		workers.TellReferral, workers.TendReferrals = a.tellReferral, a.tendReferrals
	}
	if a.desk != nil {
		workers.VerifyAudit = a.desk.VerifyAudit
	}
	runner, err := a.store.Work(ctx, workers, jobs.Options{StopWithin: stopTime})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		if err := runner.Stop(ctx); err != nil {
			a.log.Warn("jobs not stopped in time", "error", err.Error())
		}
	}, nil
}

// turnDay follows the calendar: what ended or began leaves or enters the filters at once, then a new day's order is
// built. At a start on the day the index was built only the first part has anything to do.
func (a *app) turnDay(ctx context.Context) error {
	if err := a.turnListings(ctx); err != nil {
		return err
	}
	if err := a.cat.ExpireDue(ctx, a.index); err != nil {
		return err
	}
	if today := a.cat.Today(); a.builtOn != today {
		if _, err := a.index.Rebuild(ctx, a.cat.Source(ctx, nil)); err != nil {
			return err
		}
		a.builtOn = today
	}
	return nil
}
