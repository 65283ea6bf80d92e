package desk

import (
	"context"
	"errors"
	"io"

	"carecorridor/auth"
	"carecorridor/catalogue/register"
	"carecorridor/internal/check"
)

// ImportRegister holds a newer copy of a register against the directory, as `corridor import register` does: every
// difference waits for a check, nothing else changes. RegisterImport. Field of the problems: file.
func (s *Service) ImportRegister(ctx context.Context, who auth.Actor, r io.Reader, o register.Options) (register.Report, check.List, error) {
	report, err := register.Import(ctx, s.Store, who, r, o)
	var wrong *register.FileError
	if errors.As(err, &wrong) {
		return report, check.List{{Field: "file", Say: wrong.Error()}}, nil
	}
	return report, nil, err
}
