-- 移行から作った形の写し。手で直さず、npm run dump で作り直す。

create extension btree_gist;
create extension pg_trgm;

create schema access;
create schema audit;
create schema certificates;
create schema copay;
create schema counter;
create schema eligibility;
create schema exchange;
create schema notices;
create schema premium;
create schema reference;
create schema store;
create schema vault;
create schema work;

create sequence eligibility.resident_number as bigint increment 1 minvalue 1 maxvalue 9999999999 start 1;


create table access.account (
  account_id uuid not null,
  login_name text not null,
  display_name text not null,
  roles text[] not null,
  scope_union text,
  scope_municipality text,
  password_hash text not null,
  password_set_at timestamp with time zone not null,
  demo boolean not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  constraint account_pkey PRIMARY KEY (account_id),
  constraint account_login_name_key UNIQUE (login_name),
  constraint account_check CHECK ((('operator'::text = ANY (roles)) = (scope_union IS NULL))),
  constraint account_check1 CHECK (((scope_union IS NULL) = (scope_municipality IS NULL))),
  constraint account_check2 CHECK ((('counterClerk'::text = ANY (roles)) = ((scope_municipality IS NOT NULL) AND (scope_municipality <> '*'::text)))),
  constraint account_check3 CHECK (((scope_municipality = '*'::text) OR ("left"(scope_municipality, 2) = scope_union))),
  constraint account_display_name_check CHECK ((display_name <> ''::text)),
  constraint account_login_name_check CHECK ((login_name ~ '^[a-z0-9][a-z0-9._-]{2,39}$'::text)),
  constraint account_roles_check CHECK ((cardinality(roles) > 0)),
  constraint account_roles_check1 CHECK ((roles <@ ARRAY['eligibilityClerk'::text, 'premiumClerk'::text, 'benefitsClerk'::text, 'administrator'::text, 'counterClerk'::text, 'operator'::text])),
  constraint account_roles_check2 CHECK (((NOT ('operator'::text = ANY (roles))) OR (cardinality(roles) = 1))),
  constraint account_roles_check3 CHECK (((NOT ('counterClerk'::text = ANY (roles))) OR (cardinality(roles) = 1))),
  constraint account_scope_municipality_check CHECK ((scope_municipality ~ '^([0-9]{6}|\*)$'::text)),
  constraint account_scope_union_check CHECK ((scope_union ~ '^[0-9]{2}$'::text))
);

create table access.enrolment_code (
  code_digest bytea not null,
  role text not null,
  scope_union text,
  issued_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint enrolment_code_pkey PRIMARY KEY (code_digest),
  constraint enrolment_code_check CHECK (((role = 'operator'::text) = (scope_union IS NULL))),
  constraint enrolment_code_code_digest_check CHECK ((octet_length(code_digest) = 32)),
  constraint enrolment_code_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'operator'::text]))),
  constraint enrolment_code_scope_union_check CHECK ((scope_union ~ '^[0-9]{2}$'::text))
);

create table access.event (
  event_id uuid not null,
  recorded_at timestamp with time zone not null,
  kind text not null,
  account_id uuid,
  by_account_id uuid,
  scope_union text,
  scope_municipality text,
  terminal text,
  address text,
  constraint event_pkey PRIMARY KEY (event_id),
  constraint event_kind_check CHECK ((kind = ANY (ARRAY['signedIn'::text, 'refused'::text, 'lockedOut'::text, 'signedOut'::text, 'idled'::text, 'expired'::text, 'enrolled'::text, 'created'::text, 'disabled'::text, 'unlocked'::text, 'passwordChanged'::text])))
);

create table access.failed_attempt (
  login_digest bytea not null,
  failures integer not null,
  last_failed_at timestamp with time zone not null,
  locked_until timestamp with time zone,
  constraint failed_attempt_pkey PRIMARY KEY (login_digest),
  constraint failed_attempt_failures_check CHECK ((failures >= 0)),
  constraint failed_attempt_login_digest_check CHECK ((octet_length(login_digest) = 32))
);

create table access.installation (
  id smallint not null,
  kind text not null,
  declared_at timestamp with time zone not null,
  constraint installation_pkey PRIMARY KEY (id),
  constraint installation_id_check CHECK ((id = 1)),
  constraint installation_kind_check CHECK ((kind = ANY (ARRAY['invented'::text, 'office'::text])))
);

create table access.session (
  token_digest bytea not null,
  account_id uuid not null,
  terminal text,
  address text,
  started_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (token_digest),
  constraint session_check CHECK ((started_at <= last_seen_at)),
  constraint session_check1 CHECK ((started_at < expires_at)),
  constraint session_token_digest_check CHECK ((octet_length(token_digest) = 32))
);

create table audit.bulk_keys (
  entry_id uuid not null,
  key_kind text not null,
  union_code smallint not null,
  municipality_code text not null,
  key_first bigint not null,
  key_last bigint not null,
  keys bigint[] not null,
  constraint bulk_keys_pkey PRIMARY KEY (entry_id, key_kind),
  constraint bulk_keys_check CHECK ((key_first <= key_last)),
  constraint bulk_keys_key_kind_check CHECK ((key_kind = ANY (ARRAY['subject'::text, 'resident'::text]))),
  constraint bulk_keys_keys_check CHECK ((cardinality(keys) > 0))
);

create table audit.entry (
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  recorded_at timestamp with time zone not null,
  channel text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  party text not null,
  terminal text,
  address text,
  act text not null,
  effect text not null,
  purpose text not null,
  person_count integer not null,
  key_digest bytea not null,
  constraint entry_pkey PRIMARY KEY (entry_id),
  constraint entry_act_check CHECK ((act ~ '^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$'::text)),
  constraint entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['account'::text, 'job'::text]))),
  constraint entry_channel_check CHECK ((channel = ANY (ARRAY['screen'::text, 'api'::text, 'job'::text]))),
  constraint entry_check CHECK (((actor_id <> ''::text) AND (actor_name <> ''::text) AND (party <> ''::text) AND (purpose <> ''::text))),
  constraint entry_effect_check CHECK ((effect = ANY (ARRAY['read'::text, 'write'::text]))),
  constraint entry_key_digest_check CHECK ((octet_length(key_digest) = 32)),
  constraint entry_municipality_code_check CHECK ((municipality_code ~ '^([0-9]{6}|\*)$'::text)),
  constraint entry_person_count_check CHECK ((person_count >= 0))
);

