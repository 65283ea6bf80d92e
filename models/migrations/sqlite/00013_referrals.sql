-- Referrals from the first draft to the end of aftercare: consents, documents, hospitals' answers, timers, letters and packages. Personal words are held
-- sealed only: the first byte of a sealed value is 1. What the rules of package referral keep beside that is in progress, which names nobody.
-- +goose Up
-- A referral: where it stands and who it belongs to. What is personal is held sealed only, here and in the sections.
CREATE TABLE referrals (
    id TEXT NOT NULL CONSTRAINT referrals_pkey PRIMARY KEY CONSTRAINT referrals_id_filled CHECK (id <> ''),
    reference TEXT NOT NULL CONSTRAINT referrals_reference_once UNIQUE CONSTRAINT referrals_reference_filled CHECK (reference <> ''),
    state TEXT NOT NULL CONSTRAINT referrals_state_known CHECK (state IN ('draft', 'awaiting_consent', 'triage', 'returned', 'with_providers', 'deciding', 'accepted', 'ready_to_travel', 'admitted', 'treated', 'aftercare', 'closed')),
    mode TEXT NOT NULL CONSTRAINT referrals_mode_known CHECK (mode IN ('referral', 'advice')),
    origin TEXT NOT NULL CONSTRAINT referrals_origin_known CHECK (origin IN ('self', 'referrer')),
    priority TEXT NOT NULL CONSTRAINT referrals_priority_known CHECK (priority IN ('routine', 'soon')),
    ending TEXT NOT NULL CONSTRAINT referrals_ending_known CHECK (ending IN ('', 'completed', 'declined', 'withdrawn', 'cancelled', 'expired', 'excluded', 'deceased', 'entered_in_error')),
    reason TEXT NOT NULL,
    org_id TEXT CONSTRAINT referrals_org_fkey REFERENCES organisations,
    clinician TEXT NOT NULL,
    created_by TEXT NOT NULL,
    flags TEXT NOT NULL,
    progress TEXT NOT NULL CONSTRAINT referrals_progress_filled CHECK (progress <> ''),
    nhs_number BLOB CONSTRAINT referrals_nhs_number_sealed CHECK (nhs_number IS NULL OR typeof(nhs_number) = 'blob' AND hex(substr(nhs_number, 1, 1)) = '01'),
    nhs_number_index BLOB CONSTRAINT referrals_nhs_number_index_whole CHECK (length(nhs_number_index) = 20),
    person_key BLOB CONSTRAINT referrals_person_key_sealed CHECK (person_key IS NULL OR typeof(person_key) = 'blob' AND hex(substr(person_key, 1, 1)) = '01'),
    person_key_index BLOB CONSTRAINT referrals_person_key_index_whole CHECK (length(person_key_index) = 20),
    contact_checked_at DATETIME,
    version INTEGER NOT NULL CONSTRAINT referrals_version_counted CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    sent_at DATETIME,
    closed_at DATETIME,
    erased_at DATETIME,
    CONSTRAINT referrals_closed_whole CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (ending <> '')),
    CONSTRAINT referrals_origin_whole CHECK (origin <> 'self' OR org_id IS NULL),
    CONSTRAINT referrals_nhs_number_whole CHECK ((nhs_number IS NULL) = (nhs_number_index IS NULL)),
    CONSTRAINT referrals_person_key_whole CHECK ((person_key IS NULL) = (person_key_index IS NULL)),
    CONSTRAINT referrals_erased_whole CHECK (erased_at IS NULL OR state = 'closed' AND nhs_number IS NULL AND person_key IS NULL)
);
CREATE INDEX referrals_state ON referrals (state, updated_at);
CREATE INDEX referrals_org ON referrals (org_id, state);
CREATE INDEX referrals_nhs_number ON referrals (nhs_number_index);
CREATE INDEX referrals_person_key ON referrals (person_key_index);

