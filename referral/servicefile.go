package referral

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/models"
	"carecorridor/referral/record"
)

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hexOf(sum[:])
}

func hashJSON(v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", fault.New(fault.Broken, "referral hash", err)
	}
	return hashOf(plain), nil
}

// Attach takes one document: of the patient's own set, which hospitals see after a new consent, or by the chosen hospital's
// people as a copy for the discharge package. The same document twice is there once. Fields: files, kind.
func (s *Service) Attach(ctx context.Context, who auth.Actor, id, kind, name string, from io.Reader) (saved Saved, err error) {
	name = files.DisplayName(name)
	content, media, l, err := s.receive(kind, name, from)
	if err != nil || !l.OK() {
		return Saved{Problems: l}, err
	}
	if err := s.acting(ctx, who, id, func(d *deed) error { _, err := d.attachable(who, hashOf(content)); return err }); err != nil {
		return Saved{}, err // before anything is kept of who may not
	}
	row := models.ReferralFile{ID: newID(), Kind: kind, Media: media, Bytes: int64(len(content)), Hash: hashOf(content), Scan: string(s.scan(ctx, content))}
	if row.Scan == string(files.Blocked) {
		return Saved{Problems: check.List{{Field: "files", Say: name + " may hold a virus and was not kept. Your other documents are safe"}}}, nil
	}
	if err := s.Files.Put(ctx, row.ID, content); err != nil {
		return Saved{}, fault.New(fault.Busy, "referral file", err)
	}
	kept := false
	err = s.acting(ctx, who, id, func(d *deed) error {
		saved, kept, err = d.attach(who, row, name)
		return err
	})
	if err != nil || !kept {
		err = errors.Join(err, s.Files.Delete(context.WithoutCancel(ctx), row.ID))
	}
	return saved, refusedOnly(err)
}

// receive reads and knows a document.
func (s *Service) receive(kind, name string, from io.Reader) (content []byte, media string, l check.List, err error) {
	content, known, err := files.ReadOf(from, files.Documents)
	switch {
	case errors.Is(err, files.ErrTooBig):
		l.Add("files", "%s is larger than 25 MB. Choose a smaller file", name)
	case errors.Is(err, files.ErrEmpty):
		l.Add("files", "%s is empty. Choose another file", name)
	case errors.Is(err, files.ErrActive):
		l.Add("files", "%s carries a program or another file, which a record never needs. Print it to a new PDF and choose that one", name)
	case errors.Is(err, files.ErrKind):
		l.Add("files", "%s is not a PDF, JPEG, PNG, TIFF, DOCX or DICOM file. Choose a file of one of these kinds", name)
	case err != nil:
		return nil, "", nil, fault.New(fault.Busy, "referral file", err)
	}
	l.Need(slices.Contains(record.AttachmentKinds, kind), "kind", "Select what this document is")
	return content, known.Media, l, nil
}

// scan asks the scanner; without one, or while it is away, nothing is known and Tend asks again.
func (s *Service) scan(ctx context.Context, content []byte) files.Scan {
	if s.Scanner == nil {
		return files.Pending
	}
	found, err := s.Scanner.Scan(ctx, content)
	if err != nil {
		return files.Pending
	}
	return found
}

// attachable reports whether who may add a document now, and for which hospital it is a copy.
func (d *deed) attachable(who auth.Actor, hash string) (hospitalID *string, err error) {
	if slices.Contains(hospital, who.Role) {
		c, err := admit(who, &d.f, PrepareDischarge, "")
		if err != nil {
			return nil, err
		}
		return &c.P.ID, nil
	}
	_, err = Apply(who, d.f, AddDocument, Input{Document: hash}, d.now)
	return nil, err
}

