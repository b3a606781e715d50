-- Who did what to people, devices and permissions: a chain for each firm, in which every entry seals the one before it.
create table audit_entries (
  organisation_id text not null references organisations (id),
  -- All of the next four are the trigger's, whatever was inserted.
  seq integer not null,
  previous_hash text,
  hash text not null,
  recorded_at timestamptz(3) not null,
  actor_id text not null references accounts (id),
  kind text not null check (kind ~ '^[A-Z_]+$'),
  -- Ids and nothing else: what has to be forgotten must not stand where nothing is ever changed.
  subjects text[] not null check (array_to_string(subjects, ' ', '?') ~ '^([a-z]{3}_[0-9a-f]{32}( |$))*$'),
  primary key (organisation_id, seq)
);

-- Nothing in it has a space, so no two entries read the same.
create function audit_hash(entry audit_entries) returns text language sql stable as $$
  select encode(sha256(convert_to(concat_ws(' ', entry.organisation_id, entry.seq, coalesce(entry.previous_hash, '-'),
    (extract(epoch from entry.recorded_at) * 1000)::bigint, entry.actor_id, entry.kind, array_to_string(entry.subjects, ' ')), 'UTF8')), 'hex')
$$;

-- Puts an entry at the end of its firm's chain. Two at once come one after the other: the lock is held until the commit.
create function seal_audit_entry() returns trigger language plpgsql security definer set search_path = public as $$
declare
  last audit_entries;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || new.organisation_id, 0));
  select * into last from audit_entries e where e.organisation_id = new.organisation_id order by e.seq desc limit 1;
  new.seq := coalesce(last.seq + 1, 0);
  new.previous_hash := last.hash;
  new.recorded_at := clock_timestamp();
  new.hash := audit_hash(new);
  return new;
end
$$;
alter function seal_audit_entry() owner to baton_definer;
create trigger seal before insert on audit_entries for each row execute function seal_audit_entry();
create trigger append_only before update or delete on audit_entries for each row execute function refuse_rewriting();
create trigger append_only_whole before truncate on audit_entries for each statement execute function refuse_rewriting();

call app_protect('audit_entries', true);
revoke update, delete on audit_entries from baton_app;

create policy system_appends on audit_entries for insert to baton_app with check (app_is_system());
create policy own_acts on audit_entries for insert to baton_app
  with check (organisation_id = app_organisation() and actor_id = app_account());
create policy partners_read on audit_entries for select to baton_app
  using (organisation_id = app_organisation() and app_role() = 'PARTNER');
