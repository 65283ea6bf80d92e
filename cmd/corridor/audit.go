package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"carecorridor/audit"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

type auditCommand struct {
	Verify auditVerify `cmd:"" help:"Walk the whole audit trail and name the first row that is not as it was written."`
	Anchor auditAnchor `cmd:"" help:"Append the signed end of the trail to a file that is kept elsewhere."`
	Export auditExport `cmd:"" help:"Write rows of the trail to a file."`
}

// withStore runs f over the configured database, which must have this program's schema.
func withStore(ctx context.Context, c *Config, f func(*models.Store) error) error {
	store, err := openStore(ctx, c, c.logger(), nil)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.CheckSchema(ctx); err != nil {
		return err
	}
	return f(store)
}

// actVerify is the action under which a verification is itself in the trail.
const actVerify = "audit.verify"

type auditVerify struct {
	Anchor string `type:"existingfile" help:"File that the anchors were appended to."`
}

// Run fails when a row is not as it was written. What was found is told to the trail as well.
func (v *auditVerify) Run(ctx context.Context, c *Config) error {
	anchors, err := v.anchors(c)
	if err != nil {
		return err
	}
	return withStore(ctx, c, func(store *models.Store) error {
		report, err := audit.Verify(ctx, store, anchors, progress("verifying"))
		if err != nil {
			return err
		}
		facts := map[string]string{"rows": strconv.FormatInt(report.Rows, 10), "anchors": strconv.Itoa(report.Anchors), "found": "nothing"}
		if report.Broken != nil {
			facts["found"] = fmt.Sprintf("row %d", report.Broken.Seq)
		}
		err = note(ctx, store, actVerify, facts)
		if report.Broken != nil {
			return errors.Join(fmt.Errorf("audit trail is broken: %s", report.Broken), err)
		}
		fmt.Printf("audit trail is whole: %d rows, %d anchors met\n", report.Rows, report.Anchors)
		return err
	})
}

func (v *auditVerify) anchors(c *Config) ([]audit.Anchor, error) {
	if v.Anchor == "" {
		return nil, nil
	}
	signer, err := c.signer()
	if err != nil {
		return nil, err
	}
	file, err := os.Open(v.Anchor)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return audit.ReadAnchors(file, signer, when.System)
}

// note tells the trail what was done to it from the command line.
func note(ctx context.Context, store *models.Store, action string, facts map[string]string) error {
	return store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Role: "system", Action: action, On: "audit", Facts: facts})
	})
}

type auditAnchor struct {
	File string `arg:"" help:"File to append to; - prints the line instead."`
}

// Run signs where the chain ends now.
func (n *auditAnchor) Run(ctx context.Context, c *Config) error {
	signer, err := c.signer()
	if err != nil {
		return err
	}
	return withStore(ctx, c, func(store *models.Store) error {
		a, err := audit.Now(ctx, store, signer, when.System)
		if err != nil || n.File == "-" {
			return errors.Join(err, a.Write(os.Stdout))
		}
		file, err := os.OpenFile(n.File, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		return errors.Join(a.Write(file), file.Close())
	})
}

type auditExport struct {
	File    string    `arg:"" help:"File to write: its ending, .jsonl or .csv, says in which form."`
	From    time.Time `format:"2006-01-02" help:"First day, in UTC, such as 2026-11-22."`
	To      time.Time `format:"2006-01-02" help:"Last day, in UTC."`
	Person  string    `help:"Only rows of this account."`
	Subject string    `help:"Only rows about this referral."`
	Action  string    `help:"Only rows of this action."`
}

// Run never writes over a file.
func (e *auditExport) Run(ctx context.Context, c *Config) error {
	write := map[string]func(context.Context, *models.Store, models.AuditFilter, io.Writer) (int, error){".jsonl": audit.JSONL, ".csv": audit.CSV}[strings.ToLower(filepath.Ext(e.File))]
	if write == nil {
		return fmt.Errorf("audit export %q: want a name that ends in .jsonl or .csv", e.File)
	}
	f := models.AuditFilter{Person: e.Person, Subject: e.Subject, Action: e.Action, From: e.From, To: e.To}
	if !f.To.IsZero() {
		f.To = f.To.AddDate(0, 0, 1)
	}
	return withStore(ctx, c, func(store *models.Store) error {
		file, err := os.OpenFile(e.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		n, err := write(ctx, store, f, file)
		if err = errors.Join(err, file.Close()); err != nil {
			return err
		}
		fmt.Printf("%d rows written\n", n)
		return note(ctx, store, "audit.export", map[string]string{"rows": strconv.Itoa(n)})
	})
}

// examineAudit says how long the trail is and when it was last verified.
func examineAudit(ctx context.Context, store *models.Store, say func(what string, err error, good string)) {
	span, err := store.AuditSpan(ctx)
	if err == nil && span.Seq != span.Highest {
		err = fmt.Errorf("its record of the end says %d rows, its last row is %d: run corridor audit verify", span.Seq, span.Highest)
	}
	if err != nil {
		say("audit trail", err, "")
		return
	}
	last, err := store.LastAudited(ctx, actVerify)
	switch {
	case fault.Is(err, fault.Missing):
		say("audit trail", nil, fmt.Sprintf("%d rows, never verified", span.Seq))
	case err != nil:
		say("audit trail", err, "")
	case last.FactMap()["found"] != "nothing":
		say("audit trail", fmt.Errorf("verified on %s and found broken: %s", last.At.Format("2 January 2006 15:04"), last.FactMap()["found"]), "")
	default:
		say("audit trail", nil, fmt.Sprintf("%d rows, verified on %s", span.Seq, last.At.Format("2 January 2006 15:04")))
	}
}