-- One part of the record, as it was last saved.
CREATE TABLE referral_sections (
    id TEXT NOT NULL CONSTRAINT referral_sections_pkey PRIMARY KEY CONSTRAINT referral_sections_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_sections_referral_fkey REFERENCES referrals,
    name TEXT NOT NULL CONSTRAINT referral_sections_name_filled CHECK (name <> ''),
    body BLOB NOT NULL CONSTRAINT referral_sections_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    version INTEGER NOT NULL CONSTRAINT referral_sections_version_counted CHECK (version >= 1),
    by_person TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT referral_sections_name_once UNIQUE (referral_id, name)
);

-- One hospital of the shortlist: what it was given, and what it answered. Its listing is kept as the patient saw it.
CREATE TABLE referral_providers (
    id TEXT NOT NULL CONSTRAINT referral_providers_pkey PRIMARY KEY CONSTRAINT referral_providers_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_providers_referral_fkey REFERENCES referrals,
    ord INTEGER NOT NULL CONSTRAINT referral_providers_ord_known CHECK (ord BETWEEN 1 AND 10),
    org TEXT NOT NULL CONSTRAINT referral_providers_org_filled CHECK (org <> ''),
    provider_id INTEGER CONSTRAINT referral_providers_provider_fkey REFERENCES providers ON DELETE SET NULL,
    slug TEXT NOT NULL CONSTRAINT referral_providers_slug_filled CHECK (slug <> ''),
    name TEXT NOT NULL CONSTRAINT referral_providers_name_filled CHECK (name <> ''),
    sample BOOLEAN NOT NULL,
    response TEXT NOT NULL CONSTRAINT referral_providers_response_known CHECK (response IN ('', 'sent', 'opened', 'info_requested', 'offered', 'declined', 'lapsed', 'withdrawn', 'selected', 'not_selected')),
    version INTEGER NOT NULL CONSTRAINT referral_providers_version_counted CHECK (version >= 1),
    snapshot TEXT NOT NULL,
    disclosed TEXT NOT NULL,
    sent_at DATETIME,
    opened_at DATETIME,
    quote INTEGER NOT NULL CONSTRAINT referral_providers_quote_counted CHECK (quote >= 0),
    quote_until DATE,
    opinion_read INTEGER NOT NULL CONSTRAINT referral_providers_opinion_read_counted CHECK (opinion_read >= 0),
    deleted_at DATETIME,
    on_hold BOOLEAN NOT NULL,
    hold_why TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    moved_at DATETIME NOT NULL,
    CONSTRAINT referral_providers_org_once UNIQUE (referral_id, org),
    CONSTRAINT referral_providers_ord_once UNIQUE (referral_id, ord),
    CONSTRAINT referral_providers_sent_whole CHECK (response IN ('', 'withdrawn') OR sent_at IS NOT NULL)
);
CREATE UNIQUE INDEX referral_providers_selected_once ON referral_providers (referral_id) WHERE response = 'selected';
CREATE INDEX referral_providers_org ON referral_providers (org, response);
CREATE INDEX referral_providers_provider ON referral_providers (provider_id);

-- A consent, with the exact words that were shown and exactly what it lists. It is never changed: it ends.
CREATE TABLE referral_consents (
    id TEXT NOT NULL CONSTRAINT referral_consents_pkey PRIMARY KEY CONSTRAINT referral_consents_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_consents_referral_fkey REFERENCES referrals,
    hospital_id TEXT CONSTRAINT referral_consents_hospital_fkey REFERENCES referral_providers,
    code TEXT NOT NULL CONSTRAINT referral_consents_code_known CHECK (code IN ('C1', 'C2', 'C3', 'C4', 'C5', 'C6')),
    items TEXT NOT NULL,
    set_hash TEXT NOT NULL,
    wording_version TEXT NOT NULL CONSTRAINT referral_consents_wording_version_filled CHECK (wording_version <> ''),
    wording TEXT NOT NULL CONSTRAINT referral_consents_wording_filled CHECK (wording <> ''),
    channel TEXT NOT NULL CONSTRAINT referral_consents_channel_known CHECK (channel IN ('link', 'here')),
    given_at DATETIME NOT NULL,
    withdrawn_at DATETIME,
    CONSTRAINT referral_consents_hospital_whole CHECK ((code IN ('C2', 'C3')) = (hospital_id IS NOT NULL)),
    CONSTRAINT referral_consents_instants_order CHECK (given_at <= withdrawn_at)
);
CREATE INDEX referral_consents_referral ON referral_consents (referral_id);

