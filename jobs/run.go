package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"carecorridor/internal/when"
)

// Workers do the work; all are needed but those that say otherwise. Each may run more than once for one job and must come to
// the same end. An error, or a panic, means later again.
type Workers struct {
	IndexProvider      func(ctx context.Context, id int64) error
	RebuildIndex       func(ctx context.Context) error
	ExpireCertificates func(ctx context.Context) error // at start, and each day just after midnight in India

	SendMail      func(ctx context.Context, id string) error // may be nil: mail then waits for a process that sends it
	TendEnquiries func(ctx context.Context) error            // at start and each hour; may be nil
	TellPerson    func(ctx context.Context, id string) error // may be nil: people then wait for a process that tells them
	TendPeople    func(ctx context.Context) error            // at start and each hour; may be nil
	TellReferral  func(ctx context.Context, id string) error // may be nil: people then wait for a process that tells them
	TendReferrals func(ctx context.Context) error            // at start and each minute; may be nil
	VerifyAudit   func(ctx context.Context) error            // may be nil
}

// Options of Start; every zero value has a default.
type Options struct {
	Poll        time.Duration                   // how often new jobs are looked for: 100 ms
	Parallel    int                             // jobs at once: 4
	Retry       func(attempt int) time.Duration // wait after the attempt failed: Backoff
	Timeout     time.Duration                   // of a job other than RebuildIndex: 1 minute
	RebuildTime time.Duration                   // of RebuildIndex: 15 minutes
	RescueAfter time.Duration                   // a job whose process died begins again after this, or its own time limit: 2 minutes
	StopWithin  time.Duration                   // running jobs are cancelled when stopping takes longer: 10 s
}

func (o Options) filled() Options {
	set := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	set(&o.Poll, 100*time.Millisecond)
	set(&o.Timeout, time.Minute)
	set(&o.RebuildTime, 15*time.Minute)
	set(&o.RescueAfter, 2*time.Minute)
	set(&o.StopWithin, 10*time.Second)
	if o.Parallel <= 0 {
		o.Parallel = 4
	}
	if o.Retry == nil {
		o.Retry = Backoff
	}
	return o
}

// Backoff doubles from one second to half a minute: a search engine that comes back is used soon.
func Backoff(attempt int) time.Duration {
	return min(time.Second<<min(max(attempt-1, 0), 10), 30*time.Second)
}

// attempts before a job is given up: with Backoff, about a day.
const attempts = 2900

// Runner works jobs until Stop.
type Runner struct{ client *river.Client[dbTx] }

// Start begins to work jobs and returns. ctx ends the work like Stop does.
func (q *Queue) Start(ctx context.Context, w Workers, o Options) (*Runner, error) {
	if w.IndexProvider == nil || w.RebuildIndex == nil || w.ExpireCertificates == nil {
		return nil, errors.New("job queue: a worker is missing")
	}
	o = o.filled()
	client, err := q.make(&river.Config{
		Logger:               q.log,
		Workers:              q.workers(w, o),
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Parallel}},
		FetchCooldown:        o.Poll / 2,
		FetchPollInterval:    o.Poll,
		JobTimeout:           o.Timeout,
		RescueStuckJobsAfter: max(o.RescueAfter, o.Timeout),
		SoftStopTimeout:      o.StopWithin,
		RetryPolicy:          retry(o.Retry),
		MaxAttempts:          attempts,
		PeriodicJobs:         periodic(w),
		ErrorHandler:         failures{q.log},
	})
	if err != nil {
		return nil, err
	}
	if err := client.Start(ctx); err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	return &Runner{client}, nil
}

// Stop lets running jobs end, then cancels them; what is unfinished stays in the queue.
func (r *Runner) Stop(ctx context.Context) error {
	if err := r.client.Stop(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("job queue stop: %w", err)
	}
	return nil
}

