-- Organisations, the people who act for them, and how they sign in. What is personal is held sealed only; who has an address is found
-- by a keyed hash of it.
-- +goose Up
CREATE TABLE organisations (
    id text NOT NULL CONSTRAINT organisations_pkey PRIMARY KEY CONSTRAINT organisations_id_filled CHECK (id <> ''),
    kind text NOT NULL CONSTRAINT organisations_kind_known CHECK (kind IN ('hospital', 'practice', 'alliance')),
    name text NOT NULL CONSTRAINT organisations_name_filled CHECK (name <> ''),
    provider_id bigint CONSTRAINT organisations_provider_once UNIQUE CONSTRAINT organisations_provider_fkey REFERENCES providers ON DELETE SET NULL,
    ods_code text CONSTRAINT organisations_ods_code_once UNIQUE,
    email_domain text NOT NULL,
    state text NOT NULL CONSTRAINT organisations_state_known CHECK (state IN ('active', 'paused', 'closed')),
    version bigint NOT NULL CONSTRAINT organisations_version_positive CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT organisations_provider_of_hospital CHECK (provider_id IS NULL OR kind = 'hospital'),
    CONSTRAINT organisations_ods_code_of_practice CHECK ((kind = 'practice') = (ods_code IS NOT NULL)),
    CONSTRAINT organisations_alliance_active CHECK (kind <> 'alliance' OR state = 'active')
);
CREATE UNIQUE INDEX organisations_alliance_once ON organisations (kind) WHERE kind = 'alliance';

CREATE TABLE people (
    id text NOT NULL CONSTRAINT people_pkey PRIMARY KEY CONSTRAINT people_id_filled CHECK (id <> ''),
    email bytea NOT NULL CONSTRAINT people_email_sealed CHECK (substring(email FROM 1 FOR 1) = '\x01'::bytea),
    email_index bytea NOT NULL CONSTRAINT people_email_index_once UNIQUE CONSTRAINT people_email_index_whole CHECK (octet_length(email_index) = 20),
    name bytea NOT NULL CONSTRAINT people_name_sealed CHECK (substring(name FROM 1 FOR 1) = '\x01'::bytea),
    password bytea CONSTRAINT people_password_sealed CHECK (substring(password FROM 1 FOR 1) = '\x01'::bytea),
    password_at timestamptz,
    state text NOT NULL CONSTRAINT people_state_known CHECK (state IN ('active', 'locked')),
    sample boolean NOT NULL,
    version bigint NOT NULL CONSTRAINT people_version_positive CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT people_password_whole CHECK ((password IS NULL) = (password_at IS NULL))
);

