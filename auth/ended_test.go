package auth_test

import (
	"testing"

	"carecorridor/auth"
)

func TestNothingIsKeptInASessionThatEnded(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		o.must(o.SetData(ctx, ada.Actor, []byte("of a page")))
		o.must(o.SignOut(ctx, ada.Token))
		o.refused(o.SetData(ctx, ada.Actor, []byte("too late")), auth.ErrSession)
	})
}