-- A document; its content is in the bucket under its id.
CREATE TABLE referral_files (
    id TEXT NOT NULL CONSTRAINT referral_files_pkey PRIMARY KEY CONSTRAINT referral_files_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_files_referral_fkey REFERENCES referrals,
    hospital_id TEXT CONSTRAINT referral_files_hospital_fkey REFERENCES referral_providers,
    name BLOB NOT NULL CONSTRAINT referral_files_name_sealed CHECK (name IS NULL OR typeof(name) = 'blob' AND hex(substr(name, 1, 1)) = '01'),
    kind TEXT NOT NULL CONSTRAINT referral_files_kind_filled CHECK (kind <> ''),
    media TEXT NOT NULL CONSTRAINT referral_files_media_filled CHECK (media <> ''),
    bytes INTEGER NOT NULL CONSTRAINT referral_files_bytes_positive CHECK (bytes > 0),
    hash TEXT NOT NULL CONSTRAINT referral_files_hash_whole CHECK (length(hash) = 64),
    scan TEXT NOT NULL CONSTRAINT referral_files_scan_known CHECK (scan IN ('pending', 'safe', 'blocked')),
    scanned_at DATETIME,
    by_role TEXT NOT NULL,
    by_person TEXT NOT NULL,
    by_org TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT referral_files_scan_whole CHECK ((scan = 'pending') = (scanned_at IS NULL)),
    CONSTRAINT referral_files_hash_once UNIQUE (referral_id, hash)
);
CREATE INDEX referral_files_scan ON referral_files (scan);

-- What happened, without a word of content. Written once and kept.
CREATE TABLE referral_events (
    id INTEGER NOT NULL CONSTRAINT referral_events_pkey PRIMARY KEY,
    referral_id TEXT NOT NULL CONSTRAINT referral_events_referral_fkey REFERENCES referrals,
    version INTEGER NOT NULL CONSTRAINT referral_events_version_counted CHECK (version >= 1),
    event TEXT NOT NULL CONSTRAINT referral_events_event_filled CHECK (event <> ''),
    hospital_id TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    ending TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_role TEXT NOT NULL,
    by_person TEXT NOT NULL,
    by_org TEXT NOT NULL,
    seen_version INTEGER NOT NULL,
    mark TEXT NOT NULL,
    facts TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT referral_events_version_once UNIQUE (referral_id, version)
);

-- What somebody wrote with an event: a message, a question, a reason. Sealed; each side's first reading is noted.
CREATE TABLE referral_entries (
    id TEXT NOT NULL CONSTRAINT referral_entries_pkey PRIMARY KEY CONSTRAINT referral_entries_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_entries_referral_fkey REFERENCES referrals,
    hospital_id TEXT CONSTRAINT referral_entries_hospital_fkey REFERENCES referral_providers,
    event TEXT NOT NULL CONSTRAINT referral_entries_event_filled CHECK (event <> ''),
    version INTEGER NOT NULL CONSTRAINT referral_entries_version_counted CHECK (version >= 1),
    body BLOB NOT NULL CONSTRAINT referral_entries_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    by_role TEXT NOT NULL,
    by_person TEXT NOT NULL,
    by_org TEXT NOT NULL,
    payment BOOLEAN NOT NULL,
    at DATETIME NOT NULL,
    read_patient_at DATETIME,
    read_referrer_at DATETIME,
    read_hospital_at DATETIME,
    read_desk_at DATETIME
);
CREATE INDEX referral_entries_referral ON referral_entries (referral_id, version);

