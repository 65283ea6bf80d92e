package meili

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// mapped is err as one of the values callers know. The client's error has no Unwrap, so its cause is
// taken out by hand.
func mapped(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	causes := []error{err, ctx.Err()}
	var ce *client.Error
	if errors.As(err, &ce) {
		causes = append(causes, ce.OriginError)
	}
	kind := search.ErrUnavailable
	switch all := errors.Join(causes...); {
	case errors.Is(all, context.Canceled):
		return fmt.Errorf("meilisearch %s: %w", op, context.Canceled)
	case errors.Is(all, context.DeadlineExceeded), errors.Is(all, os.ErrDeadlineExceeded), timedOut(all):
		kind = search.ErrTimeout
	case ce == nil:
	case ce.MeilisearchApiError.Code == "index_not_found":
		kind = search.ErrNotReady
	case ce.StatusCode == http.StatusBadRequest:
		kind = search.ErrInvalidQuery
	}
	return fmt.Errorf("meilisearch %s: %w: %s", op, kind, brief(err, ce))
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// brief leaves out the request, which the client puts into its message whole.
func brief(err error, ce *client.Error) string {
	switch {
	case ce == nil:
		return err.Error()
	case ce.OriginError != nil:
		return ce.OriginError.Error()
	}
	return fmt.Sprintf("status %d, %s: %.300s", ce.StatusCode, ce.MeilisearchApiError.Code, ce.MeilisearchApiError.Message)
}

// attempts is how often a call is made when a proxy or the server says it is busy.
const attempts = 3

// again calls f, and calls it again after 502, 503 and 504; every call makes its own body.
func again[T any](ctx context.Context, op string, f func() (T, error)) (T, error) {
	for n := 1; ; n++ {
		v, err := f()
		if err == nil || n == attempts || !busy(err) {
			return v, mapped(ctx, op, err)
		}
		select {
		case <-ctx.Done():
			return v, mapped(ctx, op, ctx.Err())
		case <-time.After(time.Duration(n*n) * 20 * time.Millisecond):
		}
	}
}

func busy(err error) bool {
	var ce *client.Error
	if !errors.As(err, &ce) {
		return false
	}
	return ce.StatusCode == http.StatusBadGateway || ce.StatusCode == http.StatusServiceUnavailable ||
		ce.StatusCode == http.StatusGatewayTimeout
}
