-- Organisations, the people who act for them, and how they sign in. What is personal is held sealed only; who has an address is found
-- by a keyed hash of it.
-- +goose Up
CREATE TABLE organisations (
    id TEXT NOT NULL CONSTRAINT organisations_pkey PRIMARY KEY CONSTRAINT organisations_id_filled CHECK (id <> ''),
    kind TEXT NOT NULL CONSTRAINT organisations_kind_known CHECK (kind IN ('hospital', 'practice', 'alliance')),
    name TEXT NOT NULL CONSTRAINT organisations_name_filled CHECK (name <> ''),
    provider_id INTEGER CONSTRAINT organisations_provider_once UNIQUE CONSTRAINT organisations_provider_fkey REFERENCES providers ON DELETE SET NULL,
    ods_code TEXT CONSTRAINT organisations_ods_code_once UNIQUE,
    email_domain TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT organisations_state_known CHECK (state IN ('active', 'paused', 'closed')),
    version INTEGER NOT NULL CONSTRAINT organisations_version_positive CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT organisations_provider_of_hospital CHECK (provider_id IS NULL OR kind = 'hospital'),
    CONSTRAINT organisations_ods_code_of_practice CHECK ((kind = 'practice') = (ods_code IS NOT NULL)),
    CONSTRAINT organisations_alliance_active CHECK (kind <> 'alliance' OR state = 'active')
);
CREATE UNIQUE INDEX organisations_alliance_once ON organisations (kind) WHERE kind = 'alliance';

CREATE TABLE people (
    id TEXT NOT NULL CONSTRAINT people_pkey PRIMARY KEY CONSTRAINT people_id_filled CHECK (id <> ''),
    email BLOB NOT NULL CONSTRAINT people_email_sealed CHECK (email IS NULL OR typeof(email) = 'blob' AND hex(substr(email, 1, 1)) = '01'),
    email_index BLOB NOT NULL CONSTRAINT people_email_index_once UNIQUE CONSTRAINT people_email_index_whole CHECK (typeof(email_index) = 'blob' AND length(email_index) = 20),
    name BLOB NOT NULL CONSTRAINT people_name_sealed CHECK (name IS NULL OR typeof(name) = 'blob' AND hex(substr(name, 1, 1)) = '01'),
    password BLOB CONSTRAINT people_password_sealed CHECK (password IS NULL OR typeof(password) = 'blob' AND hex(substr(password, 1, 1)) = '01'),
    password_at DATETIME,
    state TEXT NOT NULL CONSTRAINT people_state_known CHECK (state IN ('active', 'locked')),
    sample BOOLEAN NOT NULL,
    version INTEGER NOT NULL CONSTRAINT people_version_positive CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT people_password_whole CHECK ((password IS NULL) = (password_at IS NULL))
);

