package auth_test

import (
	"testing"

	"carecorridor/auth"
)

func TestOnlyAListedDomainItselfCountsAsAMailbox(t *testing.T) {
	t.Parallel()
	list, err := auth.ParseMailDomains([]string{"nhs.net", " @Trust.NHS.uk "})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"jo@nhs.net": true, "Jo.Bloggs@NHS.Net": true, "jo@trust.nhs.uk": true,
		"jo@evil-nhs.net": false, "jo@nhs.net.example": false, "jo@sub.nhs.net": false, "jo@nhs.net.": false, "jo@nhs": false, "jo@": false, "": false,
		"jo@nhs.uk": false, "jo@nhs.net@evil.example": false, "jo@evil.example\n@nhs.net ": false, "jo@nhſ.net": false, "jo@ｎｈｓ.net": false, "jo@xn--nh-hia.net": false, "jo@nhѕ.net": false,
	} {
		if got := list.Counts(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
	if (auth.MailDomains(nil)).Counts("jo@nhs.net") {
		t.Error("an empty list counts a mailbox")
	}
}

func TestAListOfMailDomainsHoldsPlainDomainsAlone(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "nhs", "*.nhs.net", "nhs.net/", "nhſ.net", "xn--nh-hia.net", "jo@nhs.net", "nhs..net", "-nhs.net", ".nhs.net"} {
		if list, err := auth.ParseMailDomains([]string{"nhs.net", bad}); err == nil {
			t.Errorf("%q gives %v", bad, list)
		}
	}
}
