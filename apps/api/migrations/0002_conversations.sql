create table conversations (
  id text primary key,
  organisation_id text not null references organisations (id),
  -- The candidacy and its project; the foreign keys come with the migration that makes those tables.
  candidacy_id text not null unique,
  project_id text not null,
  person_id text not null,
  room_id text not null unique,
  about text not null,
  candidate_name text not null,
  owner_id text not null references accounts (id),
  candidate_id text references accounts (id),
  state text not null check (state in ('INVITED', 'CLAIMED', 'ENTERED', 'LEFT', 'BLOCKED')),
  reported_at timestamptz,
  created_at timestamptz not null default now()
);
create index conversations_project on conversations (project_id);
create index conversations_candidate on conversations (candidate_id);
create index conversations_person on conversations (organisation_id, person_id);

create table invitations (
  id text primary key,
  organisation_id text not null references organisations (id),
  kind text not null check (kind in ('COLLEAGUE', 'CANDIDATE')),
  inviter_id text not null references accounts (id),
  invitee_name text not null,
  role text check (role in ('PARTNER', 'CONSULTANT', 'RESEARCHER')),
  conversation_id text references conversations (id),
  statement jsonb not null,
  -- The link's secret, sealed by the inviter's client to itself. Not the server's to read.
  sealed_secret text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  claim jsonb,
  claimed_at timestamptz,
  claimed_on text,
  -- Deferred: the claim names the account before the account's row is there.
  claimed_by text unique references accounts (id) deferrable initially deferred,
  reported_at timestamptz,
  report_reason text,
  check ((kind = 'COLLEAGUE') = (role is not null)),
  check ((kind = 'CANDIDATE') = (conversation_id is not null)),
  check ((claimed_at is null) = (claim is null))
);
create index invitations_organisation on invitations (organisation_id, created_at desc);
create index invitations_conversation on invitations (conversation_id, created_at desc);
alter table accounts add foreign key (invitation_id) references invitations (id);

create table welcome_deposits (
  conversation_id text not null references conversations (id),
  invitation_id text not null references invitations (id),
  session_id text not null,
  depositor_id text not null references accounts (id),
  sealed text not null,
  deposited_at timestamptz not null default now(),
  -- Kept for each depositor: a garbage deposit harms only its author's copy.
  primary key (invitation_id, session_id, depositor_id)
);
create index welcome_deposits_conversation on welcome_deposits (conversation_id);

call app_protect('conversations', true);
call app_protect('invitations');
call app_protect('welcome_deposits');
revoke delete on conversations, invitations from baton_app;

-- Conversations that the viewer takes part in.
create function app_conversations() returns setof text language plpgsql stable security definer set search_path = public as $$
begin
  if app_role() = 'CANDIDATE' then
    return query select c.id from conversations c
      where c.candidate_id = app_account() and c.organisation_id = app_organisation();
  elsif app_is_member() then
    return query select c.id from conversations c
      where c.organisation_id = app_organisation() and c.project_id in (select app_projects());
  end if;
end
$$;
alter function app_conversations() owner to baton_definer;

-- Who of the firm takes part in these conversations, as far as the viewer sees them. A candidate may see their
-- counterparts without seeing the project.
create function app_team(conversations_asked text[]) returns table (conversation_id text, account_id text)
language plpgsql stable security definer set search_path = public as $$
begin
  return query select c.id, m.account_id from conversations c join project_members m on m.project_id = c.project_id
    where c.id = any (conversations_asked) and (app_is_system() or c.id in (select app_conversations()));
end
$$;
alter function app_team(text[]) owner to baton_definer;

create function app_counterparts() returns setof text language plpgsql stable security definer set search_path = public as $$
begin
  if app_role() = 'CANDIDATE' then
    return query select t.account_id from app_team(array(select app_conversations())) t
      union select c.owner_id from conversations c where c.id in (select app_conversations());
  elsif app_is_member() then
    return query select c.candidate_id from conversations c
      where c.id in (select app_conversations()) and c.candidate_id is not null;
  end if;
end
$$;
alter function app_counterparts() owner to baton_definer;
create policy counterparts on accounts for select to baton_app using (id in (select app_counterparts()));

create policy system_all on conversations to baton_app using (app_is_system()) with check (app_is_system());
create policy team on conversations to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy candidate on conversations to baton_app
  using (app_role() = 'CANDIDATE' and candidate_id = app_account())
  with check (app_role() = 'CANDIDATE' and candidate_id = app_account());

create policy system_all on invitations to baton_app using (app_is_system()) with check (app_is_system());
create policy partners on invitations to baton_app
  using (organisation_id = app_organisation() and app_role() = 'PARTNER')
  with check (organisation_id = app_organisation() and app_role() = 'PARTNER');
create policy inviter on invitations to baton_app
  using (inviter_id = app_account() and app_is_member()) with check (inviter_id = app_account() and app_is_member());
create policy team on invitations to baton_app
  using (app_is_member() and conversation_id in (select app_conversations()))
  with check (app_is_member() and conversation_id in (select app_conversations()));

create policy system_all on welcome_deposits to baton_app using (app_is_system()) with check (app_is_system());
create policy team_deposits on welcome_deposits to baton_app
  using (app_is_member() and conversation_id in (select app_conversations()))
  with check (app_is_member() and depositor_id = app_account() and conversation_id in (select app_conversations()));
create policy candidate_reads on welcome_deposits to baton_app
  using (app_role() = 'CANDIDATE' and conversation_id in (select app_conversations()))
  with check (false);

-- What must still be done at the homeserver, written in the transaction that decided it: a homeserver that is down at
-- that moment does not leave a door open.
create table matrix_tasks (
  id bigint generated always as identity primary key,
  kind text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now()
);
call app_protect('matrix_tasks');
create policy anybody_orders on matrix_tasks for insert to baton_app with check (app_account() is not null or app_is_system());
create policy system_all on matrix_tasks to baton_app using (app_is_system()) with check (app_is_system());
