-- Membership as a choice, councils and cohorts as things of their own, and reflection with all that belongs to it.

-- How the network runs.
alter table network
  -- Whether people may join only from a council that has agreed.
  add column councils_must_agree  boolean not null default false,
  -- A digest tells of a theme only when so many people of so many councils wrote on it.
  add column digest_people        integer not null default 5 check (digest_people >= 3),
  add column digest_councils      integer not null default 3 check (digest_councils >= 2);

alter table councils
  add column region      text not null default '',
  -- Its own agreement to the network.
  add column consent     text not null default 'not asked' check (consent in ('not asked', 'given', 'withdrawn')),
  add column consent_at  timestamptz;

create table council_domains (
  domain      text primary key check (domain = lower(domain)),
  council_id  uuid not null references councils on delete cascade
);
create index on council_domains (council_id);

-- Two councils with something between them: whether their people are kept apart is decided for each.
create table council_relations (
  council_id  uuid not null references councils on delete cascade,
  other_id    uuid not null references councils on delete cascade,
  relation    text not null check (relation in ('shared service', 'merger', 'intervention')),
  rule        text not null check (rule in ('apart', 'together')),
  primary key (council_id, other_id),
  check (council_id < other_id)
);
create index on council_relations (other_id);

create table cohorts (
  id            uuid primary key,
  name          text not null unique,
  programme     text not null default '',
  year          integer check (year between 1990 and 2200),
  graduated_at  timestamptz
);

create table learning_sets (
  id         uuid primary key,
  cohort_id  uuid not null references cohorts on delete cascade,
  name       text not null,
  unique (cohort_id, name)
);

insert into cohorts (id, name)
select gen_random_uuid(), cohort from (select distinct cohort from members where cohort <> '') as named;

drop view people;

alter table members
  add column cohort_id                    uuid references cohorts on delete set null,
  add column learning_set_id              uuid references learning_sets on delete set null,
  -- In their present role for less than a year when they said so: when they joined, or at `newly_since` if that is later.
  add column newly_appointed              boolean not null default false,
  add column newly_since                  timestamptz,
  -- On their own clock, HH:mm.
  add column works_from                   text not null default '09:00',
  add column works_until                  text not null default '17:00',
  add column prompts_paused_until         timestamptz,
  add column matching_paused_until        timestamptz,
  add column conversations_paused_until   timestamptz,
  -- Sits out the next round, and only that.
  add column skips_round                  boolean not null default false,
  add column prompt_rhythm                text not null default 'weekly'
    check (prompt_rhythm in ('weekly', 'fortnightly', 'monthly')),
  -- Where they would rather be written to; null for wherever they were seen last.
  add column preferred_platform           text check (preferred_platform in ('slack', 'teams', 'web', 'email')),
  -- What the roster said last of their council, role and level: where they have said otherwise since, theirs holds until
  -- the roster itself says something new.
  add column listed                       jsonb not null default '{}',
  -- When they came into their cohort: what was shared with it before is not for them.
  add column cohort_since                 timestamptz,
  -- What the roster says is their address by now, and they have not said so themselves: it opens nothing.
  add column new_email                    text unique check (new_email = lower(new_email)),
  -- When their address last changed, if ever: no link that was sent before works.
  add column email_since                  timestamptz;
update members set cohort_id = cohorts.id, cohort_since = now() from cohorts where cohorts.name = members.cohort;
update members
   set prompts_paused_until = paused_until,
       matching_paused_until = paused_until,
       conversations_paused_until = paused_until;
create index on members (cohort_id);
create index on members (learning_set_id);

-- What a member said yes or no to, each time: the latest of each purpose holds. `version` is that of the words they read.
create table consents (
  id         bigint generated always as identity primary key,
  member_id  uuid not null references members on delete cascade,
  purpose    text not null check (purpose in ('prompts', 'matching', 'findable')),
  given      boolean not null,
  version    integer not null,
  said_at    timestamptz not null
);
create index on consents (member_id, purpose, id desc);

-- Who joined before was told in the welcome that they get prompts and matches: version 0 of the words.
insert into consents (member_id, purpose, given, version, said_at)
select members.id, purpose, true, 0, coalesce(members.joined_at, now())
  from members, (values ('prompts'), ('matching')) as purposes (purpose)
 where members.status = 'active';
insert into consents (member_id, purpose, given, version, said_at)
select id, 'findable', true, 0, coalesce(joined_at, now()) from members where findable and status = 'active';

alter table members drop column cohort, drop column paused_until, drop column findable;

