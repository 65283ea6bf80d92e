package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"carecorridor/enquiry"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/when"
)

// sender is how mail leaves: by the configured server, else into a folder where it can be read.
func (c *Config) sender() (mail.Sender, error) {
	if c.SMTPURL == "" {
		return mail.Folder{Dir: c.mailFolder(), From: c.MailFrom, Clock: when.System}, nil
	}
	return mail.NewSMTP(c.SMTPURL, c.MailFrom, when.System)
}

func (c *Config) mailFolder() string { return filepath.Join(c.Var, "mail") }

// scanner is clamd where it is configured.
func (c *Config) scanner() files.Scanner {
	switch {
	case c.ClamAV == "":
		return nil
	case strings.ContainsRune(c.ClamAV, filepath.Separator):
		return files.ClamAV{Network: "unix", Address: c.ClamAV}
	}
	return files.ClamAV{Network: "tcp", Address: c.ClamAV}
}

// openEnquiries wires enquiries to an open app. No checked contact of a real hospital is held, so requests to one wait.
func (a *app) openEnquiries() error {
	tokens, err := a.cfg.signer()
	if err != nil {
		return err
	}
	box, err := a.cfg.box()
	if err != nil {
		return err
	}
	if a.documents, err = files.Folder(filepath.Join(a.cfg.Var, "files"), box); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	a.enquiries, err = enquiry.New(enquiry.Options{Store: a.store, Box: box, Tokens: tokens, Files: a.documents, Scanner: a.cfg.scanner(),
		Directory: enquiry.FromCatalogue(a.cat, nil), Clock: a.clock, Origin: a.cfg.Origin})
	return err
}

// sendMail is the worker of the mail queue.
func (a *app) sendMail(ctx context.Context, id string) error {
	sender, err := a.cfg.sender()
	if err != nil {
		return err
	}
	return a.enquiries.SendMail(ctx, sender, id)
}

// tendEnquiries does what time alone makes due.
func (a *app) tendEnquiries(ctx context.Context) error {
	done, err := a.enquiries.Tend(ctx)
	a.log.Info("enquiries tended", "done", fmt.Sprintf("%+v", done))
	return err
}

// mailShown is where the demonstration tells people to look for mail; "" when mail is really sent.
func (a *app) mailShown() string {
	if a.cfg.SMTPURL != "" {
		return ""
	}
	return a.cfg.mailFolder()
}
