package seed

import (
	"slices"
	"strings"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// first is the first of errs that is not nil.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func filled(field, v string) error {
	if strings.TrimSpace(v) == "" {
		return wrong(field, "empty")
	}
	return nil
}

func oneOf(field, v string, allowed ...string) error {
	if !slices.Contains(allowed, v) {
		return wrong(field, "%q is not one of %s", v, strings.Join(allowed, ", "))
	}
	return nil
}

func currency(field string, c money.Currency) error {
	if !c.Known() {
		return wrong(field, "%q is not a currency we hold", string(c))
	}
	return nil
}

// point wants both ends or neither, inside the ranges of the globe.
func point(lat, lng *float64) error {
	switch {
	case lat == nil && lng == nil:
		return nil
	case lat == nil || lng == nil:
		return wrong("lat", "a point needs lat and lng")
	case *lat < -90 || *lat > 90 || *lng < -180 || *lng > 180:
		return wrong("lat", "%v, %v is not on the globe", *lat, *lng)
	}
	return nil
}

// span wants the first day not after the last; either may be unknown.
func span(field string, from, to when.Date) error {
	if from.Known() && to.Known() && to.Before(from) {
		return wrong(field, "%s is before the first day, %s", to, from)
	}
	return nil
}

// ascending wants those of low, typical and high that are there to be positive (or zero) and in order.
func ascending[N int64 | float64](low, typical, high *N) error {
	var last *N
	for i, v := range []*N{low, typical, high} {
		if v == nil {
			continue
		}
		field := []string{"low", "typical", "high"}[i]
		if *v < 0 {
			return wrong(field, "%v is negative", *v)
		}
		if last != nil && *v < *last {
			return wrong(field, "%v is less than the figure before it", *v)
		}
		last = v
	}
	return nil
}

func positive(field string, n *int) error {
	if n != nil && *n < 0 {
		return wrong(field, "%d is negative", *n)
	}
	return nil
}
