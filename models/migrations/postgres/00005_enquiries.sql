-- Patients' enquiries, hospitals' quotes, and the mail about them. Personal words are held sealed only: the first byte of a sealed value is 1.
-- +goose Up
CREATE TABLE enquiries (
    id text NOT NULL CONSTRAINT enquiries_pkey PRIMARY KEY CONSTRAINT enquiries_id_filled CHECK (id <> ''),
    reference text CONSTRAINT enquiries_reference_once UNIQUE,
    state text NOT NULL CONSTRAINT enquiries_state_known CHECK (state IN ('draft', 'open', 'accepted', 'closed')),
    answers bytea CONSTRAINT enquiries_answers_sealed CHECK (substring(answers FROM 1 FOR 1) = '\x01'::bytea),
    contact bytea CONSTRAINT enquiries_contact_sealed CHECK (substring(contact FROM 1 FOR 1) = '\x01'::bytea),
    version bigint NOT NULL CONSTRAINT enquiries_version_positive CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    submitted_at timestamptz,
    closed_at timestamptz,
    erased_at timestamptz,
    CONSTRAINT enquiries_submitted_whole CHECK ((state = 'draft') = (reference IS NULL) AND (state = 'draft') = (submitted_at IS NULL)),
    CONSTRAINT enquiries_closed_whole CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT enquiries_erased_whole CHECK (erased_at IS NULL OR state = 'closed' AND answers IS NULL AND contact IS NULL)
);
CREATE INDEX enquiries_stale ON enquiries (state, updated_at);

-- A recipient keeps the hospital's name as the patient chose it: the request outlives the listing.
CREATE TABLE enquiry_recipients (
    id text NOT NULL CONSTRAINT enquiry_recipients_pkey PRIMARY KEY CONSTRAINT enquiry_recipients_id_filled CHECK (id <> ''),
    enquiry_id text NOT NULL CONSTRAINT enquiry_recipients_enquiry_fkey REFERENCES enquiries,
    ord bigint NOT NULL CONSTRAINT enquiry_recipients_ord_known CHECK (ord BETWEEN 1 AND 3),
    hospital_slug text NOT NULL CONSTRAINT enquiry_recipients_hospital_slug_filled CHECK (hospital_slug <> ''),
    hospital_name text NOT NULL CONSTRAINT enquiry_recipients_hospital_name_filled CHECK (hospital_name <> ''),
    sample boolean NOT NULL,
    state text NOT NULL CONSTRAINT enquiry_recipients_state_known CHECK (state IN
        ('held', 'sent', 'opened', 'info_requested', 'quoted', 'declined', 'lapsed', 'withdrawn', 'accepted', 'not_chosen')),
    reason text NOT NULL,
    version bigint NOT NULL CONSTRAINT enquiry_recipients_version_positive CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    moved_at timestamptz NOT NULL,
    opened_at timestamptz,
    CONSTRAINT enquiry_recipients_hospital_once UNIQUE (enquiry_id, hospital_slug),
    CONSTRAINT enquiry_recipients_ord_once UNIQUE (enquiry_id, ord)
);
CREATE INDEX enquiry_recipients_idle ON enquiry_recipients (state, moved_at);
CREATE UNIQUE INDEX enquiry_recipients_accepted_once ON enquiry_recipients (enquiry_id) WHERE state = 'accepted';

CREATE TABLE enquiry_consents (
    id text NOT NULL CONSTRAINT enquiry_consents_pkey PRIMARY KEY CONSTRAINT enquiry_consents_id_filled CHECK (id <> ''),
    enquiry_id text NOT NULL CONSTRAINT enquiry_consents_enquiry_fkey REFERENCES enquiries,
    recipient_id text CONSTRAINT enquiry_consents_recipient_fkey REFERENCES enquiry_recipients ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT enquiry_consents_kind_known CHECK (kind IN ('send', 'direct_contact', 'keep_copy', 'feedback')),
    given boolean NOT NULL,
    wording_version text NOT NULL CONSTRAINT enquiry_consents_wording_version_filled CHECK (wording_version <> ''),
    wording text NOT NULL CONSTRAINT enquiry_consents_wording_filled CHECK (wording <> ''),
    at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    CONSTRAINT enquiry_consents_send_names_hospital CHECK ((kind = 'send') = (recipient_id IS NOT NULL)),
    CONSTRAINT enquiry_consents_instants_order CHECK (at <= withdrawn_at)
);
CREATE INDEX enquiry_consents_enquiry ON enquiry_consents (enquiry_id);

CREATE TABLE enquiry_files (
    id text NOT NULL CONSTRAINT enquiry_files_pkey PRIMARY KEY CONSTRAINT enquiry_files_id_filled CHECK (id <> ''),
    enquiry_id text NOT NULL CONSTRAINT enquiry_files_enquiry_fkey REFERENCES enquiries,
    name bytea NOT NULL CONSTRAINT enquiry_files_name_sealed CHECK (substring(name FROM 1 FOR 1) = '\x01'::bytea),
    kind text NOT NULL CONSTRAINT enquiry_files_kind_filled CHECK (kind <> ''),
    bytes bigint NOT NULL CONSTRAINT enquiry_files_bytes_positive CHECK (bytes > 0),
    scan text NOT NULL CONSTRAINT enquiry_files_scan_known CHECK (scan IN ('pending', 'safe', 'blocked')),
    scanned_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT enquiry_files_scan_whole CHECK ((scan = 'pending') = (scanned_at IS NULL))
);
CREATE INDEX enquiry_files_enquiry ON enquiry_files (enquiry_id);
CREATE INDEX enquiry_files_scan ON enquiry_files (scan);