-- Each member as everybody sees them: their own choice, else what their platform says, else the roster.
create view people as
  select members.id,
         members.council_id,
         councils.name as council,
         councils.nation,
         coalesce(nullif(members.chosen_name, ''), nullif(members.profile_name, ''), members.name) as name,
         coalesce(nullif(members.chosen_zone, ''), nullif(members.profile_zone, ''), members.zone) as zone,
         coalesce(nullif(members.chosen_locale, ''), nullif(members.profile_locale, ''), 'en') as locale,
         members.email,
         members.role,
         members.level,
         members.cohort_id,
         coalesce(cohorts.name, '') as cohort,
         members.permission,
         members.status,
         members.prompts_paused_until,
         members.matching_paused_until,
         members.conversations_paused_until,
         members.prompt_rhythm,
         coalesce(agreed.prompts, false) as agrees_to_prompts,
         coalesce(agreed.matching, false) as agrees_to_matching,
         coalesce(agreed.findable, false) as findable
    from members
    join councils on councils.id = members.council_id
    left join cohorts on cohorts.id = members.cohort_id
    left join lateral (
      select bool_or(latest.given) filter (where latest.purpose = 'prompts') as prompts,
             bool_or(latest.given) filter (where latest.purpose = 'matching') as matching,
             bool_or(latest.given) filter (where latest.purpose = 'findable') as findable
        from (select distinct on (purpose) purpose, given
                from consents
               where consents.member_id = members.id
               order by purpose, id desc) as latest
    ) as agreed on true;

-- Themes that a member said they care about.
create table interests (
  member_id  uuid not null references members on delete cascade,
  framework  text not null,
  theme      text not null,
  primary key (member_id, framework, theme)
);

-- Somebody the roster does not name, who asks to be let in. What they wrote is for conveners.
create table join_requests (
  id              uuid primary key,
  platform        text not null check (platform in ('slack', 'teams', 'web', 'email')),
  space           text not null,
  platform_user   text not null,
  address         jsonb not null,
  name            text not null,
  email           text not null check (email = lower(email)),
  -- Whether their platform vouches for that address.
  email_verified  boolean not null,
  council         text not null,
  role            text not null,
  level           text not null check (level in ('manager', 'director', 'chief executive')),
  note            text not null,
  zone            text not null,
  requested_at    timestamptz not null,
  decided_at      timestamptz,
  decision        text check (decision in ('approved', 'refused')),
  decided_by      uuid references members on delete set null,
  reason          text not null default '',
  -- Whom an approval made of them: what they asked goes with them.
  member_id       uuid references members on delete cascade,
  check ((decided_at is null) = (decision is null))
);
create unique index on join_requests (platform, space, platform_user) where decided_at is null;
create index on join_requests (member_id);

-- How often somebody of a workspace asked since then, for a day: it names nobody, and stays when a request is erased.
create table join_request_counts (
  platform  text not null check (platform in ('slack', 'teams', 'web', 'email')),
  space     text not null,
  count     integer not null,
  since     timestamptz not null,
  primary key (platform, space)
);

-- An experienced member who looks out for a new one.
create table buddies (
  member_id      uuid primary key references members on delete cascade,
  buddy_id       uuid not null references members on delete cascade,
  introduced_at  timestamptz not null,
  check (member_id <> buddy_id)
);
create index on buddies (buddy_id);

-- Whom a member never wants to be matched with: confidential. `said` is what they typed, sealed; `token` is the keyed
-- token of an address, so that it holds for somebody who joins later. Both, for somebody whose address was that one once.
create table do_not_match (
  id         uuid primary key,
  member_id  uuid not null references members on delete cascade,
  other_id   uuid references members on delete cascade,
  token      bytea,
  said       bytea not null,
  said_at    timestamptz not null,
  check (num_nonnulls(other_id, token) >= 1)
);
create index on do_not_match (member_id);
create index on do_not_match (other_id);
create index on do_not_match (token);

-- A short-lived code that makes another account theirs; only its fingerprint is kept.
create table link_codes (
  fingerprint  bytea primary key,
  member_id    uuid not null references members on delete cascade,
  expires_at   timestamptz not null,
  used_at      timestamptz
);
create index on link_codes (member_id);
-- How often an account typed a wrong one.
create table wrong_codes (
  platform       text not null,
  space          text not null,
  platform_user  text not null,
  count          integer not null,
  since          timestamptz not null,
  primary key (platform, space, platform_user)
);

-- What conveners and operators did. `subject` is an id, `detail` holds no names and no words of members.
create table audit (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  -- Null for the operator, and for a convener who was erased: `by` says which.
  actor_id  uuid references members on delete set null,
  by        text not null check (by in ('member', 'convener', 'operator')),
  action    text not null,
  subject   text not null default '',
  detail    jsonb not null default '{}'
);
create index on audit (at);
create index on audit (subject);

