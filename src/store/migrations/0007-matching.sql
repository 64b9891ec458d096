-- Rounds as a certified best: what members ask for, what conveners fix, the proof, and what became of each match.

alter table network
  -- Pairs, or groups of three or four.
  add column group_size         integer not null default 2 check (group_size between 2 and 4),
  -- Whether a convener publishes each round; else it publishes itself when it is due.
  add column rounds_by_hand     boolean not null default false,
  -- How much each thing counts; what is not there is as it is set at first.
  add column match_weights      jsonb not null default '{}';

alter table rounds
  -- What it was made from and how it is proven best, sealed; null for rounds of before, and once everybody in it is gone.
  add column input              bytea,
  add column certificate        bytea,
  -- In sixths of a point. Null for rounds of before.
  add column objective          bigint,
  add column bound              bigint,
  -- What the independent check said when it was published.
  add column verdict            jsonb,
  add column quality            jsonb,
  -- Null where it published itself, and once that convener is erased.
  add column published_by       uuid references members on delete set null;
create index on rounds (published_by);

alter table matches
  -- 'pool': made between two rounds. 'fixed': a convener put them together.
  add column origin             text not null default 'round' check (origin in ('round', 'pool', 'fixed')),
  add column made_at            timestamptz not null default now(),
  -- Why they were brought together, strongest first.
  add column reasons            jsonb not null default '[]',
  -- The cell that their starter is from, as `<framework>/<theme>/<stage>`; '' for any.
  add column starter            text not null default '',
  -- A time that one of them suggested, and whether all said yes.
  add column suggested_at       timestamptz,
  add column suggested_by       uuid references members on delete set null,
  add column is_agreed          boolean not null default false,
  -- Counts the changes that a calendar shows (RFC 5546, SEQUENCE), and when the last of them was.
  add column sequence           integer not null default 0,
  add column changed_at         timestamptz,
  -- Somebody dropped out, and the others are matched anew; null while it stands.
  add column ended_at           timestamptz;
create index on matches (suggested_by);
update matches set made_at = rounds.published_at from rounds where rounds.id = matches.round_id;

alter table match_members
  -- 'dated': they said that they have a date.
  add column state              text not null default 'open' check (state in ('open', 'dated', 'met', 'dropped')),
  -- Their answer in the end; only counts of it are shown, but for whether they met.
  add column outcome            text check (outcome in ('useful', 'not-useful', 'not-met', 'no-show')),
  add column answered_at        timestamptz,
  -- Whether the time that was suggested last suits them: whoever suggested it says so by that.
  add column says_yes           boolean not null default false;

-- What somebody asked for in the next round.
create table round_wishes (
  member_id    uuid primary key references members on delete cascade,
  wish         jsonb,
  wants_group  boolean not null default false,
  said_at      timestamptz not null
);

-- What somebody has been through, and can be asked about.
create table experiences (
  member_id   uuid not null references members on delete cascade,
  experience  text not null,
  primary key (member_id, experience)
);

-- What conveners fixed for the next round: people together, or apart.
create table round_locks (
  id      uuid primary key,
  kind    text not null check (kind in ('together', 'apart')),
  set_by  uuid references members on delete set null,
  set_at  timestamptz not null
);
create index on round_locks (set_by);

create table round_lock_members (
  lock_id    uuid not null references round_locks on delete cascade,
  member_id  uuid not null references members on delete cascade,
  primary key (lock_id, member_id)
);
create index on round_lock_members (member_id);

-- Who waits to be matched between two rounds.
create table standing_pool (
  member_id  uuid primary key references members on delete cascade,
  since      timestamptz not null,
  why        text not null check (why in ('joined', 'left-out', 'partner-gone', 'rematch'))
);