-- One version of a hospital's opinion and quote, or advice. Written once; a newer one supersedes it.
CREATE TABLE referral_offers (
    id TEXT NOT NULL CONSTRAINT referral_offers_pkey PRIMARY KEY CONSTRAINT referral_offers_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_offers_referral_fkey REFERENCES referrals,
    hospital_id TEXT NOT NULL CONSTRAINT referral_offers_hospital_fkey REFERENCES referral_providers,
    number INTEGER NOT NULL CONSTRAINT referral_offers_number_counted CHECK (number >= 1),
    kind TEXT NOT NULL CONSTRAINT referral_offers_kind_known CHECK (kind IN ('offer', 'advice')),
    currency TEXT NOT NULL CONSTRAINT referral_offers_currency_known CHECK (currency IN ('', 'GBP', 'INR', 'USD')),
    total_minor INTEGER NOT NULL CONSTRAINT referral_offers_total_minor_counted CHECK (total_minor >= 0),
    valid_until DATE,
    body BLOB NOT NULL CONSTRAINT referral_offers_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    hash TEXT NOT NULL CONSTRAINT referral_offers_hash_whole CHECK (length(hash) = 64),
    by_person TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT referral_offers_number_once UNIQUE (hospital_id, number),
    CONSTRAINT referral_offers_offer_whole CHECK (kind <> 'offer' OR total_minor > 0 AND currency <> '' AND valid_until IS NOT NULL)
);
CREATE INDEX referral_offers_referral ON referral_offers (referral_id);

-- A running timer. next_at is when something is to be done; none while it stands still or when everything was done.
CREATE TABLE referral_clocks (
    referral_id TEXT NOT NULL CONSTRAINT referral_clocks_referral_fkey REFERENCES referrals,
    timer TEXT NOT NULL CONSTRAINT referral_clocks_timer_filled CHECK (timer <> ''),
    hospital_id TEXT NOT NULL,
    since DATETIME NOT NULL,
    base DATETIME NOT NULL,
    pauses TEXT NOT NULL,
    done TEXT NOT NULL,
    due_at DATETIME,
    next_at DATETIME,
    CONSTRAINT referral_clocks_pkey PRIMARY KEY (referral_id, timer, hospital_id)
);
CREATE INDEX referral_clocks_next ON referral_clocks (next_at);
CREATE INDEX referral_clocks_due ON referral_clocks (due_at);

-- That somebody has something to read. The mail about it says no more than that.
CREATE TABLE referral_notices (
    id TEXT NOT NULL CONSTRAINT referral_notices_pkey PRIMARY KEY CONSTRAINT referral_notices_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_notices_referral_fkey REFERENCES referrals,
    hospital_id TEXT NOT NULL,
    to_kind TEXT NOT NULL CONSTRAINT referral_notices_to_kind_known CHECK (to_kind IN ('patient', 'person', 'gp')),
    person TEXT NOT NULL,
    key TEXT NOT NULL CONSTRAINT referral_notices_key_filled CHECK (key <> ''),
    state TEXT NOT NULL CONSTRAINT referral_notices_state_known CHECK (state IN ('waiting', 'joined', 'sent', 'refused', 'dropped')),
    at DATETIME NOT NULL,
    done_at DATETIME,
    read_at DATETIME,
    CONSTRAINT referral_notices_done_whole CHECK ((state IN ('waiting', 'joined')) = (done_at IS NULL)),
    CONSTRAINT referral_notices_person_whole CHECK ((to_kind = 'person') = (person <> ''))
);
CREATE INDEX referral_notices_referral ON referral_notices (referral_id);
CREATE INDEX referral_notices_person ON referral_notices (person, read_at);
CREATE INDEX referral_notices_state ON referral_notices (state, at);