-- Weeks without prompts: a break of one programme or of all, or a pre-election period. Days are on each member's calendar.
create table breaks (
  id         uuid primary key,
  sort       text not null check (sort in ('break', 'pre-election')),
  name       text not null,
  first_day  text not null,
  last_day   text not null,
  -- '' for every nation.
  nation     text not null default '',
  -- Null for everybody.
  cohort_id  uuid references cohorts on delete cascade,
  check (first_day <= last_day)
);
create index on breaks (last_day);

-- What a cohort is asked between two modules, on a day and in place of that week's prompt.
create table cohort_prompts (
  id         uuid primary key,
  cohort_id  uuid not null references cohorts on delete cascade,
  on_day     text not null,
  -- The Monday of that week.
  week       text not null,
  wording    text not null,
  set_at     timestamptz not null,
  unique (cohort_id, week)
);

alter table prompts
  add column cohort_prompt_id  uuid references cohort_prompts on delete set null,
  add column skipped_at        timestamptz,
  add column swaps             integer not null default 0 check (swaps between 0 and 2),
  add column reminded_at       timestamptz;

-- What was put in front of a member and exchanged: it is not asked again before its cell is used up.
create table swapped_prompts (
  prompt_id   uuid not null references prompts on delete cascade,
  framework   text not null,
  theme       text not null,
  stage       text not null,
  prompt      text not null,
  swapped_at  timestamptz not null,
  primary key (prompt_id, prompt)
);

-- `action` and `follow_up` are sealed as the answer is.
alter table reflections
  add column action                 bytea,
  -- When the action was written or last changed, and when its writer is asked how it went.
  add column action_at              timestamptz,
  add column ask_at                 timestamptz,
  add column follow_up              bytea,
  add column follow_up_at           timestamptz,
  -- With whom it is shared; with a match, only with the people of that one.
  add column shared_with            text not null default 'nobody'
    check (shared_with in ('nobody', 'match', 'cohort', 'network')),
  add column shared_at              timestamptz,
  add column shared_match_id        uuid references matches on delete set null,
  -- The cohort that may read it, which stays the same when its writer changes cohort.
  add column shared_cohort_id       uuid references cohorts on delete set null,
  add check ((action is null) = (action_at is null)),
  add check ((shared_with = 'nobody') = (shared_at is null));
create index on reflections (shared_with) where shared_with <> 'nobody';
create index on reflections (shared_match_id);
create index on reflections (shared_cohort_id);
create index on reflections (member_id);

-- What was told to everybody of one month, by theme; what was not told is not kept. Never changed once it is published.
create table digests (
  month         text primary key,
  published_at  timestamptz not null
);
create table digest_themes (
  month      text not null references digests on delete cascade,
  framework  text not null,
  theme      text not null,
  -- In steps, as it was told.
  people     integer not null,
  councils   integer not null,
  primary key (month, framework, theme)
);
-- Which shared reflections stand in it. What is taken back, deleted or erased is gone from it too.
create table digest_reflections (
  month      text not null,
  framework  text not null,
  theme      text not null,
  prompt_id  uuid not null references reflections (prompt_id) on delete cascade,
  primary key (month, prompt_id),
  foreign key (month, framework, theme) references digest_themes on delete cascade
);

-- Of matches whose other person was erased: a keyed token stands in their place, so that nobody is introduced twice.
create table past_matches (
  member_id   uuid not null references members on delete cascade,
  token       bytea not null,
  matched_at  timestamptz not null,
  primary key (member_id, token)
);
create index on past_matches (token);
-- Addresses of people who were erased, as keyed tokens: a later import does not bring them back unasked.
create table erased_people (
  token      bytea primary key,
  erased_at  timestamptz not null
);

-- The purge of settled changes looks by kind.
drop index deliveries_settled_at_idx;
create index on deliveries (kind, settled_at) where settled_at is not null;

-- Since when people may be forgotten who never joined, or who left. Who left before this is counted from today.
alter table members
  -- When the roster last named them.
  add column listed_at  timestamptz not null default now(),
  add column left_at    timestamptz;

-- By what an erasure, and the nightly end of what is old, look.
create index on audit (actor_id);
create index on web_sessions (member_id);
create index on left_out (member_id);
create index on matches (round_id);
create index on reflections (written_at);
create index on prompts (sent_at);
create index on agenda (done_at) where done_at is not null;
create index on past_matches (matched_at);

-- By whom what is due is looked for, when it is moved or somebody leaves.
create index on agenda (subject, kind);
