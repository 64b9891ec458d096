-- Director conversations from the first idea to what people took away: drafts, times asked for, approval, offers, series.

-- How the network runs its conversations.
alter table network
  -- Whether a convener looks at a conversation before it is announced.
  add column proposals_need_approval  boolean not null default false,
  -- When those with a seat are reminded, in minutes before it begins; 0 for never, but for the last, which has the link.
  add column remind_first_minutes     integer not null default 10080 check (remind_first_minutes between 0 and 43200),
  add column remind_second_minutes    integer not null default 1440 check (remind_second_minutes between 0 and 43200),
  add column remind_last_minutes      integer not null default 15 check (remind_last_minutes between 5 and 1440),
  -- How long a freed seat is kept for the one it is offered to.
  add column offer_hours              integer not null default 24 check (offer_hours between 1 and 168),
  -- Two days before, a host with fewer seats taken is asked what to do.
  add column fewest_people            integer not null default 3 check (fewest_people between 1 and 15);

-- A guest speaks at one conversation or a few, by a link, and takes no part in anything else.
alter table members
  drop constraint members_status_check,
  add constraint members_status_check check (status in ('invited', 'active', 'left', 'guest')),
  -- Whether seats are also sent as calendar invitations.
  add column diary_invitations  boolean not null default true,
  -- What the address of their private feed is made with: changed, the old address ends. Null until they ask for it.
  add column diary_key          uuid;

alter table conversations
  add column place          text not null default '',
  -- Null for no limit.
  add column per_council    integer check (per_council between 1 and 15),
  -- Whom it is for; null in both for everybody.
  add column for_level      text check (for_level in ('manager', 'director', 'chief executive')),
  add column for_cohort_id  uuid references cohorts on delete set null,
  -- What is said may be used, but not who said it.
  add column chatham_house  boolean not null default false,
  -- Counts the changes: whoever changes it says which one they have read.
  add column revision       integer not null default 1,
  -- Counts the changes that a calendar shows (RFC 5546, SEQUENCE), and when the last of them was; null for none.
  add column sequence       integer not null default 0,
  add column changed_at     timestamptz,
  -- The full conversation whose waiting list it is for.
  add column follows_id     uuid references conversations on delete set null,
  -- Who made it over to a guest, who writes to them with questions.
  add column made_over_by   uuid references members on delete set null,
  -- What the host told everybody afterwards, without names.
  add column summary        text not null default '',
  add column summary_at     timestamptz;
create index on conversations (follows_id);
create index on conversations (made_over_by);
create index on conversations (for_cohort_id);

-- A seat that came free is kept for one person until then, and counts as taken.
alter table seats
  drop constraint seats_state_check,
  add constraint seats_state_check check (state in ('seated', 'offered', 'waiting')),
  add column offered_until  timestamptz,
  add check ((state = 'offered') = (offered_until is not null)),
  -- It is kept for somebody who did not sign up: they wait for another conversation.
  add column unasked        boolean not null default false,
  -- Whether they were there, as the host said; null until then.
  add column came           boolean;

-- A host, or a convener, has asked another host to take over.
create table hand_overs (
  conversation_id  uuid primary key references conversations on delete cascade,
  to_id            uuid not null references members on delete cascade,
  -- Null once they have left or are erased.
  asked_by         uuid references members on delete set null,
  asked_at         timestamptz not null
);
create index on hand_overs (to_id);
create index on hand_overs (asked_by);

-- A conversation that is not announced yet; it keeps its id when it is. Where people were asked when they could come,
-- the row stays when that is over, for what they are told.
create table proposals (
  id             uuid primary key,
  host_id        uuid not null references members on delete cascade,
  state          text not null check (state in ('draft', 'polling', 'awaiting', 'announced', 'dropped')),
  theme          text not null,
  title          text not null,
  about          text not null,
  for_level      text check (for_level in ('manager', 'director', 'chief executive')),
  for_cohort_id  uuid references cohorts on delete set null,
  chatham_house  boolean not null,
  topic_id       uuid references topics on delete set null,
  follows_id     uuid references conversations on delete set null,
  -- The host's IANA zone.
  zone           text not null,
  minutes        integer not null default 60 check (minutes between 15 and 240),
  capacity       integer not null default 8 check (capacity between 3 and 15),
  per_council    integer check (per_council between 1 and 15),
  link           text not null default '',
  place          text not null default '',
  -- Null until the host has chosen.
  starts_at      timestamptz,
  -- Why a convener refused it; '' where nobody has.
  refusal        text not null default '',
  revision       integer not null default 1,
  created_at     timestamptz not null,
  changed_at     timestamptz not null,
  check (state <> 'awaiting' or starts_at is not null)
);
create index on proposals (host_id);
create index on proposals (topic_id);
create index on proposals (follows_id);
create index on proposals (for_cohort_id);

-- The times a host asks about, who has answered, and which of them would do.
create table proposal_times (
  id           uuid primary key,
  proposal_id  uuid not null references proposals on delete cascade,
  starts_at    timestamptz not null,
  unique (proposal_id, starts_at)
);
create table time_answers (
  proposal_id  uuid not null references proposals on delete cascade,
  member_id    uuid not null references members on delete cascade,
  answered_at  timestamptz not null,
  primary key (proposal_id, member_id)
);
create index on time_answers (member_id);
create table time_ticks (
  time_id    uuid not null references proposal_times on delete cascade,
  member_id  uuid not null references members on delete cascade,
  primary key (time_id, member_id)
);
create index on time_ticks (member_id);