-- A visa invitation letter. Its number proves nothing but whether it is in force.
CREATE TABLE referral_letters (
    id TEXT NOT NULL CONSTRAINT referral_letters_pkey PRIMARY KEY CONSTRAINT referral_letters_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_letters_referral_fkey REFERENCES referrals,
    hospital_id TEXT NOT NULL CONSTRAINT referral_letters_hospital_fkey REFERENCES referral_providers,
    number TEXT NOT NULL CONSTRAINT referral_letters_number_once UNIQUE CONSTRAINT referral_letters_number_filled CHECK (number <> ''),
    body BLOB CONSTRAINT referral_letters_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    until_on DATE,
    issued_by TEXT NOT NULL,
    issued_at DATETIME NOT NULL,
    revoked_at DATETIME
);
CREATE INDEX referral_letters_referral ON referral_letters (referral_id);

-- A discharge package as its clinician signed it. Written once.
CREATE TABLE discharge_packages (
    id TEXT NOT NULL CONSTRAINT discharge_packages_pkey PRIMARY KEY CONSTRAINT discharge_packages_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT discharge_packages_referral_fkey REFERENCES referrals,
    hospital_id TEXT NOT NULL CONSTRAINT discharge_packages_hospital_fkey REFERENCES referral_providers,
    number INTEGER NOT NULL CONSTRAINT discharge_packages_number_counted CHECK (number >= 1),
    body BLOB NOT NULL CONSTRAINT discharge_packages_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    hash TEXT NOT NULL CONSTRAINT discharge_packages_hash_whole CHECK (length(hash) = 64),
    overnight BOOLEAN NOT NULL,
    discharged_on DATE,
    signed_by TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT discharge_packages_number_once UNIQUE (referral_id, number)
);

-- The overseas-care alert of a stay with a night: UK hospitals screen until its last day. Kept without the stay itself, for counts.
CREATE TABLE amr_alerts (
    id TEXT NOT NULL CONSTRAINT amr_alerts_pkey PRIMARY KEY CONSTRAINT amr_alerts_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT amr_alerts_referral_fkey REFERENCES referrals,
    from_on DATE,
    until_on DATE,
    at DATETIME NOT NULL,
    CONSTRAINT amr_alerts_referral_once UNIQUE (referral_id),
    CONSTRAINT amr_alerts_days_order CHECK (from_on IS NOT NULL AND until_on IS NOT NULL AND from_on < until_on)
);

-- The discharge package on its way to a GP or an aftercare provider by a secure link.
CREATE TABLE handbacks (
    id TEXT NOT NULL CONSTRAINT handbacks_pkey PRIMARY KEY CONSTRAINT handbacks_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT handbacks_referral_fkey REFERENCES referrals,
    to_kind TEXT NOT NULL CONSTRAINT handbacks_to_kind_known CHECK (to_kind IN ('gp', 'aftercare')),
    address BLOB CONSTRAINT handbacks_address_sealed CHECK (address IS NULL OR typeof(address) = 'blob' AND hex(substr(address, 1, 1)) = '01'),
    token_hash BLOB CONSTRAINT handbacks_token_hash_once UNIQUE CONSTRAINT handbacks_token_hash_whole CHECK (length(token_hash) = 32),
    expires_at DATETIME,
    sent_at DATETIME,
    opened_at DATETIME,
    acknowledged_at DATETIME,
    acknowledged_by BLOB CONSTRAINT handbacks_acknowledged_by_sealed CHECK (acknowledged_by IS NULL OR typeof(acknowledged_by) = 'blob' AND hex(substr(acknowledged_by, 1, 1)) = '01'),
    letter_at DATETIME,
    chased INTEGER NOT NULL CONSTRAINT handbacks_chased_counted CHECK (chased >= 0),
    created_at DATETIME NOT NULL,
    CONSTRAINT handbacks_kind_once UNIQUE (referral_id, to_kind),
    CONSTRAINT handbacks_link_whole CHECK ((token_hash IS NULL) = (expires_at IS NULL))
);