-- A role somebody holds. One that ended stays: the past names it.
CREATE TABLE memberships (
    id TEXT NOT NULL CONSTRAINT memberships_pkey PRIMARY KEY CONSTRAINT memberships_id_filled CHECK (id <> ''),
    person_id TEXT NOT NULL CONSTRAINT memberships_person_fkey REFERENCES people,
    org_id TEXT NOT NULL CONSTRAINT memberships_org_fkey REFERENCES organisations,
    role TEXT NOT NULL CONSTRAINT memberships_role_known CHECK (role IN ('referrer', 'referrer_admin', 'provider_owner', 'provider_editor',
        'provider_clinician', 'coordinator', 'safety_reviewer', 'verifier', 'auditor', 'administrator')),
    state TEXT NOT NULL CONSTRAINT memberships_state_known CHECK (state IN ('active', 'paused', 'ended')),
    version INTEGER NOT NULL CONSTRAINT memberships_version_positive CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    ended_at DATETIME,
    CONSTRAINT memberships_ended_whole CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX memberships_role_once ON memberships (person_id, org_id, role) WHERE state <> 'ended';
CREATE INDEX memberships_org ON memberships (org_id, state);

-- An authenticator app. The step of the last code used keeps a code from being used twice.
CREATE TABLE totp_secrets (
    id TEXT NOT NULL CONSTRAINT totp_secrets_pkey PRIMARY KEY CONSTRAINT totp_secrets_id_filled CHECK (id <> ''),
    person_id TEXT NOT NULL CONSTRAINT totp_secrets_person_fkey REFERENCES people,
    secret BLOB NOT NULL CONSTRAINT totp_secrets_secret_sealed CHECK (secret IS NULL OR typeof(secret) = 'blob' AND hex(substr(secret, 1, 1)) = '01'),
    last_step INTEGER NOT NULL CONSTRAINT totp_secrets_last_step_counted CHECK (last_step >= 0),
    created_at DATETIME NOT NULL,
    confirmed_at DATETIME
);
CREATE UNIQUE INDEX totp_secrets_used_once ON totp_secrets (person_id) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX totp_secrets_offered_once ON totp_secrets (person_id) WHERE confirmed_at IS NULL;

-- A passkey: its public key and counters as the library writes them.
CREATE TABLE passkeys (
    id TEXT NOT NULL CONSTRAINT passkeys_pkey PRIMARY KEY CONSTRAINT passkeys_id_filled CHECK (id <> ''),
    person_id TEXT NOT NULL CONSTRAINT passkeys_person_fkey REFERENCES people,
    credential_id BLOB NOT NULL CONSTRAINT passkeys_credential_id_once UNIQUE,
    credential TEXT NOT NULL CONSTRAINT passkeys_credential_filled CHECK (credential <> ''),
    label BLOB NOT NULL CONSTRAINT passkeys_label_sealed CHECK (label IS NULL OR typeof(label) = 'blob' AND hex(substr(label, 1, 1)) = '01'),
    created_at DATETIME NOT NULL,
    used_at DATETIME
);
CREATE INDEX passkeys_person ON passkeys (person_id);

CREATE TABLE recovery_codes (
    id TEXT NOT NULL CONSTRAINT recovery_codes_pkey PRIMARY KEY CONSTRAINT recovery_codes_id_filled CHECK (id <> ''),
    person_id TEXT NOT NULL CONSTRAINT recovery_codes_person_fkey REFERENCES people,
    code_hash BLOB NOT NULL CONSTRAINT recovery_codes_code_hash_once UNIQUE CONSTRAINT recovery_codes_code_hash_whole CHECK (typeof(code_hash) = 'blob' AND length(code_hash) = 32),
    created_at DATETIME NOT NULL,
    used_at DATETIME
);
CREATE INDEX recovery_codes_person ON recovery_codes (person_id);

CREATE TABLE invitations (
    id TEXT NOT NULL CONSTRAINT invitations_pkey PRIMARY KEY CONSTRAINT invitations_id_filled CHECK (id <> ''),
    token_hash BLOB NOT NULL CONSTRAINT invitations_token_hash_once UNIQUE CONSTRAINT invitations_token_hash_whole CHECK (typeof(token_hash) = 'blob' AND length(token_hash) = 32),
    org_id TEXT NOT NULL CONSTRAINT invitations_org_fkey REFERENCES organisations,
    role TEXT NOT NULL CONSTRAINT invitations_role_known CHECK (role IN ('referrer', 'referrer_admin', 'provider_owner', 'provider_editor',
        'provider_clinician', 'coordinator', 'safety_reviewer', 'verifier', 'auditor', 'administrator')),
    email BLOB NOT NULL CONSTRAINT invitations_email_sealed CHECK (email IS NULL OR typeof(email) = 'blob' AND hex(substr(email, 1, 1)) = '01'),
    email_index BLOB NOT NULL CONSTRAINT invitations_email_index_whole CHECK (typeof(email_index) = 'blob' AND length(email_index) = 20),
    invited_by TEXT NOT NULL CONSTRAINT invitations_invited_by_filled CHECK (invited_by <> ''),
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    used_at DATETIME,
    taken_back_at DATETIME,
    CONSTRAINT invitations_instants_order CHECK (created_at < expires_at),
    CONSTRAINT invitations_ended_once CHECK (used_at IS NULL OR taken_back_at IS NULL)
);
CREATE INDEX invitations_org ON invitations (org_id);
CREATE INDEX invitations_email ON invitations (email_index);

CREATE TABLE sessions (
    id TEXT NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY CONSTRAINT sessions_id_filled CHECK (id <> ''),
    token_hash BLOB NOT NULL CONSTRAINT sessions_token_hash_once UNIQUE CONSTRAINT sessions_token_hash_whole CHECK (typeof(token_hash) = 'blob' AND length(token_hash) = 32),
    person_id TEXT NOT NULL CONSTRAINT sessions_person_fkey REFERENCES people,
    membership_id TEXT NOT NULL CONSTRAINT sessions_membership_fkey REFERENCES memberships,
    agent TEXT NOT NULL,
    data BLOB CONSTRAINT sessions_data_sealed CHECK (data IS NULL OR typeof(data) = 'blob' AND hex(substr(data, 1, 1)) = '01'),
    created_at DATETIME NOT NULL,
    seen_at DATETIME NOT NULL,
    stepped_up_at DATETIME,
    expires_at DATETIME NOT NULL,
    ended_at DATETIME,
    CONSTRAINT sessions_instants_order CHECK (created_at < expires_at AND created_at <= seen_at)
);
CREATE INDEX sessions_person ON sessions (person_id, ended_at);
CREATE INDEX sessions_membership ON sessions (membership_id);

-- Something begun that must be finished soon: a sign-in, a mailed link or a passkey's challenge by whoever holds the token, a form that was sent
-- after its session had ended by the person whose session it was. Gone once used.
CREATE TABLE challenges (
    id TEXT NOT NULL CONSTRAINT challenges_pkey PRIMARY KEY CONSTRAINT challenges_id_filled CHECK (id <> ''),
    token_hash BLOB NOT NULL CONSTRAINT challenges_token_hash_once UNIQUE CONSTRAINT challenges_token_hash_whole CHECK (typeof(token_hash) = 'blob' AND length(token_hash) = 32),
    kind TEXT NOT NULL CONSTRAINT challenges_kind_known CHECK (kind IN ('factor', 'enrol', 'password', 'oidc', 'passkey_new', 'passkey_ask', 'form')),
    person_id TEXT CONSTRAINT challenges_person_fkey REFERENCES people,
    data BLOB CONSTRAINT challenges_data_sealed CHECK (data IS NULL OR typeof(data) = 'blob' AND hex(substr(data, 1, 1)) = '01'),
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    CONSTRAINT challenges_instants_order CHECK (created_at < expires_at)
);
CREATE INDEX challenges_person ON challenges (person_id);
CREATE INDEX challenges_ends ON challenges (expires_at);

-- Wrong tries of an account or an address, and until when the next one waits. The name is a keyed hash.
CREATE TABLE sign_in_tries (
    name TEXT NOT NULL CONSTRAINT sign_in_tries_pkey PRIMARY KEY CONSTRAINT sign_in_tries_name_filled CHECK (name <> ''),
    tries INTEGER NOT NULL CONSTRAINT sign_in_tries_tries_positive CHECK (tries >= 1),
    last_at DATETIME NOT NULL,
    waits_until DATETIME
);

-- Who somebody is at a sign-in service of others (OpenID Connect).
CREATE TABLE identities (
    id TEXT NOT NULL CONSTRAINT identities_pkey PRIMARY KEY CONSTRAINT identities_id_filled CHECK (id <> ''),
    person_id TEXT NOT NULL CONSTRAINT identities_person_fkey REFERENCES people,
    issuer TEXT NOT NULL CONSTRAINT identities_issuer_filled CHECK (issuer <> ''),
    subject BLOB NOT NULL CONSTRAINT identities_subject_sealed CHECK (subject IS NULL OR typeof(subject) = 'blob' AND hex(substr(subject, 1, 1)) = '01'),
    subject_index BLOB NOT NULL CONSTRAINT identities_subject_index_whole CHECK (typeof(subject_index) = 'blob' AND length(subject_index) = 20),
    created_at DATETIME NOT NULL,
    CONSTRAINT identities_subject_once UNIQUE (issuer, subject_index)
);
CREATE INDEX identities_person ON identities (person_id);

-- What such a service said about a person, and until when it counts. Rules read the level, never the issuer (domain.md 1.5).
CREATE TABLE identity_assertions (
    id TEXT NOT NULL CONSTRAINT identity_assertions_pkey PRIMARY KEY CONSTRAINT identity_assertions_id_filled CHECK (id <> ''),
    identity_id TEXT NOT NULL CONSTRAINT identity_assertions_identity_fkey REFERENCES identities,
    level TEXT NOT NULL,
    method TEXT NOT NULL,
    claims_hash BLOB NOT NULL CONSTRAINT identity_assertions_claims_hash_whole CHECK (typeof(claims_hash) = 'blob' AND length(claims_hash) = 32),
    asserted_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    CONSTRAINT identity_assertions_instants_order CHECK (asserted_at < expires_at)
);
CREATE INDEX identity_assertions_identity ON identity_assertions (identity_id, asserted_at);
