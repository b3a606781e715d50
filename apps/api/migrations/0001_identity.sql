create table organisations (
  id text primary key,
  name text not null check (length(name) between 1 and 200),
  statement jsonb not null,
  root_key text not null,
  created_at timestamptz not null default now()
);

create table accounts (
  id text primary key,
  organisation_id text not null references organisations (id),
  kind text not null check (kind in ('MEMBER', 'CANDIDATE')),
  role text check (role in ('PARTNER', 'CONSULTANT', 'RESEARCHER')),
  name text not null check (length(name) between 1 and 200),
  -- Lower case; one address is one account on an installation, because signing in names nothing else.
  email text unique check (email = lower(email)),
  mxid text not null unique,
  signing_key text not null,
  box_key text not null,
  -- CertificateChain; null until the account's client has its Matrix identity.
  certificate jsonb,
  certificate_sequence integer,
  invitation_id text,
  joined_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((kind = 'MEMBER') = (role is not null)),
  check (kind = 'CANDIDATE' or email is not null)
);
create index accounts_organisation on accounts (organisation_id);

-- What signing in needs. Nobody but the account and the sign-in itself sees a row.
create table account_secrets (
  account_id text primary key references accounts (id),
  password_parameters jsonb,
  password_auth_hash bytea,
  password_wrap jsonb,
  recovery_auth_hash bytea,
  recovery_wrap jsonb
);

create table sessions (
  id text primary key,
  account_id text not null references accounts (id),
  organisation_id text not null references organisations (id),
  token_hash bytea not null unique,
  device_name text not null,
  matrix_device_id text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Signed in with the recovery code: for ten minutes a new password needs no current one.
  recovered boolean not null default false
);
create index sessions_account on sessions (account_id) where ended_at is null;

-- Each line signed, hash-linked, verified before it is here. The primary key is the compare-and-swap.
create table organisation_log (
  organisation_id text not null references organisations (id),
  seq integer not null,
  hash text not null,
  prev text,
  actor text not null,
  entry jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (organisation_id, seq)
);

call app_protect('organisations');
call app_protect('accounts');
call app_protect('account_secrets');
call app_protect('sessions');
call app_protect('organisation_log');
revoke update, delete on organisation_log from baton_app;
revoke delete on organisations, accounts, account_secrets, sessions from baton_app;

create policy system_all on organisations to baton_app using (app_is_system()) with check (app_is_system());
create policy own_firm on organisations for select to baton_app using (id = app_organisation());
create policy partner_renames on organisations for update to baton_app
  using (id = app_organisation() and app_role() = 'PARTNER') with check (id = app_organisation());

create policy system_all on accounts to baton_app using (app_is_system()) with check (app_is_system());
create policy colleagues_see on accounts for select to baton_app
  using (organisation_id = app_organisation() and app_is_member() and kind = 'MEMBER');
create policy own on accounts for select to baton_app using (id = app_account());
create policy own_changes on accounts for update to baton_app using (id = app_account()) with check (id = app_account());
create policy partner_changes on accounts for update to baton_app
  using (organisation_id = app_organisation() and app_role() = 'PARTNER') with check (organisation_id = app_organisation());

create policy system_all on account_secrets to baton_app using (app_is_system()) with check (app_is_system());
create policy own on account_secrets to baton_app using (account_id = app_account()) with check (account_id = app_account());

create policy system_all on sessions to baton_app using (app_is_system()) with check (app_is_system());
create policy own on sessions to baton_app using (account_id = app_account()) with check (account_id = app_account());
create policy partner_sees on sessions for select to baton_app
  using (organisation_id = app_organisation() and app_role() = 'PARTNER');
create policy partner_ends on sessions for update to baton_app
  using (organisation_id = app_organisation() and app_role() = 'PARTNER') with check (organisation_id = app_organisation());

create policy system_all on organisation_log to baton_app using (app_is_system()) with check (app_is_system());
create policy own_firm on organisation_log for select to baton_app
  using (organisation_id = app_organisation() and app_is_member());
create policy members_append on organisation_log for insert to baton_app
  with check (organisation_id = app_organisation() and app_is_member() and actor = app_account());