-- One item of the aftercare schedule.
CREATE TABLE aftercare_items (
    id TEXT NOT NULL CONSTRAINT aftercare_items_pkey PRIMARY KEY CONSTRAINT aftercare_items_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT aftercare_items_referral_fkey REFERENCES referrals,
    ord INTEGER NOT NULL CONSTRAINT aftercare_items_ord_counted CHECK (ord >= 1),
    code TEXT NOT NULL CONSTRAINT aftercare_items_code_filled CHECK (code <> ''),
    due_on DATE,
    body BLOB NOT NULL CONSTRAINT aftercare_items_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    unreached INTEGER NOT NULL CONSTRAINT aftercare_items_unreached_counted CHECK (unreached >= 0),
    done_at DATETIME,
    done_by_role TEXT NOT NULL,
    CONSTRAINT aftercare_items_code_once UNIQUE (referral_id, code)
);

-- A report that something is wrong after the treatment.
CREATE TABLE complications (
    id TEXT NOT NULL CONSTRAINT complications_pkey PRIMARY KEY CONSTRAINT complications_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT complications_referral_fkey REFERENCES referrals,
    hospital_id TEXT CONSTRAINT complications_hospital_fkey REFERENCES referral_providers,
    severity TEXT NOT NULL CONSTRAINT complications_severity_known CHECK (severity IN ('life_threatening', 'urgent', 'worrying', 'recovered')),
    body BLOB NOT NULL CONSTRAINT complications_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    by_role TEXT NOT NULL,
    by_person TEXT NOT NULL,
    at DATETIME NOT NULL,
    replied_at DATETIME,
    reviewed_at DATETIME
);
CREATE INDEX complications_referral ON complications (referral_id);
CREATE INDEX complications_open ON complications (reviewed_at);

-- A one-time link of a patient; the link itself is nowhere but in the mail.
CREATE TABLE patient_links (
    id TEXT NOT NULL CONSTRAINT patient_links_pkey PRIMARY KEY CONSTRAINT patient_links_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT patient_links_referral_fkey REFERENCES referrals,
    token_hash BLOB NOT NULL CONSTRAINT patient_links_token_hash_once UNIQUE CONSTRAINT patient_links_token_hash_whole CHECK (length(token_hash) = 32),
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    used_at DATETIME,
    CONSTRAINT patient_links_instants_order CHECK (created_at < expires_at)
);
CREATE INDEX patient_links_referral ON patient_links (referral_id);

-- The newest code that was mailed to a patient.
CREATE TABLE patient_codes (
    referral_id TEXT NOT NULL CONSTRAINT patient_codes_pkey PRIMARY KEY CONSTRAINT patient_codes_referral_fkey REFERENCES referrals,
    code_hash BLOB NOT NULL CONSTRAINT patient_codes_code_hash_whole CHECK (length(code_hash) = 32),
    tries INTEGER NOT NULL CONSTRAINT patient_codes_tries_counted CHECK (tries >= 0),
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    CONSTRAINT patient_codes_instants_order CHECK (created_at < expires_at)
);

-- A patient's browser.
CREATE TABLE patient_sessions (
    id TEXT NOT NULL CONSTRAINT patient_sessions_pkey PRIMARY KEY CONSTRAINT patient_sessions_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT patient_sessions_referral_fkey REFERENCES referrals,
    token_hash BLOB NOT NULL CONSTRAINT patient_sessions_token_hash_once UNIQUE CONSTRAINT patient_sessions_token_hash_whole CHECK (length(token_hash) = 32),
    created_at DATETIME NOT NULL,
    seen_at DATETIME NOT NULL,
    stepped_up_at DATETIME,
    expires_at DATETIME NOT NULL,
    ended_at DATETIME,
    CONSTRAINT patient_sessions_instants_order CHECK (created_at < expires_at AND created_at <= seen_at)
);
CREATE INDEX patient_sessions_referral ON patient_sessions (referral_id);