-- What the bucket still holds although its row is gone; removed from here once the bucket has forgotten it.
CREATE TABLE file_removals (
    id text NOT NULL CONSTRAINT file_removals_pkey PRIMARY KEY CONSTRAINT file_removals_id_filled CHECK (id <> ''),
    at timestamptz NOT NULL
);

CREATE TABLE enquiry_messages (
    id text NOT NULL CONSTRAINT enquiry_messages_pkey PRIMARY KEY CONSTRAINT enquiry_messages_id_filled CHECK (id <> ''),
    recipient_id text NOT NULL CONSTRAINT enquiry_messages_recipient_fkey REFERENCES enquiry_recipients ON DELETE CASCADE,
    by_whom text NOT NULL CONSTRAINT enquiry_messages_by_known CHECK (by_whom IN ('patient', 'hospital')),
    body bytea NOT NULL CONSTRAINT enquiry_messages_body_sealed CHECK (substring(body FROM 1 FOR 1) = '\x01'::bytea),
    at timestamptz NOT NULL
);
CREATE INDEX enquiry_messages_recipient ON enquiry_messages (recipient_id);

-- A quote is written once. Another one of the same hospital has the next number and supersedes it.
CREATE TABLE quotes (
    id text NOT NULL CONSTRAINT quotes_pkey PRIMARY KEY CONSTRAINT quotes_id_filled CHECK (id <> ''),
    recipient_id text NOT NULL CONSTRAINT quotes_recipient_fkey REFERENCES enquiry_recipients ON DELETE CASCADE,
    number bigint NOT NULL CONSTRAINT quotes_number_positive CHECK (number >= 1),
    currency text NOT NULL CONSTRAINT quotes_currency_known CHECK (currency IN ('GBP', 'INR', 'USD')),
    total_minor bigint NOT NULL CONSTRAINT quotes_total_positive CHECK (total_minor > 0),
    issued_on date,
    valid_until date,
    body bytea NOT NULL CONSTRAINT quotes_body_sealed CHECK (substring(body FROM 1 FOR 1) = '\x01'::bytea),
    at timestamptz NOT NULL,
    CONSTRAINT quotes_number_once UNIQUE (recipient_id, number),
    CONSTRAINT quotes_valid_thirty_days CHECK (issued_on IS NOT NULL AND valid_until IS NOT NULL AND valid_until >= issued_on + 30)
);

CREATE TABLE enquiry_events (
    id bigint GENERATED BY DEFAULT AS IDENTITY CONSTRAINT enquiry_events_pkey PRIMARY KEY,
    enquiry_id text NOT NULL CONSTRAINT enquiry_events_enquiry_fkey REFERENCES enquiries,
    recipient_ord bigint NOT NULL,
    event text NOT NULL CONSTRAINT enquiry_events_event_filled CHECK (event <> ''),
    by_whom text NOT NULL CONSTRAINT enquiry_events_by_known CHECK (by_whom IN ('patient', 'hospital', 'system')),
    from_state text NOT NULL,
    to_state text NOT NULL,
    quote_number bigint,
    at timestamptz NOT NULL
);
CREATE INDEX enquiry_events_enquiry ON enquiry_events (enquiry_id);

-- Failed or costly tries to get in, counted in spans of time. The name is a hash.
CREATE TABLE attempts (
    name text NOT NULL,
    span_at timestamptz NOT NULL,
    tries bigint NOT NULL CONSTRAINT attempts_tries_positive CHECK (tries >= 1),
    CONSTRAINT attempts_pkey PRIMARY KEY (name, span_at)
);

-- Mail that waits to be sent. Address and contents are dropped once it is.
CREATE TABLE mails (
    id text NOT NULL CONSTRAINT mails_pkey PRIMARY KEY CONSTRAINT mails_id_filled CHECK (id <> ''),
    template text NOT NULL CONSTRAINT mails_template_filled CHECK (template <> ''),
    letter bytea CONSTRAINT mails_letter_sealed CHECK (substring(letter FROM 1 FOR 1) = '\x01'::bytea),
    created_at timestamptz NOT NULL,
    done_at timestamptz,
    outcome text NOT NULL CONSTRAINT mails_outcome_known CHECK (outcome IN ('waiting', 'sent', 'refused')),
    CONSTRAINT mails_done_whole CHECK ((outcome = 'waiting') = (done_at IS NULL) AND (outcome = 'waiting') = (letter IS NOT NULL))
);

-- +goose StatementBegin
CREATE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER quotes_written_once BEFORE UPDATE ON quotes FOR EACH ROW EXECUTE FUNCTION written_once();
CREATE TRIGGER enquiry_events_written_once BEFORE UPDATE OR DELETE ON enquiry_events FOR EACH ROW EXECUTE FUNCTION written_once();
CREATE TRIGGER enquiry_events_kept BEFORE TRUNCATE ON enquiry_events FOR EACH STATEMENT EXECUTE FUNCTION written_once();
