-- The network: who belongs to it, where they can be reached, and what it is doing with them.

create table network (
  id                 integer primary key default 1 check (id = 1),
  name               text not null default 'Colloquy',
  zone               text not null default 'Europe/London',
  prompt_weekday     integer not null default 1 check (prompt_weekday between 1 and 7),
  prompt_hour        integer not null default 9 check (prompt_hour between 0 and 23),
  round_weekday      integer not null default 2 check (round_weekday between 1 and 7),
  round_hour         integer not null default 10 check (round_hour between 0 and 23),
  round_weeks        integer not null default 2 check (round_weeks between 1 and 12),
  key_check          bytea
);
insert into network default values;

create table councils (
  id      uuid primary key,
  name    text not null unique,
  type    text not null,
  nation  text not null
);

create table members (
  id            uuid primary key,
  council_id    uuid not null references councils,
  name          text not null,
  email         text not null unique check (email = lower(email)),
  role          text not null,
  level         text not null check (level in ('manager', 'director', 'chief executive')),
  cohort        text not null,
  zone          text not null,
  permission    text not null check (permission in ('member', 'host', 'convener')),
  status        text not null check (status in ('invited', 'active', 'left')),
  paused_until  timestamptz,
  joined_at     timestamptz
);

create table accounts (
  id         uuid primary key,
  member_id  uuid not null references members on delete cascade,
  platform   text not null check (platform in ('slack', 'teams', 'web', 'email')),
  space      text not null,
  platform_user text not null,
  address    jsonb not null,
  reachable  boolean not null default true,
  seen_at    timestamptz not null,
  unique (platform, space, platform_user)
);
create index on accounts (member_id);

-- One row for each thing that falls due. The sweep queues it; `done_at` is set in the transaction that did it.
create table agenda (
  id       uuid primary key,
  key      text not null unique,
  kind     text not null,
  subject  text not null,
  due_at   timestamptz not null,
  done_at  timestamptz
);
create index on agenda (due_at) where done_at is null;

-- The outbox: one row for each message to one person. Its words are composed when it is sent.
create table deliveries (
  id          uuid primary key,
  key         text not null unique,
  kind        text not null,
  subject     text not null,
  member_id   uuid not null references members on delete cascade,
  via         text check (via in ('slack', 'teams', 'web', 'email')),
  status      text not null default 'pending' check (status in ('pending', 'sending', 'sent', 'dropped', 'failed')),
  attempts    integer not null default 0,
  not_before  timestamptz not null,
  reason      text not null default '',
  created_at  timestamptz not null,
  queued_at   timestamptz,
  sending_at  timestamptz,
  checked_at  timestamptz,
  settled_at  timestamptz,
  account_id  uuid references accounts on delete set null,
  receipt     jsonb
);
create index on deliveries (not_before) where status in ('pending', 'sending');
create index on deliveries (member_id);

-- What a member can read in the web channel. A row is the web channel's "sent".
create table web_inbox (
  delivery_id  uuid primary key references deliveries on delete cascade,
  member_id    uuid not null references members on delete cascade,
  message      jsonb not null,
  sent_at      timestamptz not null
);
create index on web_inbox (member_id, sent_at desc);

create table web_sessions (
  token_hash  bytea primary key,
  member_id   uuid not null references members on delete cascade,
  link_id     text unique,
  expires_at  timestamptz not null
);

create table prompts (
  id                 uuid primary key,
  member_id          uuid not null references members on delete cascade,
  week               text not null,
  framework          text not null,
  framework_version  integer not null,
  theme              text not null,
  stage              text not null,
  prompt             text not null,
  wording            text not null,
  why                text not null,
  sent_at            timestamptz not null,
  unique (member_id, week)
);

-- `answer` is sealed with the network's key; nothing but its writer's own request opens it.
create table reflections (
  prompt_id   uuid primary key references prompts on delete cascade,
  member_id   uuid not null references members on delete cascade,
  answer      bytea not null,
  written_at  timestamptz not null
);

create table conversations (
  id          uuid primary key,
  host_id     uuid not null references members on delete cascade,
  theme       text not null,
  title       text not null,
  about       text not null,
  starts_at   timestamptz not null,
  zone        text not null,
  minutes     integer not null check (minutes between 15 and 240),
  capacity    integer not null check (capacity between 3 and 15),
  link        text not null,
  created_at  timestamptz not null
);
create index on conversations (starts_at);

create table seats (
  conversation_id  uuid not null references conversations on delete cascade,
  member_id        uuid not null references members on delete cascade,
  state            text not null check (state in ('seated', 'waiting')),
  place            bigint generated always as identity,
  signed_up_at     timestamptz not null,
  primary key (conversation_id, member_id)
);

create table rounds (
  id            uuid primary key,
  number        integer not null unique,
  published_at  timestamptz not null
);

create table matches (
  id        uuid primary key,
  round_id  uuid not null references rounds on delete cascade
);

create table match_members (
  match_id   uuid not null references matches on delete cascade,
  member_id  uuid not null references members on delete cascade,
  primary key (match_id, member_id)
);
create index on match_members (member_id);

create table left_out (
  round_id   uuid not null references rounds on delete cascade,
  member_id  uuid not null references members on delete cascade,
  reason     text not null,
  primary key (round_id, member_id)
);