-- What was agreed with a hospital's legal entity, without which nothing is sent to it.
CREATE TABLE hospital_terms (
    org_id TEXT NOT NULL CONSTRAINT hospital_terms_pkey PRIMARY KEY CONSTRAINT hospital_terms_org_fkey REFERENCES organisations,
    mechanism TEXT NOT NULL CONSTRAINT hospital_terms_mechanism_known CHECK (mechanism IN ('', 'idta_signed', 'addendum_signed')),
    signed_on DATE,
    risk_reviewed_on DATE,
    emergency_contact TEXT NOT NULL,
    complaint_officer TEXT NOT NULL,
    holidays TEXT NOT NULL,
    severe_case BOOLEAN NOT NULL,
    version INTEGER NOT NULL CONSTRAINT hospital_terms_version_counted CHECK (version >= 1),
    updated_by TEXT NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT hospital_terms_signed_whole CHECK ((mechanism = '') = (signed_on IS NULL))
);

-- A professional's registration, as somebody looked it up on the register.
CREATE TABLE professional_checks (
    person_id TEXT NOT NULL CONSTRAINT professional_checks_pkey PRIMARY KEY CONSTRAINT professional_checks_person_fkey REFERENCES people,
    level INTEGER NOT NULL CONSTRAINT professional_checks_level_known CHECK (level BETWEEN 0 AND 3),
    register TEXT NOT NULL,
    number BLOB CONSTRAINT professional_checks_number_sealed CHECK (number IS NULL OR typeof(number) = 'blob' AND hex(substr(number, 1, 1)) = '01'),
    mailbox_on DATE,
    checked_on DATE,
    checked_by TEXT NOT NULL,
    evidence TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT professional_checks_state_known CHECK (state IN ('asked', 'checked', 'refused')),
    version INTEGER NOT NULL CONSTRAINT professional_checks_version_counted CHECK (version >= 1),
    updated_at DATETIME NOT NULL,
    CONSTRAINT professional_checks_checked_whole CHECK (state <> 'checked' OR checked_on IS NOT NULL AND checked_by <> '')
);

-- +goose StatementBegin
CREATE TRIGGER referral_events_written_once BEFORE UPDATE ON referral_events
BEGIN
    SELECT RAISE(ABORT, 'referral_events rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER referral_events_kept BEFORE DELETE ON referral_events
BEGIN
    SELECT RAISE(ABORT, 'referral_events rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER referral_offers_written_once BEFORE UPDATE OF id, referral_id, hospital_id, number, kind, currency, total_minor, valid_until, hash, by_person, at ON referral_offers
BEGIN
    SELECT RAISE(ABORT, 'referral_offers rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER referral_offers_body_written_once BEFORE UPDATE OF body ON referral_offers WHEN NOT EXISTS (SELECT 1 FROM resealing)
BEGIN
    SELECT RAISE(ABORT, 'referral_offers rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discharge_packages_written_once BEFORE UPDATE OF id, referral_id, hospital_id, number, hash, overnight, discharged_on, signed_by, at ON discharge_packages
BEGIN
    SELECT RAISE(ABORT, 'discharge_packages rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discharge_packages_body_written_once BEFORE UPDATE OF body ON discharge_packages WHEN NOT EXISTS (SELECT 1 FROM resealing)
BEGIN
    SELECT RAISE(ABORT, 'discharge_packages rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER referral_consents_written_once BEFORE UPDATE OF id, referral_id, hospital_id, code, items, set_hash, wording_version, wording, channel, given_at ON referral_consents
BEGIN
    SELECT RAISE(ABORT, 'referral_consents rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER referral_consents_ends_once BEFORE UPDATE OF withdrawn_at ON referral_consents WHEN OLD.withdrawn_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'referral_consents rows are written once');
END;
-- +goose StatementEnd
