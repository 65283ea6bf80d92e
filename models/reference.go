package models

import (
	"context"
	"reflect"
	"strings"
)

// all reads a whole table in one statement. PostgreSQL is told to compare text by bytes, as SQLite does.
func all[T any](ctx context.Context, s *Store, order ...string) ([]T, error) {
	var rows []T
	columns := make([]string, len(order))
	for i, column := range order {
		columns[i] = column
		if s.dialect == Postgres && isText[T](column) {
			columns[i] += ` COLLATE "C"`
		}
	}
	err := s.read(ctx).Order(strings.Join(columns, ", ")).Find(&rows).Error
	return rows, asFault("read "+tableOf[T]().name, err)
}

func isText[T any](column string) bool {
	field := tableOf[T]().schema.FieldsByDBName[column]
	return field != nil && field.FieldType.Kind() == reflect.String
}

// Sources are all sources, oldest row first.
func (s *Store) Sources(ctx context.Context) ([]Source, error) { return all[Source](ctx, s, "id") }

// Specialties are by name.
func (s *Store) Specialties(ctx context.Context) ([]Specialty, error) {
	return all[Specialty](ctx, s, "name", "slug")
}

// Procedures are by name.
func (s *Store) Procedures(ctx context.Context) ([]Procedure, error) {
	return all[Procedure](ctx, s, "name", "slug")
}

// Aliases are by what they stand for.
func (s *Store) Aliases(ctx context.Context) ([]Alias, error) {
	return all[Alias](ctx, s, "of_kind", "slug", "id")
}

// ProcedureCodes are by procedure and system.
func (s *Store) ProcedureCodes(ctx context.Context) ([]ProcedureCode, error) {
	return all[ProcedureCode](ctx, s, "procedure_slug", "system", "code", "id")
}

// ProcedureStays are by procedure and measure.
func (s *Store) ProcedureStays(ctx context.Context) ([]ProcedureStay, error) {
	return all[ProcedureStay](ctx, s, "procedure_slug", "measure", "id")
}

// Hubs are in their own order.
func (s *Store) Hubs(ctx context.Context) ([]Hub, error) { return all[Hub](ctx, s, "ord", "slug") }

// Cities are by name.
func (s *Store) Cities(ctx context.Context) ([]City, error) {
	return all[City](ctx, s, "name", "slug")
}

// Airports are by IATA code.
func (s *Store) Airports(ctx context.Context) ([]Airport, error) { return all[Airport](ctx, s, "iata") }

// Routes are by origin and destination.
func (s *Store) Routes(ctx context.Context) ([]Route, error) {
	return all[Route](ctx, s, "origin", "destination", "airline", "id")
}

// PriceEvidence is by procedure and country.
func (s *Store) PriceEvidence(ctx context.Context) ([]PriceEvidence, error) {
	return all[PriceEvidence](ctx, s, "procedure_slug", "country", "id")
}

// NHSWaits are by function and month.
func (s *Store) NHSWaits(ctx context.Context) ([]NHSWait, error) {
	return all[NHSWait](ctx, s, "function_code", "function_name", "month", "id")
}

// TripCosts are in the order they were loaded.
func (s *Store) TripCosts(ctx context.Context) ([]TripCost, error) {
	return all[TripCost](ctx, s, "id")
}

// FXRates are by pair and period.
func (s *Store) FXRates(ctx context.Context) ([]FXRate, error) {
	return all[FXRate](ctx, s, "base", "quote", "kind", "period")
}
