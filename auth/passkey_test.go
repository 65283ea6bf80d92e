package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"

	"carecorridor/auth"
	"carecorridor/internal/fault"
)

// device is an authenticator as WebAuthn level 3 has it: one key, no attestation.
type device struct {
	t      *testing.T
	origin string
	id     []byte
	key    *ecdsa.PrivateKey
	user   []byte
	count  uint32
}

func newDevice(t *testing.T) *device {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &device{t: t, origin: origin, id: id, key: key}
}

var b64 = base64.RawURLEncoding

// options are the parts of what the site asks that a device reads.
type options struct {
	PublicKey struct {
		Challenge string `json:"challenge"`
		RPID      string `json:"rpId"`
		RP        struct {
			ID string `json:"id"`
		} `json:"rp"`
		User struct {
			ID string `json:"id"`
		} `json:"user"`
		AllowCredentials   []struct{ ID string } `json:"allowCredentials"`
		ExcludeCredentials []struct{ ID string } `json:"excludeCredentials"`
	} `json:"publicKey"`
}

func (d *device) read(asked []byte) (o options) {
	d.t.Helper()
	if err := json.Unmarshal(asked, &o); err != nil {
		d.t.Fatal(err)
	}
	return o
}

func (d *device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	return b
}

// Flags of authenticator data: user present, user verified, attested credential follows.
const present, verified, attested = 0x01, 0x04, 0x40

func (d *device) data(rp string, flags byte) []byte {
	d.count++
	sum := sha256.Sum256([]byte(rp))
	return binary.BigEndian.AppendUint32(append(sum[:], flags), d.count)
}

// create answers navigator.credentials.create.
func (d *device) create(asked []byte) []byte {
	d.t.Helper()
	o := d.read(asked)
	d.user, _ = b64.DecodeString(o.PublicKey.User.ID)
	public, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	cose, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: public[1:33], -3: public[33:]})
	if err != nil {
		d.t.Fatal(err)
	}
	data := append(d.data(o.PublicKey.RP.ID, present|verified|attested), make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(d.id))), d.id...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": append(data, cose...)})
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": b64.EncodeToString(d.client("webauthn.create", o.PublicKey.Challenge)), "attestationObject": b64.EncodeToString(object)})
}

// get answers navigator.credentials.get.
func (d *device) get(asked []byte) []byte {
	d.t.Helper()
	o := d.read(asked)
	client, data := d.client("webauthn.get", o.PublicKey.Challenge), d.data(o.PublicKey.RPID, present|verified)
	sum := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data),
		"signature": b64.EncodeToString(signature), "userHandle": b64.EncodeToString(d.user)})
}

func (d *device) answer(response map[string]any) []byte {
	b, _ := json.Marshal(map[string]any{"id": b64.EncodeToString(d.id), "rawId": b64.EncodeToString(d.id), "type": "public-key", "response": response})
	return b
}

func TestAPasskeyIsAddedUsedAndRemoved(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		d := newDevice(o.t)
		asked, err := o.NewPasskey(ctx, ada.confirmed())
		o.must(err)
		answer := d.create(asked)
		l, err := o.AddPasskey(ctx, ada.Actor, "Work laptop", answer)
		o.taken(l, err)
		_, err = o.AddPasskey(ctx, ada.Actor, "again", answer)
		o.refused(err, auth.ErrFactor)
		a, err := o.Account(ctx, ada.Actor)
		if err != nil || len(a.Passkeys) != 1 || a.Passkeys[0].Label != "Work laptop" || a.Passkeys[0].Used != nil {
			o.t.Fatalf("%+v, %v", a, err)
		}
		step, err := o.SignIn(ctx, ada.email, password, visit)
		if err != nil || !step.Passkey {
			o.t.Fatalf("%+v, %v", step, err)
		}
		asked, err = o.BeginPasskey(ctx, step.Token)
		o.must(err)
		answer = d.get(asked)
		in, err := o.FinishPasskey(ctx, step.Token, answer, visit)
		o.must(err)
		_, err = o.FinishPasskey(ctx, step.Token, answer, visit)
		o.refused(err, auth.ErrStep)
		asked, err = o.BeginStepUp(ctx, in.Actor)
		o.must(err)
		answer = d.get(asked)
		in, err = o.FinishStepUp(ctx, in.Actor, answer)
		o.must(err)
		_, err = o.FinishStepUp(ctx, in.Actor, answer) // somebody kept the answer
		o.refused(err, auth.ErrFactor)
		o.must(o.RemoveTOTP(ctx, in.Actor))
		o.kind(o.RemoveTOTP(ctx, in.Actor), fault.Missing)
		o.refused(o.RemovePasskey(ctx, in.Actor, a.Passkeys[0].ID), auth.ErrLastFactor)
		o.kind(o.RemovePasskey(ctx, in.Actor, "another"), fault.Missing)
		setup, err := o.NewTOTP(ctx, in.Actor)
		o.must(err)
		o.refused(o.ConfirmTOTP(ctx, in.Actor, "123456"), auth.ErrFactor)
		o.must(o.ConfirmTOTP(ctx, in.Actor, codeOf(o, setup.Secret)))
		o.must(o.RemovePasskey(ctx, in.Actor, a.Passkeys[0].ID))
		o.refused(o.RemoveTOTP(ctx, in.Actor), auth.ErrLastFactor)
	})
}