create table audit.resident_entry (
  resident_key bigint not null,
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  constraint resident_entry_pkey PRIMARY KEY (resident_key, entry_id),
  constraint resident_entry_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table audit.subject_entry (
  subject_key bigint not null,
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  constraint subject_entry_pkey PRIMARY KEY (subject_key, entry_id),
  constraint subject_entry_check CHECK (((subject_key / 100000000) = union_code))
);

create table certificates.address_confirmation (
  union_code smallint not null,
  municipality_code text not null,
  place_key text not null,
  sequence integer not null,
  confirmed boolean not null,
  note text not null,
  account uuid not null,
  account_name text not null,
  told_at timestamp with time zone not null,
  constraint address_confirmation_pkey PRIMARY KEY (municipality_code, place_key, sequence),
  constraint address_confirmation_note_check CHECK ((note <> ''::text)),
  constraint address_confirmation_place_key_check CHECK ((char_length(place_key) = 32)),
  constraint address_confirmation_sequence_check CHECK ((sequence > 0))
);

create table certificates.certificate_delivery (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  digest bytea not null,
  transmission_id uuid not null,
  delivered_at timestamp with time zone not null,
  constraint certificate_delivery_pkey PRIMARY KEY (subject_key, municipality_code, issue_number),
  constraint certificate_delivery_check CHECK (((subject_key / 100000000) = union_code))
);

create table certificates.destination_confirmation (
  subject_key bigint not null,
  municipality_code text not null,
  sequence integer not null,
  union_code smallint not null,
  digest bytea not null,
  note text not null,
  account uuid not null,
  account_name text not null,
  confirmed_at timestamp with time zone not null,
  constraint destination_confirmation_pkey PRIMARY KEY (subject_key, municipality_code, sequence),
  constraint destination_confirmation_check CHECK (((subject_key / 100000000) = union_code)),
  constraint destination_confirmation_digest_check CHECK ((octet_length(digest) = 32)),
  constraint destination_confirmation_note_check CHECK ((note <> ''::text)),
  constraint destination_confirmation_sequence_check CHECK ((sequence > 0))
);

create table certificates.insurance_card_list (
  union_code smallint not null,
  transmission_id uuid not null,
  kind text not null,
  as_of timestamp with time zone not null,
  row_count integer not null,
  changed_count integer not null,
  unchanged_count integer not null,
  unknown_count integer not null,
  missing_count integer not null,
  recorded_at timestamp with time zone not null,
  constraint insurance_card_list_pkey PRIMARY KEY (union_code, transmission_id),
  constraint insurance_card_list_changed_count_check CHECK ((changed_count >= 0)),
  constraint insurance_card_list_kind_check CHECK ((kind = ANY (ARRAY['full'::text, 'difference'::text]))),
  constraint insurance_card_list_missing_count_check CHECK ((missing_count >= 0)),
  constraint insurance_card_list_row_count_check CHECK ((row_count >= 0)),
  constraint insurance_card_list_unchanged_count_check CHECK ((unchanged_count >= 0)),
  constraint insurance_card_list_unknown_count_check CHECK ((unknown_count >= 0))
);

create table certificates.insurance_card_use (
  subject_key bigint not null,
  municipality_code text not null,
  sequence integer not null,
  union_code smallint not null,
  state text not null,
  effective_on date not null,
  source text not null,
  known_at timestamp with time zone not null,
  account uuid,
  account_name text not null,
  told_by text default 'hand'::text not null,
  transmission_id uuid,
  listed_as_of timestamp with time zone,
  registered_on date,
  deregistered_on date,
  electronic_certificate_until date,
  electronic_certificate_revoked_on date,
  constraint insurance_card_use_pkey PRIMARY KEY (subject_key, municipality_code, sequence),
  constraint insurance_card_use_check CHECK (((subject_key / 100000000) = union_code)),
  constraint insurance_card_use_follows_by_hand CHECK (((told_by = 'hand'::text) OR (state <> 'followsList'::text))),
  constraint insurance_card_use_sequence_check CHECK ((sequence > 0)),
  constraint insurance_card_use_source_check CHECK ((source <> ''::text)),
  constraint insurance_card_use_state_check CHECK ((state = ANY (ARRAY['registered'::text, 'notRegistered'::text, 'deregistered'::text, 'expired'::text, 'followsList'::text]))),
  constraint insurance_card_use_told_by_check CHECK ((told_by = ANY (ARRAY['hand'::text, 'list'::text]))),
  constraint insurance_card_use_told_by_list CHECK (((told_by = 'list'::text) = ((transmission_id IS NOT NULL) AND (listed_as_of IS NOT NULL))))
);

create table certificates.issue (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  resident_key bigint not null,
  document text not null,
  reason text not null,
  manner text not null,
  delivery text not null,
  effective_from date not null,
  valid_until date not null,
  issued_on date not null,
  issued_at timestamp with time zone not null,
  contents jsonb not null,
  destination jsonb,
  destination_kind text,
  grounds jsonb not null,
  edition text not null,
  request_id uuid,
  request_digest bytea,
  account uuid,
  account_name text not null,
  job_id bigint,
  run_id uuid,
  note text,
  constraint issue_pkey PRIMARY KEY (subject_key, municipality_code, issue_number),
  constraint issue_subject_key_request_id_key UNIQUE (subject_key, request_id),
  constraint issue_check CHECK (((subject_key / 100000000) = union_code)),
  constraint issue_check1 CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint issue_check2 CHECK ((effective_from <= valid_until)),
  constraint issue_check3 CHECK (((manner = 'bulk'::text) = (job_id IS NOT NULL))),
  constraint issue_check4 CHECK (((delivery = 'mail'::text) = (destination IS NOT NULL))),
  constraint issue_delivery_check CHECK ((delivery = ANY (ARRAY['handOver'::text, 'mail'::text]))),
  constraint issue_destination_kind_check CHECK ((destination_kind = ANY (ARRAY['address'::text, 'registered'::text]))),
  constraint issue_document_check CHECK ((document = ANY (ARRAY['insuranceCard'::text, 'formerSpecialCertificate'::text, 'eligibilityCertificate'::text, 'eligibilityInformationNotice'::text, 'specialEligibilityCertificate'::text]))),
  constraint issue_issue_number_check CHECK ((issue_number > 0)),
  constraint issue_manner_check CHECK ((manner = ANY (ARRAY['counter'::text, 'bulk'::text])))
);

create table certificates.issue_event (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  sequence integer not null,
  union_code smallint not null,
  act text not null,
  happened_at timestamp with time zone not null,
  happened_on date not null,
  account uuid,
  account_name text not null,
  note text,
  constraint issue_event_pkey PRIMARY KEY (subject_key, municipality_code, issue_number, sequence),
  constraint issue_event_act_check CHECK ((act = ANY (ARRAY['confirmed'::text, 'spoiled'::text, 'notPrinted'::text, 'handedOver'::text, 'mailed'::text, 'returned'::text, 'lost'::text, 'recollected'::text, 'cancelled'::text, 'voided'::text]))),
  constraint issue_event_check CHECK (((subject_key / 100000000) = union_code)),
  constraint issue_event_sequence_check CHECK ((sequence > 0))
);

create table certificates.issue_standing (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  version integer not null,
  state text not null,
  copy integer not null,
  valid_until date not null,
  void_on date,
  void_reason text,
  changed_at timestamp with time zone not null,
  constraint issue_standing_pkey PRIMARY KEY (subject_key, municipality_code, issue_number),
  constraint issue_standing_check CHECK (((subject_key / 100000000) = union_code)),
  constraint issue_standing_check1 CHECK (((void_on IS NULL) = (void_reason IS NULL))),
  constraint issue_standing_copy_check CHECK ((copy > 0)),
  constraint issue_standing_state_check CHECK ((state = ANY (ARRAY['instructed'::text, 'printed'::text, 'handedOver'::text, 'returned'::text, 'recollected'::text, 'lost'::text, 'cancelled'::text]))),
  constraint issue_standing_version_check CHECK ((version > 0)),
  constraint issue_standing_void_reason_check CHECK ((void_reason = ANY (ARRAY['replaced'::text, 'lossOfEligibility'::text, 'moved'::text, 'lost'::text, 'recollected'::text, 'cancelled'::text])))
);

create table certificates.print_run (
  run_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  title text not null,
  made_on date not null,
  made_at timestamp with time zone not null,
  job_id bigint not null,
  version integer not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  closed_by_name text,
  constraint print_run_pkey PRIMARY KEY (run_id),
  constraint print_run_check CHECK ((num_nulls(closed_at, closed_by, closed_by_name) = ANY (ARRAY[0, 3]))),
  constraint print_run_version_check CHECK ((version > 0))
);

create table certificates.provision_delivery (
  resident_key bigint not null,
  municipality_code text not null,
  began_on date not null,
  union_code smallint not null,
  provision_kind text not null,
  insurer_union text not null,
  cancelled boolean not null,
  digest bytea not null,
  transmission_id uuid not null,
  delivered_at timestamp with time zone not null,
  constraint provision_delivery_pkey PRIMARY KEY (resident_key, municipality_code, began_on),
  constraint provision_delivery_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table certificates.sheet (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  copy integer not null,
  union_code smallint not null,
  code text not null,
  run_id uuid,
  place integer,
  instructed_at timestamp with time zone not null,
  state text not null,
  settled_at timestamp with time zone,
  settled_by_name text,
  constraint sheet_pkey PRIMARY KEY (subject_key, municipality_code, issue_number, copy),
  constraint sheet_check CHECK (((subject_key / 100000000) = union_code)),
  constraint sheet_check1 CHECK (((state = 'instructed'::text) = (settled_at IS NULL))),
  constraint sheet_check2 CHECK (((run_id IS NULL) = (place IS NULL))),
  constraint sheet_code_check CHECK ((code ~ '^[0-9]{8}-[0-9]{4,5}-[0-9]{4}$'::text)),
  constraint sheet_copy_check CHECK ((copy > 0)),
  constraint sheet_state_check CHECK ((state = ANY (ARRAY['instructed'::text, 'printed'::text, 'spoiled'::text, 'notPrinted'::text])))
);

create table certificates.special_treatment_answer (
  subject_key bigint not null,
  municipality_code text not null,
  proposal_number integer not null,
  union_code smallint not null,
  answer text not null,
  reason text,
  answered_at timestamp with time zone not null,
  account uuid not null,
  account_name text not null,
  constraint special_treatment_answer_pkey PRIMARY KEY (subject_key, municipality_code, proposal_number),
  constraint special_treatment_answer_answer_check CHECK ((answer = ANY (ARRAY['agreed'::text, 'rejected'::text]))),
  constraint special_treatment_answer_check CHECK (((subject_key / 100000000) = union_code)),
  constraint special_treatment_answer_check1 CHECK (((answer = 'agreed'::text) OR (reason IS NOT NULL)))
);

create table certificates.special_treatment_event (
  subject_key bigint not null,
  municipality_code text not null,
  sequence integer not null,
  union_code smallint not null,
  act text not null,
  effective_on date not null,
  notified_on date,
  source text not null,
  decided_at timestamp with time zone not null,
  account uuid not null,
  account_name text not null,
  ground text,
  hearing_until date,
  hearing text,
  decided_on date,
  proposed_by text,
  constraint special_treatment_event_pkey PRIMARY KEY (subject_key, municipality_code, sequence),
  constraint special_treatment_event_act_check CHECK ((act = ANY (ARRAY['begin'::text, 'lift'::text]))),
  constraint special_treatment_event_check CHECK (((subject_key / 100000000) = union_code)),
  constraint special_treatment_event_check1 CHECK (((act = 'begin'::text) = (notified_on IS NOT NULL))),
  constraint special_treatment_event_check2 CHECK (((notified_on IS NULL) OR (notified_on <= effective_on))),
  constraint special_treatment_event_hearing_check CHECK ((hearing = ANY (ARRAY['heard'::text, 'silent'::text]))),
  constraint special_treatment_event_sequence_check CHECK ((sequence > 0)),
  constraint special_treatment_event_source_check CHECK ((source <> ''::text))
);

create table certificates.special_treatment_proposal (
  subject_key bigint not null,
  municipality_code text not null,
  proposal_number integer not null,
  union_code smallint not null,
  act text not null,
  effective_on date not null,
  ground text not null,
  notified_on date,
  hearing_until date,
  hearing text,
  decided_on date not null,
  source text not null,
  proposed_at timestamp with time zone not null,
  account uuid not null,
  account_name text not null,
  constraint special_treatment_proposal_pkey PRIMARY KEY (subject_key, municipality_code, proposal_number),
  constraint special_treatment_proposal_act_check CHECK ((act = ANY (ARRAY['begin'::text, 'lift'::text]))),
  constraint special_treatment_proposal_check CHECK (((subject_key / 100000000) = union_code)),
  constraint special_treatment_proposal_check1 CHECK (((notified_on IS NULL) OR ((notified_on <= hearing_until) AND (hearing_until <= decided_on)))),
  constraint special_treatment_proposal_check2 CHECK (((act = 'lift'::text) OR (decided_on <= effective_on))),
  constraint special_treatment_proposal_check3 CHECK (
CASE act
    WHEN 'begin'::text THEN (ground = ANY (ARRAY['arrears'::text, 'arrearsEarlier'::text]))
    ELSE (ground = ANY (ARRAY['paid'::text, 'reduced'::text, 'circumstances'::text, 'publicMedical'::text, 'withdrawn'::text]))
END),
  constraint special_treatment_proposal_hearing_check CHECK ((hearing = ANY (ARRAY['heard'::text, 'silent'::text]))),
  constraint special_treatment_proposal_procedure CHECK (((act = 'begin'::text) = (num_nonnulls(notified_on, hearing_until, hearing) = 3))),
  constraint special_treatment_proposal_proposal_number_check CHECK ((proposal_number > 0)),
  constraint special_treatment_proposal_source_check CHECK ((source <> ''::text))
);

create table certificates.waiting (
  subject_key bigint not null,
  municipality_code text not null,
  union_code smallint not null,
  since date not null,
  document_on date not null,
  missing jsonb not null,
  job_id bigint not null,
  constraint waiting_pkey PRIMARY KEY (subject_key, municipality_code),
  constraint waiting_check CHECK (((subject_key / 100000000) = union_code))
);

create table copay.judgement (
  subject_key bigint not null,
  sequence integer not null,
  union_code smallint not null,
  municipality_code text not null,
  resident_key bigint not null,
  effective_on date not null,
  judgement_year smallint not null,
  cause text not null,
  tenths smallint not null,
  ground text not null,
  limit_category text,
  facts jsonb not null,
  workings jsonb not null,
  edition text not null,
  digest bytea not null,
  decided_on date not null,
  decided_at timestamp with time zone not null,
  job_id text,
  receipt_number text,
  constraint judgement_pkey PRIMARY KEY (subject_key, sequence),
  constraint judgement_cause_check CHECK ((cause = ANY (ARRAY['yearly'::text, 'acquisition'::text, 'householdChange'::text, 'turningSeventy'::text, 'application'::text, 'incomeArrived'::text, 'incomeCorrection'::text, 'recordCorrection'::text]))),
  constraint judgement_check CHECK (((subject_key / 100000000) = union_code)),
  constraint judgement_check1 CHECK ((num_nonnulls(job_id, receipt_number) = 1)),
  constraint judgement_digest_check CHECK ((length(digest) = 16)),
  constraint judgement_edition_check CHECK ((edition <> ''::text)),
  constraint judgement_ground_check CHECK ((ground <> ''::text)),
  constraint judgement_limit_category_check CHECK ((limit_category = ANY (ARRAY['active3'::text, 'active2'::text, 'active1'::text, 'general2'::text, 'general1'::text, 'lowIncome2'::text, 'lowIncome1'::text]))),
  constraint judgement_sequence_check CHECK ((sequence > 0)),
  constraint judgement_tenths_check CHECK ((tenths = ANY (ARRAY[1, 2, 3])))
);

create table copay.pending (
  subject_key bigint not null,
  effective_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  judgement_year smallint not null,
  reasons jsonb not null,
  since timestamp with time zone not null,
  constraint pending_pkey PRIMARY KEY (subject_key, effective_on),
  constraint pending_check CHECK (((subject_key / 100000000) = union_code))
);

create table copay.run (
  union_code smallint not null,
  job_id text not null,
  mode text not null,
  judgement_year smallint,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone not null,
  decided_on date not null,
  edition text not null,
  persons integer not null,
  judged integer not null,
  changed integer not null,
  pending integer not null,
  through_year smallint,
  constraint run_pkey PRIMARY KEY (union_code, job_id),
  constraint run_check CHECK (((mode = 'yearly'::text) = (judgement_year IS NOT NULL))),
  constraint run_mode_check CHECK ((mode = ANY (ARRAY['yearly'::text, 'changed'::text]))),
  constraint run_through_year_check CHECK (((through_year IS NULL) OR ((judgement_year IS NOT NULL) AND (through_year >= judgement_year))))
);

create table copay.share_period (
  subject_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null,
  tenths smallint not null,
  limit_category text,
  share_since date not null,
  limit_since date not null,
  judged_on date not null,
  judgement_sequence integer not null,
  constraint share_period_pkey PRIMARY KEY (subject_key, began_on),
  constraint share_period_subject_key_held_excl EXCLUDE USING gist (subject_key WITH =, held WITH &&),
  constraint share_period_check CHECK (((subject_key / 100000000) = union_code)),
  constraint share_period_check1 CHECK ((lower(held) = began_on)),
  constraint share_period_check2 CHECK (((share_since <= began_on) AND (limit_since <= began_on) AND (judged_on <= began_on))),
  constraint share_period_held_check CHECK ((NOT isempty(held))),
  constraint share_period_limit_category_check CHECK ((limit_category = ANY (ARRAY['active3'::text, 'active2'::text, 'active1'::text, 'general2'::text, 'general1'::text, 'lowIncome2'::text, 'lowIncome1'::text]))),
  constraint share_period_tenths_check CHECK ((tenths = ANY (ARRAY[1, 2, 3])))
);

create table counter.encounter (
  encounter_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  day date not null,
  number integer not null,
  session_digest bytea not null,
  account_id uuid not null,
  account_name text not null,
  purpose text not null,
  began_at timestamp with time zone not null,
  constraint encounter_pkey PRIMARY KEY (encounter_id),
  constraint encounter_union_code_municipality_code_day_number_key UNIQUE (union_code, municipality_code, day, number),
  constraint encounter_account_name_check CHECK ((account_name <> ''::text)),
  constraint encounter_municipality_code_check CHECK ((municipality_code ~ '^[0-9]{6}$'::text)),
  constraint encounter_number_check CHECK ((number > 0)),
  constraint encounter_purpose_check CHECK ((purpose = ANY (ARRAY['eligibility'::text, 'premium'::text, 'application'::text, 'notice'::text, 'verification'::text]))),
  constraint encounter_session_digest_check CHECK ((octet_length(session_digest) = 32))
);

create table counter.encounter_event (
  encounter_id uuid not null,
  version integer not null,
  union_code smallint not null,
  municipality_code text not null,
  act text not null,
  happened_at timestamp with time zone not null,
  facts text[] default '{}'::text[] not null,
  filing_id uuid,
  constraint encounter_event_pkey PRIMARY KEY (encounter_id, version),
  constraint encounter_event_act_check CHECK ((act = ANY (ARRAY['began'::text, 'agreed'::text, 'differed'::text, 'filed'::text, 'bound'::text, 'ended'::text, 'closed'::text]))),
  constraint encounter_event_check CHECK (((act = 'filed'::text) = (filing_id IS NOT NULL))),
  constraint encounter_event_facts_check CHECK ((facts <@ ARRAY['name'::text, 'birthDate'::text, 'town'::text, 'numberTail'::text, 'filing'::text])),
  constraint encounter_event_version_check CHECK ((version > 0))
);

create table counter.encounter_person (
  subject_key bigint not null,
  encounter_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  bound_at timestamp with time zone not null,
  constraint encounter_person_pkey PRIMARY KEY (subject_key, encounter_id),
  constraint encounter_person_check CHECK (((subject_key / 100000000) = union_code))
);

create table eligibility.application_exclusion (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null,
  held daterange not null,
  constraint application_exclusion_pkey PRIMARY KEY (resident_key, began_on),
  constraint application_exclusion_resident_key_held_excl EXCLUDE USING gist (resident_key WITH =, held WITH &&),
  constraint application_exclusion_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint application_exclusion_check1 CHECK ((lower(held) = began_on)),
  constraint application_exclusion_held_check CHECK ((NOT isempty(held))),
  constraint application_exclusion_kind_check CHECK ((kind = ANY (ARRAY['1'::text, '2'::text, '3'::text, '4'::text, '5'::text, '6'::text])))
);

create table eligibility.difference (
  resident_key bigint not null,
  difference_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  filing_id uuid not null,
  receipt_number text not null,
  item text not null,
  counter_value text,
  register_value text,
  cause text not null,
  record_version integer not null,
  found_at timestamp with time zone not null,
  constraint difference_pkey PRIMARY KEY (resident_key, difference_id),
  constraint difference_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table eligibility.difference_choice (
  resident_key bigint not null,
  difference_id uuid not null,
  sequence integer not null,
  union_code smallint not null,
  municipality_code text not null,
  take text not null,
  note text not null,
  account_id uuid not null,
  account_name text not null,
  chosen_at timestamp with time zone not null,
  constraint difference_choice_pkey PRIMARY KEY (resident_key, difference_id, sequence),
  constraint difference_choice_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint difference_choice_sequence_check CHECK ((sequence > 0)),
  constraint difference_choice_take_check CHECK ((take = ANY (ARRAY['register'::text, 'counter'::text, 'explained'::text])))
);

create table eligibility.difference_resolution (
  resident_key bigint not null,
  difference_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  take text not null,
  note text not null,
  account_id uuid not null,
  account_name text not null,
  resolved_at timestamp with time zone not null,
  constraint difference_resolution_pkey PRIMARY KEY (resident_key, difference_id),
  constraint difference_resolution_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint difference_resolution_take_check CHECK ((take = ANY (ARRAY['register'::text, 'counter'::text, 'explained'::text])))
);

create table eligibility.disability_certification (
  resident_key bigint not null,
  certified_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null,
  ground text not null,
  evidence_kind text not null,
  evidence_until date,
  end_kind text,
  end_event_on date,
  receipt_number text not null,
  ended_receipt_number text,
  constraint disability_certification_pkey PRIMARY KEY (resident_key, certified_on),
  constraint disability_certification_resident_key_held_excl EXCLUDE USING gist (resident_key WITH =, held WITH &&),
  constraint disability_certification_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint disability_certification_check1 CHECK ((lower(held) = certified_on)),
  constraint disability_certification_check2 CHECK ((num_nulls(end_kind, end_event_on, ended_receipt_number) = ANY (ARRAY[0, 3]))),
  constraint disability_certification_check3 CHECK (((end_kind IS NULL) = upper_inf(held))),
  constraint disability_certification_end_kind_check CHECK ((end_kind = ANY (ARRAY['撤回'::text, '障害状態不該当'::text]))),
  constraint disability_certification_evidence_kind_check CHECK ((evidence_kind <> ''::text)),
  constraint disability_certification_ground_check CHECK ((ground = ANY (ARRAY['申請'::text, '障害認定証明書'::text]))),
  constraint disability_certification_held_check CHECK ((NOT isempty(held)))
);

create table eligibility.disability_renewal (
  resident_key bigint not null,
  sequence integer not null,
  union_code smallint not null,
  municipality_code text not null,
  certified_on date not null,
  receipt_number text not null,
  evidence_kind text not null,
  evidence_until date,
  former_kind text not null,
  former_until date,
  renewed_at timestamp with time zone not null,
  constraint disability_renewal_pkey PRIMARY KEY (resident_key, sequence),
  constraint disability_renewal_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint disability_renewal_evidence_kind_check CHECK ((evidence_kind <> ''::text)),
  constraint disability_renewal_sequence_check CHECK ((sequence > 0))
);

create table eligibility.draft (
  draft_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  account_id uuid not null,
  version integer not null,
  title text not null,
  content jsonb not null,
  saved_at timestamp with time zone not null,
  constraint draft_pkey PRIMARY KEY (draft_id),
  constraint draft_version_check CHECK ((version > 0))
);

create table eligibility.entitlement (
  subject_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  insurer_number text not null,
  resident_key bigint not null,
  held daterange not null,
  acquired_on date not null,
  ground_acquired text not null,
  lost_on date,
  ground_lost text,
  basis text default '1'::text not null,
  constraint entitlement_pkey PRIMARY KEY (subject_key, began_on),
  constraint entitlement_subject_key_held_excl EXCLUDE USING gist (subject_key WITH =, held WITH &&),
  constraint entitlement_basis_check CHECK ((basis = ANY (ARRAY['1'::text, '2'::text]))),
  constraint entitlement_check CHECK (((subject_key / 100000000) = union_code)),
  constraint entitlement_check1 CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint entitlement_check2 CHECK ((lower(held) = began_on)),
  constraint entitlement_check3 CHECK ((acquired_on <= began_on)),
  constraint entitlement_check4 CHECK (((lost_on IS NULL) = (ground_lost IS NULL))),
  constraint entitlement_held_check CHECK ((NOT isempty(held)))
);

create table eligibility.entitlement_event (
  subject_key bigint not null,
  sequence integer not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null,
  effective_on date not null,
  ground text not null,
  entitlement jsonb not null,
  facts jsonb not null,
  edition text not null,
  decided_at timestamp with time zone not null,
  decided_on date not null,
  job_id text,
  receipt_number text,
  constraint entitlement_event_pkey PRIMARY KEY (subject_key, sequence),
  constraint entitlement_event_check CHECK (((subject_key / 100000000) = union_code)),
  constraint entitlement_event_decider CHECK ((num_nonnulls(job_id, receipt_number) = 1)),
  constraint entitlement_event_kind_check CHECK ((kind = ANY (ARRAY['取得'::text, '変更'::text, '喪失'::text, '取消'::text]))),
  constraint entitlement_event_sequence_check CHECK ((sequence > 0))
);

create table eligibility.facility_stay (
  resident_key bigint not null,
  entered_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null,
  facility_kind text not null,
  facility_name text not null,
  facility_address text not null,
  receipt_number text not null,
  left_receipt_number text,
  constraint facility_stay_pkey PRIMARY KEY (resident_key, entered_on),
  constraint facility_stay_resident_key_held_excl EXCLUDE USING gist (resident_key WITH =, held WITH &&),
  constraint facility_stay_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint facility_stay_check1 CHECK ((lower(held) = entered_on)),
  constraint facility_stay_check2 CHECK ((NOT ((left_receipt_number IS NOT NULL) AND upper_inf(held)))),
  constraint facility_stay_facility_address_check CHECK ((facility_address <> ''::text)),
  constraint facility_stay_facility_kind_check CHECK ((facility_kind <> ''::text)),
  constraint facility_stay_facility_name_check CHECK ((facility_name <> ''::text)),
  constraint facility_stay_held_check CHECK ((NOT isempty(held)))
);

create table eligibility.filing (
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  receipt_number text not null,
  kind text not null,
  filed_on date not null,
  received_at timestamp with time zone not null,
  received_by uuid not null,
  received_by_name text not null,
  digest bytea not null,
  number_token uuid,
  constraint filing_pkey PRIMARY KEY (filing_id),
  constraint filing_receipt_number_key UNIQUE (receipt_number),
  constraint filing_digest_check CHECK ((octet_length(digest) = 32)),
  constraint filing_kind_check CHECK ((kind ~ '^[a-z][A-Za-z]+$'::text)),
  constraint filing_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint filing_receipt_number_check CHECK ((receipt_number ~ '^[0-9]{6}-[A-Z][0-9]{1,2}-[0-9]{5,9}$'::text))
);

create table eligibility.filing_counter (
  municipality_code text not null,
  fiscal_year integer not null,
  union_code smallint not null,
  last_number bigint not null,
  constraint filing_counter_pkey PRIMARY KEY (municipality_code, fiscal_year),
  constraint filing_counter_last_number_check CHECK ((last_number >= 0))
);

create table eligibility.filing_event (
  filing_id uuid not null,
  version integer not null,
  union_code smallint not null,
  municipality_code text not null,
  act text not null,
  state text not null,
  happened_at timestamp with time zone not null,
  account_id uuid,
  account_name text not null,
  note text,
  content jsonb,
  number_token uuid,
  answer jsonb,
  constraint filing_event_pkey PRIMARY KEY (filing_id, version),
  constraint filing_event_act_check CHECK ((act = ANY (ARRAY['received'::text, 'supplemented'::text, 'decided'::text, 'assigned'::text, 'checked'::text, 'withdrawn'::text, 'cancelled'::text, 'insurerAnswered'::text, 'reconciled'::text]))),
  constraint filing_event_state_check CHECK ((state = ANY (ARRAY['incomplete'::text, 'examining'::text, 'awaitingCheck'::text, 'granted'::text, 'refused'::text, 'withdrawn'::text, 'cancelled'::text]))),
  constraint filing_event_version_check CHECK ((version > 0))
);

create table eligibility.filing_person (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  receipt_number text not null,
  linked_at timestamp with time zone not null,
  constraint filing_person_pkey PRIMARY KEY (resident_key, filing_id),
  constraint filing_person_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table eligibility.filing_standing (
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  version integer not null,
  state text not null,
  reconciliation text not null,
  assignee uuid,
  assignee_name text,
  due_on date not null,
  name text not null,
  name_folded text not null,
  birth_date date,
  changed_at timestamp with time zone not null,
  name_kana text,
  constraint filing_standing_pkey PRIMARY KEY (filing_id),
  constraint filing_standing_reconciliation_check CHECK ((reconciliation = ANY (ARRAY['none'::text, 'awaiting'::text, 'matched'::text, 'differs'::text, 'settled'::text]))),
  constraint filing_standing_version_check CHECK ((version > 0))
);

create table eligibility.former_insurer_inquiry (
  filing_id uuid not null,
  sequence integer not null,
  union_code smallint not null,
  municipality_code text not null,
  insurer_name text not null,
  asked_at timestamp with time zone not null,
  asked_by_name text not null,
  answer text,
  lost_on date,
  source text,
  answered_at timestamp with time zone,
  answered_by_name text,
  constraint former_insurer_inquiry_pkey PRIMARY KEY (filing_id, sequence),
  constraint former_insurer_inquiry_answer_check CHECK ((answer = ANY (ARRAY['lost'::text, 'notLost'::text, 'unknown'::text]))),
  constraint former_insurer_inquiry_check CHECK ((num_nulls(answer, source, answered_at, answered_by_name) = ANY (ARRAY[0, 4]))),
  constraint former_insurer_inquiry_check1 CHECK (((lost_on IS NULL) OR (answer = 'lost'::text))),
  constraint former_insurer_inquiry_sequence_check CHECK ((sequence > 0))
);

create table eligibility.granted_fact (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null,
  receipt_number text not null,
  held daterange not null,
  fields jsonb not null,
  granted_on date not null,
  constraint granted_fact_pkey PRIMARY KEY (resident_key, filing_id),
  constraint granted_fact_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint granted_fact_held_check CHECK ((NOT isempty(held)))
);

create table eligibility.household_membership (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  household_number text not null,
  held daterange not null,
  is_head boolean not null,
  relationship text not null,
  constraint household_membership_pkey PRIMARY KEY (resident_key, began_on),
  constraint household_membership_resident_key_held_excl EXCLUDE USING gist (resident_key WITH =, held WITH &&),
  constraint household_membership_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint household_membership_check1 CHECK ((lower(held) = began_on)),
  constraint household_membership_held_check CHECK ((NOT isempty(held)))
);

create table eligibility.insured_delivery (
  subject_key bigint not null,
  municipality_code text not null,
  acquired_on date not null,
  union_code smallint not null,
  ground_acquired text not null,
  cancelled boolean not null,
  digest bytea not null,
  transmission_id uuid not null,
  delivered_at timestamp with time zone not null,
  constraint insured_delivery_pkey PRIMARY KEY (subject_key, municipality_code, acquired_on),
  constraint insured_delivery_check CHECK (((subject_key / 100000000) = union_code))
);

create table eligibility.insured_person (
  subject_key bigint not null,
  union_code smallint not null,
  municipality_code text not null,
  insured_number text not null,
  resident_key bigint not null,
  name text not null,
  name_kana text,
  birth_date date not null,
  sex text not null,
  name_sort text not null,
  under_support_measure boolean not null,
  issued_on date not null,
  issued_by_job text,
  issued_by_receipt text,
  self_provision_disabled boolean default false not null,
  constraint insured_person_pkey PRIMARY KEY (subject_key),
  constraint insured_person_check CHECK (((subject_key / 100000000) = union_code)),
  constraint insured_person_check1 CHECK (((subject_key % (100000000)::bigint) = (insured_number)::bigint)),
  constraint insured_person_check2 CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint insured_person_insured_number_check CHECK ((insured_number ~ '^[0-9]{8}$'::text)),
  constraint insured_person_issuer CHECK ((num_nonnulls(issued_by_job, issued_by_receipt) = 1))
);

create table eligibility.mailing_destination (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  receipt_number text not null,
  covers text not null,
  ends boolean not null,
  recipient_name text,
  relation text,
  address jsonb,
  effective_on date not null,
  registered_by uuid not null,
  registered_at timestamp with time zone not null,
  constraint mailing_destination_pkey PRIMARY KEY (resident_key, filing_id),
  constraint mailing_destination_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint mailing_destination_check1 CHECK (((ends = (address IS NULL)) AND (ends = (recipient_name IS NULL)))),
  constraint mailing_destination_covers_check CHECK ((covers = ANY (ARRAY['all'::text, 'eligibility'::text, 'premium'::text, 'benefits'::text])))
);

create table eligibility.mailing_destination_check (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  agreed boolean not null,
  checked_by uuid not null,
  checked_at timestamp with time zone not null,
  constraint mailing_destination_check_pkey PRIMARY KEY (resident_key, filing_id),
  constraint mailing_destination_check_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table eligibility.number_counter (
  union_code smallint not null,
  kind text not null,
  last_number bigint not null,
  constraint number_counter_pkey PRIMARY KEY (union_code, kind),
  constraint number_counter_kind_check CHECK ((kind = ANY (ARRAY['resident'::text, 'insured'::text]))),
  constraint number_counter_last_number_check CHECK ((last_number >= 0))
);

create table eligibility.number_directory (
  number_token uuid not null,
  union_code smallint not null,
  subject_key bigint not null,
  municipality_code text not null,
  constraint number_directory_pkey PRIMARY KEY (number_token, union_code),
  constraint number_directory_check CHECK (((subject_key / 100000000) = union_code))
);

create table eligibility.pending_decision (
  resident_key bigint not null,
  union_code smallint not null,
  municipality_code text not null,
  reasons jsonb not null,
  since timestamp with time zone not null,
  constraint pending_decision_pkey PRIMARY KEY (resident_key),
  constraint pending_decision_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table eligibility.person_link_decision (
  resident_key bigint not null,
  other_resident_key bigint not null,
  sequence integer not null,
  union_code smallint not null,
  municipality_code text not null,
  decided_at timestamp with time zone not null,
  same boolean,
  reason text not null,
  account uuid not null,
  constraint person_link_decision_pkey PRIMARY KEY (resident_key, other_resident_key, sequence),
  constraint person_link_decision_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint person_link_decision_check1 CHECK (((other_resident_key / '10000000000'::bigint) = union_code)),
  constraint person_link_decision_check2 CHECK ((resident_key < other_resident_key)),
  constraint person_link_decision_reason_check CHECK ((reason <> ''::text)),
  constraint person_link_decision_sequence_check CHECK ((sequence > 0))
);

create table eligibility.person_name_key (
  subject_key bigint not null,
  folded text not null,
  union_code smallint not null,
  municipality_code text not null,
  constraint person_name_key_pkey PRIMARY KEY (subject_key, folded),
  constraint person_name_key_check CHECK (((subject_key / 100000000) = union_code))
);

create table eligibility.residence_provision (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null,
  kind text not null,
  insurer_union smallint,
  insurer_number text,
  receipt_number text not null,
  ended_receipt_number text,
  constraint residence_provision_pkey PRIMARY KEY (resident_key, began_on),
  constraint residence_provision_resident_key_held_excl EXCLUDE USING gist (resident_key WITH =, held WITH &&),
  constraint residence_provision_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint residence_provision_check1 CHECK ((lower(held) = began_on)),
  constraint residence_provision_check2 CHECK (((ended_receipt_number IS NULL) = upper_inf(held))),
  constraint residence_provision_check3 CHECK (
CASE kind
    WHEN '当広域'::text THEN ((insurer_union IS NULL) OR (insurer_union = union_code))
    WHEN '他広域'::text THEN ((insurer_union IS NOT NULL) AND (insurer_union <> union_code))
    ELSE (insurer_union IS NOT NULL)
END),
  constraint residence_provision_held_check CHECK ((NOT isempty(held))),
  constraint residence_provision_insurer_number_check CHECK ((insurer_number ~ '^[0-9]{6}([0-9]{2})?$'::text)),
  constraint residence_provision_insurer_union_check CHECK (((insurer_union >= 1) AND (insurer_union <= 47))),
  constraint residence_provision_kind_check CHECK ((kind = ANY (ARRAY['当広域'::text, '他広域'::text, '国保'::text])))
);

create table eligibility.resident (
  resident_key bigint not null,
  union_code smallint not null,
  municipality_code text not null,
  addressee_number text not null,
  current_version integer not null,
  register_digest bytea,
  non_registered_digest bytea,
  number_token uuid,
  subject_key bigint,
  decide_on date,
  late_versions integer default 0 not null,
  counter_filed_on date,
  constraint resident_pkey PRIMARY KEY (resident_key),
  constraint resident_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint resident_check1 CHECK (((subject_key IS NULL) OR ((subject_key / 100000000) = union_code))),
  constraint resident_current_version_check CHECK ((current_version > 0)),
  constraint resident_late_versions_check CHECK ((late_versions >= 0)),
  constraint resident_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table eligibility.resident_directory (
  municipality_code text not null,
  addressee_number text not null,
  union_code smallint not null,
  resident_key bigint not null,
  constraint resident_directory_pkey PRIMARY KEY (municipality_code, addressee_number),
  constraint resident_directory_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint resident_directory_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint resident_directory_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table eligibility.resident_link (
  subject_key bigint not null,
  resident_key bigint not null,
  union_code smallint not null,
  municipality_code text not null,
  addressee_number text not null,
  insured_number text not null,
  number_token uuid,
  linked_at timestamp with time zone not null,
  ground text not null,
  job_id text,
  receipt_number text,
  sequence integer default 1 not null,
  constraint resident_link_pkey PRIMARY KEY (subject_key, resident_key, sequence),
  constraint resident_link_check CHECK (((subject_key / 100000000) = union_code)),
  constraint resident_link_check1 CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint resident_link_decider CHECK ((num_nonnulls(job_id, receipt_number) = 1)),
  constraint resident_link_ground_check CHECK ((ground = ANY (ARRAY['新規付番'::text, '個人番号一致'::text, '同じ人の判断'::text, '切離し'::text]))),
  constraint resident_link_sequence_check CHECK ((sequence > 0))
);

create table eligibility.resident_record (
  resident_key bigint not null,
  version integer not null,
  union_code smallint not null,
  municipality_code text not null,
  register smallint not null,
  transmission_id uuid,
  line integer,
  recorded_at timestamp with time zone not null,
  changed_on date not null,
  change_reason text not null,
  operated_on date not null,
  digest bytea not null,
  number_token uuid,
  household_number text,
  relationship text,
  name text not null,
  name_kana text,
  alias text,
  former_name text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  postal_code text,
  town_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  resident_kind text,
  stay_until date,
  resident_from date,
  status text not null,
  removed_on date,
  moved_from_municipality text,
  moved_to_municipality text,
  support_kind text not null,
  support_from date,
  support_until date,
  exclusion_kind text not null,
  exclusion_from date,
  exclusion_until date,
  registered_at_municipality text,
  non_registered_kind text,
  representative text,
  merged_into_addressee_number text,
  receipt_number text,
  non_disclosure text default '0'::text not null,
  self_provision_disabled text default '0'::text not null,
  constraint resident_record_pkey PRIMARY KEY (resident_key, version),
  constraint resident_record_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint resident_record_non_disclosure_check CHECK ((non_disclosure = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_record_register_check CHECK ((register = ANY (ARRAY[1, 2]))),
  constraint resident_record_self_provision_disabled_check CHECK ((self_provision_disabled = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_record_source CHECK (((num_nonnulls(transmission_id, receipt_number) = 1) AND ((transmission_id IS NULL) = (line IS NULL)))),
  constraint resident_record_support_effect CHECK (((support_kind = '0'::text) OR (non_disclosure = '1'::text) OR (self_provision_disabled = '1'::text))),
  constraint resident_record_version_check CHECK ((version > 0))
);

create table eligibility.stay_exclusion (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null,
  held daterange not null,
  receipt_number text not null,
  ended_receipt_number text,
  constraint stay_exclusion_pkey PRIMARY KEY (resident_key, began_on),
  constraint stay_exclusion_resident_key_held_excl EXCLUDE USING gist (resident_key WITH =, held WITH &&),
  constraint stay_exclusion_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint stay_exclusion_check1 CHECK ((lower(held) = began_on)),
  constraint stay_exclusion_check2 CHECK (((ended_receipt_number IS NULL) = upper_inf(held))),
  constraint stay_exclusion_held_check CHECK ((NOT isempty(held))),
  constraint stay_exclusion_kind_check CHECK ((kind = ANY (ARRAY['3'::text, '4'::text, '5'::text])))
);

create table eligibility.support_measure (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null,
  announced_until date,
  transmission_id uuid not null,
  non_disclosure boolean default true not null,
  self_provision_disabled boolean default true not null,
  constraint support_measure_pkey PRIMARY KEY (resident_key, began_on),
  constraint support_measure_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint support_measure_check1 CHECK ((lower(held) = began_on)),
  constraint support_measure_effect CHECK ((non_disclosure OR self_provision_disabled)),
  constraint support_measure_held_check CHECK ((NOT isempty(held)))
);

create table exchange.admission (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  decision text not null,
  reason text not null,
  account text not null,
  recorded_at timestamp with time zone not null,
  constraint admission_pkey PRIMARY KEY (union_code, transmission_id),
  constraint admission_decision_check CHECK ((decision = ANY (ARRAY['letIn'::text, 'refused'::text])))
);

create table exchange.custody_event (
  union_code smallint not null,
  transmission_id uuid not null,
  event_number integer not null,
  municipality_code text not null,
  kind text not null,
  carrier text not null,
  from_place text,
  to_place text,
  media_count integer not null,
  happened_on date not null,
  note text not null,
  account text not null,
  recorded_at timestamp with time zone not null,
  constraint custody_event_pkey PRIMARY KEY (union_code, transmission_id, event_number),
  constraint custody_event_check CHECK (((kind = '受渡し'::text) = (from_place IS NOT NULL))),
  constraint custody_event_check1 CHECK (((kind = '受渡し'::text) = (to_place IS NOT NULL))),
  constraint custody_event_event_number_check CHECK ((event_number > 0)),
  constraint custody_event_kind_check CHECK ((kind = ANY (ARRAY['封入'::text, '受渡し'::text, '開封'::text, '破棄'::text]))),
  constraint custody_event_media_count_check CHECK ((media_count > 0))
);

create table exchange.destination_stop (
  union_code smallint not null,
  party text not null,
  partner text not null,
  event_number integer not null,
  municipality_code text not null,
  kind text not null,
  told_by text not null,
  reason text not null,
  notice text,
  account text,
  told_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint destination_stop_pkey PRIMARY KEY (union_code, party, partner, event_number),
  constraint destination_stop_check CHECK (((told_by = 'partner'::text) = (notice IS NOT NULL))),
  constraint destination_stop_check1 CHECK (((told_by = 'party'::text) = (account IS NOT NULL))),
  constraint destination_stop_event_number_check CHECK ((event_number > 0)),
  constraint destination_stop_kind_check CHECK ((kind = ANY (ARRAY['stopped'::text, 'lifted'::text]))),
  constraint destination_stop_reason_check CHECK ((reason <> ''::text)),
  constraint destination_stop_told_by_check CHECK ((told_by = ANY (ARRAY['party'::text, 'partner'::text])))
);

create table exchange.finding (
  union_code smallint not null,
  transmission_id uuid not null,
  finding_number integer not null,
  municipality_code text not null,
  line integer not null,
  column_name text,
  code text not null,
  severity text not null,
  sentence text not null,
  recorded_at timestamp with time zone not null,
  constraint finding_pkey PRIMARY KEY (union_code, transmission_id, finding_number),
  constraint finding_finding_number_check CHECK ((finding_number > 0)),
  constraint finding_line_check CHECK ((line >= 0)),
  constraint finding_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

create table exchange.full_reconciliation (
  union_code smallint not null,
  reconciliation_id uuid not null,
  municipality_code text not null,
  layout text not null,
  day date not null,
  asker text not null,
  answerer text not null,
  opening text not null,
  recorded_at timestamp with time zone not null,
  constraint full_reconciliation_pkey PRIMARY KEY (union_code, reconciliation_id)
);

create table exchange.full_reconciliation_difference (
  union_code smallint not null,
  reconciliation_id uuid not null,
  difference_number integer not null,
  municipality_code text not null,
  addressee_number text not null,
  record_key text not null,
  kind text not null,
  column_names text[] not null,
  recorded_at timestamp with time zone not null,
  constraint full_reconciliation_difference_pkey PRIMARY KEY (union_code, reconciliation_id, difference_number),
  constraint full_reconciliation_difference_difference_number_check CHECK ((difference_number > 0)),
  constraint full_reconciliation_difference_kind_check CHECK ((kind = ANY (ARRAY['onlyUnion'::text, 'onlyMunicipality'::text, 'content'::text, 'pending'::text, 'inTransit'::text])))
);

create table exchange.full_reconciliation_result (
  union_code smallint not null,
  reconciliation_id uuid not null,
  municipality_code text not null,
  own_count integer not null,
  other_count integer not null,
  messages integer not null,
  message_bytes bigint not null,
  differences integer not null,
  pending integer not null,
  sentence text not null,
  recorded_at timestamp with time zone not null,
  constraint full_reconciliation_result_pkey PRIMARY KEY (union_code, reconciliation_id)
);

create table exchange.layout_policy (
  union_code smallint not null,
  party text not null,
  layout text not null,
  version integer not null,
  policy jsonb not null,
  reason text not null,
  set_by text not null,
  recorded_at timestamp with time zone not null,
  constraint layout_policy_pkey PRIMARY KEY (union_code, party, layout, version),
  constraint layout_policy_version_check CHECK ((version > 0))
);

create table exchange.own_copy (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  sealed_bytes bigint not null,
  sealed_sha256 text not null,
  sealed_path text not null,
  recorded_at timestamp with time zone not null,
  constraint own_copy_pkey PRIMARY KEY (union_code, transmission_id),
  constraint own_copy_sealed_sha256_check CHECK ((sealed_sha256 ~ '^[0-9a-f]{64}$'::text))
);

create table exchange.plausibility (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  figures jsonb not null,
  doubts jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint plausibility_pkey PRIMARY KEY (union_code, transmission_id)
);

create table exchange.quarantined_row (
  union_code smallint not null,
  transmission_id uuid not null,
  line integer not null,
  municipality_code text not null,
  because text not null,
  recorded_at timestamp with time zone not null,
  constraint quarantined_row_pkey PRIMARY KEY (union_code, transmission_id, line),
  constraint quarantined_row_because_check CHECK ((because = ANY (ARRAY['row'::text, 'household'::text]))),
  constraint quarantined_row_line_check CHECK ((line > 0))
);

create table exchange.receipt (
  union_code smallint not null,
  transmission_id uuid not null,
  kind text not null,
  municipality_code text not null,
  document text not null,
  recorded_at timestamp with time zone not null,
  constraint receipt_pkey PRIMARY KEY (union_code, transmission_id, kind),
  constraint receipt_kind_check CHECK ((kind = ANY (ARRAY['arrived'::text, 'accepted'::text, 'refused'::text])))
);

create table exchange.sequence_counter (
  union_code smallint not null,
  sender text not null,
  receiver text not null,
  layout text not null,
  municipality_code text not null,
  last_number integer not null,
  constraint sequence_counter_pkey PRIMARY KEY (union_code, sender, receiver, layout),
  constraint sequence_counter_last_number_check CHECK ((last_number > 0))
);

create table exchange.sequence_position (
  union_code smallint not null,
  sender text not null,
  receiver text not null,
  layout text not null,
  sequence_number integer not null,
  municipality_code text not null,
  transmission_id uuid,
  skipped_because text,
  constraint sequence_position_pkey PRIMARY KEY (union_code, sender, receiver, layout, sequence_number),
  constraint sequence_position_check CHECK (((transmission_id IS NULL) = (skipped_because IS NOT NULL))),
  constraint sequence_position_sequence_number_check CHECK ((sequence_number > 0))
);

create table exchange.transmission (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  direction text not null,
  layout text not null,
  edition text not null,
  sender text not null,
  receiver text not null,
  sequence_number integer not null,
  corrects uuid,
  created_at timestamp with time zone not null,
  record_count integer not null,
  hash_totals jsonb not null,
  plain_bytes bigint not null,
  plain_sha256 text not null,
  sealed_bytes bigint not null,
  sealed_sha256 text not null,
  sealed_path text not null,
  manifest text not null,
  recorded_at timestamp with time zone not null,
  constraint transmission_pkey PRIMARY KEY (union_code, transmission_id),
  constraint transmission_check CHECK ((sender <> receiver)),
  constraint transmission_direction_check CHECK ((direction = ANY (ARRAY['sent'::text, 'received'::text]))),
  constraint transmission_plain_sha256_check CHECK ((plain_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint transmission_receiver_check CHECK (((receiver ~~ 'union:__'::text) OR (receiver ~~ 'municipality:______'::text) OR (receiver ~~ 'intermediary:__'::text))),
  constraint transmission_record_count_check CHECK ((record_count >= 0)),
  constraint transmission_sealed_sha256_check CHECK ((sealed_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint transmission_sender_check CHECK (((sender ~~ 'union:__'::text) OR (sender ~~ 'municipality:______'::text) OR (sender ~~ 'intermediary:__'::text))),
  constraint transmission_sequence_number_check CHECK ((sequence_number > 0))
);

create table exchange.transmission_event (
  union_code smallint not null,
  transmission_id uuid not null,
  event_number integer not null,
  municipality_code text not null,
  state text not null,
  sentence text not null,
  recorded_at timestamp with time zone not null,
  constraint transmission_event_pkey PRIMARY KEY (union_code, transmission_id, event_number),
  constraint transmission_event_event_number_check CHECK ((event_number > 0)),
  constraint transmission_event_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'sent'::text, 'delivered'::text, 'waiting'::text, 'arrived'::text, 'held'::text, 'applied'::text, 'refused'::text])))
);

create table notices.form_delivery (
  delivery_id uuid not null,
  municipality_code text not null,
  union_code smallint not null,
  number integer not null,
  form text not null,
  title text not null,
  covers_from timestamp with time zone,
  covers_until timestamp with time zone not null,
  people integer not null,
  pages integer not null,
  bytes bigint not null,
  sha256 text not null,
  sealed_name text not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  job_id bigint,
  constraint form_delivery_pkey PRIMARY KEY (delivery_id),
  constraint form_delivery_municipality_code_number_key UNIQUE (municipality_code, number),
  constraint form_delivery_bytes_check CHECK ((bytes > 0)),
  constraint form_delivery_form_check CHECK ((form <> ''::text)),
  constraint form_delivery_number_check CHECK ((number > 0)),
  constraint form_delivery_pages_check CHECK ((pages > 0)),
  constraint form_delivery_people_check CHECK ((people >= 0)),
  constraint form_delivery_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

create table notices.form_delivery_event (
  delivery_id uuid not null,
  sequence integer not null,
  municipality_code text not null,
  union_code smallint not null,
  act text not null,
  at timestamp with time zone not null,
  account uuid not null,
  account_name text not null,
  constraint form_delivery_event_pkey PRIMARY KEY (delivery_id, sequence),
  constraint form_delivery_event_act_check CHECK ((act = ANY (ARRAY['fetched'::text, 'received'::text]))),
  constraint form_delivery_event_sequence_check CHECK ((sequence > 0))
);

create table notices.listed_decision (
  subject_key bigint not null,
  sequence integer not null,
  municipality_code text not null,
  union_code smallint not null,
  delivery_id uuid not null,
  constraint listed_decision_pkey PRIMARY KEY (subject_key, sequence),
  constraint listed_decision_check CHECK (((subject_key / 100000000) = union_code))
);

create table notices.listed_issue (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  delivery_id uuid not null,
  constraint listed_issue_pkey PRIMARY KEY (subject_key, municipality_code, issue_number),
  constraint listed_issue_check CHECK (((subject_key / 100000000) = union_code))
);

create table notices.printed_form (
  form_id uuid not null,
  municipality_code text not null,
  union_code smallint not null,
  form text not null,
  about text not null,
  copy integer not null,
  again boolean not null,
  code text not null,
  sheet jsonb not null,
  digest bytea not null,
  pages integer not null,
  purpose text not null,
  request_digest bytea not null,
  instructed_at timestamp with time zone not null,
  account uuid not null,
  account_name text not null,
  constraint printed_form_pkey PRIMARY KEY (form_id),
  constraint printed_form_municipality_code_form_about_copy_key UNIQUE (municipality_code, form, about, copy),
  constraint printed_form_about_check CHECK ((about <> ''::text)),
  constraint printed_form_copy_check CHECK ((copy > 0)),
  constraint printed_form_form_check CHECK ((form <> ''::text)),
  constraint printed_form_pages_check CHECK ((pages > 0)),
  constraint printed_form_purpose_check CHECK ((purpose <> ''::text))
);

create table notices.printed_form_event (
  form_id uuid not null,
  version integer not null,
  municipality_code text not null,
  union_code smallint not null,
  act text not null,
  at timestamp with time zone not null,
  account uuid not null,
  account_name text not null,
  constraint printed_form_event_pkey PRIMARY KEY (form_id, version),
  constraint printed_form_event_act_check CHECK ((act = ANY (ARRAY['printed'::text, 'spoiled'::text, 'notPrinted'::text, 'cancelled'::text]))),
  constraint printed_form_event_version_check CHECK ((version > 0))
);

create table premium.assessment (
  subject_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null,
  union_code smallint not null,
  municipality_code text not null,
  resident_key bigint not null,
  decided_on date not null,
  reason text not null,
  months smallint not null,
  reduction_tenths smallint not null,
  former_dependent boolean not null,
  income_known boolean not null,
  base_yen bigint not null,
  judged_income_yen bigint not null,
  threshold_yen bigint not null,
  judged_insured smallint not null,
  judged_earners smallint not null,
  medical_per_capita_full_yen integer not null,
  medical_per_capita_yen integer not null,
  medical_rate_per_mille_hundred integer not null,
  medical_income_based_yen integer not null,
  medical_cap_yen integer not null,
  medical_over_cap_yen integer not null,
  medical_annual_yen integer not null,
  child_per_capita_full_yen integer,
  child_per_capita_yen integer,
  child_rate_per_mille_hundred integer,
  child_income_based_yen integer,
  child_cap_yen integer,
  child_over_cap_yen integer,
  child_annual_yen integer,
  annual_yen integer not null,
  law_edition text not null,
  digest bytea not null,
  run_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint assessment_pkey PRIMARY KEY (subject_key, fiscal_year, revision),
  constraint assessment_annual_yen_check CHECK ((annual_yen >= 0)),
  constraint assessment_check CHECK (((subject_key / 100000000) = union_code)),
  constraint assessment_check1 CHECK ((annual_yen = (medical_annual_yen + COALESCE(child_annual_yen, 0)))),
  constraint assessment_digest_check CHECK ((length(digest) = 16)),
  constraint assessment_months_check CHECK (((months >= 0) AND (months <= 12))),
  constraint assessment_reason_check CHECK ((reason = ANY (ARRAY['initial'::text, 'change'::text, 'correction'::text]))),
  constraint assessment_reduction_tenths_check CHECK ((reduction_tenths = ANY (ARRAY[0, 2, 5, 7]))),
  constraint assessment_revision_check CHECK ((revision >= 1))
);

create table premium.delivery (
  subject_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null,
  transmission_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  constraint delivery_pkey PRIMARY KEY (subject_key, fiscal_year, revision, transmission_id),
  constraint delivery_check CHECK (((subject_key / 100000000) = union_code))
);

create table premium.income (
  resident_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null,
  union_code smallint not null,
  municipality_code text not null,
  declaration text not null,
  public_pension_yen bigint not null,
  salary_yen bigint not null,
  family_employee_salary_yen bigint not null,
  business_yen bigint not null,
  family_employee_deduction_yen bigint not null,
  capital_gains_yen bigint not null,
  capital_gains_special_deduction_yen bigint not null,
  other_yen bigint not null,
  corrected_on date,
  digest bytea not null,
  transmission_id uuid not null,
  line integer not null,
  recorded_at timestamp with time zone not null,
  taxable_income_yen bigint,
  head_adjustment_yen bigint,
  resident_tax text,
  revenue_yen bigint,
  constraint income_pkey PRIMARY KEY (resident_key, fiscal_year, revision),
  constraint income_capital_gains_special_deduction_yen_check CHECK ((capital_gains_special_deduction_yen >= 0)),
  constraint income_capital_gains_yen_check CHECK ((capital_gains_yen >= 0)),
  constraint income_check CHECK (((resident_key / '10000000000'::bigint) = union_code)),
  constraint income_check1 CHECK ((family_employee_salary_yen <= salary_yen)),
  constraint income_declaration_check CHECK ((declaration = ANY (ARRAY['undeclared'::text, 'declared'::text, 'inquiring'::text]))),
  constraint income_digest_check CHECK ((length(digest) = 16)),
  constraint income_family_employee_deduction_yen_check CHECK ((family_employee_deduction_yen >= 0)),
  constraint income_family_employee_salary_yen_check CHECK ((family_employee_salary_yen >= 0)),
  constraint income_head_adjustment_yen_check CHECK ((head_adjustment_yen >= 0)),
  constraint income_public_pension_yen_check CHECK ((public_pension_yen >= 0)),
  constraint income_resident_tax_check CHECK ((resident_tax = ANY (ARRAY['untaxed'::text, 'perCapitaOnly'::text, 'taxed'::text]))),
  constraint income_revenue_yen_check CHECK ((revenue_yen >= 0)),
  constraint income_revision_check CHECK ((revision >= 1)),
  constraint income_salary_yen_check CHECK ((salary_yen >= 0)),
  constraint income_taxable_income_yen_check CHECK ((taxable_income_yen >= 0))
);

create table premium.run (
  run_id uuid not null,
  union_code smallint not null,
  fiscal_year smallint not null,
  decided_on date not null,
  law_edition text not null,
  started_at timestamp with time zone not null,
  constraint run_pkey PRIMARY KEY (run_id)
);

create table premium.run_municipality (
  run_id uuid not null,
  municipality_code text not null,
  union_code smallint not null,
  insured integer not null,
  decided integer not null,
  unchanged integer not null,
  income_unknown integer not null,
  annual_yen bigint not null,
  finished_at timestamp with time zone not null,
  constraint run_municipality_pkey PRIMARY KEY (run_id, municipality_code)
);

create table premium.working (
  subject_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null,
  union_code smallint not null,
  municipality_code text not null,
  facts jsonb not null,
  steps jsonb not null,
  constraint working_pkey PRIMARY KEY (subject_key, fiscal_year, revision),
  constraint working_check CHECK (((subject_key / 100000000) = union_code))
);

create table reference.municipality (
  municipality_code text not null,
  union_code smallint not null,
  name text not null,
  kana text not null,
  insurer_number text not null,
  insurer_number_unverified boolean not null,
  constraint municipality_pkey PRIMARY KEY (municipality_code),
  constraint municipality_union_code_municipality_code_key UNIQUE (union_code, municipality_code),
  constraint municipality_check CHECK ((("left"(municipality_code, 2))::smallint = union_code)),
  constraint municipality_insurer_number_check CHECK ((insurer_number ~ '^[0-9]{8}$'::text)),
  constraint municipality_municipality_code_check CHECK ((municipality_code ~ '^[0-9]{6}$'::text))
);

create table reference.union_body (
  union_code smallint not null,
  name text not null,
  constraint union_body_pkey PRIMARY KEY (union_code),
  constraint union_body_union_code_check CHECK (((union_code >= 1) AND (union_code <= 47)))
);

create table store.migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table vault.blind_index (
  blind_index bytea not null,
  union_code smallint not null,
  holder text not null,
  index_key_version smallint not null,
  token uuid not null,
  indexed_at timestamp with time zone not null,
  constraint blind_index_pkey PRIMARY KEY (blind_index),
  constraint blind_index_blind_index_check CHECK ((octet_length(blind_index) = 32)),
  constraint blind_index_holder_check CHECK (((holder ~~ 'union:__'::text) OR (holder ~~ 'municipality:______'::text))),
  constraint blind_index_index_key_version_check CHECK ((index_key_version > 0))
);

create table vault.key_version (
  kind text not null,
  version smallint not null,
  check_value bytea not null,
  registered_at timestamp with time zone not null,
  constraint key_version_pkey PRIMARY KEY (kind, version),
  constraint key_version_check_value_check CHECK ((octet_length(check_value) = 16)),
  constraint key_version_kind_check CHECK ((kind = ANY (ARRAY['seal'::text, 'index'::text]))),
  constraint key_version_version_check CHECK ((version > 0))
);

create table vault.sealed_number (
  token uuid not null,
  union_code smallint not null,
  holder text not null,
  seal_key_version smallint not null,
  sealed bytea not null,
  sealed_at timestamp with time zone not null,
  constraint sealed_number_pkey PRIMARY KEY (token),
  constraint sealed_number_holder_check CHECK (((holder ~~ 'union:__'::text) OR (holder ~~ 'municipality:______'::text))),
  constraint sealed_number_seal_key_version_check CHECK ((seal_key_version > 0)),
  constraint sealed_number_sealed_check CHECK ((octet_length(sealed) = 41))
);

create table work.clock (
  id smallint not null,
  today date not null,
  opened_at timestamp with time zone not null,
  constraint clock_pkey PRIMARY KEY (id),
  constraint clock_id_check CHECK ((id = 1))
);

create table work.job (
  job_id bigint generated always as identity not null,
  kind text not null,
  title text not null,
  arguments jsonb not null,
  dedupe_key text,
  queue text,
  scope_union text not null,
  scope_municipality text not null,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text not null,
  step_index integer not null,
  step_name text not null,
  checkpoint jsonb,
  done bigint not null,
  total bigint,
  sentence text not null,
  cancel_requested boolean not null,
  attempt integer not null,
  attempts_max integer not null,
  backoff_until timestamp with time zone,
  worker text,
  lease_until timestamp with time zone,
  failure text,
  failure_place text,
  result jsonb,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint job_pkey PRIMARY KEY (job_id),
  constraint job_kind_dedupe_key_key UNIQUE (kind, dedupe_key),
  constraint job_check CHECK (((state = 'running'::text) = ((worker IS NOT NULL) AND (lease_until IS NOT NULL)))),
  constraint job_check1 CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  constraint job_scope_municipality_check CHECK ((scope_municipality ~ '^([0-9]{6}|\*)$'::text)),
  constraint job_scope_union_check CHECK ((scope_union ~ '^[0-9]{2}$'::text)),
  constraint job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

alter table access.session add constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.account(account_id);
alter table certificates.insurance_card_list add constraint insurance_card_list_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table certificates.special_treatment_answer add constraint special_treatment_answer_subject_key_municipality_code_pro_fkey FOREIGN KEY (subject_key, municipality_code, proposal_number) REFERENCES certificates.special_treatment_proposal(subject_key, municipality_code, proposal_number);
alter table counter.encounter_event add constraint encounter_event_encounter_id_fkey FOREIGN KEY (encounter_id) REFERENCES counter.encounter(encounter_id);
alter table exchange.admission add constraint admission_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.custody_event add constraint custody_event_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.finding add constraint finding_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.full_reconciliation_difference add constraint full_reconciliation_differenc_union_code_reconciliation_id_fkey FOREIGN KEY (union_code, reconciliation_id) REFERENCES exchange.full_reconciliation(union_code, reconciliation_id);
alter table exchange.full_reconciliation_result add constraint full_reconciliation_result_union_code_reconciliation_id_fkey FOREIGN KEY (union_code, reconciliation_id) REFERENCES exchange.full_reconciliation(union_code, reconciliation_id);
alter table exchange.own_copy add constraint own_copy_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.plausibility add constraint plausibility_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.quarantined_row add constraint quarantined_row_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.receipt add constraint receipt_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.sequence_position add constraint sequence_position_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.transmission_event add constraint transmission_event_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table notices.form_delivery_event add constraint form_delivery_event_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES notices.form_delivery(delivery_id);
alter table notices.printed_form_event add constraint printed_form_event_form_id_fkey FOREIGN KEY (form_id) REFERENCES notices.printed_form(form_id);
alter table premium.delivery add constraint delivery_subject_key_fiscal_year_revision_fkey FOREIGN KEY (subject_key, fiscal_year, revision) REFERENCES premium.assessment(subject_key, fiscal_year, revision);
alter table premium.run_municipality add constraint run_municipality_run_id_fkey FOREIGN KEY (run_id) REFERENCES premium.run(run_id);
alter table premium.working add constraint working_subject_key_fiscal_year_revision_fkey FOREIGN KEY (subject_key, fiscal_year, revision) REFERENCES premium.assessment(subject_key, fiscal_year, revision);
alter table reference.municipality add constraint municipality_union_code_fkey FOREIGN KEY (union_code) REFERENCES reference.union_body(union_code);

CREATE INDEX event_recorded ON access.event USING btree (recorded_at);
CREATE INDEX session_account ON access.session USING btree (account_id) WHERE (ended_at IS NULL);
CREATE INDEX bulk_keys_range ON audit.bulk_keys USING btree (union_code, key_kind, key_first, key_last);
CREATE INDEX entry_recorded ON audit.entry USING btree (union_code, recorded_at);
CREATE INDEX issue_run ON certificates.issue USING btree (run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX issue_standing_unconfirmed ON certificates.issue_standing USING btree (union_code, municipality_code, changed_at) WHERE (state = 'instructed'::text);
CREATE INDEX print_run_scope ON certificates.print_run USING btree (union_code, municipality_code, made_at);
CREATE INDEX sheet_run ON certificates.sheet USING btree (run_id, place) WHERE (run_id IS NOT NULL);
CREATE INDEX judgement_decided ON copay.judgement USING btree (union_code, decided_on);
CREATE INDEX pending_municipality ON copay.pending USING btree (union_code, municipality_code);
CREATE INDEX encounter_session ON counter.encounter USING btree (session_digest, began_at);
CREATE INDEX encounter_event_closed ON counter.encounter_event USING btree (union_code, municipality_code, happened_at) WHERE (act = 'closed'::text);
CREATE INDEX encounter_person_encounter ON counter.encounter_person USING btree (encounter_id);
CREATE INDEX difference_filing ON eligibility.difference USING btree (filing_id);
CREATE INDEX difference_id ON eligibility.difference USING btree (difference_id);
CREATE INDEX difference_scope ON eligibility.difference USING btree (union_code, municipality_code, found_at);
CREATE INDEX draft_account ON eligibility.draft USING btree (union_code, municipality_code, account_id);
CREATE INDEX entitlement_resident ON eligibility.entitlement USING btree (resident_key);
CREATE INDEX entitlement_event_decided ON eligibility.entitlement_event USING btree (union_code, decided_on);
CREATE INDEX filing_received ON eligibility.filing USING btree (union_code, municipality_code, received_at);
CREATE INDEX filing_person_filing ON eligibility.filing_person USING btree (filing_id);
CREATE INDEX filing_standing_awaiting ON eligibility.filing_standing USING btree (union_code, municipality_code) WHERE (reconciliation = 'awaiting'::text);
CREATE INDEX filing_standing_open ON eligibility.filing_standing USING btree (union_code, municipality_code, due_on) WHERE (state = ANY (ARRAY['incomplete'::text, 'examining'::text, 'awaitingCheck'::text]));
CREATE INDEX household_membership_household ON eligibility.household_membership USING btree (municipality_code, household_number);
CREATE INDEX insured_delivery_municipality ON eligibility.insured_delivery USING btree (municipality_code);
CREATE INDEX insured_person_birth_date ON eligibility.insured_person USING btree (union_code, birth_date);
CREATE INDEX insured_person_municipality ON eligibility.insured_person USING btree (union_code, municipality_code, name_sort);
CREATE INDEX insured_person_resident ON eligibility.insured_person USING btree (resident_key);
CREATE INDEX person_link_decision_other ON eligibility.person_link_decision USING btree (other_resident_key);
CREATE INDEX person_name_key_folded ON eligibility.person_name_key USING btree (union_code, folded, municipality_code, subject_key);
CREATE INDEX resident_decide_on ON eligibility.resident USING btree (union_code, municipality_code, resident_key) INCLUDE (decide_on) WHERE (decide_on IS NOT NULL);
CREATE INDEX resident_number_token ON eligibility.resident USING btree (number_token) WHERE (number_token IS NOT NULL);
CREATE INDEX resident_subject ON eligibility.resident USING btree (subject_key) WHERE (subject_key IS NOT NULL);
CREATE INDEX resident_link_resident ON eligibility.resident_link USING btree (resident_key);
CREATE INDEX full_reconciliation_day ON exchange.full_reconciliation USING btree (union_code, municipality_code, layout, day);
CREATE INDEX transmission_recorded ON exchange.transmission USING btree (union_code, recorded_at);
CREATE INDEX transmission_sequence ON exchange.transmission USING btree (union_code, sender, receiver, layout, sequence_number);
CREATE INDEX transmission_event_applied ON exchange.transmission_event USING btree (recorded_at) WHERE (state = 'applied'::text);
CREATE INDEX form_delivery_form ON notices.form_delivery USING btree (union_code, form, municipality_code, covers_until);
CREATE INDEX form_delivery_job ON notices.form_delivery USING btree (job_id);
CREATE INDEX listed_decision_delivery ON notices.listed_decision USING btree (delivery_id);
CREATE INDEX listed_issue_delivery ON notices.listed_issue USING btree (delivery_id);
CREATE INDEX printed_form_about ON notices.printed_form USING btree (about, form);
CREATE INDEX assessment_by_municipality ON premium.assessment USING btree (municipality_code);
CREATE INDEX income_by_municipality ON premium.income USING btree (municipality_code, fiscal_year);
CREATE INDEX job_queue ON work.job USING btree (queue, job_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX job_scope ON work.job USING btree (scope_union, scope_municipality, job_id);
CREATE INDEX job_waiting ON work.job USING btree (job_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));


CREATE OR REPLACE FUNCTION eligibility.assessment_member(p_from date, p_until date)
 RETURNS TABLE(union_code smallint, municipality_code text, household_number text, determination_on date, resident_key bigint, addressee_number text, is_head boolean, birth_date date, subject_key bigint, insured_from date, insured_until date, assessed boolean)
 LANGUAGE sql
 STABLE
 SET enable_nestloop TO 'off'
AS $function$
  with placed as (
    select
      e.union_code, e.municipality_code, m.household_number,
      greatest(p_from, e.began_on) as determination_on,
      e.resident_key, e.subject_key, e.acquired_on, e.lost_on
    from eligibility.entitlement e
    left join eligibility.household_membership m
      on m.resident_key = e.resident_key and m.held @> greatest(p_from, e.began_on)
    where e.acquired_on < p_until
      and (e.lost_on is null or e.lost_on > p_from)
      and e.began_on < p_until
      and (upper(e.held) is null or upper(e.held) > p_from)
      -- 年度の中のその資格の最初の期間だけ。ふつうは日付で分かり、まれな人だけ前の期間をさがす。
      and (
        e.began_on <= p_from
        or e.began_on = e.acquired_on
        or not exists (
          select
          from eligibility.entitlement o
          where o.subject_key = e.subject_key
            and o.acquired_on = e.acquired_on
            and o.began_on < e.began_on
            and upper(o.held) > p_from
        )
      )
  ),
  unit as (
    select distinct p.municipality_code, p.household_number, p.determination_on
    from placed p
    where p.household_number is not null
  ),
  member as (
    select
      m.union_code, m.municipality_code, m.household_number, u.determination_on,
      m.resident_key,
      -- 届く記録は今の続柄しか言わない。同じ日に世帯主が2人になるのは、先にいなくなる人がその日までの世帯主
      -- で、後の人がそれを継いだとき。
      m.is_head and row_number() over (
        partition by u.municipality_code, u.household_number, u.determination_on, m.is_head
        order by upper(m.held) nulls last, m.resident_key
      ) = 1 as is_head,
      e.subject_key, e.acquired_on, e.lost_on,
      greatest(p_from, e.began_on) = u.determination_on
        and (
          e.began_on <= p_from
          or e.began_on = e.acquired_on
          or not exists (
            select
            from eligibility.entitlement o
            where o.subject_key = e.subject_key
              and o.acquired_on = e.acquired_on
              and o.began_on < e.began_on
              and upper(o.held) > p_from
          )
        ) as assessed
    from unit u
    join eligibility.household_membership m
      on m.municipality_code = u.municipality_code
      and m.household_number = u.household_number
      and m.held @> u.determination_on
    left join eligibility.entitlement e
      on e.resident_key = m.resident_key and e.held @> u.determination_on
    where m.is_head or e.subject_key is not null
    union all
    select
      p.union_code, p.municipality_code, null, p.determination_on,
      p.resident_key, true, p.subject_key, p.acquired_on, p.lost_on, true
    from placed p
    where p.household_number is null
  )
  select
    m.union_code, m.municipality_code, m.household_number, m.determination_on,
    m.resident_key, r.addressee_number, m.is_head, c.birth_date,
    m.subject_key, m.acquired_on, m.lost_on,
    coalesce(m.subject_key is not null and m.assessed, false)
  from member m
  join eligibility.resident r on r.resident_key = m.resident_key
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version
  where m.is_head or m.subject_key is not null
  order by
    m.municipality_code collate "C", m.household_number collate "C", m.determination_on,
    case when m.household_number is null then m.resident_key end,
    m.is_head desc, m.resident_key
$function$
;


create view eligibility.addressee_number with (security_invoker=true) as
 SELECT d.union_code,
    d.municipality_code,
    d.addressee_number,
    d.resident_key,
    r.subject_key
   FROM (eligibility.resident_directory d
     JOIN eligibility.resident r ON ((r.resident_key = d.resident_key)));

create view eligibility.entitlement_period with (security_invoker=true) as
 SELECT e.subject_key,
    e.union_code,
    e.municipality_code,
    e.insurer_number,
    p.insured_number,
    e.resident_key,
    r.addressee_number,
    p.birth_date,
    p.sex,
    e.began_on,
    upper(e.held) AS ended_on,
    e.acquired_on,
    e.ground_acquired,
    e.lost_on,
    e.ground_lost,
    e.basis
   FROM ((eligibility.entitlement e
     JOIN eligibility.insured_person p ON ((p.subject_key = e.subject_key)))
     JOIN eligibility.resident r ON ((r.resident_key = e.resident_key)));

create view eligibility.person with (security_invoker=true) as
 SELECT p.subject_key,
    p.union_code,
    p.municipality_code,
    p.insured_number,
    p.resident_key,
    r.addressee_number,
    p.name,
    p.name_kana,
    p.name_sort,
    p.birth_date,
    p.sex,
    p.under_support_measure,
    p.self_provision_disabled
   FROM (eligibility.insured_person p
     JOIN eligibility.resident r ON ((r.resident_key = p.resident_key)));

create view eligibility.linked_resident with (security_invoker=true) as
 SELECT subject_key,
    resident_key,
    union_code,
    municipality_code,
    addressee_number,
    insured_number,
    number_token,
    linked_at,
    ground,
    job_id,
    receipt_number,
    sequence
   FROM eligibility.resident_link l
  WHERE ((ground <> '切離し'::text) AND (NOT (EXISTS ( SELECT
           FROM eligibility.resident_link later
          WHERE ((later.subject_key = l.subject_key) AND (later.resident_key = l.resident_key) AND (later.sequence > l.sequence))))));

create view eligibility.disability_period with (security_invoker=true) as
 SELECT d.union_code,
    d.municipality_code,
    d.resident_key,
    r.subject_key,
    d.certified_on,
    upper(d.held) AS ended_on,
    d.ground,
    d.evidence_kind,
    d.evidence_until
   FROM (eligibility.disability_certification d
     JOIN eligibility.resident r ON ((r.resident_key = d.resident_key)));

create view eligibility.provision_period with (security_invoker=true) as
 SELECT p.union_code,
    p.municipality_code,
    p.resident_key,
    r.subject_key,
    p.kind,
    p.began_on,
    upper(p.held) AS ended_on,
    p.insurer_union,
    p.insurer_number
   FROM (eligibility.residence_provision p
     JOIN eligibility.resident r ON ((r.resident_key = p.resident_key)));

create view eligibility.person_stay with (security_invoker=true) as
 SELECT p.union_code,
    p.municipality_code,
    p.subject_key,
    c.resident_kind,
    c.stay_until
   FROM ((eligibility.insured_person p
     JOIN eligibility.resident r ON ((r.resident_key = p.resident_key)))
     JOIN eligibility.resident_record c ON (((c.resident_key = r.resident_key) AND (c.version = r.current_version))));

create view eligibility.granted_filing with (security_invoker=true) as
 SELECT g.union_code,
    g.municipality_code,
    g.resident_key,
    r.subject_key,
    g.filing_id,
    g.kind,
    g.receipt_number,
    lower(g.held) AS began_on,
    upper(g.held) AS ended_on,
    g.held,
    g.fields,
    g.granted_on
   FROM ((eligibility.granted_fact g
     JOIN eligibility.filing_standing s ON ((s.filing_id = g.filing_id)))
     JOIN eligibility.resident r ON ((r.resident_key = g.resident_key)))
  WHERE (s.state = 'granted'::text);

create view eligibility.mailing_destination_in_force with (security_invoker=true) as
 SELECT d.union_code,
    d.municipality_code,
    d.resident_key,
    r.subject_key,
    d.covers,
    d.recipient_name,
    d.relation,
    d.address,
    d.effective_on,
    d.receipt_number
   FROM (((eligibility.mailing_destination d
     JOIN eligibility.mailing_destination_check c ON (((c.resident_key = d.resident_key) AND (c.filing_id = d.filing_id) AND c.agreed)))
     JOIN eligibility.filing_standing s ON (((s.filing_id = d.filing_id) AND (s.state = 'granted'::text))))
     JOIN eligibility.resident r ON ((r.resident_key = d.resident_key)))
  WHERE ((NOT d.ends) AND (NOT (EXISTS ( SELECT
           FROM ((eligibility.mailing_destination later
             JOIN eligibility.mailing_destination_check agreed ON (((agreed.resident_key = later.resident_key) AND (agreed.filing_id = later.filing_id) AND agreed.agreed)))
             JOIN eligibility.filing_standing standing ON (((standing.filing_id = later.filing_id) AND (standing.state = 'granted'::text))))
          WHERE ((later.resident_key = d.resident_key) AND (later.covers = d.covers) AND (ROW(agreed.checked_at, later.receipt_number) > ROW(c.checked_at, d.receipt_number)))))));

create view premium.income_now with (security_invoker=true) as
 SELECT DISTINCT ON (resident_key, fiscal_year) resident_key,
    fiscal_year,
    revision,
    union_code,
    municipality_code,
    declaration,
    public_pension_yen,
    salary_yen,
    family_employee_salary_yen,
    business_yen,
    family_employee_deduction_yen,
    capital_gains_yen,
    capital_gains_special_deduction_yen,
    other_yen,
    corrected_on,
    digest,
    transmission_id,
    line,
    recorded_at,
    taxable_income_yen,
    head_adjustment_yen,
    resident_tax,
    revenue_yen
   FROM premium.income
  ORDER BY resident_key, fiscal_year, revision DESC;

create view premium.assessment_now with (security_invoker=true) as
 SELECT DISTINCT ON (subject_key, fiscal_year) subject_key,
    fiscal_year,
    revision,
    union_code,
    municipality_code,
    resident_key,
    decided_on,
    reason,
    months,
    reduction_tenths,
    former_dependent,
    income_known,
    base_yen,
    judged_income_yen,
    threshold_yen,
    judged_insured,
    judged_earners,
    medical_per_capita_full_yen,
    medical_per_capita_yen,
    medical_rate_per_mille_hundred,
    medical_income_based_yen,
    medical_cap_yen,
    medical_over_cap_yen,
    medical_annual_yen,
    child_per_capita_full_yen,
    child_per_capita_yen,
    child_rate_per_mille_hundred,
    child_income_based_yen,
    child_cap_yen,
    child_over_cap_yen,
    child_annual_yen,
    annual_yen,
    law_edition,
    digest,
    run_id,
    recorded_at
   FROM premium.assessment
  ORDER BY subject_key, fiscal_year, revision DESC;

create view eligibility.household_period with (security_invoker=true) as
 SELECT m.resident_key,
    m.union_code,
    m.municipality_code,
    r.subject_key,
    m.household_number,
    m.is_head,
    m.began_on,
    upper(m.held) AS ended_on,
    m.held,
    c.birth_date
   FROM ((eligibility.household_membership m
     JOIN eligibility.resident r ON ((r.resident_key = m.resident_key)))
     JOIN eligibility.resident_record c ON (((c.resident_key = r.resident_key) AND (c.version = r.current_version))));

create view copay.judgement_now with (security_invoker=true) as
 SELECT DISTINCT ON (subject_key, effective_on) subject_key,
    sequence,
    union_code,
    municipality_code,
    resident_key,
    effective_on,
    judgement_year,
    cause,
    tenths,
    ground,
    limit_category,
    facts,
    workings,
    edition,
    digest,
    decided_on,
    decided_at,
    job_id,
    receipt_number
   FROM copay.judgement
  ORDER BY subject_key, effective_on, sequence DESC;

create view eligibility.known_change with (security_invoker=true) as
 SELECT c.resident_key,
    c.union_code,
    c.municipality_code,
    c.recorded_at AS known_at
   FROM eligibility.resident_record c
UNION ALL
 SELECT p.resident_key,
    e.union_code,
    e.municipality_code,
    e.decided_at AS known_at
   FROM (eligibility.entitlement_event e
     JOIN eligibility.insured_person p ON ((p.subject_key = e.subject_key)));

create view eligibility.recorded_household with (security_invoker=true) as
 SELECT DISTINCT resident_key,
    union_code,
    municipality_code,
    household_number
   FROM eligibility.resident_record c
  WHERE (household_number IS NOT NULL);

create view eligibility.registered_residence with (security_invoker=true) as
 SELECT r.resident_key,
    r.union_code,
    r.municipality_code,
    r.addressee_number,
    r.subject_key,
    c.household_number,
    c.status,
        CASE
            WHEN (c.birth_date_unknown = '1'::text) THEN c.birth_date_text
            ELSE NULL::text
        END AS birth_date_text,
        CASE
            WHEN (c.resident_kind = '2'::text) THEN c.stay_until
            ELSE NULL::date
        END AS stay_until,
    s.protected,
        CASE
            WHEN (NOT s.protected) THEN c.postal_code
            ELSE NULL::text
        END AS postal_code,
        CASE
            WHEN (NOT s.protected) THEN c.prefecture_name
            ELSE NULL::text
        END AS prefecture_name,
        CASE
            WHEN (NOT s.protected) THEN c.municipality_name
            ELSE NULL::text
        END AS municipality_name,
        CASE
            WHEN (NOT s.protected) THEN c.town_name
            ELSE NULL::text
        END AS town_name,
        CASE
            WHEN (NOT s.protected) THEN c.house_number
            ELSE NULL::text
        END AS house_number,
        CASE
            WHEN (NOT s.protected) THEN c.building
            ELSE NULL::text
        END AS building
   FROM (((eligibility.resident r
     JOIN eligibility.resident_record c ON (((c.resident_key = r.resident_key) AND (c.version = r.current_version))))
     LEFT JOIN eligibility.insured_person p ON ((p.subject_key = r.subject_key)))
     CROSS JOIN LATERAL ( SELECT ((c.non_disclosure = '1'::text) OR COALESCE(p.under_support_measure, false)) AS protected) s);

create view eligibility.disability_evidence with (security_invoker=true) as
 SELECT r.subject_key,
    d.resident_key,
    d.union_code,
    d.municipality_code,
    d.certified_on,
    d.held,
    d.evidence_kind,
    d.evidence_until
   FROM (eligibility.disability_certification d
     JOIN eligibility.resident r ON ((r.resident_key = d.resident_key)));

create view eligibility.support_period with (security_invoker=true) as
 SELECT r.subject_key,
    s.resident_key,
    s.union_code,
    s.municipality_code,
    s.began_on,
    s.held,
    s.non_disclosure,
    s.self_provision_disabled
   FROM (eligibility.support_measure s
     JOIN eligibility.resident r ON ((r.resident_key = s.resident_key)));

create view eligibility.residence_provision_period with (security_invoker=true) as
 SELECT v.resident_key,
    v.union_code,
    v.municipality_code,
    r.addressee_number,
    r.subject_key,
    v.began_on,
    upper(v.held) AS ended_on,
    v.kind,
    COALESCE(v.insurer_union, v.union_code) AS insurer_union,
    v.insurer_number,
    c.name,
    c.name_kana,
    c.birth_date,
    c.sex,
    p.insured_number,
    w.protected,
    f.facility_kind,
        CASE
            WHEN (NOT w.protected) THEN f.facility_name
            ELSE NULL::text
        END AS facility_name,
        CASE
            WHEN (NOT w.protected) THEN f.facility_address
            ELSE NULL::text
        END AS facility_address,
    f.entered_on,
    upper(f.held) AS left_on
   FROM (((((eligibility.residence_provision v
     JOIN eligibility.resident r ON ((r.resident_key = v.resident_key)))
     JOIN eligibility.resident_record c ON (((c.resident_key = r.resident_key) AND (c.version = r.current_version))))
     LEFT JOIN eligibility.insured_person p ON ((p.subject_key = r.subject_key)))
     CROSS JOIN LATERAL ( SELECT ((c.non_disclosure = '1'::text) OR COALESCE(p.under_support_measure, false)) AS protected) w)
     LEFT JOIN LATERAL ( SELECT s.facility_kind,
            s.facility_name,
            s.facility_address,
            s.entered_on,
            s.held
           FROM eligibility.facility_stay s
          WHERE ((s.resident_key = v.resident_key) AND (s.held && v.held))
          ORDER BY s.entered_on DESC
         LIMIT 1) f ON (true));

create view eligibility.unchecked_destination with (security_invoker=true) as
 SELECT d.union_code,
    d.municipality_code,
    d.resident_key,
    r.subject_key,
    d.covers,
    d.effective_on,
    d.receipt_number
   FROM ((eligibility.mailing_destination d
     JOIN eligibility.filing_standing s ON (((s.filing_id = d.filing_id) AND (s.state = 'awaitingCheck'::text))))
     JOIN eligibility.resident r ON ((r.resident_key = d.resident_key)));

create view eligibility.resident_in_brief with (security_invoker=true) as
 SELECT r.resident_key,
    r.union_code,
    r.municipality_code,
    r.subject_key,
    p.insured_number,
    c.name,
    c.name_kana,
    c.birth_date,
    c.sex
   FROM ((eligibility.resident r
     JOIN eligibility.resident_record c ON (((c.resident_key = r.resident_key) AND (c.version = r.current_version))))
     LEFT JOIN eligibility.insured_person p ON ((p.subject_key = r.subject_key)));

create view eligibility.facility_address with (security_invoker=true) as
 SELECT DISTINCT union_code,
    facility_name,
    facility_address
   FROM eligibility.facility_stay f;

alter table access.account enable row level security;
alter table access.account force row level security;
create policy scope on access.account as permissive for all to public
  using (((COALESCE(current_setting('koiki.union'::text, true), ''::text) = ''::text) OR ((scope_union = current_setting('koiki.union'::text, true)) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (scope_municipality = current_setting('koiki.municipality'::text, true))))));
alter table access.event enable row level security;
alter table access.event force row level security;
create policy scope on access.event as permissive for all to public
  using (((COALESCE(current_setting('koiki.union'::text, true), ''::text) = ''::text) OR ((scope_union = current_setting('koiki.union'::text, true)) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (scope_municipality = current_setting('koiki.municipality'::text, true))))));
alter table audit.bulk_keys enable row level security;
alter table audit.bulk_keys force row level security;
create policy scope on audit.bulk_keys as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy scope on audit.entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table audit.resident_entry enable row level security;
alter table audit.resident_entry force row level security;
create policy scope on audit.resident_entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table audit.subject_entry enable row level security;
alter table audit.subject_entry force row level security;
create policy scope on audit.subject_entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.address_confirmation enable row level security;
alter table certificates.address_confirmation force row level security;
create policy scope on certificates.address_confirmation as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.certificate_delivery enable row level security;
alter table certificates.certificate_delivery force row level security;
create policy scope on certificates.certificate_delivery as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.destination_confirmation enable row level security;
alter table certificates.destination_confirmation force row level security;
create policy scope on certificates.destination_confirmation as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.insurance_card_list enable row level security;
alter table certificates.insurance_card_list force row level security;
create policy scope on certificates.insurance_card_list as permissive for all to public
  using ((union_code = (current_setting('koiki.union'::text, true))::smallint))
  with check ((union_code = (current_setting('koiki.union'::text, true))::smallint));
alter table certificates.insurance_card_use enable row level security;
alter table certificates.insurance_card_use force row level security;
create policy scope on certificates.insurance_card_use as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.issue enable row level security;
alter table certificates.issue force row level security;
create policy scope on certificates.issue as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.issue_event enable row level security;
alter table certificates.issue_event force row level security;
create policy scope on certificates.issue_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.issue_standing enable row level security;
alter table certificates.issue_standing force row level security;
create policy scope on certificates.issue_standing as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.print_run enable row level security;
alter table certificates.print_run force row level security;
create policy scope on certificates.print_run as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.provision_delivery enable row level security;
alter table certificates.provision_delivery force row level security;
create policy scope on certificates.provision_delivery as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.sheet enable row level security;
alter table certificates.sheet force row level security;
create policy scope on certificates.sheet as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.special_treatment_answer enable row level security;
alter table certificates.special_treatment_answer force row level security;
create policy scope on certificates.special_treatment_answer as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.special_treatment_event enable row level security;
alter table certificates.special_treatment_event force row level security;
create policy scope on certificates.special_treatment_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.special_treatment_proposal enable row level security;
alter table certificates.special_treatment_proposal force row level security;
create policy scope on certificates.special_treatment_proposal as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table certificates.waiting enable row level security;
alter table certificates.waiting force row level security;
create policy scope on certificates.waiting as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table copay.judgement enable row level security;
alter table copay.judgement force row level security;
create policy scope on copay.judgement as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table copay.pending enable row level security;
alter table copay.pending force row level security;
create policy scope on copay.pending as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table copay.run enable row level security;
alter table copay.run force row level security;
create policy scope on copay.run as permissive for all to public
  using ((union_code = (current_setting('koiki.union'::text, true))::smallint))
  with check ((union_code = (current_setting('koiki.union'::text, true))::smallint));
alter table copay.share_period enable row level security;
alter table copay.share_period force row level security;
create policy scope on copay.share_period as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table counter.encounter enable row level security;
alter table counter.encounter force row level security;
create policy scope on counter.encounter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table counter.encounter_event enable row level security;
alter table counter.encounter_event force row level security;
create policy scope on counter.encounter_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table counter.encounter_person enable row level security;
alter table counter.encounter_person force row level security;
create policy scope on counter.encounter_person as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.application_exclusion enable row level security;
alter table eligibility.application_exclusion force row level security;
create policy scope on eligibility.application_exclusion as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.difference enable row level security;
alter table eligibility.difference force row level security;
create policy scope on eligibility.difference as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.difference_choice enable row level security;
alter table eligibility.difference_choice force row level security;
create policy scope on eligibility.difference_choice as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.difference_resolution enable row level security;
alter table eligibility.difference_resolution force row level security;
create policy scope on eligibility.difference_resolution as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.disability_certification enable row level security;
alter table eligibility.disability_certification force row level security;
create policy scope on eligibility.disability_certification as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.disability_renewal enable row level security;
alter table eligibility.disability_renewal force row level security;
create policy scope on eligibility.disability_renewal as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.draft enable row level security;
alter table eligibility.draft force row level security;
create policy scope on eligibility.draft as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.entitlement enable row level security;
alter table eligibility.entitlement force row level security;
create policy scope on eligibility.entitlement as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.entitlement_event enable row level security;
alter table eligibility.entitlement_event force row level security;
create policy scope on eligibility.entitlement_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.facility_stay enable row level security;
alter table eligibility.facility_stay force row level security;
create policy scope on eligibility.facility_stay as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.filing enable row level security;
alter table eligibility.filing force row level security;
create policy scope on eligibility.filing as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.filing_counter enable row level security;
alter table eligibility.filing_counter force row level security;
create policy scope on eligibility.filing_counter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.filing_event enable row level security;
alter table eligibility.filing_event force row level security;
create policy scope on eligibility.filing_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.filing_person enable row level security;
alter table eligibility.filing_person force row level security;
create policy scope on eligibility.filing_person as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.filing_standing enable row level security;
alter table eligibility.filing_standing force row level security;
create policy scope on eligibility.filing_standing as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.former_insurer_inquiry enable row level security;
alter table eligibility.former_insurer_inquiry force row level security;
create policy scope on eligibility.former_insurer_inquiry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.granted_fact enable row level security;
alter table eligibility.granted_fact force row level security;
create policy scope on eligibility.granted_fact as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.household_membership enable row level security;
alter table eligibility.household_membership force row level security;
create policy scope on eligibility.household_membership as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.insured_delivery enable row level security;
alter table eligibility.insured_delivery force row level security;
create policy scope on eligibility.insured_delivery as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.insured_person enable row level security;
alter table eligibility.insured_person force row level security;
create policy scope on eligibility.insured_person as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.mailing_destination enable row level security;
alter table eligibility.mailing_destination force row level security;
create policy scope on eligibility.mailing_destination as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.mailing_destination_check enable row level security;
alter table eligibility.mailing_destination_check force row level security;
create policy scope on eligibility.mailing_destination_check as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.number_counter enable row level security;
alter table eligibility.number_counter force row level security;
create policy scope on eligibility.number_counter as permissive for all to public
  using ((union_code = (current_setting('koiki.union'::text, true))::smallint))
  with check ((union_code = (current_setting('koiki.union'::text, true))::smallint));
alter table eligibility.number_directory enable row level security;
alter table eligibility.number_directory force row level security;
create policy scope on eligibility.number_directory as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.pending_decision enable row level security;
alter table eligibility.pending_decision force row level security;
create policy scope on eligibility.pending_decision as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.person_link_decision enable row level security;
alter table eligibility.person_link_decision force row level security;
create policy scope on eligibility.person_link_decision as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.person_name_key enable row level security;
alter table eligibility.person_name_key force row level security;
create policy scope on eligibility.person_name_key as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.residence_provision enable row level security;
alter table eligibility.residence_provision force row level security;
create policy scope on eligibility.residence_provision as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.resident enable row level security;
alter table eligibility.resident force row level security;
create policy scope on eligibility.resident as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.resident_directory enable row level security;
alter table eligibility.resident_directory force row level security;
create policy scope on eligibility.resident_directory as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.resident_link enable row level security;
alter table eligibility.resident_link force row level security;
create policy scope on eligibility.resident_link as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.resident_record enable row level security;
alter table eligibility.resident_record force row level security;
create policy scope on eligibility.resident_record as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.stay_exclusion enable row level security;
alter table eligibility.stay_exclusion force row level security;
create policy scope on eligibility.stay_exclusion as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table eligibility.support_measure enable row level security;
alter table eligibility.support_measure force row level security;
create policy scope on eligibility.support_measure as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.admission enable row level security;
alter table exchange.admission force row level security;
create policy scope on exchange.admission as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.custody_event enable row level security;
alter table exchange.custody_event force row level security;
create policy scope on exchange.custody_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.destination_stop enable row level security;
alter table exchange.destination_stop force row level security;
create policy scope on exchange.destination_stop as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.finding enable row level security;
alter table exchange.finding force row level security;
create policy scope on exchange.finding as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.full_reconciliation enable row level security;
alter table exchange.full_reconciliation force row level security;
create policy scope on exchange.full_reconciliation as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.full_reconciliation_difference enable row level security;
alter table exchange.full_reconciliation_difference force row level security;
create policy scope on exchange.full_reconciliation_difference as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.full_reconciliation_result enable row level security;
alter table exchange.full_reconciliation_result force row level security;
create policy scope on exchange.full_reconciliation_result as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.layout_policy enable row level security;
alter table exchange.layout_policy force row level security;
create policy scope on exchange.layout_policy as permissive for all to public
  using ((union_code = (current_setting('koiki.union'::text, true))::smallint));
alter table exchange.own_copy enable row level security;
alter table exchange.own_copy force row level security;
create policy scope on exchange.own_copy as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.plausibility enable row level security;
alter table exchange.plausibility force row level security;
create policy scope on exchange.plausibility as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.quarantined_row enable row level security;
alter table exchange.quarantined_row force row level security;
create policy scope on exchange.quarantined_row as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.receipt enable row level security;
alter table exchange.receipt force row level security;
create policy scope on exchange.receipt as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.sequence_counter enable row level security;
alter table exchange.sequence_counter force row level security;
create policy scope on exchange.sequence_counter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.sequence_position enable row level security;
alter table exchange.sequence_position force row level security;
create policy scope on exchange.sequence_position as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.transmission enable row level security;
alter table exchange.transmission force row level security;
create policy scope on exchange.transmission as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.transmission_event enable row level security;
alter table exchange.transmission_event force row level security;
create policy scope on exchange.transmission_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table notices.form_delivery enable row level security;
alter table notices.form_delivery force row level security;
create policy scope on notices.form_delivery as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table notices.form_delivery_event enable row level security;
alter table notices.form_delivery_event force row level security;
create policy scope on notices.form_delivery_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table notices.listed_decision enable row level security;
alter table notices.listed_decision force row level security;
create policy scope on notices.listed_decision as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table notices.listed_issue enable row level security;
alter table notices.listed_issue force row level security;
create policy scope on notices.listed_issue as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table notices.printed_form enable row level security;
alter table notices.printed_form force row level security;
create policy scope on notices.printed_form as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table notices.printed_form_event enable row level security;
alter table notices.printed_form_event force row level security;
create policy scope on notices.printed_form_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table premium.assessment enable row level security;
alter table premium.assessment force row level security;
create policy scope on premium.assessment as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table premium.delivery enable row level security;
alter table premium.delivery force row level security;
create policy scope on premium.delivery as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table premium.income enable row level security;
alter table premium.income force row level security;
create policy scope on premium.income as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table premium.run enable row level security;
alter table premium.run force row level security;
create policy scope on premium.run as permissive for all to public
  using ((union_code = (current_setting('koiki.union'::text, true))::smallint))
  with check ((union_code = (current_setting('koiki.union'::text, true))::smallint));
alter table premium.run_municipality enable row level security;
alter table premium.run_municipality force row level security;
create policy scope on premium.run_municipality as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table premium.working enable row level security;
alter table premium.working force row level security;
create policy scope on premium.working as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table vault.blind_index enable row level security;
alter table vault.blind_index force row level security;
create policy scope on vault.blind_index as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND (holder = ANY (ARRAY[('union:'::text || current_setting('koiki.union'::text, true)), ('municipality:'::text || current_setting('koiki.municipality'::text, true))]))));
alter table vault.sealed_number enable row level security;
alter table vault.sealed_number force row level security;
create policy scope on vault.sealed_number as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND (holder = ANY (ARRAY[('union:'::text || current_setting('koiki.union'::text, true)), ('municipality:'::text || current_setting('koiki.municipality'::text, true))]))));

comment on schema access is '利用者、サインイン、権限の割当て。';
comment on schema audit is '監査。だれが、どこから、何の用件で、だれについて、何件、何をしたか。';
comment on schema certificates is '資格確認書等。交付する文書の判定のもと、発行、紙と印刷の照合、返戻・紛失・回収。';
comment on schema copay is '一部負担金の割合と限度区分。年次の判定、事由ごとの再判定、割合の期間、判定できない人。';
comment on schema counter is '窓口の応対。だれが、いつ、何の用件で、だれの応対をし、何を聞いて確かめたか。';
comment on schema eligibility is '資格。住民基本台帳情報・住登外登録情報の受入れ、被保険者資格の取得・変更・喪失の決定、被保険者番号の付番。';
comment on schema exchange is 'ファイルのやりとり（送信・受信の台帳、通し番号、所見、受領書）';
comment on schema notices is '帳票。窓口での印刷と、市区町村への配信の記録。';
comment on schema premium is '賦課。所得・課税情報、保険料の決定とその計算過程。';
comment on schema reference is '参照表。版とともに改まり、業務の中では書き換えない。';
comment on schema store is 'データベースの形の履歴';
comment on schema vault is '金庫。個人番号の封、個人番号から札を引く探し札、鍵の版の台帳。';
comment on schema work is '仕事（一括処理）と時計';
comment on table access.account is '利用者。広域連合の職員、市区町村の窓口の職員、集約機関の運用者。';
comment on column access.account.account_id is '利用者の番号';
comment on column access.account.login_name is '利用者名 (サインインに使う)';
comment on column access.account.display_name is '表示する名前';
comment on column access.account.roles is '役割。eligibilityClerk 資格担当、premiumClerk 賦課担当、benefitsClerk 給付担当、administrator 管理者、counterClerk 窓口担当、operator 運用者';
comment on column access.account.scope_union is '担当の広域連合 (都道府県番号2桁)。運用者にはない';
comment on column access.account.scope_municipality is '担当の市区町村コード。広域連合の職員は *、運用者にはない';
comment on column access.account.password_hash is 'パスワードの要約 (scrypt、塩と強さを含む)';
comment on column access.account.password_set_at is 'パスワードを決めた時刻';
comment on column access.account.demo is '仮想の世界の見本の利用者か';
comment on column access.account.created_at is '登録した時刻';
comment on column access.account.disabled_at is '使えなくした時刻';
comment on table access.enrolment_code is '最初の管理者・運用者を登録するための、一度だけ使える合言葉。要約値だけを持つ。';
comment on column access.enrolment_code.code_digest is '合言葉の要約値 (SHA-256)';
comment on column access.enrolment_code.role is '登録できる役割';
comment on column access.enrolment_code.scope_union is '登録できる広域連合 (都道府県番号2桁)';
comment on column access.enrolment_code.issued_at is '出した時刻';
comment on column access.enrolment_code.expires_at is 'この時刻から使えない';
comment on column access.enrolment_code.closed_at is '使った時刻、または新しい合言葉に替えた時刻';
comment on table access.event is 'サインインと利用者の登録の記録。直さない、消さない。';
comment on column access.event.event_id is '記録の番号';
comment on column access.event.recorded_at is '起きた時刻';
comment on column access.event.kind is '種類。signedIn 入った、refused 断った、lockedOut 締め出した、signedOut 出た、idled 操作がなく終わった、expired 時間が来て終わった、enrolled 最初の登録、created 登録、disabled 使えなくした、unlocked 締出しを解いた、passwordChanged パスワードを替えた';
comment on column access.event.account_id is '利用者の番号。いない利用者名なら空';
comment on column access.event.by_account_id is '行った管理者の番号';
comment on column access.event.scope_union is '利用者の担当の広域連合';
comment on column access.event.scope_municipality is '利用者の担当の市区町村コード';
comment on column access.event.terminal is '端末の名前';
comment on column access.event.address is '端末のネットワーク上の所在';
comment on table access.failed_attempt is 'サインインのまちがい。打たれた利用者名の要約値で数えるので、いない利用者名でも同じように締め出す。';
comment on column access.failed_attempt.login_digest is '打たれた利用者名の要約値 (SHA-256)。利用者名の欄にパスワードを打つ人がいるので、字は残さない';
comment on column access.failed_attempt.failures is '続けてまちがえた回数';
comment on column access.failed_attempt.last_failed_at is '最後にまちがえた時刻';
comment on column access.failed_attempt.locked_until is 'この時刻まで締め出す';
comment on table access.installation is 'この据付けが仮想の世界か、実際の事務所か。一度決めたら変えられない。';
comment on column access.installation.id is '常に1';
comment on column access.installation.kind is 'invented 仮想の世界、office 実際の事務所';
comment on column access.installation.declared_at is '決めた時刻';
comment on table access.session is 'サインインしている間。合言葉 (セッションの印) そのものは持たず、要約値だけを持つ。';
comment on column access.session.token_digest is 'セッションの印の要約値 (SHA-256)';
comment on column access.session.account_id is '利用者の番号';
comment on column access.session.terminal is '端末の名前';
comment on column access.session.address is '端末のネットワーク上の所在';
comment on column access.session.started_at is 'サインインした時刻';
comment on column access.session.last_seen_at is '最後に操作した時刻 (1分の粗さ)';
comment on column access.session.expires_at is '操作していても終わる時刻';
comment on column access.session.ended_at is '終わった時刻';
comment on table audit.bulk_keys is '一括処理の一段が扱った人の鍵の並び。本人から引くときは、まず範囲で絞り、次に並びを見る。';
comment on column audit.bulk_keys.entry_id is '監査の記録の番号';
comment on column audit.bulk_keys.key_kind is '鍵の種類。subject 被保険者、resident 住民';
comment on column audit.bulk_keys.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.bulk_keys.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on column audit.bulk_keys.key_first is '最も小さい鍵';
comment on column audit.bulk_keys.key_last is '最も大きい鍵';
comment on column audit.bulk_keys.keys is '扱った人の鍵。小さい順';
comment on table audit.entry is '監査の記録。人を見る・人について書く行い一つ、または一括処理の一段につき一行。';
comment on column audit.entry.entry_id is '記録の番号';
comment on column audit.entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on column audit.entry.recorded_at is '行った時刻';
comment on column audit.entry.channel is '経路。screen 画面、api 外からの呼出し、job 一括処理';
comment on column audit.entry.actor_kind is '行った者の種類。account 利用者、job 仕事';
comment on column audit.entry.actor_id is '利用者の番号、または仕事の番号';
comment on column audit.entry.actor_name is '行った時の利用者の名前、または仕事の名前';
comment on column audit.entry.party is '行った当事者 (例 union:43)';
comment on column audit.entry.terminal is '端末の名前';
comment on column audit.entry.address is '端末のネットワーク上の所在';
comment on column audit.entry.act is '行い (例 person.read)';
comment on column audit.entry.effect is 'read 見た、write 書いた';
comment on column audit.entry.purpose is '用件';
comment on column audit.entry.person_count is '何人について行ったか';
comment on column audit.entry.key_digest is '人の鍵を小さい順に並べた要約値 (SHA-256)。後から並びを確かめるため';
comment on table audit.resident_entry is '住民ごとの監査の記録。被保険者でない住民から、見た者・書いた者を引く。';
comment on column audit.resident_entry.resident_key is '住民の鍵';
comment on column audit.resident_entry.entry_id is '監査の記録の番号';
comment on column audit.resident_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.resident_entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on table audit.subject_entry is '被保険者ごとの監査の記録。本人から、見た者・書いた者を引く。';
comment on column audit.subject_entry.subject_key is '被保険者の鍵';
comment on column audit.subject_entry.entry_id is '監査の記録の番号';
comment on column audit.subject_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.subject_entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on table certificates.address_confirmation is '住所の確かめ。別の世帯が同じ住所にいてよいと、人が確かめたこと、またはその取消。最後の行が効き、住所のだれの郵送も止めない。足すだけで直さない。';
comment on column certificates.address_confirmation.union_code is '広域連合コード';
comment on column certificates.address_confirmation.municipality_code is '住所のある市区町村コード';
comment on column certificates.address_confirmation.place_key is '住所の要約値 (字が同じなら同じ住所)';
comment on column certificates.address_confirmation.sequence is '何番目か (1から)';
comment on column certificates.address_confirmation.confirmed is '確かめたなら真、その取消なら偽';
comment on column certificates.address_confirmation.note is '何を見て確かめたか、または取り消すわけ';
comment on column certificates.address_confirmation.account is '行った利用者の番号';
comment on column certificates.address_confirmation.account_name is '行った利用者の名前 (そのとき)';
comment on column certificates.address_confirmation.told_at is '行った時刻';
comment on table certificates.certificate_delivery is '被保険者証等発行用情報の配信の控え。';
comment on column certificates.certificate_delivery.subject_key is '被保険者の鍵';
comment on column certificates.certificate_delivery.municipality_code is '市区町村コード';
comment on column certificates.certificate_delivery.issue_number is '何通目か';
comment on column certificates.certificate_delivery.union_code is '広域連合コード';
comment on column certificates.certificate_delivery.digest is '知らせた内容の要約値';
comment on column certificates.certificate_delivery.transmission_id is '最後に知らせた送信';
comment on column certificates.certificate_delivery.delivered_at is '最後に知らせた時刻';
comment on table certificates.destination_confirmation is '宛先の確かめ。同じ住所に別の世帯がある人の宛先を、人が確かめたこと。宛先が変われば効かない。足すだけで直さない。';
comment on column certificates.destination_confirmation.subject_key is '被保険者の鍵';
comment on column certificates.destination_confirmation.municipality_code is '市区町村コード';
comment on column certificates.destination_confirmation.sequence is '何番目か (1から)';
comment on column certificates.destination_confirmation.union_code is '広域連合コード';
comment on column certificates.destination_confirmation.digest is '確かめた宛先の要約値';
comment on column certificates.destination_confirmation.note is '確かめたこと';
comment on column certificates.destination_confirmation.account is '確かめた利用者の番号';
comment on column certificates.destination_confirmation.account_name is '確かめた利用者の名前';
comment on column certificates.destination_confirmation.confirmed_at is '確かめた時刻';
comment on table certificates.insurance_card_list is '取り込んだマイナ保険証利用登録状況の一覧。人は載せず、いつの状況で何件かだけを持つ。足すだけで直さない。';
comment on column certificates.insurance_card_list.union_code is '広域連合コード';
comment on column certificates.insurance_card_list.transmission_id is '送信識別子';
comment on column certificates.insurance_card_list.kind is '一覧区分 (full 全件、difference 差分)';
comment on column certificates.insurance_card_list.as_of is '基準の時刻';
comment on column certificates.insurance_card_list.row_count is '一覧の件数';
comment on column certificates.insurance_card_list.changed_count is '前に取り込んだものと違った人';
comment on column certificates.insurance_card_list.unchanged_count is '前に取り込んだものと同じ人';
comment on column certificates.insurance_card_list.unknown_count is '被保険者番号が分からず隔離した行';
comment on column certificates.insurance_card_list.missing_count is '全件の一覧にいない被保険者 (差分では0)';
comment on column certificates.insurance_card_list.recorded_at is '取り込んだ時刻';
comment on table certificates.insurance_card_use is 'マイナ保険証の状況。知らせが来るたびに一行を足す。その日の状況は、その日までに効いた最後の知らせ。';
comment on column certificates.insurance_card_use.subject_key is '被保険者の鍵';
comment on column certificates.insurance_card_use.municipality_code is '市区町村コード';
comment on column certificates.insurance_card_use.sequence is '何番目の知らせか (1から)';
comment on column certificates.insurance_card_use.union_code is '広域連合コード';
comment on column certificates.insurance_card_use.state is '状況。registered 利用登録あり、notRegistered なし、deregistered 解除した、expired 電子証明書の失効、followsList 手の入力をやめて一覧に従う';
comment on column certificates.insurance_card_use.effective_on is 'この状況になった日';
comment on column certificates.insurance_card_use.source is '出どころ (中間サーバー、窓口で見たもの)';
comment on column certificates.insurance_card_use.known_at is '知った時刻';
comment on column certificates.insurance_card_use.account is '入れた利用者の番号 (ファイルによるときは空)';
comment on column certificates.insurance_card_use.account_name is '入れた利用者の名前';
comment on column certificates.insurance_card_use.told_by is 'だれが言ったか。list 中間サーバーの一覧、hand 手で入れた';
comment on column certificates.insurance_card_use.transmission_id is '一覧の送信識別子 (手で入れたものは空)';
comment on column certificates.insurance_card_use.listed_as_of is '一覧の基準の時刻 (手で入れたものは空)';
comment on column certificates.insurance_card_use.registered_on is '一覧の利用登録年月日';
comment on column certificates.insurance_card_use.deregistered_on is '一覧の利用登録解除年月日';
comment on column certificates.insurance_card_use.electronic_certificate_until is '一覧の電子証明書の有効期限 (使える最後の日)';
comment on column certificates.insurance_card_use.electronic_certificate_revoked_on is '一覧の電子証明書の失効年月日';
comment on table certificates.issue is '資格確認書等の発行。一通につき一行。足すだけで直さない。';
comment on column certificates.issue.subject_key is '被保険者の鍵';
comment on column certificates.issue.municipality_code is '市区町村コード';
comment on column certificates.issue.issue_number is 'この市区町村での、この人の何通目か (1から)';
comment on column certificates.issue.union_code is '広域連合コード';
comment on column certificates.issue.resident_key is '住民の鍵';
comment on column certificates.issue.document is '文書の種類。被保険者証、被保険者資格証明書、資格確認書、資格情報のお知らせ、資格確認書（特別療養）の順';
comment on column certificates.issue.reason is '発行事由';
comment on column certificates.issue.manner is 'counter 窓口での即時発行、bulk 一括発行';
comment on column certificates.issue.delivery is 'handOver 手渡し、mail 郵送';
comment on column certificates.issue.effective_from is '発効期日';
comment on column certificates.issue.valid_until is '有効期限 (使える最後の日)';
comment on column certificates.issue.issued_on is '交付年月日';
comment on column certificates.issue.issued_at is '発行した時刻';
comment on column certificates.issue.contents is '記載 (紙に書いたまま)。支援措置の対象の人の住所は持たない';
comment on column certificates.issue.destination is '宛先 (手渡しでは空)';
comment on column certificates.issue.destination_kind is '宛先のもと。address 住民票の住所、registered 登録した送付先';
comment on column certificates.issue.grounds is '文書を決めた理由';
comment on column certificates.issue.edition is '法令表の版';
comment on column certificates.issue.request_id is '画面が付けた頼みの番号 (一括では空)';
comment on column certificates.issue.request_digest is '頼みの内容の要約値。同じ番号で別の頼みを見分ける';
comment on column certificates.issue.account is '発行した利用者の番号 (一括では空)';
comment on column certificates.issue.account_name is '発行した利用者、または一括の名';
comment on column certificates.issue.job_id is '一括発行したジョブ';
comment on column certificates.issue.run_id is '一括の束';
comment on column certificates.issue.note is '覚え';
comment on table certificates.issue_event is '資格確認書等のいきさつ。一つの行いにつき一行。足すだけで直さない。';
comment on column certificates.issue_event.subject_key is '被保険者の鍵';
comment on column certificates.issue_event.municipality_code is '市区町村コード';
comment on column certificates.issue_event.issue_number is '何通目か';
comment on column certificates.issue_event.sequence is '何番目のいきさつか (発行の後、1から)';
comment on column certificates.issue_event.union_code is '広域連合コード';
comment on column certificates.issue_event.act is '行い。confirmed 紙を確かめた、spoiled よごれ、notPrinted 出なかった、handedOver 手渡し、mailed 郵送、returned 返戻、lost 紛失、recollected 回収、cancelled 取りやめ、voided 無効';
comment on column certificates.issue_event.happened_at is '行った時刻';
comment on column certificates.issue_event.happened_on is 'その事の日';
comment on column certificates.issue_event.account is '行った利用者の番号 (仕組みが行ったときは空)';
comment on column certificates.issue_event.account_name is '行った利用者の名前';
comment on column certificates.issue_event.note is 'わけ・覚え';
comment on table certificates.issue_standing is '資格確認書等の今。いきさつを積み上げた今の姿で、一覧と楽観的な版のために持つ。';
comment on column certificates.issue_standing.subject_key is '被保険者の鍵';
comment on column certificates.issue_standing.municipality_code is '市区町村コード';
comment on column certificates.issue_standing.issue_number is '何通目か';
comment on column certificates.issue_standing.union_code is '広域連合コード';
comment on column certificates.issue_standing.version is '版 (1から)';
comment on column certificates.issue_standing.state is '紙のありか。instructed 印刷前、printed 紙を確かめた、handedOver 渡した、returned 返戻、recollected 回収、lost 紛失、cancelled 発行の取りやめ';
comment on column certificates.issue_standing.copy is 'いまの紙は何枚目か';
comment on column certificates.issue_standing.valid_until is '有効期限';
comment on column certificates.issue_standing.void_on is 'この日から使えない';
comment on column certificates.issue_standing.void_reason is '使えないわけ。replaced 新しい文書の交付、lossOfEligibility 資格の喪失、moved 市区町村の異動、lost 紛失、recollected 回収、cancelled 発行の取りやめ';
comment on column certificates.issue_standing.changed_at is '最後に変わった時刻';
comment on table certificates.print_run is '印刷の束。市区町村ごとの一括の印刷。すべての紙がどうなったか分かるまで閉じられない。';
comment on column certificates.print_run.run_id is '束の番号';
comment on column certificates.print_run.union_code is '広域連合コード';
comment on column certificates.print_run.municipality_code is '市区町村コード';
comment on column certificates.print_run.title is '束の名';
comment on column certificates.print_run.made_on is '作った日';
comment on column certificates.print_run.made_at is '作った時刻';
comment on column certificates.print_run.job_id is '作ったジョブ';
comment on column certificates.print_run.version is '版 (1から)';
comment on column certificates.print_run.closed_at is '閉じた時刻 (開いていれば空)';
comment on column certificates.print_run.closed_by is '閉じた利用者の番号';
comment on column certificates.print_run.closed_by_name is '閉じた利用者の名前';
comment on table certificates.provision_delivery is '住所地特例者情報の配信の控え。';
comment on column certificates.provision_delivery.resident_key is '住民の鍵';
comment on column certificates.provision_delivery.municipality_code is '市区町村コード';
comment on column certificates.provision_delivery.began_on is '適用開始年月日';
comment on column certificates.provision_delivery.union_code is '広域連合コード';
comment on column certificates.provision_delivery.provision_kind is '住所地特例区分';
comment on column certificates.provision_delivery.insurer_union is '保険者となる広域連合のコード';
comment on column certificates.provision_delivery.cancelled is '取消を知らせたか';
comment on column certificates.provision_delivery.digest is '知らせた内容の要約値';
comment on column certificates.provision_delivery.transmission_id is '最後に知らせた送信';
comment on column certificates.provision_delivery.delivered_at is '最後に知らせた時刻';
comment on table certificates.sheet is '印刷の紙。一枚につき一行。紙の符号で、刷れた・よごれた・出なかったを一枚ずつ言う。';
comment on column certificates.sheet.subject_key is '被保険者の鍵';
comment on column certificates.sheet.municipality_code is '市区町村コード';
comment on column certificates.sheet.issue_number is '何通目か';
comment on column certificates.sheet.copy is 'その文書の何枚目の紙か';
comment on column certificates.sheet.union_code is '広域連合コード';
comment on column certificates.sheet.code is '紙に刷る符号 (機械でも読める)';
comment on column certificates.sheet.run_id is '束の番号 (1枚ずつの印刷では空)';
comment on column certificates.sheet.place is '束の中の順番 (1から)';
comment on column certificates.sheet.instructed_at is '印刷を頼んだ時刻';
comment on column certificates.sheet.state is 'instructed 頼んだ、printed 印刷できた、spoiled よごれ、notPrinted 出なかった';
comment on column certificates.sheet.settled_at is 'どうなったかを確かめた時刻';
comment on column certificates.sheet.settled_by_name is '確かめた利用者の名前';
comment on table certificates.special_treatment_answer is '特別療養費の案への2人目の答え。案を入れた人は答えられない。足すだけで直さない。';
comment on column certificates.special_treatment_answer.subject_key is '被保険者の鍵';
comment on column certificates.special_treatment_answer.municipality_code is '市区町村コード';
comment on column certificates.special_treatment_answer.proposal_number is '答えた案の番号';
comment on column certificates.special_treatment_answer.union_code is '広域連合コード';
comment on column certificates.special_treatment_answer.answer is '答え。agreed 確かめた、rejected 差し戻した';
comment on column certificates.special_treatment_answer.reason is '差し戻したわけ';
comment on column certificates.special_treatment_answer.answered_at is '答えた時刻';
comment on column certificates.special_treatment_answer.account is '答えた利用者の番号';
comment on column certificates.special_treatment_answer.account_name is '答えた利用者の名前';
comment on table certificates.special_treatment_event is '特別療養費の支給への変更 (法82条) とその終わり。滞納の手続きは収納の章が行い、ここには決定だけが来る。足すだけで直さない。';
comment on column certificates.special_treatment_event.subject_key is '被保険者の鍵';
comment on column certificates.special_treatment_event.municipality_code is '市区町村コード';
comment on column certificates.special_treatment_event.sequence is '何番目の決定か (1から)';
comment on column certificates.special_treatment_event.union_code is '広域連合コード';
comment on column certificates.special_treatment_event.act is 'begin 特別療養費の支給への変更、lift その終わり';
comment on column certificates.special_treatment_event.effective_on is '効き始める日';
comment on column certificates.special_treatment_event.notified_on is '事前の通知の日 (終わりでは空)';
comment on column certificates.special_treatment_event.source is '決定の文書番号など';
comment on column certificates.special_treatment_event.decided_at is '入れた時刻';
comment on column certificates.special_treatment_event.account is '入れた利用者の番号';
comment on column certificates.special_treatment_event.account_name is '入れた利用者の名前';
comment on column certificates.special_treatment_event.ground is '根拠。案のとおり';
comment on column certificates.special_treatment_event.hearing_until is '弁明の機会の期限 (終わりでは空)';
comment on column certificates.special_treatment_event.hearing is '弁明。heard あった、silent なかった (終わりでは空)';
comment on column certificates.special_treatment_event.decided_on is '決定日';
comment on column certificates.special_treatment_event.proposed_by is '案を入れた利用者の名前';
comment on table certificates.special_treatment_proposal is '特別療養費の支給への変更 (法82条) とその終わりの案。2人目が確かめて、はじめて効く。足すだけで直さない。';
comment on column certificates.special_treatment_proposal.subject_key is '被保険者の鍵';
comment on column certificates.special_treatment_proposal.municipality_code is '市区町村コード';
comment on column certificates.special_treatment_proposal.proposal_number is '何番目の案か (1から)';
comment on column certificates.special_treatment_proposal.union_code is '広域連合コード';
comment on column certificates.special_treatment_proposal.act is 'begin 特別療養費の支給への変更、lift その終わり';
comment on column certificates.special_treatment_proposal.effective_on is '効き始める日';
comment on column certificates.special_treatment_proposal.ground is '根拠。arrears 1年以上の滞納、arrearsEarlier 1年に満たない滞納、paid 完納、reduced 著しい減少、circumstances 特別の事情、publicMedical 公費負担医療、withdrawn 決定の取消し';
comment on column certificates.special_treatment_proposal.notified_on is '事前通知の日 (終わりでは空)';
comment on column certificates.special_treatment_proposal.hearing_until is '弁明の機会の期限 (終わりでは空)';
comment on column certificates.special_treatment_proposal.hearing is '弁明。heard あった、silent なかった (終わりでは空)';
comment on column certificates.special_treatment_proposal.decided_on is '決定日';
comment on column certificates.special_treatment_proposal.source is '決定の文書番号';
comment on column certificates.special_treatment_proposal.proposed_at is '案を入れた時刻';
comment on column certificates.special_treatment_proposal.account is '案を入れた利用者の番号';
comment on column certificates.special_treatment_proposal.account_name is '案を入れた利用者の名前';
comment on table certificates.waiting is '文書を待っている人。一括発行で文書を作れなかった人とそのわけ。作れれば消える。';
comment on column certificates.waiting.subject_key is '被保険者の鍵';
comment on column certificates.waiting.municipality_code is '市区町村コード';
comment on column certificates.waiting.union_code is '広域連合コード';
comment on column certificates.waiting.since is '待ち始めた日';
comment on column certificates.waiting.document_on is 'いつの文書か';
comment on column certificates.waiting.missing is '足りないもの';
comment on column certificates.waiting.job_id is '最後に調べたジョブ';
comment on table copay.judgement is '一部負担金の割合の判定。世帯を単位に判定し、被保険者ごとに一行を足す。直さない、消さない。同じ効力の日の判定は、番号の大きいものが生きている。';
comment on column copay.judgement.subject_key is '被保険者の鍵';
comment on column copay.judgement.sequence is '判定の順番 (1から)';
comment on column copay.judgement.union_code is '広域連合コード';
comment on column copay.judgement.municipality_code is '効力の日の市区町村コード';
comment on column copay.judgement.resident_key is '効力の日の住民の鍵';
comment on column copay.judgement.effective_on is '効力の日 (この日から)';
comment on column copay.judgement.judgement_year is '判定の年度 (8月から翌年7月まで。始まる年の西暦)';
comment on column copay.judgement.cause is '判定の事由。yearly 年次、acquisition 資格取得、householdChange 世帯の異動、turningSeventy 70歳到達、application 基準収入額適用申請、incomeArrived 証明書の割合から届いた所得での判定へ、incomeCorrection 所得の更正、recordCorrection 資格や世帯の記録の訂正';
comment on column copay.judgement.tenths is '一部負担金の割合 (割)';
comment on column copay.judgement.ground is '割合の理由の符号';
comment on column copay.judgement.limit_category is '限度区分。世帯の全員の課税が分からなければ空';
comment on column copay.judgement.facts is '用いた事実 (世帯員の鍵、生年月日、金額、足りないもの)。氏名・住所・個人番号は持たない。判定し直すときの入力になる';
comment on column copay.judgement.workings is '計算の過程。値・式・根拠';
comment on column copay.judgement.edition is '用いた法令表の版';
comment on column copay.judgement.digest is '事実と結果の要約値。同じ判定を二度しないために比べる';
comment on column copay.judgement.decided_on is '判定した日 (業務の日付)';
comment on column copay.judgement.decided_at is '判定した時刻';
comment on column copay.judgement.job_id is '判定したジョブ。届書によるときは空';
comment on column copay.judgement.receipt_number is '判定のもとになった届書の受付番号';
comment on view copay.judgement_now is '効力の日ごとの、今生きている判定。';
comment on table copay.pending is '一部負担金の割合を判定できない人。足りない事実がそろうまで待つ。';
comment on column copay.pending.subject_key is '被保険者の鍵';
comment on column copay.pending.effective_on is '判定しようとした効力の日';
comment on column copay.pending.union_code is '広域連合コード';
comment on column copay.pending.municipality_code is '市区町村コード';
comment on column copay.pending.judgement_year is '判定の年度';
comment on column copay.pending.reasons is '判定できない理由 (だれの、何が足りないか。鍵で言い、氏名は持たない)';
comment on column copay.pending.since is '判定できないと分かった時刻';
comment on table copay.run is '判定の回。終わった一括の判定に一行。次の再判定は、前の回の始まりより後に変わった人だけを見る。';
comment on column copay.run.union_code is '広域連合コード';
comment on column copay.run.job_id is '判定したジョブ';
comment on column copay.run.mode is '回の種類。yearly 年次の判定 (全員)、changed 再判定 (変わった人だけ)';
comment on column copay.run.judgement_year is '年次の判定の年度';
comment on column copay.run.started_at is '始めた時刻';
comment on column copay.run.finished_at is '終えた時刻';
comment on column copay.run.decided_on is '判定した日';
comment on column copay.run.edition is '用いた法令表の版';
comment on column copay.run.persons is 'みた人の数';
comment on column copay.run.judged is '足した判定の数';
comment on column copay.run.changed is '割合か限度区分が変わった人の数';
comment on column copay.run.pending is '判定できない人の数';
comment on column copay.run.through_year is '年次の判定の終わりの年度。空なら始まりの年度だけ';
comment on table copay.share_period is '一部負担金の割合の期間。判定・市区町村が変わるごとに一行。資格のない日と、判定できない日には行がない。';
comment on column copay.share_period.subject_key is '被保険者の鍵';
comment on column copay.share_period.began_on is '期間の始まり';
comment on column copay.share_period.union_code is '広域連合コード';
comment on column copay.share_period.municipality_code is '期間の市区町村コード';
comment on column copay.share_period.held is '期間 (終わりの日を含まない)';
comment on column copay.share_period.tenths is '一部負担金の割合 (割)';
comment on column copay.share_period.limit_category is '限度区分。判定できなければ空';
comment on column copay.share_period.share_since is 'この割合が切れ目なく続く最初の日 (発効期日)';
comment on column copay.share_period.limit_since is 'この限度区分が切れ目なく続く最初の日';
comment on column copay.share_period.judged_on is 'もとになった判定の効力の日';
comment on column copay.share_period.judgement_sequence is 'もとになった判定の順番';
comment on table counter.encounter is '応対。窓口で一人の人に向かう間。番号はその窓口のその日の連番。足すだけで直さない。';
comment on column counter.encounter.encounter_id is '応対の鍵';
comment on column counter.encounter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column counter.encounter.municipality_code is '窓口の市区町村コード';
comment on column counter.encounter.day is '応対の日';
comment on column counter.encounter.number is '応対の番号 (その窓口のその日の連番)';
comment on column counter.encounter.session_digest is '始めた席のサインインの要約値。ほかの席からの書込みを断るため';
comment on column counter.encounter.account_id is '始めた利用者の番号';
comment on column counter.encounter.account_name is '始めた利用者の名前 (そのとき)';
comment on column counter.encounter.purpose is '用件';
comment on column counter.encounter.began_at is '始めた時刻';
comment on table counter.encounter_event is '応対のいきさつ。一つの行いにつき一行。足すだけで直さない。';
comment on column counter.encounter_event.encounter_id is '応対の鍵';
comment on column counter.encounter_event.version is '版 (1から)';
comment on column counter.encounter_event.union_code is '広域連合コード (都道府県番号2桁)';
comment on column counter.encounter_event.municipality_code is '窓口の市区町村コード';
comment on column counter.encounter_event.act is '行い。began 始めた、agreed 聞いたことが記録と合った、differed 合わなかった、filed 届書を受け付けた、bound 本人が決まった、ended 終えた、closed 読み合わせが合わず閉じた';
comment on column counter.encounter_event.happened_at is '行った時刻';
comment on column counter.encounter_event.facts is '聞いた事実の種類。name 氏名、birthDate 生年月日、town 町名、numberTail 被保険者番号の下4けた、filing 届書。中身は持たない';
comment on column counter.encounter_event.filing_id is '受け付けた届書の番号 (filed のとき)';
comment on table counter.encounter_person is '応対の本人。一つの応対に一人。まだ記録のない人の応対は、届書で被保険者になったときに結ぶ。';
comment on column counter.encounter_person.subject_key is '被保険者の鍵';
comment on column counter.encounter_person.encounter_id is '応対の鍵';
comment on column counter.encounter_person.union_code is '広域連合コード (都道府県番号2桁)';
comment on column counter.encounter_person.municipality_code is '窓口の市区町村コード';
comment on column counter.encounter_person.bound_at is '結んだ時刻';
comment on view eligibility.addressee_number is '宛名番号から住民の鍵と被保険者の鍵を引く。';
comment on column eligibility.addressee_number.union_code is '広域連合コード';
comment on column eligibility.addressee_number.municipality_code is '市区町村コード';
comment on column eligibility.addressee_number.addressee_number is '宛名番号';
comment on column eligibility.addressee_number.resident_key is '住民の鍵';
comment on column eligibility.addressee_number.subject_key is '被保険者の鍵 (資格を得るまでは空)';
comment on table eligibility.application_exclusion is '適用除外の期間 (法51条)。住民の記録と届書から読んだ今の姿。';
comment on column eligibility.application_exclusion.resident_key is '住民の鍵';
comment on column eligibility.application_exclusion.began_on is '適用除外開始日';
comment on column eligibility.application_exclusion.union_code is '広域連合コード';
comment on column eligibility.application_exclusion.municipality_code is '市区町村コード';
comment on column eligibility.application_exclusion.kind is '適用除外区分 (1生活保護 2支援給付 3在留期間3月以下 4医療滞在 5観光・保養 6在留期間の満了)';
comment on column eligibility.application_exclusion.held is '適用除外の期間';
comment on table eligibility.difference is '突合の差異。窓口で入れたことと、後から届いた住民基本台帳情報がちがう項目一つにつき一行。足すだけで直さない。';
comment on column eligibility.difference.resident_key is '住民の鍵';
comment on column eligibility.difference.difference_id is '差異の番号';
comment on column eligibility.difference.union_code is '広域連合コード';
comment on column eligibility.difference.municipality_code is '市区町村コード';
comment on column eligibility.difference.filing_id is '届書の番号';
comment on column eligibility.difference.receipt_number is '受付番号';
comment on column eligibility.difference.item is '項目';
comment on column eligibility.difference.counter_value is '窓口で入れた値。個人番号は「登録あり」だけ';
comment on column eligibility.difference.register_value is '住民基本台帳情報の値';
comment on column eligibility.difference.cause is '考えられる原因の符号';
comment on column eligibility.difference.record_version is '比べた住民の記録の版';
comment on column eligibility.difference.found_at is '見つけた時刻';
comment on table eligibility.difference_choice is '突合の差異で採る側の選び。氏名・生年月日・性別は2人が選ぶ。奇数番目が1人目、偶数番目が2人目。足すだけで直さない。';
comment on column eligibility.difference_choice.resident_key is '住民の鍵';
comment on column eligibility.difference_choice.difference_id is '差異の番号';
comment on column eligibility.difference_choice.sequence is '何番目の選びか';
comment on column eligibility.difference_choice.union_code is '広域連合コード';
comment on column eligibility.difference_choice.municipality_code is '市区町村コード';
comment on column eligibility.difference_choice.take is '採る側。register 住基、counter 窓口、explained どちらも正しい';
comment on column eligibility.difference_choice.note is 'わけ';
comment on column eligibility.difference_choice.account_id is '選んだ利用者の番号';
comment on column eligibility.difference_choice.account_name is '選んだ利用者の名前';
comment on column eligibility.difference_choice.chosen_at is '選んだ時刻';
comment on table eligibility.difference_resolution is '差異の片づけ。どちらを採ったか、だれが、なぜ。足すだけで直さない。';
comment on column eligibility.difference_resolution.resident_key is '住民の鍵';
comment on column eligibility.difference_resolution.difference_id is '差異の番号';
comment on column eligibility.difference_resolution.union_code is '広域連合コード';
comment on column eligibility.difference_resolution.municipality_code is '市区町村コード';
comment on column eligibility.difference_resolution.take is '採ったもの。register 住基、counter 窓口、explained どちらも正しい';
comment on column eligibility.difference_resolution.note is 'わけ';
comment on column eligibility.difference_resolution.account_id is '片づけた利用者の番号';
comment on column eligibility.difference_resolution.account_name is '片づけた利用者の名前';
comment on column eligibility.difference_resolution.resolved_at is '片づけた時刻';
comment on table eligibility.disability_certification is '障害認定 (法50条2号)。65歳から74歳の人が、認定の日から被保険者になる。遡らない。';
comment on column eligibility.disability_certification.resident_key is '住民の鍵';
comment on column eligibility.disability_certification.certified_on is '認定の日。障害認定証明書を持って転入した人は転入した日';
comment on column eligibility.disability_certification.union_code is '広域連合コード';
comment on column eligibility.disability_certification.municipality_code is '市区町村コード';
comment on column eligibility.disability_certification.held is '認定の効いている期間 (撤回・障害状態不該当による終わりの日を含まない)。75歳になっても閉じない';
comment on column eligibility.disability_certification.ground is '認定のもと。申請、障害認定証明書 (前の広域連合の認定を引き継ぐ)';
comment on column eligibility.disability_certification.evidence_kind is '障害の状態を示す書類の種類';
comment on column eligibility.disability_certification.evidence_until is '書類の有効期限。資格確認書の有効期限に使う。過ぎても認定は終わらない';
comment on column eligibility.disability_certification.end_kind is '終わりの理由。撤回、障害状態不該当';
comment on column eligibility.disability_certification.end_event_on is '撤回を申し出た日、または障害の状態に該当しなくなった日';
comment on column eligibility.disability_certification.receipt_number is '障害認定申請書の受付番号';
comment on column eligibility.disability_certification.ended_receipt_number is '撤回申出書・障害状態不該当届の受付番号';
comment on view eligibility.disability_evidence is '障害認定と、そのもとになった書類の有効期限。';
comment on view eligibility.disability_period is '障害認定の期間と、書類の有効期限。';
comment on table eligibility.disability_renewal is '障害の程度を示すものの更新。認定は続き、もとになる書類だけが替わる。足すだけで直さない。';
comment on column eligibility.disability_renewal.resident_key is '住民の鍵';
comment on column eligibility.disability_renewal.sequence is '何回目の更新か';
comment on column eligibility.disability_renewal.union_code is '広域連合コード';
comment on column eligibility.disability_renewal.municipality_code is '市区町村コード';
comment on column eligibility.disability_renewal.certified_on is '続いている障害認定の、認定の日';
comment on column eligibility.disability_renewal.receipt_number is '更新の届書の受付番号';
comment on column eligibility.disability_renewal.evidence_kind is '新しい書類の種類';
comment on column eligibility.disability_renewal.evidence_until is '新しい書類の有効期限 (なければ空)';
comment on column eligibility.disability_renewal.former_kind is '前の書類の種類';
comment on column eligibility.disability_renewal.former_until is '前の書類の有効期限 (なければ空)';
comment on column eligibility.disability_renewal.renewed_at is '更新した時刻';
comment on table eligibility.draft is '下書き。利用者ごとに、書きかけの届書を持つ。個人番号は持たない。';
comment on column eligibility.draft.draft_id is '下書きの番号 (画面が付ける)';
comment on column eligibility.draft.union_code is '広域連合コード';
comment on column eligibility.draft.municipality_code is '書いている利用者の担当の市区町村コード。広域連合の職員なら *';
comment on column eligibility.draft.account_id is '書いている利用者の番号';
comment on column eligibility.draft.version is '版 (1から)';
comment on column eligibility.draft.title is '見出し';
comment on column eligibility.draft.content is '書きかけの中身';
comment on column eligibility.draft.saved_at is '最後に残した時刻';
comment on table eligibility.entitlement is '被保険者資格の期間。保険者番号 (市区町村) か資格のもとが変わるごとに一行。重なる期間は登録できない。決定 (entitlement_event) を積み上げた今の姿であり、いつでも作り直せる。';
comment on column eligibility.entitlement.subject_key is '被保険者の鍵';
comment on column eligibility.entitlement.began_on is 'この市区町村での期間の始まり';
comment on column eligibility.entitlement.union_code is '広域連合コード';
comment on column eligibility.entitlement.municipality_code is '市区町村コード';
comment on column eligibility.entitlement.insurer_number is '保険者番号 (8桁)';
comment on column eligibility.entitlement.resident_key is 'この期間のもとになった住民の鍵';
comment on column eligibility.entitlement.held is '期間 (終わりの日を含まない)';
comment on column eligibility.entitlement.acquired_on is '資格取得年月日 (広域連合の被保険者になった日)';
comment on column eligibility.entitlement.ground_acquired is '資格取得事由 (01年齢到達 02障害認定 03転入 04適用除外の終了 09その他)';
comment on column eligibility.entitlement.lost_on is '資格喪失年月日 (広域連合の被保険者でなくなった日)';
comment on column eligibility.entitlement.ground_lost is '資格喪失事由 (01死亡 02転出 03適用除外 04障害認定の撤回・障害状態不該当 09その他)';
comment on column eligibility.entitlement.basis is '資格のもと (1 法50条1号の年齢、2 法50条2号の障害認定)';
comment on table eligibility.entitlement_event is '被保険者資格の決定。足すだけで直さない。直すときは新しい決定を足す。最後の決定の entitlement が今の期間に等しい。';
comment on column eligibility.entitlement_event.subject_key is '被保険者の鍵';
comment on column eligibility.entitlement_event.sequence is '決定の順番 (1から)';
comment on column eligibility.entitlement_event.union_code is '広域連合コード';
comment on column eligibility.entitlement_event.municipality_code is '決定のときの市区町村コード';
comment on column eligibility.entitlement_event.kind is '取得・変更・喪失・取消';
comment on column eligibility.entitlement_event.effective_on is '効力の日';
comment on column eligibility.entitlement_event.ground is '事由';
comment on column eligibility.entitlement_event.entitlement is 'この決定の後の資格の期間 (全部)';
comment on column eligibility.entitlement_event.facts is '用いた事実 (住民の記録の鍵と版、日付)。氏名・住所・個人番号は持たない';
comment on column eligibility.entitlement_event.edition is '用いた法令表の版';
comment on column eligibility.entitlement_event.decided_at is '決定した時刻';
comment on column eligibility.entitlement_event.decided_on is '決定した日 (業務の日付)';
comment on column eligibility.entitlement_event.job_id is '決定したジョブ。届書による決定では空';
comment on column eligibility.entitlement_event.receipt_number is '決定のもとになった届書の受付番号';
comment on view eligibility.entitlement_period is '被保険者資格の期間。保険者番号が変わるごとに一行。広域連合の被保険者である期間は acquired_on から lost_on の前日まで。';
comment on column eligibility.entitlement_period.subject_key is '被保険者の鍵';
comment on column eligibility.entitlement_period.union_code is '広域連合コード';
comment on column eligibility.entitlement_period.municipality_code is '市区町村コード';
comment on column eligibility.entitlement_period.insurer_number is '保険者番号';
comment on column eligibility.entitlement_period.insured_number is '被保険者番号';
comment on column eligibility.entitlement_period.resident_key is '住民の鍵';
comment on column eligibility.entitlement_period.addressee_number is '宛名番号';
comment on column eligibility.entitlement_period.birth_date is '生年月日';
comment on column eligibility.entitlement_period.sex is '性別';
comment on column eligibility.entitlement_period.began_on is 'この市区町村での期間の始まり';
comment on column eligibility.entitlement_period.ended_on is 'この市区町村での期間の終わり (この日を含まない。続いていれば空)';
comment on column eligibility.entitlement_period.acquired_on is '資格取得年月日';
comment on column eligibility.entitlement_period.ground_acquired is '資格取得事由';
comment on column eligibility.entitlement_period.lost_on is '資格喪失年月日';
comment on column eligibility.entitlement_period.ground_lost is '資格喪失事由';
comment on column eligibility.entitlement_period.basis is '資格のもと (1 年齢、2 障害認定)';
comment on view eligibility.facility_address is '届書で入所を届け出られた施設の名と所在地。だれがいるかは出さない。';
comment on table eligibility.facility_stay is '施設の入所。住所地特例は、切れ目なく続く施設の間だけ続き、保険者は最初の施設の前の広域連合である。';
comment on column eligibility.facility_stay.resident_key is '住民の鍵';
comment on column eligibility.facility_stay.entered_on is '入所した日 (住所を移した日)';
comment on column eligibility.facility_stay.union_code is '広域連合コード';
comment on column eligibility.facility_stay.municipality_code is '市区町村コード';
comment on column eligibility.facility_stay.held is '入所の期間 (退所した日を含まない)';
comment on column eligibility.facility_stay.facility_kind is '施設の種類 (法55条1項各号)';
comment on column eligibility.facility_stay.facility_name is '施設の名前';
comment on column eligibility.facility_stay.facility_address is '施設の所在地。支援措置の対象の人の住所として扱う';
comment on column eligibility.facility_stay.receipt_number is '届書の受付番号';
comment on column eligibility.facility_stay.left_receipt_number is '退所を届け出た届書の受付番号。次の施設の届出で閉じたときはその受付番号';
comment on table eligibility.filing is '届書。受け付けた届出・申請一件につき一行。足すだけで直さない。中身といきさつは filing_event にある。';
comment on column eligibility.filing.filing_id is '届書の番号 (画面が付ける。2度送っても一件になる)';
comment on column eligibility.filing.union_code is '広域連合コード';
comment on column eligibility.filing.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing.receipt_number is '受付番号 (市区町村コード-年度-連番)';
comment on column eligibility.filing.kind is '届書の種類';
comment on column eligibility.filing.filed_on is '届出年月日';
comment on column eligibility.filing.received_at is '受け付けた時刻';
comment on column eligibility.filing.received_by is '受け付けた利用者の番号';
comment on column eligibility.filing.received_by_name is '受け付けた利用者の名前 (そのとき)';
comment on column eligibility.filing.digest is '送られた内容の要約値 (個人番号を除く)。同じ番号で別の内容を見分ける';
comment on column eligibility.filing.number_token is '送られた個人番号の札 (なければ空)。個人番号は金庫にだけある';
comment on table eligibility.filing_counter is '受付番号の台帳。市区町村と年度ごとに、最後に付けた連番を一行で持つ。順序どおりに付け、戻さない。';
comment on column eligibility.filing_counter.municipality_code is '市区町村コード';
comment on column eligibility.filing_counter.fiscal_year is '会計年度 (西暦)';
comment on column eligibility.filing_counter.union_code is '広域連合コード';
comment on column eligibility.filing_counter.last_number is '最後に付けた連番';
comment on table eligibility.filing_event is '届書のいきさつ。受付・補正・審査・決定・取下げ・取消など、一つの行いにつき一行。足すだけで直さない。';
comment on column eligibility.filing_event.filing_id is '届書の番号';
comment on column eligibility.filing_event.version is '版 (1から)。届書が変わるたびに一つ進む';
comment on column eligibility.filing_event.union_code is '広域連合コード';
comment on column eligibility.filing_event.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing_event.act is '行い。received 受付、supplemented 補正、decided 審査の決定、assigned 担当、checked 2人目の確かめ、withdrawn 取下げ、cancelled 取消、insurerAnswered 前の保険者の答え、reconciled 突合';
comment on column eligibility.filing_event.state is 'この行いの後の状態';
comment on column eligibility.filing_event.happened_at is '行った時刻';
comment on column eligibility.filing_event.account_id is '行った利用者の番号 (仕組みが行ったときは空)';
comment on column eligibility.filing_event.account_name is '行った利用者の名前 (そのとき)';
comment on column eligibility.filing_event.note is '理由・覚え';
comment on column eligibility.filing_event.content is 'この行いで決まった届書の中身 (変わらなければ空)。個人番号は持たない';
comment on column eligibility.filing_event.number_token is 'この行いで届いた個人番号の札';
comment on column eligibility.filing_event.answer is 'この行いの答え (理由・足りないもの・決定)';
comment on table eligibility.filing_person is '届書の人。届書と、それが語る住民を結ぶ。';
comment on column eligibility.filing_person.resident_key is '住民の鍵';
comment on column eligibility.filing_person.filing_id is '届書の番号';
comment on column eligibility.filing_person.union_code is '広域連合コード';
comment on column eligibility.filing_person.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing_person.receipt_number is '受付番号';
comment on column eligibility.filing_person.linked_at is '結んだ時刻';
comment on table eligibility.filing_standing is '届書の今。いきさつを積み上げた今の姿で、一覧と楽観的な版のために持つ。';
comment on column eligibility.filing_standing.filing_id is '届書の番号';
comment on column eligibility.filing_standing.union_code is '広域連合コード';
comment on column eligibility.filing_standing.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing_standing.version is '最後のいきさつの版';
comment on column eligibility.filing_standing.state is '今の状態';
comment on column eligibility.filing_standing.reconciliation is '突合の様子。none 対象でない、awaiting 記録待ち、matched 一致、differs 差異あり、settled 片づいた';
comment on column eligibility.filing_standing.assignee is '担当する利用者の番号';
comment on column eligibility.filing_standing.assignee_name is '担当する利用者の名前';
comment on column eligibility.filing_standing.due_on is '期限';
comment on column eligibility.filing_standing.name is '氏名 (一覧に出す)';
comment on column eligibility.filing_standing.name_folded is 'そろえた氏名とカナ (一覧の中をさがす)';
comment on column eligibility.filing_standing.birth_date is '生年月日';
comment on column eligibility.filing_standing.changed_at is '最後に変わった時刻';
comment on column eligibility.filing_standing.name_kana is '氏名カナ (一覧に出す)';
comment on table eligibility.former_insurer_inquiry is '前の保険者への照会。資格を失っているかをたずね、答えを出どころとともに持つ (評価書 ※1)。情報連携ができるまでは手で入れる。';
comment on column eligibility.former_insurer_inquiry.filing_id is '届書の番号';
comment on column eligibility.former_insurer_inquiry.sequence is '何回目の照会か';
comment on column eligibility.former_insurer_inquiry.union_code is '広域連合コード';
comment on column eligibility.former_insurer_inquiry.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.former_insurer_inquiry.insurer_name is '前の保険者の名';
comment on column eligibility.former_insurer_inquiry.asked_at is 'たずねた時刻';
comment on column eligibility.former_insurer_inquiry.asked_by_name is 'たずねた利用者の名前';
comment on column eligibility.former_insurer_inquiry.answer is '答え。lost 資格を失っている、notLost 失っていない、unknown 分からない';
comment on column eligibility.former_insurer_inquiry.lost_on is '前の保険者の資格喪失年月日';
comment on column eligibility.former_insurer_inquiry.source is '答えの出どころ';
comment on column eligibility.former_insurer_inquiry.answered_at is '答えを入れた時刻';
comment on column eligibility.former_insurer_inquiry.answered_by_name is '答えを入れた利用者の名前';
comment on table eligibility.granted_fact is '決定した届書が語る、期間のある事実。資格のほかの章 (資格確認書、一部負担金、給付) が granted_filing から読む。足すだけで直さない。';
comment on column eligibility.granted_fact.resident_key is '住民の鍵';
comment on column eligibility.granted_fact.filing_id is '届書の番号';
comment on column eligibility.granted_fact.union_code is '広域連合コード';
comment on column eligibility.granted_fact.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.granted_fact.kind is '届書の種類';
comment on column eligibility.granted_fact.receipt_number is '受付番号';
comment on column eligibility.granted_fact.held is '効く期間';
comment on column eligibility.granted_fact.fields is '届書の項目 (型と単位は種類が決める)';
comment on column eligibility.granted_fact.granted_on is '決定した日';
comment on view eligibility.granted_filing is '決定した届書の事実。取り消された届書は出ない。再交付・限度区分・長期入院・特定疾病・基準収入額・要配慮者・利用登録解除などを、資格のほかの章がここから読む。';
comment on table eligibility.household_membership is '世帯に属する期間。一人は同じ日に一つの世帯にしか属さない。';
comment on column eligibility.household_membership.resident_key is '住民の鍵';
comment on column eligibility.household_membership.began_on is '属し始めた日';
comment on column eligibility.household_membership.union_code is '広域連合コード';
comment on column eligibility.household_membership.municipality_code is '市区町村コード';
comment on column eligibility.household_membership.household_number is '世帯番号';
comment on column eligibility.household_membership.held is '属する期間 (終わりの日を含まない)';
comment on column eligibility.household_membership.is_head is '世帯主であるか';
comment on column eligibility.household_membership.relationship is '続柄';
comment on view eligibility.household_period is '世帯に属する期間と、その人の生年月日。氏名も住所も持たない。';
comment on table eligibility.insured_delivery is '被保険者情報の配信の控え。市区町村へ最後に送った内容の要約値。変わった人だけを次に送る。';
comment on column eligibility.insured_delivery.subject_key is '被保険者の鍵';
comment on column eligibility.insured_delivery.municipality_code is '送り先の市区町村コード';
comment on column eligibility.insured_delivery.acquired_on is '送った資格取得年月日';
comment on column eligibility.insured_delivery.union_code is '広域連合コード';
comment on column eligibility.insured_delivery.ground_acquired is '送った資格取得事由';
comment on column eligibility.insured_delivery.cancelled is '資格の取消を送ったか';
comment on column eligibility.insured_delivery.digest is '送った行の要約値 (異動区分と操作年月日を除く)';
comment on column eligibility.insured_delivery.transmission_id is '運んだ送信';
comment on column eligibility.insured_delivery.delivered_at is '送信を作った時刻';
comment on table eligibility.insured_person is '被保険者 (被保険者であった者を含む)。被保険者番号一つにつき一行。氏名などは今の住民の記録の写し。';
comment on column eligibility.insured_person.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)。変わらない';
comment on column eligibility.insured_person.union_code is '広域連合コード';
comment on column eligibility.insured_person.municipality_code is '今の (喪失後は最後の) 市区町村コード';
comment on column eligibility.insured_person.insured_number is '被保険者番号 (8桁)';
comment on column eligibility.insured_person.resident_key is '今の (喪失後は最後の) 住民の鍵';
comment on column eligibility.insured_person.name is '氏名';
comment on column eligibility.insured_person.name_kana is '氏名カナ';
comment on column eligibility.insured_person.birth_date is '生年月日';
comment on column eligibility.insured_person.sex is '性別';
comment on column eligibility.insured_person.name_sort is '並べる順 (カナをそろえたもの、なければ氏名)';
comment on column eligibility.insured_person.under_support_measure is '支援措置の不開示該当が効いているか (結び付いたどの市区町村の記録でも)。住所・電話・送付先を隠す。担当の範囲の外の記録による支援措置も、ここで分かる';
comment on column eligibility.insured_person.issued_on is '被保険者番号を付けた日';
comment on column eligibility.insured_person.issued_by_job is '被保険者番号を付けたジョブ。届書によるときは空';
comment on column eligibility.insured_person.issued_by_receipt is '被保険者番号を付けるもとになった届書の受付番号';
comment on column eligibility.insured_person.self_provision_disabled is '支援措置の自己情報提供不可が効いているか (結び付いたどの市区町村の記録でも)';
comment on view eligibility.known_change is '住民の記録が届いた時刻と、資格を決定した時刻。後の章が、変わった人だけを見るために読む。';
comment on view eligibility.linked_resident is '今の紐付け。解いたものは出ない。';
comment on table eligibility.mailing_destination is '送付先の届け。2人目が確かめるまで効かない。足すだけで直さない。';
comment on column eligibility.mailing_destination.resident_key is '住民の鍵';
comment on column eligibility.mailing_destination.filing_id is '届書の番号';
comment on column eligibility.mailing_destination.union_code is '広域連合コード';
comment on column eligibility.mailing_destination.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.mailing_destination.receipt_number is '受付番号';
comment on column eligibility.mailing_destination.covers is '何の文書か。all すべて、eligibility 資格、premium 保険料、benefits 給付';
comment on column eligibility.mailing_destination.ends is '廃止の届けか';
comment on column eligibility.mailing_destination.recipient_name is '受け取る人 (廃止では空)';
comment on column eligibility.mailing_destination.relation is '本人との関係 (廃止では空)';
comment on column eligibility.mailing_destination.address is '送付先の住所 (廃止では空)';
comment on column eligibility.mailing_destination.effective_on is '効き始める日';
comment on column eligibility.mailing_destination.registered_by is '受け付けた利用者の番号';
comment on column eligibility.mailing_destination.registered_at is '受け付けた時刻';
comment on table eligibility.mailing_destination_check is '送付先の2人目の確かめ。受け付けた人とは別の利用者が行う。足すだけで直さない。';
comment on column eligibility.mailing_destination_check.resident_key is '住民の鍵';
comment on column eligibility.mailing_destination_check.filing_id is '届書の番号';
comment on column eligibility.mailing_destination_check.union_code is '広域連合コード';
comment on column eligibility.mailing_destination_check.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.mailing_destination_check.agreed is 'よいと認めたか';
comment on column eligibility.mailing_destination_check.checked_by is '確かめた利用者の番号';
comment on column eligibility.mailing_destination_check.checked_at is '確かめた時刻';
comment on view eligibility.mailing_destination_in_force is '効いている送付先。2人目が確かめ、廃止も取消もされていないもの。';
comment on table eligibility.number_counter is '付番の台帳。広域連合ごとに、最後に付けた番号を一行で持つ。順序どおりに付け、戻さない。';
comment on column eligibility.number_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column eligibility.number_counter.kind is '番号の種類。insured 被保険者番号の連番 (検査数字を除く7桁)';
comment on column eligibility.number_counter.last_number is '最後に付けた連番';
comment on table eligibility.number_directory is '個人番号の札から被保険者を引く索引。一つの個人番号は広域連合の中で一人を指す。';
comment on column eligibility.number_directory.number_token is '個人番号の代わりの札';
comment on column eligibility.number_directory.union_code is '広域連合コード';
comment on column eligibility.number_directory.subject_key is '被保険者の鍵 (再取得で番号が新しくなったときは新しい方)';
comment on column eligibility.number_directory.municipality_code is '結んだときの市区町村コード';
comment on table eligibility.pending_decision is '判定できない人。足りない事実がそろうまで決定を待つ。';
comment on column eligibility.pending_decision.resident_key is '住民の鍵';
comment on column eligibility.pending_decision.union_code is '広域連合コード';
comment on column eligibility.pending_decision.municipality_code is '市区町村コード';
comment on column eligibility.pending_decision.reasons is '判定できない理由 (コード・場所・事実)';
comment on column eligibility.pending_decision.since is '判定できないと分かった時刻';
comment on view eligibility.person is '被保険者の本人の情報。住所は持たない (住所は支援措置を見てから渡す)。';
comment on column eligibility.person.subject_key is '被保険者の鍵';
comment on column eligibility.person.union_code is '広域連合コード';
comment on column eligibility.person.municipality_code is '今の (喪失後は最後の) 市区町村コード';
comment on column eligibility.person.insured_number is '被保険者番号';
comment on column eligibility.person.resident_key is '住民の鍵';
comment on column eligibility.person.addressee_number is '宛名番号';
comment on column eligibility.person.name is '氏名';
comment on column eligibility.person.name_kana is '氏名カナ';
comment on column eligibility.person.name_sort is '並べる順';
comment on column eligibility.person.birth_date is '生年月日';
comment on column eligibility.person.sex is '性別';
comment on column eligibility.person.under_support_measure is '支援措置の不開示該当が効いているか';
comment on column eligibility.person.self_provision_disabled is '支援措置の自己情報提供不可が効いているか';
comment on table eligibility.person_link_decision is '同じ人か別の人かの、担当者の判断。足すだけで直さない。一組について最後の判断が効く。';
comment on column eligibility.person_link_decision.resident_key is '住民の鍵 (二つのうち小さい方)';
comment on column eligibility.person_link_decision.other_resident_key is '住民の鍵 (大きい方)';
comment on column eligibility.person_link_decision.sequence is '判断の順番 (1から)';
comment on column eligibility.person_link_decision.union_code is '広域連合コード';
comment on column eligibility.person_link_decision.municipality_code is '市区町村コード (小さい方の住民の)';
comment on column eligibility.person_link_decision.decided_at is '判断した時刻';
comment on column eligibility.person_link_decision.same is '同じ人であるか。空は、前の判断を取り消して記録だけに任せること';
comment on column eligibility.person_link_decision.reason is '判断の理由';
comment on column eligibility.person_link_decision.account is '判断した利用者';
comment on table eligibility.person_name_key is '氏名からさがすための鍵。氏名・カナ・通称・旧氏の全体と名の部分を、異体字と空白をそろえて持つ。行単位の権限の下でも前方一致の索引が使える形にしてある。';
comment on column eligibility.person_name_key.subject_key is '被保険者の鍵';
comment on column eligibility.person_name_key.folded is 'そろえた文字列';
comment on column eligibility.person_name_key.union_code is '広域連合コード';
comment on column eligibility.person_name_key.municipality_code is '市区町村コード';
comment on view eligibility.person_stay is '被保険者の住民種別と在留期間満了日 (資格確認書の有効期限に使う)。';
comment on view eligibility.provision_period is '住所地特例の期間。';
comment on view eligibility.recorded_household is '住民がいたと一度でも記録された世帯。訂正で消えた世帯も出る。';
comment on view eligibility.registered_residence is '住民の今の住所と世帯。支援措置の不開示該当の人の住所は空。';
comment on column eligibility.registered_residence.stay_until is '在留期間満了日 (外国人だけ)';
comment on column eligibility.registered_residence.protected is '支援措置の不開示該当が効いているか';
comment on table eligibility.residence_provision is '住所地特例 (法55条・55条の2)。施設への入所で住所を移した人が、どの広域連合の被保険者であるか。';
comment on column eligibility.residence_provision.resident_key is '住民の鍵';
comment on column eligibility.residence_provision.began_on is '住所地特例の始まり (施設へ住所を移した日)';
comment on column eligibility.residence_provision.union_code is '広域連合コード';
comment on column eligibility.residence_provision.municipality_code is '市区町村コード';
comment on column eligibility.residence_provision.held is '届け出られた期間。施設の入所が途切れれば、その日までしか効かない';
comment on column eligibility.residence_provision.kind is '種類。当広域 この広域連合の被保険者が区域の外の施設にいる、他広域 ほかの広域連合の被保険者が区域の中の施設にいる、国保 国保の住所地特例を受けていた人 (法55条の2)';
comment on column eligibility.residence_provision.insurer_union is '保険者となる広域連合のコード。国保では、国保の保険者である市区町村の属する広域連合';
comment on column eligibility.residence_provision.insurer_number is '保険者番号 (国保では国保の保険者番号)';
comment on column eligibility.residence_provision.receipt_number is '適用の届書の受付番号';
comment on column eligibility.residence_provision.ended_receipt_number is '終了の届書の受付番号';
comment on view eligibility.residence_provision_period is '住所地特例と、いまの (終わっていれば最後の) 施設。支援措置の不開示該当の人の施設の名前と所在地は空。';
comment on table eligibility.resident is '住民。市区町村の宛名番号一つにつき一行。内容は resident_record の current_version の行にある。';
comment on column eligibility.resident.resident_key is '住民の鍵 (広域連合コード × 10^10 + 連番)。変わらない';
comment on column eligibility.resident.union_code is '広域連合コード';
comment on column eligibility.resident.municipality_code is '市区町村コード';
comment on column eligibility.resident.addressee_number is '宛名番号';
comment on column eligibility.resident.current_version is '今の姿の版。窓口の届書より前に操作された記録が遅れて届いても、進まない';
comment on column eligibility.resident.register_digest is '最後に受け入れた住民基本台帳情報の要約値 (個人番号と操作年月日を除く)。同じ内容の再受信を見分ける';
comment on column eligibility.resident.non_registered_digest is '最後に受け入れた住登外登録情報の要約値';
comment on column eligibility.resident.number_token is '個人番号の代わりの札。個人番号そのものは金庫 (vault) にだけある';
comment on column eligibility.resident.subject_key is '結び付いた被保険者の鍵。資格を得るまでは空';
comment on column eligibility.resident.decide_on is 'この日以後に資格を判定し直す。空なら、新しい記録が届くまで変わることがない';
comment on column eligibility.resident.late_versions is '今の姿の版より後の番号を持つ、遅れて届いた古い版の数';
comment on column eligibility.resident.counter_filed_on is '今の姿が届書によるときの届出年月日。この日以後に操作された記録が届けば、それが今の姿になる';
comment on table eligibility.resident_directory is '宛名番号の索引。市区町村コードと宛名番号から住民の鍵を引く。';
comment on column eligibility.resident_directory.municipality_code is '市区町村コード (6桁)';
comment on column eligibility.resident_directory.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column eligibility.resident_directory.union_code is '広域連合コード';
comment on column eligibility.resident_directory.resident_key is '住民の鍵';
comment on view eligibility.resident_in_brief is '住民の氏名と生年月日。被保険者でない人も出る。住所は出さない。';
comment on table eligibility.resident_link is '宛名番号・個人番号・被保険者番号の紐付け。被保険者と、その人の市区町村ごとの住民の記録を結ぶ。足すだけで直さない。今の紐付けは linked_resident にある。';
comment on column eligibility.resident_link.subject_key is '被保険者の鍵';
comment on column eligibility.resident_link.resident_key is '住民の鍵';
comment on column eligibility.resident_link.union_code is '広域連合コード';
comment on column eligibility.resident_link.municipality_code is '市区町村コード';
comment on column eligibility.resident_link.addressee_number is '宛名番号';
comment on column eligibility.resident_link.insured_number is '被保険者番号';
comment on column eligibility.resident_link.number_token is '結んだときの個人番号の札 (個人番号がなければ空)';
comment on column eligibility.resident_link.linked_at is '結んだ時刻';
comment on column eligibility.resident_link.ground is '結んだ理由。切離しは、別の人と分かって解いたこと';
comment on column eligibility.resident_link.job_id is '結んだジョブ。届書によるときは空';
comment on column eligibility.resident_link.receipt_number is '結ぶもとになった届書の受付番号';
comment on column eligibility.resident_link.sequence is '同じ被保険者と住民についての順番 (1から)。最後の行が今を言う';
comment on sequence eligibility.resident_number is '住民の鍵の連番。広域連合を通して1本で、取引を待たせない。欠番がある。';
comment on table eligibility.resident_record is '住民の記録の履歴。市区町村から届いた内容が変わるたびに一行を足す。直さない、消さない。';
comment on column eligibility.resident_record.resident_key is '住民の鍵';
comment on column eligibility.resident_record.version is '版 (1から)';
comment on column eligibility.resident_record.union_code is '広域連合コード';
comment on column eligibility.resident_record.municipality_code is '市区町村コード';
comment on column eligibility.resident_record.register is '台帳の種類。1 住民基本台帳情報、2 住登外登録情報';
comment on column eligibility.resident_record.transmission_id is 'この内容を運んだ送信。届書による版では空';
comment on column eligibility.resident_record.line is 'ファイルの中の行。届書による版では空';
comment on column eligibility.resident_record.recorded_at is '広域連合が知った時刻';
comment on column eligibility.resident_record.changed_on is '異動年月日 (この内容が効き始めた日)。住登外は適用開始日';
comment on column eligibility.resident_record.change_reason is '異動事由';
comment on column eligibility.resident_record.operated_on is '操作年月日。届書による版では届出年月日';
comment on column eligibility.resident_record.digest is '記録の要約値 (個人番号と操作年月日を除く)';
comment on column eligibility.resident_record.number_token is '個人番号の代わりの札';
comment on column eligibility.resident_record.household_number is '世帯番号';
comment on column eligibility.resident_record.relationship is '続柄';
comment on column eligibility.resident_record.name is '氏名';
comment on column eligibility.resident_record.name_kana is '氏名カナ';
comment on column eligibility.resident_record.alias is '通称';
comment on column eligibility.resident_record.former_name is '旧氏';
comment on column eligibility.resident_record.birth_date is '生年月日 (不詳のときは市区町村がみなした日)';
comment on column eligibility.resident_record.birth_date_unknown is '生年月日不詳フラグ';
comment on column eligibility.resident_record.birth_date_text is '生年月日不詳表記';
comment on column eligibility.resident_record.sex is '性別';
comment on column eligibility.resident_record.postal_code is '郵便番号';
comment on column eligibility.resident_record.town_code is '町字コード';
comment on column eligibility.resident_record.prefecture_name is '都道府県';
comment on column eligibility.resident_record.municipality_name is '市区郡町村名';
comment on column eligibility.resident_record.town_name is '町字';
comment on column eligibility.resident_record.house_number is '番地号';
comment on column eligibility.resident_record.building is '方書';
comment on column eligibility.resident_record.resident_kind is '住民種別 (1日本人 2外国人)';
comment on column eligibility.resident_record.stay_until is '在留期間満了日';
comment on column eligibility.resident_record.resident_from is '住民となった日。住登外は適用開始日';
comment on column eligibility.resident_record.status is '住民状態 (1現存 2消除)';
comment on column eligibility.resident_record.removed_on is '消除年月日。住登外は適用終了日';
comment on column eligibility.resident_record.moved_from_municipality is '転入前市区町村コード';
comment on column eligibility.resident_record.moved_to_municipality is '転出先市区町村コード';
comment on column eligibility.resident_record.support_kind is '支援措置区分 (0/1)';
comment on column eligibility.resident_record.support_from is '支援措置開始日';
comment on column eligibility.resident_record.support_until is '支援措置終了日';
comment on column eligibility.resident_record.exclusion_kind is '適用除外区分 (0なし 1生活保護 2支援給付)';
comment on column eligibility.resident_record.exclusion_from is '適用除外開始日';
comment on column eligibility.resident_record.exclusion_until is '適用除外終了日 (この日から適用除外でない)';
comment on column eligibility.resident_record.registered_at_municipality is '住民票所在地市区町村コード (住登外)';
comment on column eligibility.resident_record.non_registered_kind is '住登外区分 (1住所地特例 2その他)';
comment on column eligibility.resident_record.representative is '代表宛名フラグ (0代表 1非代表)';
comment on column eligibility.resident_record.merged_into_addressee_number is '名寄せ先宛名番号';
comment on column eligibility.resident_record.receipt_number is 'この内容を語った届書の受付番号。ファイルによる版では空';
comment on column eligibility.resident_record.non_disclosure is '不開示該当フラグ (0/1)。支援措置があって効果の知らせがなければ1';
comment on column eligibility.resident_record.self_provision_disabled is '自己情報提供不可フラグ (0/1)。支援措置があって効果の知らせがなければ1';
comment on table eligibility.stay_exclusion is '在留による適用除外 (則9条)。窓口で聞いたものだけ。住民基本台帳情報の適用除外区分はこれを言わない。';
comment on column eligibility.stay_exclusion.resident_key is '住民の鍵';
comment on column eligibility.stay_exclusion.began_on is '適用除外の始まり';
comment on column eligibility.stay_exclusion.union_code is '広域連合コード';
comment on column eligibility.stay_exclusion.municipality_code is '市区町村コード';
comment on column eligibility.stay_exclusion.kind is '種類。3 在留期間3月以下、4 医療滞在、5 観光・保養';
comment on column eligibility.stay_exclusion.held is '適用除外の期間';
comment on column eligibility.stay_exclusion.receipt_number is '届書の受付番号';
comment on column eligibility.stay_exclusion.ended_receipt_number is '終わりを届け出た届書の受付番号';
comment on table eligibility.support_measure is '支援措置の期間。市区町村が区分0を送るまで終わらせない。申し出の終了日が過ぎただけでは解けない。';
comment on column eligibility.support_measure.resident_key is '住民の鍵';
comment on column eligibility.support_measure.began_on is '支援措置開始日';
comment on column eligibility.support_measure.union_code is '広域連合コード';
comment on column eligibility.support_measure.municipality_code is '市区町村コード';
comment on column eligibility.support_measure.held is '効いている期間。支援措置終了日の翌日の前まで';
comment on column eligibility.support_measure.announced_until is '支援措置終了日 (市区町村が知らせた予定。この日までは支援措置がある)';
comment on column eligibility.support_measure.transmission_id is '最後にこの行を動かした送信';
comment on column eligibility.support_measure.non_disclosure is '不開示該当 (住所・電話・送付先を隠す) が付いているか。いまの姿で、いきさつは住民の記録にある';
comment on column eligibility.support_measure.self_provision_disabled is '自己情報提供不可 (本人からの自己情報の開示にも応じない) が付いているか';
comment on view eligibility.support_period is '支援措置の期間。';
comment on column eligibility.support_period.non_disclosure is '不開示該当が付いているか';
comment on column eligibility.support_period.self_provision_disabled is '自己情報提供不可が付いているか';
comment on view eligibility.unchecked_destination is '2人目の確かめを待っている送付先の届け。宛先そのものは出さない。';
comment on table exchange.admission is '確認待ちの送信を、担当者が通したか断ったか。直さない、消さない。';
comment on column exchange.admission.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.admission.transmission_id is '送信識別子';
comment on column exchange.admission.municipality_code is '市区町村コード';
comment on column exchange.admission.decision is '決めたこと（letIn 通した、refused 断った）';
comment on column exchange.admission.reason is 'わけ';
comment on column exchange.admission.account is '決めた利用者';
comment on column exchange.admission.recorded_at is '記録した時刻';
comment on table exchange.custody_event is '媒体の受渡し記録。封入、受渡し、開封、破棄を足すだけで、直さない、消さない。';
comment on column exchange.custody_event.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.custody_event.transmission_id is '送信識別子';
comment on column exchange.custody_event.event_number is '記録の番号（送信ごとに1から）';
comment on column exchange.custody_event.municipality_code is '市区町村コード';
comment on column exchange.custody_event.kind is '種類（封入、受渡し、開封、破棄）';
comment on column exchange.custody_event.carrier is '扱った職員（受渡しでは運んだ人）の所属と氏名';
comment on column exchange.custody_event.from_place is 'どこから（受渡しのとき）';
comment on column exchange.custody_event.to_place is 'どこへ（受渡しのとき）';
comment on column exchange.custody_event.media_count is '媒体の数';
comment on column exchange.custody_event.happened_on is '行った日';
comment on column exchange.custody_event.note is '備考';
comment on column exchange.custody_event.account is '記録した利用者';
comment on column exchange.custody_event.recorded_at is '記録した時刻';
comment on table exchange.destination_stop is '宛先の停止と解除。相手が署名した知らせによるものと、自分の担当者によるもの。足すだけで、直さない、消さない。';
comment on column exchange.destination_stop.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.destination_stop.party is '渡すのを止める当事者（受け取りを止めるときは、受け取る当事者自身）';
comment on column exchange.destination_stop.partner is '相手の当事者';
comment on column exchange.destination_stop.event_number is '記録の番号（相手ごとに1から）';
comment on column exchange.destination_stop.municipality_code is '市区町村コード';
comment on column exchange.destination_stop.kind is '種類（stopped 停止、lifted 解除）';
comment on column exchange.destination_stop.told_by is 'だれが決めたか（party 自分の担当者、partner 相手）';
comment on column exchange.destination_stop.reason is 'わけ';
comment on column exchange.destination_stop.notice is '相手の知らせ（署名付き）。自分で決めたときは空';
comment on column exchange.destination_stop.account is '決めた利用者。相手が決めたときは空';
comment on column exchange.destination_stop.told_at is '決めた時刻（相手の知らせでは、その中の時刻）';
comment on column exchange.destination_stop.recorded_at is '記録した時刻';
comment on table exchange.finding is '受け取ったファイルの所見。個人番号の値は入らない。直さない、消さない。';
comment on column exchange.finding.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.finding.transmission_id is '送信識別子';
comment on column exchange.finding.finding_number is '所見の番号（送信ごとに1から）';
comment on column exchange.finding.municipality_code is '市区町村コード';
comment on column exchange.finding.line is 'ファイルの行（ファイル全体なら0）';
comment on column exchange.finding.column_name is '項目名';
comment on column exchange.finding.code is 'エラーコード';
comment on column exchange.finding.severity is '重さ（error エラー、warning 注意）';
comment on column exchange.finding.sentence is '担当者が読む文';
comment on column exchange.finding.recorded_at is '記録した時刻';
comment on table exchange.full_reconciliation is '全件照合の始まり。尋ねた側と答えた側がそれぞれ自分の台帳に持つ。直さない、消さない。';
comment on column exchange.full_reconciliation.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation.reconciliation_id is '全件照合の番号（尋ねた側が付ける）';
comment on column exchange.full_reconciliation.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation.layout is '照合する情報のレイアウトの名前';
comment on column exchange.full_reconciliation.day is '照合の日';
comment on column exchange.full_reconciliation.asker is '尋ねた当事者';
comment on column exchange.full_reconciliation.answerer is '答えた当事者';
comment on column exchange.full_reconciliation.opening is '始まりの書面（署名付き。その夜の鍵は封じてある）';
comment on column exchange.full_reconciliation.recorded_at is '記録した時刻';
comment on table exchange.full_reconciliation_difference is '全件照合で違った件。宛名番号と、どの項目が違うかだけを持ち、値は持たない。直さない、消さない。';
comment on column exchange.full_reconciliation_difference.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation_difference.reconciliation_id is '全件照合の番号';
comment on column exchange.full_reconciliation_difference.difference_number is '違いの番号（1から）';
comment on column exchange.full_reconciliation_difference.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation_difference.addressee_number is '宛名番号';
comment on column exchange.full_reconciliation_difference.record_key is '宛名番号のほかに件を定める値（資格取得年月日など。なければ空）';
comment on column exchange.full_reconciliation_difference.kind is '違い方（onlyUnion 広域連合だけ、onlyMunicipality 市区町村だけ、content 中身、pending 移出・配信待ち、inTransit 取込み待ち）';
comment on column exchange.full_reconciliation_difference.column_names is '違う項目の名前';
comment on column exchange.full_reconciliation_difference.recorded_at is '記録した時刻';
comment on table exchange.full_reconciliation_result is '全件照合の結果。直さない、消さない。';
comment on column exchange.full_reconciliation_result.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation_result.reconciliation_id is '全件照合の番号';
comment on column exchange.full_reconciliation_result.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation_result.own_count is '自分の件数';
comment on column exchange.full_reconciliation_result.other_count is '相手の件数';
comment on column exchange.full_reconciliation_result.messages is 'やりとりした書面の数';
comment on column exchange.full_reconciliation_result.message_bytes is 'やりとりした書面のバイト数';
comment on column exchange.full_reconciliation_result.differences is '違いの件数';
comment on column exchange.full_reconciliation_result.pending is 'これから届く違いの件数';
comment on column exchange.full_reconciliation_result.sentence is '結果の文';
comment on column exchange.full_reconciliation_result.recorded_at is '記録した時刻';
comment on table exchange.layout_policy is 'レイアウトごとの取決め（便りの間隔、部分取込み、もっともらしさの境）。変えるたびに版を足す。直さない、消さない。';
comment on column exchange.layout_policy.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.layout_policy.party is '取決めを持つ当事者';
comment on column exchange.layout_policy.layout is 'レイアウトの名前';
comment on column exchange.layout_policy.version is '版（1から）';
comment on column exchange.layout_policy.policy is '取決めの内容。書かれていない項目は初めの値';
comment on column exchange.layout_policy.reason is '変えたわけ';
comment on column exchange.layout_policy.set_by is '変えた利用者';
comment on column exchange.layout_policy.recorded_at is '記録した時刻';
comment on table exchange.own_copy is '送った送信の控え。自分の鍵だけで開く封をして置き、送った日の中身をもう一度確かめる。直さない、消さない。';
comment on column exchange.own_copy.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.own_copy.transmission_id is '送信識別子';
comment on column exchange.own_copy.municipality_code is '市区町村コード';
comment on column exchange.own_copy.sealed_bytes is '封じた後のバイト数';
comment on column exchange.own_copy.sealed_sha256 is '封じた後のSHA-256';
comment on column exchange.own_copy.sealed_path is '封じたファイルの、置き場のフォルダーの中の名前';
comment on column exchange.own_copy.recorded_at is '記録した時刻';
comment on table exchange.plausibility is 'もっともらしさの数。取り込む前に数えたもの。人に関する値は持たない。直さない、消さない。';
comment on column exchange.plausibility.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.plausibility.transmission_id is '送信識別子';
comment on column exchange.plausibility.municipality_code is '市区町村コード';
comment on column exchange.plausibility.figures is '数えた数';
comment on column exchange.plausibility.doubts is '境を越えた項目（なければ空の配列）';
comment on column exchange.plausibility.recorded_at is '記録した時刻';
comment on table exchange.quarantined_row is '隔離した行。部分取込みのとき、誤りのある行とその世帯の行を1行ずつ。中身は封じたファイルにだけある。直さない、消さない。';
comment on column exchange.quarantined_row.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.quarantined_row.transmission_id is '送信識別子';
comment on column exchange.quarantined_row.line is 'ファイルの行';
comment on column exchange.quarantined_row.municipality_code is '市区町村コード';
comment on column exchange.quarantined_row.because is 'わけ（row その行の誤り、household 同じ世帯の行の誤り）';
comment on column exchange.quarantined_row.recorded_at is '記録した時刻';
comment on table exchange.receipt is '受領書（受け手の署名付き）。受け手は出したもの、送り手は受け取ったものを持つ。直さない、消さない。';
comment on column exchange.receipt.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.receipt.transmission_id is '送信識別子';
comment on column exchange.receipt.kind is '種類（arrived 到着、accepted 取込み、refused 断り）';
comment on column exchange.receipt.municipality_code is '市区町村コード';
comment on column exchange.receipt.document is '受領書（署名付き、出したとおりの文字）';
comment on column exchange.receipt.recorded_at is '記録した時刻';
comment on table exchange.sequence_counter is '送り手が最後に使った通し番号。送信と同じ取引で進めるので、番号は飛ばない。';
comment on column exchange.sequence_counter.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.sequence_counter.sender is '送り手の当事者';
comment on column exchange.sequence_counter.receiver is '受け手の当事者';
comment on column exchange.sequence_counter.layout is 'レイアウトの名前';
comment on column exchange.sequence_counter.municipality_code is '市区町村コード';
comment on column exchange.sequence_counter.last_number is '最後に使った通し番号';
comment on table exchange.sequence_position is '受け手が見た通し番号と、今その番号を持つ送信。断られた番号は、直して送り直された送信が引き継ぐ。';
comment on column exchange.sequence_position.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.sequence_position.sender is '送り手の当事者';
comment on column exchange.sequence_position.receiver is '受け手の当事者';
comment on column exchange.sequence_position.layout is 'レイアウトの名前';
comment on column exchange.sequence_position.sequence_number is '通し番号';
comment on column exchange.sequence_position.municipality_code is '市区町村コード';
comment on column exchange.sequence_position.transmission_id is '今この番号を持つ送信';
comment on column exchange.sequence_position.skipped_because is '届かないまま欠番としたとき、その理由';
comment on table exchange.transmission is '送信の台帳。1つの送信につき1行。送り手と受け手がそれぞれ自分の台帳に持つ。直さない、消さない。';
comment on column exchange.transmission.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.transmission.transmission_id is '送信識別子（送り手が付ける）';
comment on column exchange.transmission.municipality_code is '市区町村コード（やりとりの一方である市区町村）';
comment on column exchange.transmission.direction is '向き（sent 送った、received 受け取った）';
comment on column exchange.transmission.layout is 'レイアウトの名前';
comment on column exchange.transmission.edition is 'レイアウトの版';
comment on column exchange.transmission.sender is '送り手の当事者';
comment on column exchange.transmission.receiver is '受け手の当事者';
comment on column exchange.transmission.sequence_number is '通し番号（送り手・受け手・レイアウトごとに1から）';
comment on column exchange.transmission.corrects is '断られて送り直すとき、断られた送信の送信識別子';
comment on column exchange.transmission.created_at is '送り手が作った時刻';
comment on column exchange.transmission.record_count is '件数（送り状による）';
comment on column exchange.transmission.hash_totals is 'ハッシュ合計（送り状による。項目名と合計）';
comment on column exchange.transmission.plain_bytes is '封じる前のバイト数';
comment on column exchange.transmission.plain_sha256 is '封じる前のSHA-256';
comment on column exchange.transmission.sealed_bytes is '封じた後のバイト数';
comment on column exchange.transmission.sealed_sha256 is '封じた後のSHA-256';
comment on column exchange.transmission.sealed_path is '封じたファイルの、置き場のフォルダーの中の名前';
comment on column exchange.transmission.manifest is '送り状（署名付き、届いたとおりの文字）';
comment on column exchange.transmission.recorded_at is '台帳に載せた時刻';
comment on table exchange.transmission_event is '送信の出来事。一番新しい行が今の状態。直さない、消さない。';
comment on column exchange.transmission_event.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.transmission_event.transmission_id is '送信識別子';
comment on column exchange.transmission_event.event_number is '出来事の番号（送信ごとに1から）';
comment on column exchange.transmission_event.municipality_code is '市区町村コード';
comment on column exchange.transmission_event.state is '状態（prepared 作成、sent 引渡し、delivered 到着確認、waiting 前の番号待ち、arrived 到着、held 確認待ち、applied 取込み済み、refused 断り）';
comment on column exchange.transmission_event.sentence is '何があったかの文。人に関する値は入れない。';
comment on column exchange.transmission_event.recorded_at is '記録した時刻';
comment on table notices.form_delivery is '市区町村へ配信する帳票。市区町村ごとに1から欠けずに番号を付ける。中身は封をしてファイルに置く。';
comment on column notices.form_delivery.delivery_id is '配信の番号';
comment on column notices.form_delivery.municipality_code is '届け先の市区町村コード';
comment on column notices.form_delivery.union_code is '広域連合コード';
comment on column notices.form_delivery.number is 'この市区町村への通し番号 (1から)';
comment on column notices.form_delivery.form is '帳票の種類';
comment on column notices.form_delivery.title is '帳票の題';
comment on column notices.form_delivery.covers_from is 'この時刻より後のことが書いてある (初めての配信では空)';
comment on column notices.form_delivery.covers_until is 'この時刻までのことが書いてある';
comment on column notices.form_delivery.people is '載っている人の数';
comment on column notices.form_delivery.pages is 'ページの数';
comment on column notices.form_delivery.bytes is '大きさ (バイト)';
comment on column notices.form_delivery.sha256 is '中身の要約値';
comment on column notices.form_delivery.sealed_name is '封をしたファイルの名 (広域連合自身の鍵)';
comment on column notices.form_delivery.made_at is '作った時刻';
comment on column notices.form_delivery.made_by is '頼んだ人、または日次の実行';
comment on column notices.form_delivery.job_id is '作ったジョブ';
comment on table notices.form_delivery_event is '配信した帳票のいきさつ。窓口が受け取り、枚数と要約値を確かめたとき、済になる。';
comment on column notices.form_delivery_event.delivery_id is '配信の番号';
comment on column notices.form_delivery_event.sequence is '順番 (1から)';
comment on column notices.form_delivery_event.municipality_code is '届け先の市区町村コード';
comment on column notices.form_delivery_event.union_code is '広域連合コード';
comment on column notices.form_delivery_event.act is 'fetched 最後の1バイトまで渡した、received 枚数と要約値が合った';
comment on column notices.form_delivery_event.at is '時刻';
comment on column notices.form_delivery_event.account is '利用者の番号';
comment on column notices.form_delivery_event.account_name is '利用者の名前';
comment on table notices.listed_decision is '資格異動者一覧で市区町村に知らせた決定。どの決定をどの配信に載せたか。';
comment on column notices.listed_decision.subject_key is '被保険者の鍵';
comment on column notices.listed_decision.sequence is '資格の決定の順番';
comment on column notices.listed_decision.municipality_code is '知らせた先の市区町村コード';
comment on column notices.listed_decision.union_code is '広域連合コード';
comment on column notices.listed_decision.delivery_id is '載せた帳票の配信の番号';
comment on table notices.listed_issue is '資格確認書等発行一覧で市区町村に知らせた発行。どの発行をどの配信に載せたか。';
comment on column notices.listed_issue.subject_key is '被保険者の鍵';
comment on column notices.listed_issue.municipality_code is '知らせた先の市区町村コード';
comment on column notices.listed_issue.issue_number is '何通目か';
comment on column notices.listed_issue.union_code is '広域連合コード';
comment on column notices.listed_issue.delivery_id is '載せた帳票の配信の番号';
comment on table notices.printed_form is '印刷を指示した帳票。紙1通に1行。見本と同じ中身を、刷ったまま持つ。';
comment on column notices.printed_form.form_id is '画面が付けた頼みの番号。2度送っても1通になる。';
comment on column notices.printed_form.municipality_code is '本人の市区町村コード';
comment on column notices.printed_form.union_code is '広域連合コード';
comment on column notices.printed_form.form is '帳票の種類';
comment on column notices.printed_form.about is '何についての帳票か。被保険者番号と年度、または受付番号。';
comment on column notices.printed_form.copy is '同じ帳票の何通目の紙か (1から)';
comment on column notices.printed_form.again is '再。同じ帳票を前に刷って確かめてあった。';
comment on column notices.printed_form.code is '紙の符号';
comment on column notices.printed_form.sheet is '紙の中身 (刷ったまま)。支援措置の対象の人の住所は持たない。';
comment on column notices.printed_form.digest is '紙の中身の要約値。見本と同じであることを確かめる。';
comment on column notices.printed_form.pages is 'ページの数';
comment on column notices.printed_form.purpose is '用件';
comment on column notices.printed_form.request_digest is '頼みの内容の要約値。同じ番号で別の頼みを見分ける。';
comment on column notices.printed_form.instructed_at is '印刷を指示した時刻';
comment on column notices.printed_form.account is '指示した利用者の番号';
comment on column notices.printed_form.account_name is '指示した利用者の名前';
comment on table notices.printed_form_event is '刷った紙のいきさつ。紙を見て確かめるまで、刷ったことにならない。';
comment on column notices.printed_form_event.form_id is '帳票の番号';
comment on column notices.printed_form_event.version is '版 (1から)';
comment on column notices.printed_form_event.municipality_code is '本人の市区町村コード';
comment on column notices.printed_form_event.union_code is '広域連合コード';
comment on column notices.printed_form_event.act is 'printed 紙を確かめた、spoiled よごれた、notPrinted 出なかった、cancelled 取りやめた';
comment on column notices.printed_form_event.at is '時刻';
comment on column notices.printed_form_event.account is '利用者の番号';
comment on column notices.printed_form_event.account_name is '利用者の名前';
comment on table premium.assessment is '保険料の決定。決定は足すだけで、書きかえない。';
comment on column premium.assessment.subject_key is '被保険者の鍵(広域連合の番号と被保険者番号)。';
comment on column premium.assessment.fiscal_year is '賦課年度。';
comment on column premium.assessment.revision is '決定番号。1が当初。';
comment on column premium.assessment.union_code is '広域連合(都道府県番号)。';
comment on column premium.assessment.municipality_code is '徴収する市区町村の全国地方公共団体コード。';
comment on column premium.assessment.resident_key is '決定のもとにした住民の鍵。';
comment on column premium.assessment.decided_on is '決定年月日。';
comment on column premium.assessment.reason is '決定事由。initial 当初、change 異動、correction 更正。';
comment on column premium.assessment.months is '資格月数。';
comment on column premium.assessment.reduction_tenths is '均等割額の軽減の区分(割)。';
comment on column premium.assessment.former_dependent is '元被扶養者か。';
comment on column premium.assessment.income_known is '軽減の判定に要る全員の所得が届いていたか。偽のときは軽減していない。';
comment on column premium.assessment.base_yen is '賦課のもととなる所得金額(円)。';
comment on column premium.assessment.judged_income_yen is '軽減判定所得(円)。世帯の合計。';
comment on column premium.assessment.threshold_yen is '軽減判定で当てはまった線(円)。軽減がないときは2割の線。';
comment on column premium.assessment.judged_insured is '軽減判定の被保険者数。';
comment on column premium.assessment.judged_earners is '給与所得者等の数。';
comment on column premium.assessment.medical_per_capita_full_yen is '医療分の均等割額(軽減前、年額、円)。';
comment on column premium.assessment.medical_per_capita_yen is '医療分の均等割額(軽減後、年額、円)。';
comment on column premium.assessment.medical_rate_per_mille_hundred is '医療分の所得割率(10万分の1を単位とする整数)。';
comment on column premium.assessment.medical_income_based_yen is '医療分の所得割額(年額、円)。';
comment on column premium.assessment.medical_cap_yen is '医療分の賦課限度額(円)。';
comment on column premium.assessment.medical_over_cap_yen is '医療分の限度超過額(円)。';
comment on column premium.assessment.medical_annual_yen is '医療分の年額(限度・月割・端数処理の後、円)。';
comment on column premium.assessment.child_per_capita_full_yen is '子ども分の均等割額(軽減前、年額、円)。令和8年度から。';
comment on column premium.assessment.child_per_capita_yen is '子ども分の均等割額(軽減後、年額、円)。';
comment on column premium.assessment.child_rate_per_mille_hundred is '子ども分の所得割率(10万分の1を単位とする整数)。';
comment on column premium.assessment.child_income_based_yen is '子ども分の所得割額(年額、円)。';
comment on column premium.assessment.child_cap_yen is '子ども分の賦課限度額(円)。';
comment on column premium.assessment.child_over_cap_yen is '子ども分の限度超過額(円)。';
comment on column premium.assessment.child_annual_yen is '子ども分の年額(限度・月割・端数処理の後、円)。';
comment on column premium.assessment.annual_yen is '保険料額(年額、円)。医療分と子ども分の和。';
comment on column premium.assessment.law_edition is '使った法令表の版。';
comment on column premium.assessment.digest is '事実と結果の要約値。同じ決定を二度しないために比べる。';
comment on column premium.assessment.run_id is '決定した回の番号。';
comment on column premium.assessment.recorded_at is '記録した時刻(世界の時計)。';
comment on view premium.assessment_now is '今生きている保険料の決定。';
comment on table premium.delivery is '保険料情報の配信。どの決定をどの送信で市区町村に知らせたか。';
comment on column premium.delivery.subject_key is '被保険者の鍵。';
comment on column premium.delivery.fiscal_year is '賦課年度。';
comment on column premium.delivery.revision is '決定番号。';
comment on column premium.delivery.transmission_id is '知らせた送信の番号。';
comment on column premium.delivery.union_code is '広域連合(都道府県番号)。';
comment on column premium.delivery.municipality_code is '知らせた先の市区町村の全国地方公共団体コード。';
comment on table premium.income is '所得・課税情報。市区町村から届いた内容を、変わるたびに1行足す。書きかえない。';
comment on column premium.income.resident_key is '住民の鍵。変わらない。';
comment on column premium.income.fiscal_year is '課税年度。前年の所得による。';
comment on column premium.income.revision is '同じ人・同じ年度の中の番号。最も大きいものが今の内容。';
comment on column premium.income.union_code is '広域連合(都道府県番号)。';
comment on column premium.income.municipality_code is '送ってきた市区町村の全国地方公共団体コード。';
comment on column premium.income.declaration is '申告区分。undeclared 未申告、declared 申告あり、inquiring 調査中。';
comment on column premium.income.public_pension_yen is '公的年金等収入額(円)。控除前。';
comment on column premium.income.salary_yen is '給与収入額(円)。控除前。';
comment on column premium.income.family_employee_salary_yen is '給与収入額のうち専従者給与として受けた額(円)。';
comment on column premium.income.business_yen is '事業所得額(円)。専従者控除後。損失は負の数。';
comment on column premium.income.family_employee_deduction_yen is '専従者控除額(円)。';
comment on column premium.income.capital_gains_yen is '分離譲渡所得額(円)。特別控除後。';
comment on column premium.income.capital_gains_special_deduction_yen is '分離譲渡所得の特別控除額(円)。';
comment on column premium.income.other_yen is 'その他の総所得金額等(円)。退職所得を除く。';
comment on column premium.income.corrected_on is '更正のあった日。';
comment on column premium.income.digest is '内容の要約値。同じ内容が届いたとき行を足さないために比べる。';
comment on column premium.income.transmission_id is '届いた送信の番号。';
comment on column premium.income.line is '送信の中の行番号。';
comment on column premium.income.recorded_at is '知った時刻(世界の時計)。';
comment on column premium.income.taxable_income_yen is '課税標準額(円)。所得控除の後。世帯主調整控除額を引く前。空は不明。';
comment on column premium.income.head_adjustment_yen is '世帯主調整控除額(円)。19歳未満の世帯員がいる世帯主の課税標準額から、一部負担金の割合の判定で引く額。空は不明。';
comment on column premium.income.resident_tax is '住民税課税区分。untaxed 非課税、perCapitaOnly 均等割だけ、taxed 所得割がかかる。空は不明。';
comment on column premium.income.revenue_yen is '判定用収入額(円)。経費や控除を引く前。公簿でわからなければ空。';
comment on view premium.income_now is '今わかっている所得・課税情報。';
comment on table premium.run is '賦課の回。1回の一括処理に1行。';
comment on column premium.run.run_id is '回の番号。';
comment on column premium.run.union_code is '広域連合(都道府県番号)。';
comment on column premium.run.fiscal_year is '賦課年度。';
comment on column premium.run.decided_on is '決定年月日。';
comment on column premium.run.law_edition is '使った法令表の版。';
comment on column premium.run.started_at is '始めた時刻(世界の時計)。';
comment on table premium.run_municipality is '賦課の回の、市区町村ごとの結果。';
comment on column premium.run_municipality.run_id is '回の番号。';
comment on column premium.run_municipality.municipality_code is '市区町村の全国地方公共団体コード。';
comment on column premium.run_municipality.union_code is '広域連合(都道府県番号)。';
comment on column premium.run_municipality.insured is '年度に1か月でも資格のある人の数。';
comment on column premium.run_municipality.decided is '新しく決定した数。';
comment on column premium.run_municipality.unchanged is '前の決定と変わらなかった数。';
comment on column premium.run_municipality.income_unknown is '所得がわからず軽減を判定できなかった数。';
comment on column premium.run_municipality.annual_yen is 'この回の後に生きている決定の年額の合計(円)。';
comment on column premium.run_municipality.finished_at is '終えた時刻(世界の時計)。';
comment on table premium.working is '保険料の計算過程。決定に使った事実と、条文ごとの計算の段。';
comment on column premium.working.subject_key is '被保険者の鍵。';
comment on column premium.working.fiscal_year is '賦課年度。';
comment on column premium.working.revision is '決定番号。';
comment on column premium.working.union_code is '広域連合(都道府県番号)。';
comment on column premium.working.municipality_code is '徴収する市区町村の全国地方公共団体コード。';
comment on column premium.working.facts is '決定に使った世帯と所得。計算し直すときの入力になる。';
comment on column premium.working.steps is '計算の段。値・式・根拠。';
comment on table reference.municipality is '市区町村（広域連合を構成する団体）';
comment on column reference.municipality.municipality_code is '全国地方公共団体コード（6桁、検査数字を含む）';
comment on column reference.municipality.union_code is '属する広域連合の都道府県番号';
comment on column reference.municipality.name is '市区町村名';
comment on column reference.municipality.kana is '市区町村名のよみ（ひらがな）';
comment on column reference.municipality.insurer_number is '保険者番号（8桁、法別番号39）';
comment on column reference.municipality.insurer_number_unverified is '保険者番号の割当てが公の資料で確かめられていないとき真';
comment on table reference.union_body is '後期高齢者医療広域連合';
comment on column reference.union_body.union_code is '都道府県番号（JIS X 0401）';
comment on column reference.union_body.name is '広域連合の名称';
comment on table store.migration is '適用済みの移行';
comment on column store.migration.number is '移行の番号';
comment on column store.migration.name is '移行ファイルの名前';
comment on column store.migration.sha256 is '移行ファイルのSHA-256';
comment on column store.migration.applied_at is '適用した実時刻';
comment on table vault.blind_index is '探し札 (個人番号の鍵付き索引、HMAC-SHA-256)。個人番号から札を引く。鍵がなければ番号から作れず、当事者が違えば同じ番号でも別の値になる。';
comment on column vault.blind_index.blind_index is '探し札。当事者と個人番号から探し札の鍵で作る32バイト';
comment on column vault.blind_index.union_code is '広域連合コード (都道府県番号2桁)';
comment on column vault.blind_index.holder is '番号を保有する当事者 (union:43、municipality:431001)';
comment on column vault.blind_index.index_key_version is '探し札の鍵の版';
comment on column vault.blind_index.token is '札';
comment on column vault.blind_index.indexed_at is '探し札を入れた時刻';
comment on table vault.key_version is '鍵の版の台帳。鍵そのものは持たず、鍵の保管先にある鍵がこのデータベースのものかを確かめる値だけを持つ。';
comment on column vault.key_version.kind is '鍵の種類。seal 封の鍵、index 探し札の鍵';
comment on column vault.key_version.version is '鍵の版 (1から)';
comment on column vault.key_version.check_value is '鍵の確かめの値。鍵から一方向に作る16バイト';
comment on column vault.key_version.registered_at is 'この版を初めて使った時刻';
comment on table vault.sealed_number is '封じた個人番号。認証付き暗号 (AES-256-GCM) で、当事者・広域連合・札・鍵の版に結び付けて封じる。行を入れ替えると開かない。直さない、消さない。';
comment on column vault.sealed_number.token is '札。業務の表が個人番号の代わりに持つ、意味のない乱数';
comment on column vault.sealed_number.union_code is '広域連合コード (都道府県番号2桁)';
comment on column vault.sealed_number.holder is '番号を保有する当事者 (union:43、municipality:431001)';
comment on column vault.sealed_number.seal_key_version is '封の鍵の版';
comment on column vault.sealed_number.sealed is '封。形の番号1バイト、使い捨ての値12バイト、暗号文12バイト、認証の値16バイト';
comment on column vault.sealed_number.sealed_at is '封じた時刻';
comment on table work.clock is '世界時計。仮想の世界の今日を一行だけ持ち、実運用では使わない。';
comment on column work.clock.id is '常に1';
comment on column work.clock.today is '世界の今日';
comment on column work.clock.opened_at is '世界の今日になった実時刻';
comment on table work.job is '仕事。個人を特定できる値は持たない。';
comment on column work.job.job_id is '仕事の番号';
comment on column work.job.kind is '仕事の種類（英字の名前）';
comment on column work.job.title is '画面に出す名前';
comment on column work.job.arguments is '引数。個人に関する値は入れない。';
comment on column work.job.dedupe_key is '重ねて頼まれたときに同じ仕事とみなす鍵';
comment on column work.job.queue is '同じ名前の仕事は一つずつ番号順に行う';
comment on column work.job.scope_union is '処理の範囲の広域連合（都道府県番号2桁）';
comment on column work.job.scope_municipality is '処理の範囲の市区町村（団体コード6桁、全部なら *）';
comment on column work.job.requested_by is '頼んだ人（アカウントの番号）または仕組みの名前';
comment on column work.job.requested_at is '頼まれた時刻';
comment on column work.job.due_at is 'この時刻より前には始めない';
comment on column work.job.state is '状態（waiting 待ち、running 処理中、done 終わり、failed 失敗、cancelled 中止）';
comment on column work.job.step_index is '今の段（0から）';
comment on column work.job.step_name is '今の段の名前';
comment on column work.job.checkpoint is '今の段のどこまで済んだか。個人に関する値は入れない。';
comment on column work.job.done is '済んだ件数';
comment on column work.job.total is '全体の件数（分からなければ空）';
comment on column work.job.sentence is '今していることの文';
comment on column work.job.cancel_requested is '中止を頼まれたか';
comment on column work.job.attempt is '何回目の実行か';
comment on column work.job.attempts_max is '実行の回数の上限';
comment on column work.job.backoff_until is '失敗の後に待つ実時刻';
comment on column work.job.worker is '処理している働き手';
comment on column work.job.lease_until is '働き手の持ち時間の終わり（実時刻）。過ぎれば別の働き手が引き継ぐ。';
comment on column work.job.failure is '失敗の理由の文。個人に関する値は入れない。';
comment on column work.job.failure_place is '失敗したプログラムの場所';
comment on column work.job.result is '結果のまとめ。個人に関する値は入れない。';
comment on column work.job.started_at is '始めた時刻';
comment on column work.job.ended_at is '終わった時刻';
comment on function eligibility.assessment_member(date,date) is '賦課期日の世帯の構成員 (被保険者の全員と世帯主)。p_from は年度の初日、p_until は翌年度の初日。市区町村・世帯・賦課期日の順に並ぶ。household_number が空の行 (世帯の記録がない住登外者など) は一行で一世帯とみる。';

revoke all on function eligibility.assessment_member(date,date) from public;
grant usage on schema access to koiki_union_app;
grant usage on schema audit to koiki_union_app;
grant usage on schema audit to koiki_union_vault;
grant usage on schema certificates to koiki_union_app;
grant usage on schema copay to koiki_union_app;
grant usage on schema counter to koiki_union_app;
grant usage on schema eligibility to koiki_union_app;
grant usage on schema exchange to koiki_union_app;
grant usage on schema exchange to koiki_union_operator;
grant usage on schema notices to koiki_union_app;
grant usage on schema premium to koiki_union_app;
grant usage on schema reference to koiki_union_app;
grant usage on schema reference to koiki_union_operator;
grant usage on schema reference to koiki_union_vault;
grant usage on schema vault to koiki_union_app;
grant usage on schema vault to koiki_union_vault;
grant usage on schema work to koiki_union_app;
grant usage on schema work to koiki_union_operator;
grant usage on schema work to koiki_union_vault;
grant usage on sequence eligibility.resident_number to koiki_union_app;
grant insert, select on table access.account to koiki_union_app;
grant insert, select on table access.enrolment_code to koiki_union_app;
grant insert, select on table access.event to koiki_union_app;
grant delete, insert, select, update on table access.failed_attempt to koiki_union_app;
grant insert, select on table access.installation to koiki_union_app;
grant insert, select on table access.session to koiki_union_app;
grant insert, select on table audit.bulk_keys to koiki_union_app;
grant insert on table audit.bulk_keys to koiki_union_vault;
grant insert, select on table audit.entry to koiki_union_app;
grant insert on table audit.entry to koiki_union_vault;
grant insert, select on table audit.resident_entry to koiki_union_app;
grant insert on table audit.resident_entry to koiki_union_vault;
grant insert, select on table audit.subject_entry to koiki_union_app;
grant insert on table audit.subject_entry to koiki_union_vault;
grant insert, select on table certificates.address_confirmation to koiki_union_app;
grant insert, select, update on table certificates.certificate_delivery to koiki_union_app;
grant insert, select on table certificates.destination_confirmation to koiki_union_app;
grant insert, select on table certificates.insurance_card_list to koiki_union_app;
grant insert, select on table certificates.insurance_card_use to koiki_union_app;
grant insert, select on table certificates.issue to koiki_union_app;
grant insert, select on table certificates.issue_event to koiki_union_app;
grant insert, select, update on table certificates.issue_standing to koiki_union_app;
grant insert, select, update on table certificates.print_run to koiki_union_app;
grant insert, select, update on table certificates.provision_delivery to koiki_union_app;
grant insert, select, update on table certificates.sheet to koiki_union_app;
grant insert, select on table certificates.special_treatment_answer to koiki_union_app;
grant insert, select on table certificates.special_treatment_event to koiki_union_app;
grant insert, select on table certificates.special_treatment_proposal to koiki_union_app;
grant delete, insert, select, update on table certificates.waiting to koiki_union_app;
grant insert, select on table copay.judgement to koiki_union_app;
grant select on table copay.judgement_now to koiki_union_app;
grant delete, insert, select, update on table copay.pending to koiki_union_app;
grant insert, select on table copay.run to koiki_union_app;
grant delete, insert, select, update on table copay.share_period to koiki_union_app;
grant insert, select on table counter.encounter to koiki_union_app;
grant insert, select on table counter.encounter_event to koiki_union_app;
grant insert, select on table counter.encounter_person to koiki_union_app;
grant select on table eligibility.addressee_number to koiki_union_app;
grant delete, insert, select, update on table eligibility.application_exclusion to koiki_union_app;
grant insert, select on table eligibility.difference to koiki_union_app;
grant insert, select on table eligibility.difference_choice to koiki_union_app;
grant insert, select on table eligibility.difference_resolution to koiki_union_app;
grant delete, insert, select, update on table eligibility.disability_certification to koiki_union_app;
grant select on table eligibility.disability_evidence to koiki_union_app;
grant select on table eligibility.disability_period to koiki_union_app;
grant insert, select on table eligibility.disability_renewal to koiki_union_app;
grant delete, insert, select, update on table eligibility.draft to koiki_union_app;
grant delete, insert, select, update on table eligibility.entitlement to koiki_union_app;
grant insert, select on table eligibility.entitlement_event to koiki_union_app;
grant select on table eligibility.entitlement_period to koiki_union_app;
grant select on table eligibility.facility_address to koiki_union_app;
grant delete, insert, select, update on table eligibility.facility_stay to koiki_union_app;
grant insert, select on table eligibility.filing to koiki_union_app;
grant insert, select, update on table eligibility.filing_counter to koiki_union_app;
grant insert, select on table eligibility.filing_event to koiki_union_app;
grant insert, select on table eligibility.filing_person to koiki_union_app;
grant insert, select, update on table eligibility.filing_standing to koiki_union_app;
grant insert, select, update on table eligibility.former_insurer_inquiry to koiki_union_app;
grant insert, select on table eligibility.granted_fact to koiki_union_app;
grant select on table eligibility.granted_filing to koiki_union_app;
grant delete, insert, select, update on table eligibility.household_membership to koiki_union_app;
grant select on table eligibility.household_period to koiki_union_app;
grant insert, select, update on table eligibility.insured_delivery to koiki_union_app;
grant insert, select, update on table eligibility.insured_person to koiki_union_app;
grant select on table eligibility.known_change to koiki_union_app;
grant select on table eligibility.linked_resident to koiki_union_app;
grant insert, select on table eligibility.mailing_destination to koiki_union_app;
grant insert, select on table eligibility.mailing_destination_check to koiki_union_app;
grant select on table eligibility.mailing_destination_in_force to koiki_union_app;
grant insert, select, update on table eligibility.number_counter to koiki_union_app;
grant delete, insert, select, update on table eligibility.number_directory to koiki_union_app;
grant delete, insert, select, update on table eligibility.pending_decision to koiki_union_app;
grant select on table eligibility.person to koiki_union_app;
grant insert, select on table eligibility.person_link_decision to koiki_union_app;
grant delete, insert, select, update on table eligibility.person_name_key to koiki_union_app;
grant select on table eligibility.person_stay to koiki_union_app;
grant select on table eligibility.provision_period to koiki_union_app;
grant select on table eligibility.recorded_household to koiki_union_app;
grant select on table eligibility.registered_residence to koiki_union_app;
grant delete, insert, select, update on table eligibility.residence_provision to koiki_union_app;
grant select on table eligibility.residence_provision_period to koiki_union_app;
grant insert, select, update on table eligibility.resident to koiki_union_app;
grant insert, select on table eligibility.resident_directory to koiki_union_app;
grant select on table eligibility.resident_in_brief to koiki_union_app;
grant insert, select on table eligibility.resident_link to koiki_union_app;
grant insert, select on table eligibility.resident_record to koiki_union_app;
grant delete, insert, select, update on table eligibility.stay_exclusion to koiki_union_app;
grant delete, insert, select, update on table eligibility.support_measure to koiki_union_app;
grant select on table eligibility.support_period to koiki_union_app;
grant select on table eligibility.unchecked_destination to koiki_union_app;
grant insert, select on table exchange.admission to koiki_union_app;
grant select on table exchange.admission to koiki_union_operator;
grant insert, select on table exchange.custody_event to koiki_union_app;
grant select on table exchange.custody_event to koiki_union_operator;
grant insert, select on table exchange.destination_stop to koiki_union_app;
grant select on table exchange.destination_stop to koiki_union_operator;
grant insert, select on table exchange.finding to koiki_union_app;
grant insert, select on table exchange.full_reconciliation to koiki_union_app;
grant select on table exchange.full_reconciliation to koiki_union_operator;
grant insert, select on table exchange.full_reconciliation_difference to koiki_union_app;
grant insert, select on table exchange.full_reconciliation_result to koiki_union_app;
grant select on table exchange.full_reconciliation_result to koiki_union_operator;
grant insert, select on table exchange.layout_policy to koiki_union_app;
grant select on table exchange.layout_policy to koiki_union_operator;
grant insert, select on table exchange.own_copy to koiki_union_app;
grant select on table exchange.own_copy to koiki_union_operator;
grant insert, select on table exchange.plausibility to koiki_union_app;
grant select on table exchange.plausibility to koiki_union_operator;
grant insert, select on table exchange.quarantined_row to koiki_union_app;
grant select on table exchange.quarantined_row to koiki_union_operator;
grant insert, select on table exchange.receipt to koiki_union_app;
grant insert, select, update on table exchange.sequence_counter to koiki_union_app;
grant insert, select, update on table exchange.sequence_position to koiki_union_app;
grant insert, select on table exchange.transmission to koiki_union_app;
grant select on table exchange.transmission to koiki_union_operator;
grant insert, select on table exchange.transmission_event to koiki_union_app;
grant select on table exchange.transmission_event to koiki_union_operator;
grant insert, select on table notices.form_delivery to koiki_union_app;
grant insert, select on table notices.form_delivery_event to koiki_union_app;
grant insert, select on table notices.listed_decision to koiki_union_app;
grant insert, select on table notices.listed_issue to koiki_union_app;
grant insert, select on table notices.printed_form to koiki_union_app;
grant insert, select on table notices.printed_form_event to koiki_union_app;
grant insert, select on table premium.assessment to koiki_union_app;
grant select on table premium.assessment_now to koiki_union_app;
grant insert, select on table premium.delivery to koiki_union_app;
grant insert, select on table premium.income to koiki_union_app;
grant select on table premium.income_now to koiki_union_app;
grant insert, select on table premium.run to koiki_union_app;
grant insert, select on table premium.run_municipality to koiki_union_app;
grant insert, select on table premium.working to koiki_union_app;
grant select on table reference.municipality to koiki_union_app;
grant select on table reference.municipality to koiki_union_operator;
grant select on table reference.municipality to koiki_union_vault;
grant select on table reference.union_body to koiki_union_app;
grant select on table reference.union_body to koiki_union_operator;
grant select on table reference.union_body to koiki_union_vault;
grant insert, select on table vault.blind_index to koiki_union_app;
grant select on table vault.blind_index to koiki_union_vault;
grant insert, select on table vault.key_version to koiki_union_app;
grant select on table vault.key_version to koiki_union_vault;
grant insert on table vault.sealed_number to koiki_union_app;
grant select on table vault.sealed_number to koiki_union_vault;
grant insert, select, update on table work.clock to koiki_union_app;
grant select on table work.clock to koiki_union_operator;
grant select on table work.clock to koiki_union_vault;
grant insert, select, update on table work.job to koiki_union_app;
grant select on table work.job to koiki_union_operator;
grant update (disabled_at) on table access.account to koiki_union_app;
grant update (password_hash) on table access.account to koiki_union_app;
grant update (password_set_at) on table access.account to koiki_union_app;
grant update (closed_at) on table access.enrolment_code to koiki_union_app;
grant update (ended_at) on table access.session to koiki_union_app;
grant update (last_seen_at) on table access.session to koiki_union_app;
grant select (holder) on table vault.sealed_number to koiki_union_app;
grant select (seal_key_version) on table vault.sealed_number to koiki_union_app;
grant select (sealed_at) on table vault.sealed_number to koiki_union_app;
grant select (token) on table vault.sealed_number to koiki_union_app;
grant select (union_code) on table vault.sealed_number to koiki_union_app;
grant execute on function eligibility.assessment_member(date,date) to koiki_union_app;
