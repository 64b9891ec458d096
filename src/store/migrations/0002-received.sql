-- What a platform has told us already: it tells us again when our answer is late, and we act once.
create table received_events (
  platform     text not null check (platform in ('slack', 'teams', 'web', 'email')),
  event_id     text not null,
  received_at  timestamptz not null,
  primary key (platform, event_id)
);
create index on received_events (received_at);