func TestAPasskeyOfAnotherOriginPersonOrCeremonyIsRefused(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		jo := o.join(ada.Actor, org, auth.Referrer, "jo@practice.example")
		d := newDevice(o.t)
		d.origin = "https://corridor.example.evil.example"
		asked, err := o.NewPasskey(ctx, ada.confirmed())
		o.must(err)
		_, err = o.AddPasskey(ctx, ada.Actor, "", d.create(asked))
		o.refused(err, auth.ErrFactor)
		d.origin = origin
		asked, err = o.NewPasskey(ctx, ada.Actor)
		o.must(err)
		_, err = o.AddPasskey(ctx, jo.Actor, "", d.create(asked)) // another's ceremony
		o.refused(err, auth.ErrFactor)
		l, err := o.AddPasskey(ctx, ada.Actor, "", d.create(asked))
		o.taken(l, err)
		asked, err = o.BeginStepUp(ctx, ada.Actor)
		o.must(err)
		d.origin = "http://corridor.example"
		_, err = o.FinishStepUp(ctx, ada.Actor, d.get(asked))
		o.refused(err, auth.ErrFactor)
		d.origin = origin
		stranger := newDevice(o.t)
		stranger.id, stranger.user = d.id, d.user
		_, err = o.FinishStepUp(ctx, ada.Actor, stranger.get(asked))
		o.refused(err, auth.ErrFactor)
		d.count = 0 // a copy of the key, behind
		_, err = o.FinishStepUp(ctx, ada.Actor, d.get(asked))
		o.refused(err, auth.ErrFactor)
		for _, rubbish := range []string{"", "{}", "null", `{"id":"x"}`, "\x00"} {
			_, err = o.FinishStepUp(ctx, ada.Actor, []byte(rubbish))
			o.refused(err, auth.ErrFactor)
		}
		_, err = o.BeginStepUp(ctx, jo.Actor) // has none
		o.refused(err, auth.ErrFactor)
	})
}

func TestAFirstPasskeyIsEnoughToComeIn(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: o.practice(ada.Actor, "A12345"), Role: auth.Referrer, Email: "jo@practice.example"})
		o.taken(l, err)
		step, l, err := o.Accept(ctx, to(o.post(), "jo@practice.example")[0].token(o.t), "Jo", password, visit)
		o.taken(l, err)
		d := newDevice(o.t)
		asked, err := o.BeginFirstPasskey(ctx, step.Token)
		o.must(err)
		_, err = o.FinishFirstPasskey(ctx, step.Token, "", []byte("{}"), visit)
		o.refused(err, auth.ErrFactor)
		in, err := o.FinishFirstPasskey(ctx, step.Token, "Phone", d.create(asked), visit)
		if err != nil || len(in.Codes) != 10 || in.Actor.Name != "Jo" {
			o.t.Fatalf("%+v, %v", in, err)
		}
		_, err = o.FinishFirstPasskey(ctx, step.Token, "Phone", d.create(asked), visit)
		o.refused(err, auth.ErrStep)
		asked, err = o.NewPasskey(ctx, in.Actor)
		o.must(err)
		if len(d.read(asked).PublicKey.ExcludeCredentials) != 1 {
			o.t.Error("the device would be added twice")
		}
	})
}

func TestPasskeysAreNotOfferedWhereBrowsersRefuseThem(t *testing.T) {
	for address, want := range map[string]bool{"https://corridor.example": true, "http://localhost:8080": true, "http://127.0.0.1:8080": false, "http://corridor.example": false} {
		t.Run(address, func(t *testing.T) {
			eachWith(t, auth.Options{Origin: address}, func(o *office) {
				if o.PasskeysWork() != want {
					o.t.Errorf("%v", !want)
				}
			})
		})
	}
}
