package referral_test

import (
	"testing"

	"carecorridor/internal/when"
	"carecorridor/referral"
)

func TestASignatureNeedsTheRegisterAndTheMailboxOfLately(t *testing.T) {
	t.Parallel()
	today := when.DateOf(noon)
	for name, c := range map[string]struct {
		l    referral.Ladder
		want bool
	}{
		"both lately":           {referral.Ladder{Level: 2, MailboxOn: today.AddDays(-179), CheckedOn: today.AddDays(-90)}, true},
		"register too long ago": {referral.Ladder{Level: 2, MailboxOn: today.AddDays(-1), CheckedOn: today.AddDays(-91)}, false},
		"mailbox too long ago":  {referral.Ladder{Level: 2, MailboxOn: today.AddDays(-180), CheckedOn: today}, false},
		"no mailbox":            {referral.Ladder{Level: 2, CheckedOn: today}, false},
		"mailbox alone":         {referral.Ladder{Level: 1, MailboxOn: today}, false},
		"signed in by the NHS":  {referral.Ladder{Level: 3, CheckedOn: today}, true},
		"a day that is to come": {referral.Ladder{Level: 2, MailboxOn: today.AddDays(1), CheckedOn: today}, false},
	} {
		if got := c.l.MaySign(today); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
