package listing

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/photo"
)

// PhotoWidths are the widths in which a photo is kept.
var PhotoWidths = photo.Widths[:]

// addPhoto keeps a picture written anew in the widths of the pages: nothing of the file itself is kept, so there is
// nothing to scan.
func (s *Service) addPhoto(ctx context.Context, who auth.Actor, provider int64, r io.Reader) (Upload, check.List, error) {
	p, err := photo.Clean(r)
	if said := new(fault.E); errors.As(err, &said) && said.Kind == fault.Invalid && said.Say != "" {
		return Upload{}, check.List{{Field: "file", Say: said.Say}}, nil
	}
	if err != nil {
		return Upload{}, nil, err
	}
	widest := p.Sizes[len(p.Sizes)-1].JPEG
	u := Upload{ID: NewKey(), Media: "image/jpeg", Scan: files.Safe, Hash: hashOf(widest)}
	contents, size := map[string][]byte{u.ID: widest}, 0
	for i, x := range p.Sizes {
		contents[rendition(u.ID, PhotoWidths[i])] = x.JPEG
		size += len(x.JPEG)
	}
	return s.keepFile(ctx, who, provider, ForPhoto, auth.ListingEdit, u, contents, size)
}

func rendition(id string, width int) string { return id + "-" + strconv.Itoa(width) }

// Photo opens a public photo, by the id of its file, in the width asked for (one of PhotoWidths) or the next smaller one
// there is. A photo that is not public is fault.Missing.
func (s *Service) Photo(ctx context.Context, file string, width int) (jpeg []byte, err error) {
	if _, err := s.Store.PhotoByFile(ctx, file); err != nil {
		return nil, err
	}
	return s.rendered(ctx, file, width)
}

// rendered reads a photo in a width, or the next smaller one.
func (s *Service) rendered(ctx context.Context, file string, width int) (jpeg []byte, err error) {
	at := slices.Index(PhotoWidths, width)
	if at < 0 {
		return nil, fault.New(fault.Missing, "photo", errors.New("no such width"))
	}
	for ; at >= 0; at-- {
		if jpeg, err = s.read(ctx, rendition(file, PhotoWidths[at])); !fault.Is(err, fault.Missing) {
			return jpeg, err
		}
	}
	return nil, err
}
