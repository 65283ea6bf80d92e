package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

type referralsCommand struct {
	Retention retentionCommand `cmd:"" help:"Forget what has been kept for as long as it may be (docs/runbooks/retention.md)."`
	Erased    erasedCommand    `cmd:"" help:"List what was erased, to be played again on a restored backup."`
	EraseList eraseListCommand `cmd:"" help:"Erase again what such a list names."`
}

type retentionCommand struct {
	DryRun bool `help:"Only say what would be forgotten."`
}

// openReferralsAlone is an app with referrals and nothing that serves.
func openReferralsAlone(ctx context.Context, c *Config) (*app, error) {
	a, err := openApp(ctx, c)
	if err != nil {
		return nil, err
	}
	box, err := c.box()
	if err == nil {
		a.documents, err = files.Folder(filepath.Join(c.Var, "files"), box)
	}
	if err == nil {
		err = a.openReferrals(false)
	}
	if err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// Run says what was, or would be, forgotten, line by line and in sum.
func (r *retentionCommand) Run(ctx context.Context, c *Config) error {
	a, err := openReferralsAlone(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	found, err := a.referrals.Retain(ctx, r.DryRun)
	sums := map[string]int{}
	for _, f := range found {
		done := "forgotten"
		switch {
		case f.Held:
			done = "kept: legal hold"
		case r.DryRun:
			done = "would be forgotten"
		}
		sums[f.What+", "+done]++
		fmt.Printf("%s\t%s\tsince %s\t%s\n", f.Reference, f.What, when.DateOf(f.Since).String(), done)
	}
	for _, what := range slices.Sorted(maps.Keys(sums)) {
		fmt.Printf("%d %s\n", sums[what], what)
	}
	if len(found) == 0 {
		fmt.Println("nothing is due")
	}
	return err
}

type erasedCommand struct {
	Days int `help:"How many days back: as long as backups are kept." default:"35"`
}

// Run writes one reference on each line.
func (e *erasedCommand) Run(ctx context.Context, c *Config) error {
	a, err := openReferralsAlone(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	codes, err := a.referrals.Erased(ctx, a.clock().AddDate(0, 0, -e.Days))
	for _, code := range codes {
		fmt.Println(code)
	}
	return err
}

type eraseListCommand struct {
	File string `arg:"" type:"existingfile" help:"One reference on each line."`
}

// Run erases what is on the list and is there.
func (e *eraseListCommand) Run(ctx context.Context, c *Config) error {
	f, err := os.Open(e.File)
	if err != nil {
		return err
	}
	defer f.Close()
	var codes []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if code := strings.TrimSpace(lines.Text()); code != "" {
			codes = append(codes, code)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	a, err := openReferralsAlone(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	done, err := a.referrals.EraseAgain(ctx, codes)
	fmt.Printf("%d of %d erased again\n", len(done), len(codes))
	return err
}

// openReferrals wires referrals to an app with documents. NHS numbers of the test range are taken in the demonstration
// alone.
func (a *app) openReferrals(demo bool) error {
	o, err := a.referralOptions(demo)
	if err == nil {
		a.referrals, err = referral.New(o)
	}
	return err
}

func (a *app) referralOptions(demo bool) (o referral.Options, err error) {
	box, err := a.cfg.box()
	if err != nil {
		return o, err
	}
	timings, err := a.cfg.timings()
	if err != nil {
		return o, err
	}
	mailboxes, err := auth.ParseMailDomains(a.cfg.Mailboxes)
	if err != nil {
		return o, err
	}
	if demo {
		mailboxes = append(mailboxes, auth.SampleDomain)
	}
	scanner := a.cfg.scanner()
	if scanner == nil && demo {
		scanner = demoScanner{}
	}
	return referral.Options{Store: a.store, Box: box, Files: a.documents, Scanner: scanner, Directory: referral.FromCatalogue(a.cat), Clock: a.clock, Timings: timings, Origin: a.cfg.Origin,
		Mailboxes: mailboxes, TestNumbers: demo}, nil
}

// loadReferralSamples adds the demonstration's referrals, one in each state, unless they are there.
func (a *app) loadReferralSamples(ctx context.Context) error {
	o, err := a.referralOptions(true)
	if err != nil {
		return err
	}
	n, err := sample.Load(ctx, o)
	if n > 0 {
		a.log.Info("sample referrals added", "referrals", n)
	}
	return err
}

// tendReferrals does what time alone makes due, and once a day forgets what has been kept long enough. Trouble with the
// one does not put off the other.
func (a *app) tendReferrals(ctx context.Context) error {
	done, err := a.referrals.Tend(ctx)
	if done != (referral.Tended{}) {
		a.log.Info("referrals tended", "fired", done.Fired, "scanned", done.Scanned, "checked", done.Checked, "swept", done.Swept)
	}
	today := when.DateOf(a.clock())
	if last := a.retainedOn.Load(); last != nil && *last == today {
		return err
	}
	found, failed := a.referrals.Retain(ctx, false)
	if len(found) > 0 {
		a.log.Info("referrals forgotten", "number", len(found))
	}
	if failed == nil {
		a.retainedOn.Store(&today)
	}
	return errors.Join(err, failed)
}

// timings are the usual ones, with what the configured file says otherwise: a JSON object by the timer's name.
func (c *Config) timings() (referral.Timings, error) {
	all := referral.Usual()
	if c.TimersFile == "" {
		return all, nil
	}
	content, err := os.ReadFile(c.TimersFile)
	if err != nil {
		return nil, fmt.Errorf("CORRIDOR_TIMERS_FILE: %w", err)
	}
	read := json.NewDecoder(bytes.NewReader(content))
	read.DisallowUnknownFields()
	var own map[referral.Timer]referral.Timing
	if err := read.Decode(&own); err != nil {
		return nil, fmt.Errorf("CORRIDOR_TIMERS_FILE: %w", err)
	}
	for name, timing := range own {
		if _, known := all[name]; !known {
			return nil, fmt.Errorf("CORRIDOR_TIMERS_FILE: there is no timer %q", name)
		}
		all[name] = timing
	}
	if l := all.Check(); !l.OK() {
		return nil, fmt.Errorf("CORRIDOR_TIMERS_FILE: %s", l)
	}
	return all, nil
}

// demoScanner stands in for a virus scanner in the demonstration: it knows the harmless file that scanners are tested
// with, and nothing else. Anywhere else documents wait for a real one.
type demoScanner struct{}

// eicar is what every scanner's own test file holds.
const eicar = `EICAR-STANDARD-ANTIVIRUS-TEST-FILE`

// Scan looks for the test file.
func (demoScanner) Scan(_ context.Context, content []byte) (files.Scan, error) {
	if bytes.Contains(content, []byte(eicar)) {
		return files.Blocked, nil
	}
	return files.Safe, nil
}

// tellReferral is the worker of notices.
func (a *app) tellReferral(ctx context.Context, id string) error {
	sender, err := a.cfg.sender()
	if err != nil {
		return err
	}
	return a.referrals.Tell(ctx, sender, id)
}

// sendReferralMail is the part of the mail queue that referrals write.
func (a *app) sendReferralMail(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	if a.referrals == nil {
		return false, nil
	}
	return a.referrals.SendMail(ctx, sender, id)
}