-- A role somebody holds. One that ended stays: the past names it.
CREATE TABLE memberships (
    id text NOT NULL CONSTRAINT memberships_pkey PRIMARY KEY CONSTRAINT memberships_id_filled CHECK (id <> ''),
    person_id text NOT NULL CONSTRAINT memberships_person_fkey REFERENCES people,
    org_id text NOT NULL CONSTRAINT memberships_org_fkey REFERENCES organisations,
    role text NOT NULL CONSTRAINT memberships_role_known CHECK (role IN ('referrer', 'referrer_admin', 'provider_owner', 'provider_editor',
        'provider_clinician', 'coordinator', 'safety_reviewer', 'verifier', 'auditor', 'administrator')),
    state text NOT NULL CONSTRAINT memberships_state_known CHECK (state IN ('active', 'paused', 'ended')),
    version bigint NOT NULL CONSTRAINT memberships_version_positive CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT memberships_ended_whole CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX memberships_role_once ON memberships (person_id, org_id, role) WHERE state <> 'ended';
CREATE INDEX memberships_org ON memberships (org_id, state);

-- An authenticator app. The step of the last code used keeps a code from being used twice.
CREATE TABLE totp_secrets (
    id text NOT NULL CONSTRAINT totp_secrets_pkey PRIMARY KEY CONSTRAINT totp_secrets_id_filled CHECK (id <> ''),
    person_id text NOT NULL CONSTRAINT totp_secrets_person_fkey REFERENCES people,
    secret bytea NOT NULL CONSTRAINT totp_secrets_secret_sealed CHECK (substring(secret FROM 1 FOR 1) = '\x01'::bytea),
    last_step bigint NOT NULL CONSTRAINT totp_secrets_last_step_counted CHECK (last_step >= 0),
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz
);
CREATE UNIQUE INDEX totp_secrets_used_once ON totp_secrets (person_id) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX totp_secrets_offered_once ON totp_secrets (person_id) WHERE confirmed_at IS NULL;

-- A passkey: its public key and counters as the library writes them.
CREATE TABLE passkeys (
    id text NOT NULL CONSTRAINT passkeys_pkey PRIMARY KEY CONSTRAINT passkeys_id_filled CHECK (id <> ''),
    person_id text NOT NULL CONSTRAINT passkeys_person_fkey REFERENCES people,
    credential_id bytea NOT NULL CONSTRAINT passkeys_credential_id_once UNIQUE,
    credential text NOT NULL CONSTRAINT passkeys_credential_filled CHECK (credential <> ''),
    label bytea NOT NULL CONSTRAINT passkeys_label_sealed CHECK (substring(label FROM 1 FOR 1) = '\x01'::bytea),
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX passkeys_person ON passkeys (person_id);

CREATE TABLE recovery_codes (
    id text NOT NULL CONSTRAINT recovery_codes_pkey PRIMARY KEY CONSTRAINT recovery_codes_id_filled CHECK (id <> ''),
    person_id text NOT NULL CONSTRAINT recovery_codes_person_fkey REFERENCES people,
    code_hash bytea NOT NULL CONSTRAINT recovery_codes_code_hash_once UNIQUE CONSTRAINT recovery_codes_code_hash_whole CHECK (octet_length(code_hash) = 32),
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX recovery_codes_person ON recovery_codes (person_id);

CREATE TABLE invitations (
    id text NOT NULL CONSTRAINT invitations_pkey PRIMARY KEY CONSTRAINT invitations_id_filled CHECK (id <> ''),
    token_hash bytea NOT NULL CONSTRAINT invitations_token_hash_once UNIQUE CONSTRAINT invitations_token_hash_whole CHECK (octet_length(token_hash) = 32),
    org_id text NOT NULL CONSTRAINT invitations_org_fkey REFERENCES organisations,
    role text NOT NULL CONSTRAINT invitations_role_known CHECK (role IN ('referrer', 'referrer_admin', 'provider_owner', 'provider_editor',
        'provider_clinician', 'coordinator', 'safety_reviewer', 'verifier', 'auditor', 'administrator')),
    email bytea NOT NULL CONSTRAINT invitations_email_sealed CHECK (substring(email FROM 1 FOR 1) = '\x01'::bytea),
    email_index bytea NOT NULL CONSTRAINT invitations_email_index_whole CHECK (octet_length(email_index) = 20),
    invited_by text NOT NULL CONSTRAINT invitations_invited_by_filled CHECK (invited_by <> ''),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    taken_back_at timestamptz,
    CONSTRAINT invitations_instants_order CHECK (created_at < expires_at),
    CONSTRAINT invitations_ended_once CHECK (used_at IS NULL OR taken_back_at IS NULL)
);
CREATE INDEX invitations_org ON invitations (org_id);
CREATE INDEX invitations_email ON invitations (email_index);

CREATE TABLE sessions (
    id text NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY CONSTRAINT sessions_id_filled CHECK (id <> ''),
    token_hash bytea NOT NULL CONSTRAINT sessions_token_hash_once UNIQUE CONSTRAINT sessions_token_hash_whole CHECK (octet_length(token_hash) = 32),
    person_id text NOT NULL CONSTRAINT sessions_person_fkey REFERENCES people,
    membership_id text NOT NULL CONSTRAINT sessions_membership_fkey REFERENCES memberships,
    agent text NOT NULL,
    data bytea CONSTRAINT sessions_data_sealed CHECK (substring(data FROM 1 FOR 1) = '\x01'::bytea),
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    stepped_up_at timestamptz,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT sessions_instants_order CHECK (created_at < expires_at AND created_at <= seen_at)
);
CREATE INDEX sessions_person ON sessions (person_id, ended_at);
CREATE INDEX sessions_membership ON sessions (membership_id);

-- Something begun that must be finished soon: a sign-in, a mailed link or a passkey's challenge by whoever holds the token, a form that was sent
-- after its session had ended by the person whose session it was. Gone once used.
CREATE TABLE challenges (
    id text NOT NULL CONSTRAINT challenges_pkey PRIMARY KEY CONSTRAINT challenges_id_filled CHECK (id <> ''),
    token_hash bytea NOT NULL CONSTRAINT challenges_token_hash_once UNIQUE CONSTRAINT challenges_token_hash_whole CHECK (octet_length(token_hash) = 32),
    kind text NOT NULL CONSTRAINT challenges_kind_known CHECK (kind IN ('factor', 'enrol', 'password', 'oidc', 'passkey_new', 'passkey_ask', 'form')),
    person_id text CONSTRAINT challenges_person_fkey REFERENCES people,
    data bytea CONSTRAINT challenges_data_sealed CHECK (substring(data FROM 1 FOR 1) = '\x01'::bytea),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT challenges_instants_order CHECK (created_at < expires_at)
);
CREATE INDEX challenges_person ON challenges (person_id);
CREATE INDEX challenges_ends ON challenges (expires_at);

-- Wrong tries of an account or an address, and until when the next one waits. The name is a keyed hash.
CREATE TABLE sign_in_tries (
    name text NOT NULL CONSTRAINT sign_in_tries_pkey PRIMARY KEY CONSTRAINT sign_in_tries_name_filled CHECK (name <> ''),
    tries bigint NOT NULL CONSTRAINT sign_in_tries_tries_positive CHECK (tries >= 1),
    last_at timestamptz NOT NULL,
    waits_until timestamptz
);

-- Who somebody is at a sign-in service of others (OpenID Connect).
CREATE TABLE identities (
    id text NOT NULL CONSTRAINT identities_pkey PRIMARY KEY CONSTRAINT identities_id_filled CHECK (id <> ''),
    person_id text NOT NULL CONSTRAINT identities_person_fkey REFERENCES people,
    issuer text NOT NULL CONSTRAINT identities_issuer_filled CHECK (issuer <> ''),
    subject bytea NOT NULL CONSTRAINT identities_subject_sealed CHECK (substring(subject FROM 1 FOR 1) = '\x01'::bytea),
    subject_index bytea NOT NULL CONSTRAINT identities_subject_index_whole CHECK (octet_length(subject_index) = 20),
    created_at timestamptz NOT NULL,
    CONSTRAINT identities_subject_once UNIQUE (issuer, subject_index)
);
CREATE INDEX identities_person ON identities (person_id);

-- What such a service said about a person, and until when it counts. Rules read the level, never the issuer (domain.md 1.5).
CREATE TABLE identity_assertions (
    id text NOT NULL CONSTRAINT identity_assertions_pkey PRIMARY KEY CONSTRAINT identity_assertions_id_filled CHECK (id <> ''),
    identity_id text NOT NULL CONSTRAINT identity_assertions_identity_fkey REFERENCES identities,
    level text NOT NULL,
    method text NOT NULL,
    claims_hash bytea NOT NULL CONSTRAINT identity_assertions_claims_hash_whole CHECK (octet_length(claims_hash) = 32),
    asserted_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT identity_assertions_instants_order CHECK (asserted_at < expires_at)
);
CREATE INDEX identity_assertions_identity ON identity_assertions (identity_id, asserted_at);