func (q *Queue) workers(w Workers, o Options) *river.Workers {
	all := river.NewWorkers()
	river.AddWorker(all, &worker[IndexProvider]{do: q.oneAtATime(w.IndexProvider)})
	river.AddWorker(all, &worker[RebuildIndex]{
		limit: o.RebuildTime,
		do:    func(ctx context.Context, _ RebuildIndex) error { return w.RebuildIndex(ctx) },
	})
	river.AddWorker(all, &worker[ExpireCertificates]{
		do: func(ctx context.Context, _ ExpireCertificates) error { return w.ExpireCertificates(ctx) },
	})
	if w.SendMail != nil {
		river.AddWorker(all, &worker[SendMail]{do: func(ctx context.Context, a SendMail) error { return w.SendMail(ctx, a.ID) }})
	}
	if w.TendEnquiries != nil {
		river.AddWorker(all, &worker[TendEnquiries]{limit: o.RebuildTime, do: func(ctx context.Context, _ TendEnquiries) error { return w.TendEnquiries(ctx) }})
	}
	if w.TellPerson != nil {
		river.AddWorker(all, &worker[TellPerson]{do: func(ctx context.Context, a TellPerson) error { return w.TellPerson(ctx, a.ID) }})
	}
	if w.TendPeople != nil {
		river.AddWorker(all, &worker[TendPeople]{do: func(ctx context.Context, _ TendPeople) error { return w.TendPeople(ctx) }})
	}
	if w.VerifyAudit != nil {
		river.AddWorker(all, &worker[VerifyAudit]{limit: o.RebuildTime, do: func(ctx context.Context, _ VerifyAudit) error { return w.VerifyAudit(ctx) }})
	}
	if w.TellReferral != nil {
		river.AddWorker(all, &worker[TellReferral]{do: func(ctx context.Context, a TellReferral) error { return w.TellReferral(ctx, a.ID) }})
	}
	if w.TendReferrals != nil {
		river.AddWorker(all, &worker[TendReferrals]{limit: o.RebuildTime, do: func(ctx context.Context, _ TendReferrals) error { return w.TendReferrals(ctx) }})
	}
	return all
}

// worker adapts a function.
type worker[A river.JobArgs] struct {
	river.WorkerDefaults[A]
	limit time.Duration // 0: the client's
	do    func(ctx context.Context, args A) error
}

func (w *worker[A]) Work(ctx context.Context, job *river.Job[A]) error { return w.do(ctx, job.Args) }

func (w *worker[A]) Timeout(*river.Job[A]) time.Duration { return w.limit }

type retry func(attempt int) time.Duration

// NextRetry is never in the past, for which River would fall back on a policy of its own that grows to weeks.
func (r retry) NextRetry(job *rivertype.JobRow) time.Time {
	return when.System().Add(max(r(job.Attempt), 100*time.Millisecond))
}

func periodic(w Workers) []*river.PeriodicJob {
	every := func(job Args, when river.PeriodicSchedule) *river.PeriodicJob {
		return river.NewPeriodicJob(when, func() (river.JobArgs, *river.InsertOpts) { return job, nil }, &river.PeriodicJobOpts{ID: job.Kind(), RunOnStart: true})
	}
	all := []*river.PeriodicJob{every(ExpireCertificates{}, indianMidnight{})}
	if w.TendEnquiries != nil {
		all = append(all, every(TendEnquiries{}, river.PeriodicInterval(time.Hour)))
	}
	if w.TendPeople != nil {
		all = append(all, every(TendPeople{}, river.PeriodicInterval(time.Hour)))
	}
	if w.TendReferrals != nil {
		all = append(all, every(TendReferrals{}, river.PeriodicInterval(time.Minute)))
	}
	return all
}

// indianMidnight is the moment a certificate's last day is over, and a little.
type indianMidnight struct{}

// Next is the first such moment after t.
func (indianMidnight) Next(t time.Time) time.Time {
	day := when.TodayIndia(t)
	for {
		next := time.Date(day.Year, day.Month, day.Day, 0, 0, 30, 0, when.IST)
		if next.After(t) {
			return next
		}
		day = day.AddDays(1)
	}
}

// failures tells of every failed attempt once.
type failures struct{ log *slog.Logger }

// HandleError logs an attempt that returned an error.
func (f failures) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.log.WarnContext(ctx, "job failed", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

// HandlePanic logs an attempt that panicked.
func (f failures) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job panicked", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "value", value, "trace", trace)
	return nil
}