func (d *deed) attach(who auth.Actor, row models.ReferralFile, name string) (Saved, bool, error) {
	own, err := d.attachable(who, row.Hash)
	if err != nil {
		return Saved{}, false, err
	}
	if slices.ContainsFunc(d.p.Files, func(f models.ReferralFile) bool { return f.Hash == row.Hash }) {
		return Saved{Version: d.f.Version}, false, nil
	}
	if len(d.p.Files) >= record.MaxFiles {
		l := check.List{{Field: "files", Say: name + " was not added: a referral holds up to 30 documents. Remove one first"}}
		return Saved{Problems: l}, false, refuse(l)
	}
	row.ReferralID, row.HospitalID, row.ByRole, row.ByPerson, row.ByOrg, row.CreatedAt = d.r.ID, own, string(who.Role), who.Person, who.Org, d.now
	if row.Scan != string(files.Pending) {
		row.ScannedAt = optional(d.now)
	}
	if row.Name, err = d.s.sealText("referral_files", "name", row.ID, name); err != nil {
		return Saved{}, false, err
	}
	if err := d.tx.AddReferralFile(&row); err != nil {
		return Saved{}, false, err
	}
	if own != nil {
		return Saved{Version: d.f.Version}, true, d.read1(who, "referral.add_copy", row.ID)
	}
	d.p.Files = append(d.p.Files, row)
	_, err = d.apply(who, AddDocument, Input{Document: row.Hash}, "")
	return Saved{Version: d.f.Version}, err == nil, err
}

// RemoveFile takes a document out of a draft or a returned referral. One that is not there is fine.
func (s *Service) RemoveFile(ctx context.Context, who auth.Actor, id string, version int64, file string) (done Done, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		done = Done{State: d.f.State, Version: d.f.Version}
		at := slices.IndexFunc(d.p.Files, func(f models.ReferralFile) bool { return f.ID == file && f.HospitalID == nil })
		in := Input{Version: version}
		if at < 0 {
			in.Version = d.f.Version
			_, err := Apply(who, d.f, RemoveDocument, in, d.now)
			done.Repeated = err == nil
			return err
		}
		in.Document = d.p.Files[at].Hash
		if _, err := d.apply(who, RemoveDocument, in, ""); err != nil {
			return err
		}
		done.State, done.Version = d.f.State, d.f.Version
		return d.tx.DropReferralFile(d.r.ID, file)
	})
	if err == nil {
		s.sweepFiles(ctx)
	}
	return done, err
}

// FileContent is a document with what is in it.
type FileContent struct {
	FileView
	Content []byte
}

// OpenFile opens a document: recorded. Until a scan says that it is safe, who sent it alone may; ErrNotScanned.
func (s *Service) OpenFile(ctx context.Context, who auth.Actor, id, file string) (out FileContent, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		v, err := d.view(who)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(v.Files, func(f FileView) bool { return f.ID == file })
		if at < 0 {
			return fault.New(fault.Missing, "referral file", nil)
		}
		if out.FileView = v.Files[at]; !out.MayOpen {
			return ErrNotScanned
		}
		return d.read1(who, "referral.open_document", file)
	})
	if err != nil {
		return FileContent{}, err
	}
	out.Content, err = s.Files.Get(ctx, file)
	if errors.Is(err, files.ErrMissing) {
		return FileContent{}, fault.New(fault.Missing, "referral file", err)
	}
	if err == nil && hashOf(out.Content) != out.Hash {
		err = errors.New("the content is not what was sent")
	}
	if err != nil {
		return FileContent{}, fault.New(fault.Broken, "referral file", err)
	}
	return out, nil
}

// read1 keeps that somebody read, or added, one thing of a record.
func (d *deed) read1(who auth.Actor, action, what string) error {
	return d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: action, On: "referral", ID: d.r.ID, Subject: d.r.ID,
		Facts: map[string]string{"what": what}})
}

// sweepFiles removes from the bucket what has no row any more; what fails is tried again by Tend.
func (s *Service) sweepFiles(ctx context.Context) (n int) {
	gone, err := s.Store.FileRemovals(ctx, 200)
	if err != nil {
		return 0
	}
	for _, f := range gone {
		if s.Files.Delete(ctx, f.ID) != nil {
			continue
		}
		if s.Store.Write(ctx, func(tx *models.Tx) error { return tx.DropFileRemoval(f.ID) }) == nil {
			n++
		}
	}
	return n
}