-- Which topics people would like most. Nobody sees who voted.
alter table topics
  add column theme      text not null default '',
  -- When it was last voted for or opened again; null where it never was. It wears off some time after.
  add column wanted_at  timestamptz;
-- As if they had been suggested on this day, so that they do not all wear off at once.
update topics set wanted_at = now() where conversation_id is null;
create index on topics (conversation_id);
create table topic_votes (
  topic_id   uuid not null references topics on delete cascade,
  member_id  uuid not null references members on delete cascade,
  voted_at   timestamptz not null,
  primary key (topic_id, member_id)
);
create index on topic_votes (member_id);

-- Conversations that come round, each on the topic most people want, with a host who is asked.
create table series (
  id           uuid primary key,
  name         text not null,
  -- ISO, 1 is Monday, and the clock time in `zone`, HH:mm.
  weekday      integer not null check (weekday between 1 and 7),
  at           text not null,
  zone         text not null,
  every_weeks  integer not null check (every_weeks between 1 and 12),
  -- `YYYY-MM-DD`; the weeks are counted from it.
  first_day    text not null,
  minutes      integer not null check (minutes between 15 and 240),
  capacity     integer not null check (capacity between 3 and 15),
  per_council  integer check (per_council between 1 and 15),
  link         text not null,
  place        text not null,
  created_at   timestamptz not null,
  ended_at     timestamptz
);
create table series_slots (
  id               uuid primary key,
  series_id        uuid not null references series on delete cascade,
  starts_at        timestamptz not null,
  -- open: people vote. asking: a host is looked for. hosted: it is announced. empty: nothing came of it.
  state            text not null check (state in ('open', 'asking', 'hosted', 'empty')),
  topic_id         uuid references topics on delete set null,
  -- What the host who said yes has put before the conveners, or announced: the conversation has the same id.
  proposal_id      uuid,
  conversation_id  uuid references conversations on delete set null,
  unique (series_id, starts_at)
);
create index on series_slots (topic_id);
create index on series_slots (proposal_id);
create index on series_slots (conversation_id);
-- One host is asked at a time; null until they answer or `until` has passed.
create table host_asks (
  id         uuid primary key,
  slot_id    uuid not null references series_slots on delete cascade,
  member_id  uuid not null references members on delete cascade,
  asked_at   timestamptz not null,
  until      timestamptz not null,
  answer     text check (answer in ('yes', 'no', 'none')),
  unique (slot_id, member_id)
);
create index on host_asks (member_id);

-- What a programme does besides: it stands in the same calendar.
create table programme_events (
  id            uuid primary key,
  sort          text not null check (sort in ('module', 'design day', 'other')),
  title         text not null,
  about         text not null,
  place         text not null,
  link          text not null,
  starts_at     timestamptz not null,
  zone          text not null,
  minutes       integer not null check (minutes between 15 and 1440),
  -- Null for everybody.
  cohort_id     uuid references cohorts on delete cascade,
  sequence      integer not null default 0,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  cancelled_at  timestamptz
);
create index on programme_events (starts_at);
create index on programme_events (cohort_id);

-- What was posted to somebody's calendar of one conversation, and what their feed shows otherwise: its number never goes
-- down for them, and nothing is taken out that was never put in.
create table diary_posts (
  conversation_id  uuid not null references conversations on delete cascade,
  member_id        uuid not null references members on delete cascade,
  -- Counts them, whether they put it in or take it out.
  posted           integer not null,
  -- Whether the last one puts it in.
  stands           boolean not null,
  -- What the last one was posted for: the same again posts nothing.
  cause            text not null,
  -- Counts the changes of how they stand to it, which their feed shows, and when the last of them was.
  moved            integer not null default 0,
  moved_at         timestamptz,
  primary key (conversation_id, member_id)
);
create index on diary_posts (member_id);

-- What one person takes away from a conversation: sealed. Shared, those who were there can read it, without a name.
create table takeaways (
  conversation_id  uuid not null references conversations on delete cascade,
  member_id        uuid not null references members on delete cascade,
  text             bytea not null,
  shared           boolean not null,
  written_at       timestamptz not null,
  primary key (conversation_id, member_id)
);
create index on takeaways (member_id);

-- Buttons that stand in messages on the web ask for what they ask for now.
update web_inbox
   set message = replace(message::text, '{"kind": "conversations.open-proposal"}',
                         '{"kind": "proposals.open", "topic": "", "theme": "", "follows": ""}')::jsonb
 where message::text like '%{"kind": "conversations.open-proposal"}%';

-- What falls due of conversations that are to come already, as of those announced from now on.
insert into agenda (id, key, kind, subject, due_at)
select gen_random_uuid(), due.kind || ':' || id || ':before', due.kind, id::text, due.at
  from conversations,
       lateral (values ('conversations.count', starts_at - interval '48 hours'),
                       ('afterwards.over', starts_at + minutes * interval '1 minute')) as due (kind, at)
 where cancelled_at is null and due.at > now();
