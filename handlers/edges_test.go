package handlers_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"carecorridor/auth"
)

func TestWhatIsSentToOnesOwnAccountIsNeverKept(t *testing.T) {
	t.Parallel()
	s, _ := probed(t)
	v := s.as(t, auth.ProviderEditor).open("/account")
	s.clock.Set(s.clock.Now().Add(16 * time.Minute))
	v.post("/account/password", url.Values{"old": {goodPassword}, "new": {nextPassword}}).at("/sign-in?was=lost")
	v.open("/sign-in?back=/account/unsent").demo(s, auth.ProviderEditor, 0).at("/account/unsent").says("nothing waiting")
}

func TestAPageOfAnErrorIsNeverCalledUnchanged(t *testing.T) {
	t.Parallel()
	if w := front(t).get(t, "/hospitals/there-is-none", "If-None-Match", "*"); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
}
