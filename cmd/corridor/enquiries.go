package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/when"
	"carecorridor/models"
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

// contacts are the checked addresses of real hospitals, by slug; none when no file is configured.
func (c *Config) contacts() (map[string]string, error) {
	if c.ContactsFile == "" {
		return nil, nil
	}
	f, err := os.Open(c.ContactsFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := enquiry.ReadContacts(f, when.TodayIndia(when.System()))
	if err != nil {
		return nil, fmt.Errorf("%s:\n    %s", c.ContactsFile, strings.ReplaceAll(err.Error(), "\n", "\n    "))
	}
	return all, nil
}

// examineContacts looks whether the hospitals of the file are listed: an address of any other is never used.
func (c *Config) examineContacts(ctx context.Context, store *models.Store, say func(string, error, string)) {
	all, err := c.contacts()
	if err != nil || c.ContactsFile == "" {
		say("contacts", err, "none: requests to real hospitals wait")
		return
	}
	var unknown []string
	for _, hospital := range slices.Sorted(maps.Keys(all)) {
		p, err := store.ProfileBySlug(ctx, hospital)
		switch {
		case fault.Is(err, fault.Missing), fault.Is(err, fault.Gone), err == nil && p.Provider.Sample:
			unknown = append(unknown, hospital)
		case err != nil:
			say("contacts", err, "")
			return
		}
	}
	if unknown != nil {
		err = fmt.Errorf("%s: %d of %d are not listed, or are samples: %s", c.ContactsFile, len(unknown), len(all), strings.Join(unknown[:min(len(unknown), 10)], ", "))
	}
	say("contacts", err, fmt.Sprintf("real hospitals that can be asked: %d", len(all)))
}

// openEnquiries wires enquiries to an open app. Requests to a real hospital without a checked contact wait.
func (a *app) openEnquiries() error {
	tokens, err := a.cfg.signer()
	if err != nil {
		return err
	}
	box, err := a.cfg.box()
	if err != nil {
		return err
	}
	contacts, err := a.cfg.contacts()
	if err != nil {
		return fmt.Errorf("CORRIDOR_CONTACTS_FILE: %w", err)
	}
	if a.documents, err = files.Folder(filepath.Join(a.cfg.Var, "files"), box); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	a.enquiries, err = enquiry.New(enquiry.Options{Store: a.store, Box: box, Tokens: tokens, Files: a.documents, Scanner: a.cfg.scanner(),
		Directory: enquiry.FromCatalogue(a.cat, contacts), Clock: a.clock, Origin: a.cfg.Origin})
	return err
}

// sendMail is the worker of the mail queue.
func (a *app) sendMail(ctx context.Context, id string) error {
	sender, err := a.cfg.sender()
	if err != nil {
		return err
	}
	if a.people != nil {
		if mine, err := a.people.SendMail(ctx, sender, id); mine || err != nil {
			return err
		}
	}
	if mine, err := a.sendListingMail(ctx, sender, id); mine || err != nil {
		return err
	}
	if mine, err := a.sendReferralMail(ctx, sender, id); mine || err != nil {
		return err
	}
	if a.told != nil {
		if mine, err := a.told.SendMail(ctx, sender, id); mine || err != nil {
			return err
		}
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
