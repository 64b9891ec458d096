-- Several workspaces, places that many read, and what a member chose for themselves.

-- The name, zone and language a platform gives are defaults; what the member chose stands above them. '' is "not said".
alter table members
  add column profile_name    text not null default '',
  add column profile_zone    text not null default '',
  add column profile_locale  text not null default '',
  add column chosen_name     text not null default '',
  add column chosen_zone     text not null default '',
  add column chosen_locale   text not null default '',
  add column findable        boolean not null default false;

-- Each member as everybody sees them: their own choice, else what their platform says, else the roster.
create view people as
  select members.id,
         members.council_id,
         councils.name as council,
         coalesce(nullif(members.chosen_name, ''), nullif(members.profile_name, ''), members.name) as name,
         coalesce(nullif(members.chosen_zone, ''), nullif(members.profile_zone, ''), members.zone) as zone,
         coalesce(nullif(members.chosen_locale, ''), nullif(members.profile_locale, ''), 'en') as locale,
         members.email,
         members.role,
         members.level,
         members.cohort,
         members.permission,
         members.status,
         members.findable,
         members.paused_until
    from members
    join councils on councils.id = members.council_id;

-- A workspace or tenant that has put our app in place. `secret` is sealed; null once the app was taken out again.
create table installations (
  platform      text not null check (platform in ('slack', 'teams', 'web', 'email')),
  space         text not null,
  name          text not null,
  secret        bytea,
  installed_at  timestamptz not null,
  removed_at    timestamptz,
  primary key (platform, space),
  check ((secret is null) = (removed_at is not null))
);

-- An account whose platform vouches for the address of somebody who joined before: theirs once they say so themselves.
create table account_requests (
  id             uuid primary key,
  member_id      uuid not null references members on delete cascade,
  platform       text not null check (platform in ('slack', 'teams', 'web', 'email')),
  space          text not null,
  platform_user  text not null,
  address        jsonb not null,
  requested_at   timestamptz not null,
  unique (platform, space, platform_user)
);
create index on account_requests (member_id);

-- A place in a workspace: the channel for announcements, the group of the people in one match, or the home of someone
-- who was erased, until it no longer shows them.
create table rooms (
  id          uuid primary key,
  platform    text not null check (platform in ('slack', 'teams', 'web', 'email')),
  space       text not null,
  purpose     text not null check (purpose in ('announcements', 'introduction', 'farewell')),
  -- The platform's own id of the channel, or of the person; '' for a group, which its members name.
  room        text not null,
  -- The match that an introduction is about; else ''.
  subject     text not null,
  chosen_by   uuid references members on delete set null,
  created_at  timestamptz not null,
  -- Since when a channel is no longer chosen: the cards that stand there are still kept true.
  retired_at  timestamptz
);
create unique index on rooms (platform, space) where purpose = 'announcements' and retired_at is null;
create unique index on rooms (platform, space, room) where purpose = 'announcements';
create unique index on rooms (subject) where purpose = 'introduction';

-- A delivery goes to one member or to one room.
alter table deliveries
  alter column member_id drop not null,
  add column room_id uuid references rooms on delete cascade,
  -- How many of the attempts the platform put off: they do not count as failures.
  add column put_off integer not null default 0,
  -- The workspace it will go to, and whether as a message or a change; null until it is looked at, '' when none.
  add column stream text,
  add check (num_nonnulls(member_id, room_id) = 1);
create index on deliveries (kind, subject);
create index on deliveries (room_id);
create index on deliveries (account_id);
create index on deliveries (stream, created_at, id) where status = 'pending';
create index on deliveries (created_at) where status = 'pending' and stream is null;
create index on deliveries (queued_at) where status = 'pending' and queued_at is not null;
create index on deliveries (sending_at) where status = 'sending';

-- When the next message may go: to a workspace that is held, in one of its streams, or to one place in it.
create table lanes (
  key       text primary key,
  free_at   timestamptz not null,
  -- How often in a row this workspace did not answer.
  silences  integer not null default 0
);

-- A row is written when an event comes in, and marked when it is dealt with: one that was cut off may come again.
alter table received_events add column done_at timestamptz;
update received_events set done_at = received_at;

-- A host may leave; the conversation they called off stays until those who had a seat are told.
alter table conversations
  alter column host_id drop not null,
  drop constraint conversations_host_id_fkey,
  add constraint conversations_host_id_fkey foreign key (host_id) references members on delete set null,
  add column cancelled_at timestamptz,
  add column cancel_reason text not null default '';

-- What members would like a conversation about. Hosts see the topic, not who suggested it.
create table topics (
  id               uuid primary key,
  member_id        uuid not null references members on delete cascade,
  title            text not null,
  about            text not null,
  suggested_at     timestamptz not null,
  conversation_id  uuid references conversations on delete set null
);

-- By whom an erasure looks.
create index on topics (member_id);
create index on seats (member_id);
create index on conversations (host_id);
