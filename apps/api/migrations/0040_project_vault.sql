-- A project whose log has begun: from then on its members are the log's roster.
create table project_vaults (
  project_id text primary key,
  organisation_id text not null,
  team_room_id text not null unique,
  -- Of the log's newest line. What is sealed to an older one is refused under this row's lock.
  epoch integer not null,
  -- Number of the newest deposit. Given under this row's lock, so that numbers come to be seen in their order.
  last_deposit integer not null default 0,
  foreign key (organisation_id, project_id) references projects (organisation_id, id)
);

-- Each line signed, hash-linked, verified before it is here. The primary key is the compare-and-swap.
create table project_log (
  organisation_id text not null references organisations (id),
  project_id text not null references project_vaults (project_id),
  seq integer not null,
  hash text not null,
  prev text,
  actor text not null,
  entry jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (project_id, seq)
);
create trigger append_only before update or delete on project_log for each row execute function refuse_rewriting();
create trigger append_only_whole before truncate on project_log for each statement execute function refuse_rewriting();

-- Keys of sessions, sealed to the project. Not the server's to read.
create table vault_deposits (
  organisation_id text not null references organisations (id),
  project_id text not null references project_vaults (project_id),
  room_id text not null,
  session_id text not null check (length(session_id) between 1 and 100),
  depositor_id text not null references accounts (id),
  number integer not null,
  epoch integer not null,
  sealed text not null check (length(sealed) between 1 and 16384),
  deposited_at timestamptz not null default now(),
  -- Kept for each depositor: a garbage deposit harms only its author's copy.
  primary key (project_id, room_id, session_id, depositor_id),
  unique (project_id, number)
);

create table vault_checks (
  organisation_id text not null references organisations (id),
  project_id text not null,
  number integer not null,
  checker_id text not null references accounts (id),
  reaches_first boolean not null,
  checked_at timestamptz not null default now(),
  primary key (project_id, number, checker_id),
  -- A copy that is replaced has a new number: what was said of the old one goes with it.
  foreign key (project_id, number) references vault_deposits (project_id, number) on delete cascade
);

create table vault_sessions (
  organisation_id text not null references organisations (id),
  project_id text not null references project_vaults (project_id),
  room_id text not null,
  session_id text not null,
  sender_mxid text not null,
  since timestamptz(3) not null,
  primary key (room_id, session_id)
);
create index vault_sessions_project on vault_sessions (project_id, since);

create table vault_rooms (
  organisation_id text not null references organisations (id),
  project_id text not null references project_vaults (project_id),
  room_id text primary key,
  read_to text,
  read_at timestamptz(3) not null
);
create index vault_rooms_project on vault_rooms (project_id);

call app_protect('project_vaults', true);
call app_protect('project_log');
call app_protect('vault_deposits');
call app_protect('vault_checks');
call app_protect('vault_sessions');
call app_protect('vault_rooms');
revoke delete on project_vaults, vault_checks, vault_sessions, vault_rooms from baton_app;
revoke update, delete on project_log from baton_app;
revoke update on vault_deposits, vault_sessions from baton_app;

-- Projects that the viewer is on: a partner sees more of them, and opens no more.
create function app_rosters() returns setof text language plpgsql stable security definer set search_path = public as $$
begin
  if app_is_member() then
    return query select m.project_id from project_members m join projects p on p.id = m.project_id
      where m.account_id = app_account() and p.organisation_id = app_organisation();
  end if;
end
$$;
alter function app_rosters() owner to baton_definer;

create policy system_all on project_vaults to baton_app using (app_is_system()) with check (app_is_system());
create policy team_reads on project_vaults for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));

create policy system_reads on project_log for select to baton_app using (app_is_system());
create policy team_reads on project_log for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
-- A line that the recovery kit signed is sent by a partner.
create policy team_appends on project_log for insert to baton_app
  with check (organisation_id = app_organisation() and app_is_member() and project_id in (select app_projects())
    and (actor = app_account() or (actor = app_organisation() and app_role() = 'PARTNER')));

create policy system_all on vault_deposits to baton_app using (app_is_system()) with check (app_is_system());
create policy roster_reads on vault_deposits for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_rosters()));

create policy system_all on vault_checks to baton_app using (app_is_system()) with check (app_is_system());

create policy system_all on vault_sessions to baton_app using (app_is_system()) with check (app_is_system());
create policy team_reads on vault_sessions for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));

create policy system_all on vault_rooms to baton_app using (app_is_system()) with check (app_is_system());
create policy team_reads on vault_rooms for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));

-- Members follow the log: until it has begun they are whom a lead names, from then on only the line's effect writes them.
drop policy team on project_members;
drop policy system_reads on project_members;
create policy system_all on project_members to baton_app using (app_is_system()) with check (app_is_system());
create policy team_reads on project_members for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy team on project_members to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects())
    and not exists (select 1 from project_vaults v where v.project_id = project_members.project_id))
  with check (organisation_id = app_organisation() and project_id in (select app_projects())
    and not exists (select 1 from project_vaults v where v.project_id = project_members.project_id));

-- Who of the firm takes part in a conversation: the project's members. A partner who is not on the project takes part as its
-- owner only as long as there is no roster: from then on clients write to nobody who is not in it.
create or replace function app_team(conversations_asked text[]) returns table (conversation_id text, account_id text)
language plpgsql stable security definer set search_path = public as $$
begin
  return query select c.id, a.id from conversations c
    join accounts a on a.organisation_id = c.organisation_id and a.kind = 'MEMBER' and a.ended_at is null
    where c.id = any (conversations_asked)
      and (app_is_system() or c.id in (select app_conversations()))
      and (exists (select 1 from project_members m where m.project_id = c.project_id and m.account_id = a.id)
        or (a.id = c.owner_id and a.role = 'PARTNER' and not exists (select 1 from project_vaults v where v.project_id = c.project_id)));
end
$$;

-- As project_log: a `role` or `revoke` that the recovery kit signed is sent by a partner.
drop policy members_append on organisation_log;
create policy members_append on organisation_log for insert to baton_app
  with check (organisation_id = app_organisation() and app_is_member()
    and (actor = app_account() or (actor = app_organisation() and app_role() = 'PARTNER')));
